//! 取值: the validation of one value as a value of the type of its fact.

use super::error::{ErrorCode, FactsError};
use super::suggestions::{nearest, quoted};
use super::value::{Item, Value, describe_masked_time};
use crate::model::add_ons::AddOns;
use crate::model::choices::{Choice, Product};
use crate::model::fact_types::{FactData, FactType, FactValue};
use crate::model::notices::Notices;
use crate::model::text::Text;
use crate::model::time::Time;

/// Why a value is refused, and which item of it where it is a list.
struct Refusal {
    code: ErrorCode,
    item: Option<usize>,
}

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Self {
        Self { code, item: None }
    }
}

/// Reads a caller's value at a path as one of the type.
pub(crate) fn read_value<'v>(
    path: &str,
    value: &'v Value,
    kind: &FactType,
) -> Result<FactValue<'v>, FactsError> {
    read(value, kind).map_err(|refusal| refused(path, kind, value, &refusal))
}

/// Reads a whole number from 0 to `max` at a path.
pub(crate) fn read_integer(path: &str, value: &Value, max: u32) -> Result<u32, FactsError> {
    let kind = FactType::Integer { min: 0, max };
    integer(value, 0, max).map_err(|code| refused(path, &kind, value, &code.into()))
}

/// Reads a text that is not blank at a path.
pub(crate) fn read_text<'v>(path: &str, value: &'v Value, longest: usize) -> Result<&'v str, FactsError> {
    let read = match value {
        Value::Text(text) if text.chars().count() > longest => Err(ErrorCode::OutOfRange),
        Value::Text(text) if Text::Utf8(text).is_blank() => Err(ErrorCode::Blank),
        Value::Text(text) => Ok(text.as_str()),
        _ => Err(ErrorCode::WrongType),
    };
    read.map_err(|code| {
        let received = if code == ErrorCode::OutOfRange { too_long(longest) } else { value.describe() };
        FactsError::new(code, path, expected_text(longest), received)
    })
}

fn read<'v>(value: &'v Value, kind: &FactType) -> Result<FactValue<'v>, Refusal> {
    Ok(match (kind, value) {
        (FactType::Time, Value::Text(text)) => {
            bounded(text)?;
            FactValue::Time(Time::parse(Text::Utf8(text)).map_err(ErrorCode::from)?)
        }
        (FactType::Time, Value::Integer(millis)) => {
            FactValue::Time(Time::from_millis(*millis).map_err(ErrorCode::from)?)
        }
        (FactType::Flag, Value::Bool(flag)) => FactValue::Flag(*flag),
        (FactType::Integer { min, max }, _) => FactValue::Integer(integer(value, *min, *max)?),
        (FactType::Text { blank, .. }, Value::Text(text)) => {
            bounded(text)?;
            if !blank && Text::Utf8(text).is_blank() {
                return Err(ErrorCode::Blank.into());
            }
            FactValue::Text(Text::Utf8(text))
        }
        (FactType::Choice(choices), Value::Text(name)) => FactValue::Choice(choose(name, choices)?),
        (FactType::Texts, Value::Texts(_) | Value::List(_)) => {
            each(value, &mut bounded)?;
            // Every item was a text, so it is a list of texts.
            let Value::Texts(texts) = value else { return Err(ErrorCode::WrongType.into()) };
            FactValue::Texts(Notices::List(texts))
        }
        (FactType::Set(choices), Value::Texts(_) | Value::List(_)) => {
            let mut set = AddOns::EMPTY;
            each(value, &mut |name| {
                let choice = choose(name, choices)?;
                let product = Product::from_value(FactValue::Choice(choice));
                set = set.with(product.ok_or(ErrorCode::UnknownValue)?);
                Ok(())
            })?;
            FactValue::Set(set)
        }
        _ => return Err(ErrorCode::WrongType.into()),
    })
}

fn integer(value: &Value, min: u32, max: u32) -> Result<u32, ErrorCode> {
    let Value::Integer(number) = value else { return Err(ErrorCode::WrongType) };
    u32::try_from(*number).ok().filter(|number| (min..=max).contains(number)).ok_or(ErrorCode::OutOfRange)
}

fn bounded(text: &str) -> Result<(), ErrorCode> {
    if text.chars().count() <= FactType::LONGEST_TEXT { Ok(()) } else { Err(ErrorCode::OutOfRange) }
}

fn choose(name: &str, choices: &'static [Choice]) -> Result<&'static Choice, ErrorCode> {
    choices.iter().find(|choice| choice.name == name).ok_or(ErrorCode::UnknownValue)
}

/// Reads each item of a list of texts that is not too long.
fn each(list: &Value, read: &mut dyn FnMut(&str) -> Result<(), ErrorCode>) -> Result<(), Refusal> {
    let items = list.items().ok_or(ErrorCode::WrongType)?;
    if items.len() > FactType::LONGEST_LIST {
        return Err(ErrorCode::OutOfRange.into());
    }
    for (index, item) in items.enumerate() {
        let read = match item {
            Item::Text(text) => read(text),
            Item::Other(_) => Err(ErrorCode::WrongType),
        };
        read.map_err(|code| Refusal { code, item: Some(index) })?;
    }
    Ok(())
}

/// The least number that may be a mobile phone: it has 11 digits.
const SHORTEST_PHONE: u64 = 10_000_000_000;

fn refused(path: &str, kind: &FactType, value: &Value, Refusal { code, item }: &Refusal) -> FactsError {
    let at_item = item.and_then(|index| Some((index, value.items()?.nth(index)?)));
    let (path, masked, given) = match (at_item, value) {
        (Some((index, item)), _) => {
            let text = if let Item::Text(text) = item { Some(text) } else { None };
            (format!("{path}[{index}]"), item.describe_masked(), text)
        }
        (None, Value::Text(text)) => (path.into(), value.describe_masked(), Some(text.as_str())),
        (None, _) => (path.into(), value.describe_masked(), None),
    };
    let received = match (code, value, given) {
        (ErrorCode::OutOfRange, _, Some(text))
            if !matches!(kind, FactType::Time) || bounded(text).is_err() =>
        {
            too_long(FactType::LONGEST_TEXT)
        }
        (ErrorCode::OutOfRange, Value::Texts(_) | Value::List(_), None) => {
            format!("a list of more than {} items", FactType::LONGEST_LIST)
        }
        (ErrorCode::WrongType, Value::Integer(_), None) if kind.is_personal() => "a number".into(),
        // A date, and a number in place of a number that is too short for a phone, are no accounts and are shown whole;
        // anything else may be one.
        (_, Value::Text(text), _) if matches!(kind, FactType::Time) => describe_masked_time(text),
        (_, Value::Integer(number), _)
            if matches!(kind, FactType::Time | FactType::Integer { .. })
                && number.unsigned_abs() < SHORTEST_PHONE =>
        {
            value.describe()
        }
        _ => masked,
    };
    let suggestion = match (kind, given) {
        (FactType::Choice(choices) | FactType::Set(choices), Some(given)) => {
            nearest(given, &names_of(choices))
        }
        (FactType::Time, _) if received == Value::DATE => Some("date.getTime()"),
        _ => None,
    };
    FactsError::new(*code, path, expectation(kind), received).with_suggestion(suggestion)
}

/// What values of the type look like, in words.
fn expectation(kind: &FactType) -> String {
    let (longest, items) = (grouped(FactType::LONGEST_TEXT), FactType::LONGEST_LIST);
    let names = |choices| quoted(&names_of(choices));
    match kind {
        FactType::Time => {
            "an RFC 3339 time with an offset, like 2021-03-01T09:30:00+08:00, or whole milliseconds \
            since 1970, from 2000 to 2100"
                .into()
        }
        FactType::Choice(choices) => format!("one of {}", names(choices)),
        FactType::Set(choices) => format!("a list of at most {items} of {}", names(choices)),
        FactType::Text { blank: true, .. } => format!("a text of at most {longest} characters"),
        FactType::Text { blank: false, .. } => expected_text(FactType::LONGEST_TEXT),
        FactType::Texts => format!("a list of at most {items} texts of at most {longest} characters each"),
        FactType::Flag => "true or false".into(),
        FactType::Integer { min, max } => format!("a whole number from {min} to {max}"),
    }
}

fn names_of(choices: &[Choice]) -> Vec<&'static str> {
    choices.iter().map(|choice| choice.name).collect()
}

fn expected_text(longest: usize) -> String {
    format!("a text of 1 to {} characters that is not blank", grouped(longest))
}

fn too_long(longest: usize) -> String {
    format!("a text of more than {} characters", grouped(longest))
}

/// A number below a million, with a comma before its thousands.
fn grouped(number: usize) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::facts::Facts;
    use crate::model::question::Question;
    use crate::model::terms::Terms;

    fn message(json: &str, read: impl FnOnce(&Value) -> Option<FactsError>) -> String {
        read(&serde_json::from_str(json).unwrap()).unwrap().message()
    }

    #[test]
    fn an_error_says_what_was_given_and_what_was_expected() {
        const NAMES: &str = "`now`, `edition`, `product`, `entry`, `payment`, `goal`, `need`, `selected`, `opened`, `member`, \
            `activation`, `vouchers`, `cloud`, `action`, `order`, `page`";
        let (long, many) = ("长".repeat(1001), vec!["\"\""; 101].join(","));
        let time = "an RFC 3339 time with an offset, like 2021-03-01T09:30:00+08:00, or whole milliseconds since 1970, \
            from 2000 to 2100";
        let or_left_out = "; correct it, or leave it out if it is not known.";
        for (json, sentence) in [
            (
                r#"{ "edtion": "cloud" }"#.into(),
                format!("`edtion` is not a field the engine knows; expected one of {NAMES}; did you mean `edition`?"),
            ),
            (
                r#"{ "edition": "clod" }"#.into(),
                "`edition` is \"clod\", but one of `free_lifetime`, `cloud`, `paid` was expected; did you mean `cloud`?"
                    .into(),
            ),
            (
                r#"{ "edition": 5 }"#.into(),
                format!("`edition` is 5, but one of `free_lifetime`, `cloud`, `paid` was expected{or_left_out}"),
            ),
            (
                r#"{ "payment": [] }"#.into(),
                format!("`payment` is an empty list, but one of `wechat`, `alipay`, `other` was expected{or_left_out}"),
            ),
            (
                r#"{ "payment": ["wechat"] }"#.into(),
                format!("`payment` is a list, but one of `wechat`, `alipay`, `other` was expected{or_left_out}"),
            ),
            // A number as long as a phone number is masked wherever it stands.
            (
                r#"{ "vouchers": { "saved": 13800000001 } }"#.into(),
                format!("`vouchers.saved` is 138****0001, but a whole number from 0 to 1000000 was expected{or_left_out}"),
            ),
            (
                r#"{ "member": { "account": 5 } }"#.into(),
                format!(
                    "`member.account` is a number, but a text of 1 to 1,000 characters that is not blank was \
                     expected{or_left_out}"
                ),
            ),
            (
                format!(r#"{{ "need": {{ "ledger": "{long}" }} }}"#),
                format!(
                    "`need.ledger` is a text of more than 1,000 characters, but a text of 1 to 1,000 characters that is \
                     not blank was expected{or_left_out}"
                ),
            ),
            (
                format!(r#"{{ "order": {{ "phone": "{long}" }} }}"#),
                format!(
                    "`order.phone` is a text of more than 1,000 characters, but a text of at most 1,000 characters was \
                     expected{or_left_out}"
                ),
            ),
            (
                format!(r#"{{ "activation": {{ "notices": [{many}] }} }}"#),
                format!(
                    "`activation.notices` is a list of more than 100 items, but a list of at most 100 texts of at most \
                     1,000 characters each was expected{or_left_out}"
                ),
            ),
            (
                r#"{ "opened": ["ledgr"] }"#.into(),
                "`opened[0]` is \"ledgr\", but a list of at most 100 of `ledger`, `voucher_pack`, `bookkeeping`, \
                 `tax_filing`, `cloud_backup` was expected; did you mean `ledger`?"
                    .into(),
            ),
            (
                r#"{ "page": { "restarted": "yes" } }"#.into(),
                format!("`page.restarted` is \"yes\", but true or false was expected{or_left_out}"),
            ),
            (
                r#"{ "now": "today" }"#.into(),
                format!("`now` is \"today\", but {time} was expected{or_left_out}"),
            ),
            (
                r#"{ "now": "2024-02-30T10:00:00+08:00" }"#.into(),
                format!("`now` is \"2024-02-30T10:00:00+08:00\", but {time} was expected{or_left_out}"),
            ),
            // In place of a time a date is shown whole; anywhere else it is a number that may be an account.
            (
                r#"{ "edition": "2024-02-30" }"#.into(),
                format!(
                    "`edition` is \"2***\", but one of `free_lifetime`, `cloud`, `paid` was expected{or_left_out}"
                ),
            ),
            // Seconds in place of milliseconds are shown whole; a number that may be a phone number is not.
            (r#"{ "now": 9999999999 }"#.into(), format!("`now` is 9999999999, but {time} was expected{or_left_out}")),
            (
                r#"{ "now": 10000000000 }"#.into(),
                format!("`now` is 100****0000, but {time} was expected{or_left_out}"),
            ),
            (
                r#"{ "now": 1614564000000, "order": { "paidAt": 1614564000001 } }"#.into(),
                format!(
                    "`now` is 2021-03-01T10:00:00+08:00, which contradicts `order.paidAt` \
                     2021-03-01T10:00:00.001+08:00: it cannot be earlier than that{or_left_out}"
                ),
            ),
        ] {
            assert_eq!(message(&json, |value| Facts::read(value).err()), sentence);
        }
    }

    #[test]
    fn a_date_of_javascript_is_refused_with_the_way_to_its_milliseconds() {
        let date = Value::Object(vec![("now".into(), Value::Other(Value::DATE.into()))]);
        let error = Facts::read(&date).unwrap_err();
        assert_eq!(error.hint.as_deref(), Some("did you mean `date.getTime()`?"));
    }

    #[test]
    fn what_cannot_be_left_out_is_not_said_to_be() {
        let question = Question::read(&Value::Null).unwrap_err().message();
        let facts = message("5", |value| Facts::read(value).err());
        for sentence in [question, facts] {
            assert!(sentence.ends_with(" was expected; correct it."), "{sentence}");
        }
    }

    #[test]
    fn an_error_in_terms_says_what_was_given_and_what_was_expected() {
        let long = "v".repeat(65);
        let text = "a text of 1 to 64 characters that is not blank was expected";
        let correct = "; correct it.";
        for (json, sentence) in [
            (r#"{ "version": " " }"#.into(), format!("`terms.version` is \" \", but {text}{correct}")),
            (r#"{ "version": 5 }"#.into(), format!("`terms.version` is 5, but {text}{correct}")),
            (
                format!(r#"{{ "version": "{long}" }}"#),
                format!("`terms.version` is a text of more than 64 characters, but {text}{correct}"),
            ),
            (
                r#"{ "calendar": { "2027": { "off": ["01-02"], "work": [] } } }"#.into(),
                format!(
                    "`terms.calendar.2027.off[0]` is \"01-02\", which contradicts a list of at most 100 weekdays of 2027 \
                     like `10-01`{correct}"
                ),
            ),
        ] {
            assert_eq!(message(&json, |value| Terms::read(value).err()), sentence);
        }
        let of_letters = |letters: usize| {
            let json = format!(r#"{{ "version": "{}" }}"#, "v".repeat(letters));
            Terms::read(&serde_json::from_str(&json).unwrap()).map(|terms| terms.version.len())
        };
        assert_eq!(of_letters(64), Ok(64));
        assert!(of_letters(65).is_err());
        let of_length = |days: usize| {
            let off = vec!["\"01-04\""; days].join(",");
            let json = format!(r#"{{ "calendar": {{ "2027": {{ "off": [{off}], "work": [] }} }} }}"#);
            Terms::read(&serde_json::from_str(&json).unwrap()).map(|_| ()).map_err(|error| error.path.clone())
        };
        assert_eq!(of_length(100), Ok(()));
        assert_eq!(of_length(101), Err("terms.calendar.2027.off".into()));
    }
}
