//! What a caller passed, before it is known to be facts: plain data of any shape.

use crate::write::{first, number};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// Any value a caller can pass, from JSON or from JavaScript.
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
    /// A list.
    List(Vec<Value>),
    /// An object, its fields in the caller's order.
    Object(Vec<(String, Value)>),
    /// Something that facts are never made of, in words: `2.5`, “a function”.
    Other(String),
}

impl Value {
    /// The largest number up to which JavaScript tells every whole number from the next.
    pub const EXACT: i64 = 1 << 53;

    /// The value as an error message shows it: short, and on one line.
    pub fn describe(&self) -> String {
        match self {
            Self::Null => "null".into(),
            Self::Bool(true) => "true".into(),
            Self::Bool(false) => "false".into(),
            Self::Integer(value) if *value > Self::EXACT => "a number above 2^53".into(),
            Self::Integer(value) if *value < -Self::EXACT => "a number below -2^53".into(),
            Self::Integer(value) => number(*value),
            Self::Text(text) => describe_text(text),
            Self::List(items) if items.is_empty() => "an empty list".into(),
            Self::List(_) => "a list".into(),
            Self::Object(_) => "an object".into(),
            Self::Other(what) => what.clone(),
        }
    }
}

/// The longest part of a caller's text that an error message repeats, in characters.
pub(crate) const SHOWN: usize = 60;

fn describe_text(text: &str) -> String {
    let start = first(text, SHOWN);
    let mut shown = String::from("\"");
    for letter in start.chars() {
        shown.push(if letter.is_control() { ' ' } else { letter });
    }
    shown.push_str(if start.len() < text.len() { "…\"" } else { "\"" });
    shown
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
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
                Ok(Value::List(list))
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
        deserializer.deserialize_any(Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_javascript_reads_them() {
        for (json, value, shown) in [
            ("2020", Value::Integer(2020), "2020"),
            ("2020.0", Value::Integer(2020), "2020"),
            ("-1", Value::Integer(-1), "-1"),
            ("2.5", Value::Other("2.5".into()), "2.5"),
            ("1e300", Value::Integer(i64::MAX), "a number above 2^53"),
            ("18446744073709551615", Value::Integer(i64::MAX), "a number above 2^53"),
        ] {
            let read: Value = serde_json::from_str(json).unwrap();
            assert_eq!((&read, read.describe().as_str()), (&value, shown));
        }
    }

    #[test]
    fn a_long_text_is_cut_and_kept_on_one_line() {
        assert_eq!(Value::Text("a\nb".into()).describe(), "\"a b\"");
        assert_eq!(Value::Text("账".repeat(61)).describe(), format!("\"{}…\"", "账".repeat(60)));
    }
}
