//! 事实的读取: what a caller passed as facts.

use super::error::{ErrorCode, FactsError};
use super::fields::FieldPaths;
use super::value::Value;
use super::values::read_value;
use crate::model::facts::{Fact, Facts, contradiction};
use crate::model::masking::mask_within;

impl<'v> Facts<'v> {
    /// Reads what a caller passed.
    ///
    /// # Errors
    /// The first error found: unknown fields first, then values in table order, then contradictions.
    pub fn read(value: &'v Value) -> Result<Self, FactsError> {
        let Value::Object(_) = value else {
            let received = mask_within(&value.describe());
            return Err(FactsError::new(ErrorCode::WrongType, "facts", "an object of facts", received));
        };
        let values = FieldPaths { root: "", paths: Fact::PATHS }.values(value)?;
        let mut facts = Self::default();
        for (fact, value) in Fact::ALL.iter().zip(values) {
            let Some(value) = value else { continue };
            let info = fact.info();
            let read = read_value(info.path, value, &info.kind)?;
            if !facts.set(*fact, Some(read)) {
                // What is read by a fact's type is of that type, so this is not reached; it is refused all the same.
                return Err(FactsError::new(
                    ErrorCode::WrongType,
                    info.path,
                    "a value of its type",
                    "another",
                ));
            }
        }
        facts.consistent()?;
        Ok(facts)
    }

    fn consistent(&self) -> Result<(), FactsError> {
        let Some((later, earlier)) = contradiction(self) else { return Ok(()) };
        let at = |fact: Fact| self.get(fact).map(|value| value.to_string()).unwrap_or_default();
        Err(FactsError::new(
            ErrorCode::Inconsistent,
            later.info().path,
            format!("`{}` {}: it cannot be earlier than that", earlier.info().path, at(earlier)),
            at(later),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(json: &str) -> FactsError {
        Facts::read(&serde_json::from_str(json).unwrap()).map(|facts| facts.known()).unwrap_err()
    }

    #[test]
    fn more_than_is_allowed_is_refused() {
        let error = refused(r#"{ "need": { "legder": "A" } }"#);
        assert_eq!((error.code, error.path.as_str()), (ErrorCode::UnknownField, "need.legder"));
        assert_eq!(error.hint.as_deref(), Some("did you mean `need.ledger`?"));
        let error = refused(r#"{ "opened": ["ledger", "legder"] }"#);
        assert_eq!((error.code, error.path.as_str()), (ErrorCode::UnknownValue, "opened[1]"));
        let error = refused(r#"{ "activation": { "notices": ["a", 1] } }"#);
        assert_eq!((error.code, error.path.as_str()), (ErrorCode::WrongType, "activation.notices[1]"));
    }

    #[test]
    fn a_field_named_like_a_path_is_unknown() {
        let error = refused(r#"{ "need.ledger": "A" }"#);
        assert_eq!((error.code, error.path.as_str()), (ErrorCode::UnknownField, "need.ledger"));
    }

    #[test]
    fn nobody_s_number_is_repeated() {
        for json in [
            r#"{ "member": { "account": 13800000001 } }"#,
            r#"{ "member": { "account": 13800000001.5 } }"#,
            r#"{ "member": "13800000001" }"#,
            r#"{ "activation": { "notices": "当前ip地址已使用了其他账号13800000001" } }"#,
            r#"{ "activation": { "notices": [13800000001] } }"#,
            r#"{ "product": "13800000001" }"#,
            r#"{ "cloud": { "used": "13800000001" } }"#,
            r#"{ "13800000001": 1 }"#,
            r#""13800000001""#,
        ] {
            let received = &refused(json).received;
            assert!(!received.contains("13800000001"), "{json}: {received}");
        }
    }
}
