//! 值: plain data of any shape, as a caller passed it and before it is validated.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::model::masking::mask_within;

/// Any value that a caller can pass, from JSON or from JavaScript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Not known: `null` or `undefined`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number; one beyond [`Value::EXACT`] stands for any as large.
    Integer(i64),
    /// A text.
    Text(String),
    /// A list of nothing but texts, which facts borrow.
    Texts(Vec<String>),
    /// A list of anything else.
    List(Vec<Value>),
    /// An object, its fields in the caller's order.
    Object(Vec<(String, Value)>),
    /// A value of a type that no fact has, as an error message shows it: `2.5`, “a function”.
    Other(String),
}

/// One item of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Item<'a> {
    /// A text.
    Text(&'a str),
    /// Anything else.
    Other(&'a Value),
}

impl Item<'_> {
    /// The item as an error message shows it.
    pub fn describe(self) -> String {
        match self {
            Self::Text(text) => describe_text(text),
            Self::Other(value) => value.describe(),
        }
    }

    /// The same with accounts masked.
    pub fn describe_masked(self) -> String {
        match self {
            Self::Text(text) => describe_masked_text(text),
            Self::Other(value) => value.describe_masked(),
        }
    }
}

impl Value {
    /// The largest whole number that JavaScript does not take for its neighbour too.
    pub const EXACT: i64 = (1 << 53) - 1;
    /// How deep facts and terms go, and a little more: what is deeper is not read.
    pub const DEEPEST: u32 = 7;
    /// More values than any facts or terms hold: a calendar has a hundred years of two lists of a hundred days.
    pub const MOST_VALUES: u32 = 30_000;

    /// What [`Value::Other`] says of a `Date` of JavaScript, for which there is a hint.
    pub const DATE: &str = "a Date";

    /// A list of these items.
    pub fn list(items: Vec<Value>) -> Self {
        if !items.iter().all(|item| matches!(item, Self::Text(_))) {
            return Self::List(items);
        }
        let text = |item| if let Self::Text(text) = item { Some(text) } else { None };
        Self::Texts(items.into_iter().filter_map(text).collect())
    }

    /// The items, where it is a list.
    pub(crate) fn items(&self) -> Option<impl ExactSizeIterator<Item = Item<'_>>> {
        let mut list = Vec::new();
        match self {
            Self::Texts(texts) => {
                for text in texts {
                    list.push(Item::Text(text));
                }
            }
            Self::List(items) => {
                for item in items {
                    list.push(if let Self::Text(text) = item { Item::Text(text) } else { Item::Other(item) });
                }
            }
            _ => return None,
        }
        Some(list.into_iter())
    }

    /// The value as an error message shows it: short, and on one line.
    pub fn describe(&self) -> String {
        match self {
            Self::Null => "null".into(),
            Self::Bool(flag) => flag.to_string(),
            Self::Integer(value) if *value > Self::EXACT => "a number of 2^53 or more".into(),
            Self::Integer(value) if *value < -Self::EXACT => "a number of -2^53 or less".into(),
            Self::Integer(value) => value.to_string(),
            Self::Text(text) => describe_text(text),
            Self::Texts(items) if items.is_empty() => "an empty list".into(),
            Self::Texts(_) | Self::List(_) => "a list".into(),
            Self::Object(_) => "an object".into(),
            Self::Other(what) => what.clone(),
        }
    }

    /// The same with accounts masked.
    pub(crate) fn describe_masked(&self) -> String {
        if let Self::Text(text) = self { describe_masked_text(text) } else { mask_within(&self.describe()) }
    }
}

/// The most characters of a caller's text that an error message repeats.
const LONGEST_EXCERPT: usize = 60;

/// The beginning of a caller's text, as an error message repeats it: on one line, and in one direction.
pub(crate) fn excerpt(text: &str) -> String {
    let start = text.chars().take(LONGEST_EXCERPT);
    let breaks = |letter: char| {
        letter.is_control() || matches!(letter, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    start.map(|letter| if breaks(letter) { ' ' } else { letter }).collect()
}

/// The same with accounts masked, one that the end of the excerpt cuts in two included.
pub(crate) fn masked_excerpt(text: &str) -> String {
    excerpt(&mask_within(text))
}

fn describe_text(text: &str) -> String {
    quote(text, &excerpt(text))
}

fn describe_masked_text(text: &str) -> String {
    quote(text, &masked_excerpt(text))
}

/// A text in place of a time: the date that it begins with is shown whole, though it has as many digits as an account.
pub(crate) fn describe_masked_time(text: &str) -> String {
    let is_date = |date: &&str| {
        date.bytes().enumerate().all(|(at, byte)| {
            if matches!(at, 4 | 7) { matches!(byte, b'-' | b'/') } else { byte.is_ascii_digit() }
        })
    };
    let date = text.get(..10).filter(is_date).unwrap_or_default();
    let rest = text.get(date.len()..).unwrap_or_default();
    quote(text, &excerpt(&format!("{date}{}", masked_excerpt(rest))))
}

fn quote(text: &str, excerpt: &str) -> String {
    let ellipsis = if text.chars().nth(LONGEST_EXCERPT).is_some() { "…" } else { "" };
    format!("\"{excerpt}{ellipsis}\"")
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyValue;
        impl<'de> Visitor<'de> for AnyValue {
            type Value = Value;
            fn expecting(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                formatter.write_str("plain data")
            }
            fn visit_unit<E>(self) -> Result<Value, E> {
                Ok(Value::Null)
            }
            fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
                Ok(Value::Bool(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
                Ok(Value::Integer(value))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
                Ok(Value::Integer(i64::try_from(value).unwrap_or(i64::MAX)))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
                let whole = value.is_finite() && value.fract() == 0.0;
                Ok(if whole { Value::Integer(value as i64) } else { Value::Other(value.to_string()) })
            }
            fn visit_str<E>(self, value: &str) -> Result<Value, E> {
                Ok(Value::Text(value.into()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Value::list(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
                let mut object = Vec::new();
                while let Some((name, value)) = fields.next_entry::<String, Value>()? {
                    // Of two fields of one name the last counts, as in JavaScript.
                    match object.iter_mut().find(|(known, _)| *known == name) {
                        Some((_, earlier)) => *earlier = value,
                        None => object.push((name, value)),
                    }
                }
                Ok(Value::Object(object))
            }
        }
        deserializer.deserialize_any(AnyValue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_no_value() {
        let bytes = serde::de::value::BytesDeserializer::<serde::de::value::Error>::new(b"A");
        let error = Value::deserialize(bytes).unwrap_err();
        assert_eq!(error.to_string(), "invalid type: byte array, expected plain data");
    }

    #[test]
    fn numbers_are_read_as_javascript_reads_them() {
        for (json, value, shown) in [
            ("2020", Value::Integer(2020), "2020"),
            ("2020.0", Value::Integer(2020), "2020"),
            ("-1", Value::Integer(-1), "-1"),
            ("2.5", Value::Other("2.5".into()), "2.5"),
            ("1e300", Value::Integer(i64::MAX), "a number of 2^53 or more"),
            ("18446744073709551615", Value::Integer(i64::MAX), "a number of 2^53 or more"),
            ("9007199254740991", Value::Integer(Value::EXACT), "9007199254740991"),
            ("9007199254740992", Value::Integer(Value::EXACT + 1), "a number of 2^53 or more"),
            ("-9007199254740991", Value::Integer(-Value::EXACT), "-9007199254740991"),
            ("-9007199254740992", Value::Integer(-Value::EXACT - 1), "a number of -2^53 or less"),
        ] {
            let read: Value = serde_json::from_str(json).unwrap();
            assert_eq!((&read, read.describe().as_str()), (&value, shown));
        }
    }

    #[test]
    fn a_long_text_is_cut_and_kept_on_one_line() {
        assert_eq!(Value::Text("a\nb".into()).describe(), "\"a b\"");
        assert_eq!(Value::Text("a\u{2028}b\u{85}c\u{202e}d".into()).describe(), "\"a b c d\"");
        assert_eq!(Value::Text("账".repeat(61)).describe(), format!("\"{}…\"", "账".repeat(60)));
        assert_eq!(Value::Text("账".repeat(60)).describe(), format!("\"{}\"", "账".repeat(60)));
    }

    #[test]
    fn a_date_is_shown_whole_and_an_account_in_its_place_is_not() {
        for (text, shown) in [
            ("2024-02-30T10:00:00+08:00", "2024-02-30T10:00:00+08:00"),
            ("2024/02/01", "2024/02/01"),
            ("2024-02-30 13800000001", "2024-02-30 138****0001"),
            ("13800000001", "138****0001"),
            ("138-0000-0001", "138****0001"),
            ("zhang@example.com", "z***@example.com"),
            ("\u{2028}", " "),
            ("", ""),
        ] {
            assert_eq!(describe_masked_time(text), format!("\"{shown}\""));
        }
    }

    #[test]
    fn items_are_the_same_whether_or_not_all_are_texts() {
        let texts = Value::list(vec![Value::Text("a".into()), Value::Text("b".into())]);
        let mixed = Value::list(vec![Value::Text("a".into()), Value::Null]);
        let described = |value: &Value| value.items().unwrap().map(Item::describe).collect::<Vec<_>>();
        assert!(matches!((&texts, &mixed), (Value::Texts(_), Value::List(_))));
        assert_eq!(described(&texts), ["\"a\"", "\"b\""]);
        assert_eq!(described(&mixed), ["\"a\"", "null"]);
        assert!(Value::Null.items().is_none());
    }
}
