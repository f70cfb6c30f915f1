//! 传输: how a caller's value crosses from JavaScript as one text.
//!
//! The front writes it, before the engine is called: so no getter, proxy or cycle of a caller's runs
//! while the engine does, and what the engine reads is bounded. A tag letter, then:
//!
//! | tag | value |
//! | --- | --- |
//! | `n`, `t`, `f` | null, true, false |
//! | `i…`, `s…`, `?…` | a whole number, a text, anything else in words; up to a NUL |
//! | `[…]` | a list: its items |
//! | `{…}` | an object: before each value `s`, and its name up to a NUL |
//!
//! In a text, `\u{1}a` stands for a NUL and `\u{1}b` for `\u{1}`.

use crate::value::Value;

/// Reads a value; what is not well-formed, which the front never writes, is [`Value::Other`].
pub fn read(text: &str) -> Value {
    Wire(text).value().unwrap_or_else(|| Value::Other("a value cut short".into()))
}

struct Wire<'a>(&'a str);

impl Wire<'_> {
    fn value(&mut self) -> Option<Value> {
        Some(match self.tag()? {
            'n' => Value::Null,
            't' => Value::Bool(true),
            'f' => Value::Bool(false),
            'i' => Value::Integer(self.text()?.parse().ok()?),
            's' => Value::Text(self.text()?),
            '?' => Value::Other(self.text()?),
            '[' => {
                let mut items = Vec::new();
                while !self.0.starts_with(']') {
                    items.push(self.value()?);
                }
                self.tag()?;
                Value::List(items)
            }
            '{' => {
                let mut fields = Vec::new();
                while self.tag()? == 's' {
                    fields.push((self.text()?, self.value()?));
                }
                Value::Object(fields)
            }
            _ => return None,
        })
    }

    fn tag(&mut self) -> Option<char> {
        let mut letters = self.0.chars();
        let tag = letters.next()?;
        self.0 = letters.as_str();
        Some(tag)
    }

    fn text(&mut self) -> Option<String> {
        let (text, rest) = self.0.split_once('\0')?;
        self.0 = rest;
        let mut pieces = text.split('\u{1}');
        let mut whole = String::from(pieces.next()?);
        for piece in pieces {
            let (letter, rest) = match piece.strip_prefix('a') {
                Some(rest) => ('\0', rest),
                None => ('\u{1}', piece.strip_prefix('b')?),
            };
            whole.push(letter);
            whole.push_str(rest);
        }
        Some(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_arrives() {
        let text = |text: &str| Value::Text(text.into());
        let value = read("{sa\0nsb\0[i-5\0sx\u{1}ay\u{1}b\0f]sc\0?2.5\0sd\0{}}");
        let fields = [
            ("a", Value::Null),
            ("b", Value::List(vec![Value::Integer(-5), text("x\0y\u{1}"), Value::Bool(false)])),
            ("c", Value::Other("2.5".into())),
            ("d", Value::Object(Vec::new())),
        ];
        let fields = fields.map(|(name, value)| (String::from(name), value));
        assert_eq!(value, Value::Object(fields.into()));
    }

    #[test]
    fn what_is_cut_short_is_not_guessed_at() {
        let whole = "{sa\0[i1\0sb\0]}";
        for end in 0..whole.len() {
            assert!(matches!(read(&whole[..end]), Value::Other(_)), "{end}");
        }
    }
}
