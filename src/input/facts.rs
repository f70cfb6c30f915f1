//! 事实的读取: the validation of facts.

use super::error::{ErrorCode, FactsError};
use super::fields::FieldPaths;
use super::value::Value;
use super::values::read_value;
use crate::model::facts::{Fact, FactSource, Facts, contradiction};
use crate::model::time::Time;

impl<'v> Facts<'v> {
    /// Reads what a caller passed.
    ///
    /// # Errors
    /// The first error found: unknown fields first, then values in table order, then contradictions.
    pub fn read(value: &'v Value) -> Result<Self, FactsError> {
        let Value::Object(_) = value else {
            let received = value.describe_masked();
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
        consistent(&facts)?;
        Ok(facts)
    }
}

/// Whether the facts do not contradict each other.
pub(crate) fn consistent<'a>(facts: impl FactSource<'a>) -> Result<(), FactsError> {
    let Some((later, earlier)) = contradiction(facts) else { return Ok(()) };
    let at = |fact: Fact| facts.time(fact).map(Time::to_rfc3339).unwrap_or_default();
    Err(FactsError::new(
        ErrorCode::Inconsistent,
        later.info().path,
        format!("`{}` {}: it cannot be earlier than that", earlier.info().path, at(earlier)),
        at(later),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(json: &str) -> FactsError {
        Facts::read(&serde_json::from_str(json).unwrap()).map(|facts| facts.known()).unwrap_err()
    }

    #[test]
    fn unknown_names_and_items_are_refused_with_their_path() {
        let error = refused(r#"{ "need": { "legder": "A" } }"#);
        assert_eq!((error.code, error.path.as_str()), (ErrorCode::UnknownField, "need.legder"));
        assert_eq!(error.hint.as_deref(), Some("did you mean `need.ledger`?"));
        // A name that is near to none at its own level.
        let error = refused(r#"{ "certifed": true }"#);
        assert_eq!((error.code, error.path.as_str()), (ErrorCode::UnknownField, "certifed"));
        assert_eq!(error.hint.as_deref(), Some("did you mean `order.certified`?"));
        let error = refused(r#"{ "opened": ["ledger", "legder"] }"#);
        assert_eq!((error.code, error.path.as_str()), (ErrorCode::UnknownValue, "opened[1]"));
        let error = refused(r#"{ "activation": { "notices": ["a", 1] } }"#);
        assert_eq!((error.code, error.path.as_str()), (ErrorCode::WrongType, "activation.notices[1]"));
    }

    #[test]
    fn a_field_without_a_name_is_shown_as_quotes() {
        assert_eq!(refused(r#"{ "": 1 }"#).path, "\"\"");
        assert_eq!(refused(r#"{ "need": { "": 1 } }"#).path, "need.\"\"");
    }

    #[test]
    fn a_field_named_like_a_path_is_unknown() {
        let error = refused(r#"{ "need.ledger": "A" }"#);
        assert_eq!((error.code, error.path.as_str()), (ErrorCode::UnknownField, "need.ledger"));
        assert_eq!(error.expected, "`ledger` within an object `need`");
    }

    /// The text with full-width digits as ASCII digits, and without what people write between digits.
    fn without_separators(text: &str) -> String {
        let ascii = text.chars().map(|letter| match letter {
            '０'..='９' => char::from_u32(u32::from(letter).wrapping_sub(0xfee0)).unwrap_or(letter),
            _ => letter,
        });
        ascii.filter(|letter| !letter.is_whitespace() && !"-－()（）+＋".contains(*letter)).collect()
    }

    #[test]
    fn an_error_repeats_no_phone_and_no_account() {
        const WAYS: [&str; 8] = [
            "13800000001",
            "138-0000-0001",
            "138 0000 0001",
            "+8613800000001",
            "（138）00000001",
            "１３８００００００００１",
            "１３８　００００　０００１",
            "张三@example.com",
        ];
        const TEMPLATES: [&str; 21] = [
            // Its beginning is within the excerpt that an error shows, and its end is not.
            r#"{ "edition": "LONG ACCOUNT" }"#,
            r#""ACCOUNT""#,
            r#"{ "ACCOUNT": 1 }"#,
            r#"{ "member": { "ACCOUNT": 1 } }"#,
            r#"{ "member": "ACCOUNT" }"#,
            r#"{ "member": { "account": ["ACCOUNT"] } }"#,
            r#"{ "member": { "account": { "phone": "ACCOUNT" } } }"#,
            r#"{ "member": { "replacesOld": "ACCOUNT" } }"#,
            r#"{ "edition": "ACCOUNT" }"#,
            r#"{ "product": "账号 ACCOUNT 的产品" }"#,
            r#"{ "order": { "status": "ACCOUNT" } }"#,
            r#"{ "page": { "system": "Windows ACCOUNT" } }"#,
            r#"{ "opened": ["ledger", "ACCOUNT"] }"#,
            r#"{ "opened": "ACCOUNT" }"#,
            r#"{ "cloud": { "used": "ACCOUNT" } }"#,
            r#"{ "now": "ACCOUNT" }"#,
            r#"{ "order": { "paidAt": "2024-02-30 ACCOUNT" } }"#,
            r#"{ "activation": { "notices": "当前ip地址已使用了其他账号ACCOUNT" } }"#,
            r#"{ "activation": { "notices": { "ACCOUNT": true } } }"#,
            r#"{ "activation": { "notices": ["a", ["ACCOUNT"]] } }"#,
            r#"{ "activation": { "notices": ["a", { "ACCOUNT": 1 }] } }"#,
        ];
        let long = "长".repeat(57);
        let written = WAYS.iter().flat_map(|account| {
            TEMPLATES.map(|json| json.replace("ACCOUNT", account).replace("LONG", &long))
        });
        let as_numbers = [
            r#"{ "member": { "account": 13800000001 } }"#,
            r#"{ "member": { "account": 13800000001.5 } }"#,
            r#"{ "order": { "phone": 13800000001 } }"#,
            r#"{ "activation": { "notices": [13800000001] } }"#,
            r#"{ "activation": { "notices": 13800000001 } }"#,
            r#"{ "edition": 13800000001 }"#,
            r#"{ "cloud": { "used": 13800000001 } }"#,
            r#"{ "need": { "year": 13800000001 } }"#,
            r#"{ "now": 13800000001 }"#,
        ];
        for json in written.chain(as_numbers.map(String::from)) {
            let error = refused(&json);
            let serialized = serde_json::to_string(&*error).unwrap();
            for shown in [error.message(), serialized] {
                let compared = without_separators(&shown);
                assert!(!compared.contains("13800000001") && !compared.contains("张三"), "{json}: {shown}");
            }
        }
    }
}
