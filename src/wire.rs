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
use crate::write::cut;

/// Reads a value; what is not well-formed, which the front never writes, is [`Value::Other`].
pub fn read(bytes: &[u8]) -> Value {
    let read = || Wire(core::str::from_utf8(bytes).ok()?).value();
    read().unwrap_or_else(|| Value::Other("a value cut short".into()))
}

struct Wire<'a>(&'a str);

impl Wire<'_> {
    fn value(&mut self) -> Option<Value> {
        Some(match self.tag()? {
            b'n' => Value::Null,
            b't' => Value::Bool(true),
            b'f' => Value::Bool(false),
            b'i' => Value::Integer(self.integer()?),
            b's' => Value::Text(self.text()?),
            b'?' => Value::Other(self.text()?),
            b'[' => {
                let mut items = Vec::new();
                while !self.0.starts_with(']') {
                    items.push(self.value()?);
                }
                self.tag()?;
                Value::List(items)
            }
            b'{' => {
                let mut fields = Vec::new();
                while self.tag()? == b's' {
                    fields.push((self.text()?, self.value()?));
                }
                Value::Object(fields)
            }
            _ => return None,
        })
    }

    fn tag(&mut self) -> Option<u8> {
        let tag = self.0.bytes().next()?;
        self.0 = self.0.get(1..)?;
        Some(tag)
    }

    fn integer(&mut self) -> Option<i64> {
        let (text, rest) = cut(self.0, 0)?;
        self.0 = rest;
        let digits = text.strip_prefix("-").unwrap_or(text).bytes();
        let size =
            digits.fold(0_i64, |size, digit| size.saturating_mul(10).saturating_add((digit & 15).into()));
        Some(if text.starts_with("-") { size.saturating_neg() } else { size })
    }

    fn text(&mut self) -> Option<String> {
        let (mut text, rest) = cut(self.0, 0)?;
        self.0 = rest;
        let mut whole = String::new();
        while let Some((plain, escaped)) = cut(text, 1) {
            whole.push_str(plain);
            whole.push(if escaped.starts_with("a") { '\0' } else { '\u{1}' });
            text = escaped.get(1..)?;
        }
        whole.push_str(text);
        Some(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_arrives() {
        let text = |text: &str| Value::Text(text.into());
        let value = read(b"{sa\0nsb\0[i-5\0sx\x01ay\x01b\0f]sc\0?2.5\0sd\0{}}");
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
            assert!(matches!(read(&whole.as_bytes()[..end]), Value::Other(_)), "{end}");
        }
    }
}
