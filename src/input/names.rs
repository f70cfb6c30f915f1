//! 名称: the validation of the names of questions and locales.

use super::error::{ErrorCode, FactsError};
use super::fields::FieldPaths;
use super::suggestions::{nearest, quoted};
use super::value::Value;
use crate::model::locale::Locale;
use crate::model::question::Question;
use crate::model::runs_on::RunsOn;

impl Question {
    /// The question of that name.
    ///
    /// # Errors
    /// `unknown_value` or `wrong_type`, with the path `question`.
    pub fn read(value: &Value) -> Result<Self, FactsError> {
        one_of(value, "question", Self::NAMES, Self::ALL)
    }
}

impl Locale {
    /// The locale of that name; Chinese where none is given.
    ///
    /// # Errors
    /// `unknown_value` or `wrong_type`, with the path `locale`.
    pub fn read(value: &Value) -> Result<Self, FactsError> {
        if *value == Value::Null {
            Ok(Self::default())
        } else {
            one_of(value, "locale", Self::NAMES, Self::ALL)
        }
    }

    /// The locale among the options of an explanation; Chinese where none is given.
    ///
    /// # Errors
    /// Those of [`Locale::read`]; and `wrong_type` or `unknown_field`, with a path that begins with `options`.
    pub fn read_options(options: &Value) -> Result<Self, FactsError> {
        if *options == Value::Null {
            return Ok(Self::default());
        }
        let values = FieldPaths { root: "options.", paths: &["locale"] }.values(options)?;
        values.first().copied().flatten().map_or(Ok(Self::default()), Self::read)
    }
}

impl RunsOn {
    /// What `load` is asked to run the engine on.
    ///
    /// # Errors
    /// `unknown_value` or `wrong_type`, with the path `prefer`.
    pub fn read(value: &Value) -> Result<Self, FactsError> {
        one_of(value, "prefer", Self::NAMES, Self::ALL)
    }
}

/// The value of that name, of which there is one for each.
fn one_of<T: Copy>(value: &Value, path: &str, names: &[&'static str], values: &[T]) -> Result<T, FactsError> {
    let given = if let Value::Text(given) = value { Some(given.as_str()) } else { None };
    let named = names.iter().zip(values).find(|(name, _)| Some(**name) == given);
    named.map(|(_, value)| *value).ok_or_else(|| not_one_of(value, path, names))
}

fn not_one_of(value: &Value, path: &str, names: &[&'static str]) -> FactsError {
    let (code, suggestion) = match value {
        Value::Text(given) => (ErrorCode::UnknownValue, nearest(given, names)),
        _ => (ErrorCode::WrongType, None),
    };
    let expected = format!("one of {}", quoted(names));
    FactsError::new(code, path, expected, value.describe_masked()).with_suggestion(suggestion)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_that_is_not_in_an_object_of_options_is_refused() {
        let read = |json: &str| Locale::read_options(&serde_json::from_str(json).unwrap());
        assert_eq!(read("null"), Ok(Locale::ZhCn));
        assert_eq!(read("{}"), Ok(Locale::ZhCn));
        assert_eq!(read(r#"{ "locale": "en" }"#), Ok(Locale::En));
        for (options, code, path) in [
            (r#""en""#, ErrorCode::WrongType, "options"),
            ("5", ErrorCode::WrongType, "options"),
            (r#"{ "local": "en" }"#, ErrorCode::UnknownField, "options.local"),
            (r#"{ "locale": "fr" }"#, ErrorCode::UnknownValue, "locale"),
        ] {
            let error = read(options).unwrap_err();
            assert_eq!((error.code, error.path.as_str()), (code, path));
        }
    }

    #[test]
    fn an_unknown_name_is_refused_with_the_nearest_one_and_without_an_account() {
        let error = Question::read(&Value::Text("purchse".into())).unwrap_err();
        assert_eq!((error.code, error.path.as_str()), (ErrorCode::UnknownValue, "question"));
        assert_eq!(error.hint.as_deref(), Some("did you mean `purchase`?"));
        let error = Locale::read(&Value::Integer(1)).unwrap_err();
        assert_eq!((error.code, error.path.as_str()), (ErrorCode::WrongType, "locale"));
        for account in [Value::Text("138-0000-0001".into()), Value::Integer(13_800_000_001)] {
            assert_eq!(
                Question::read(&account).unwrap_err().received.matches("0000").count(),
                0,
                "{account:?}"
            );
        }
    }
}
