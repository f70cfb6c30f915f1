//! 条款的读取: the validation of terms that replace some of those compiled in.

use std::borrow::Cow;

use super::error::{ErrorCode, FactsError};
use super::fields::{FieldPaths, unknown_field};
use super::suggestions::nearest;
use super::value::{Item, Value};
use super::values::{read_integer, read_text};
use crate::model::calendar::{Calendar, MonthDay, Year, is_weekend};
use crate::model::runs_on::RunsOn;
use crate::model::terms::{Contact, Terms, VoucherQuota};
use crate::model::text::Text;
use crate::model::time::{Day, Scanner, days_in_month};

/// The longest version, in characters.
const LONGEST_VERSION: usize = 64;
/// The longest part of a contact, in characters.
const LONGEST_CONTACT: usize = 100;
/// The most vouchers that a quota can grant.
const MOST_VOUCHERS: u32 = 1_000_000;
/// The longest refund window, in days.
const LONGEST_WINDOW: u32 = 365;
/// The longest review of a refund, in working days.
const LONGEST_REVIEW: u32 = 60;
/// The most days that a list of a calendar can have.
const MOST_DAYS: usize = 100;

/// The paths of the terms, below `terms`.
const PATHS: [&str; 9] = [
    "version",
    "voucherQuota.assured",
    "voucherQuota.claimed",
    "refundWindowDays",
    "refundReviewWorkdays",
    "contacts.free_lifetime",
    "contacts.cloud",
    "contacts.paid",
    "calendar",
];
const TERMS: FieldPaths<'_> = FieldPaths { root: "terms.", paths: &PATHS };

impl Terms {
    /// The terms among the options of `load`, or of `loadSync`, which has no others; the default ones where there are none.
    ///
    /// # Errors
    /// Those of [`Terms::read`]; `wrong_type` or `unknown_field`, with a path that begins with `options`; and those of
    /// `prefer`.
    pub fn read_options(options: &Value, is_sync: bool) -> Result<Self, FactsError> {
        let paths: &[_] = if is_sync { &["terms"] } else { &["terms", "prefer", "module"] };
        let values = FieldPaths { root: "options.", paths }.values(options).map_err(|error| {
            let name = error.path.strip_prefix("options.").filter(|_| error.hint.is_none());
            let term = name.and_then(|name| nearest(name, &TERMS.names_below("")));
            // One of the terms in place of the terms.
            match term {
                Some(term) => error.with_suggestion(Some(&format!("options.terms.{term}"))),
                None => error,
            }
        })?;
        if let Some(Some(prefer)) = values.get(1) {
            RunsOn::read(prefer)?;
        }
        values.first().copied().flatten().map_or(Ok(Self::default()), Self::read)
    }

    /// The default terms with those in `value` in place of their own; a calendar is taken year by year,
    /// a contact as a whole.
    ///
    /// # Errors
    /// The first error found, its path beginning with `terms`.
    pub fn read(value: &Value) -> Result<Self, FactsError> {
        let mut terms = Self::default();
        let values = TERMS.values(value)?;
        for (path, value) in PATHS.iter().zip(values) {
            if let Some(value) = value {
                terms.read_at(path, value)?;
            }
        }
        let VoucherQuota { assured, claimed } = terms.voucher_quota;
        if assured > claimed {
            return Err(FactsError::new(
                ErrorCode::Inconsistent,
                "terms.voucherQuota.assured",
                format!(
                    "`terms.voucherQuota.claimed` {claimed}: what is assured is never more than what is claimed"
                ),
                assured.to_string(),
            ));
        }
        Ok(terms)
    }

    /// Reads one of the terms at its path.
    fn read_at(&mut self, path: &str, value: &Value) -> Result<(), FactsError> {
        let at = format!("terms.{path}");
        let number = |most| read_integer(&at, value, most);
        match path {
            "version" => self.version = Cow::Owned(read_text(&at, value, LONGEST_VERSION)?.into()),
            "voucherQuota.assured" => self.voucher_quota.assured = number(MOST_VOUCHERS)?,
            "voucherQuota.claimed" => self.voucher_quota.claimed = number(MOST_VOUCHERS)?,
            "refundWindowDays" => self.refund_window_days = number(LONGEST_WINDOW)?,
            "refundReviewWorkdays" => self.refund_review_workdays = number(LONGEST_REVIEW)?,
            "contacts.free_lifetime" => self.contacts.free_lifetime = contact(value, &at)?,
            "contacts.cloud" => self.contacts.cloud = contact(value, &at)?,
            "contacts.paid" => self.contacts.paid = contact(value, &at)?,
            "calendar" => calendar(value, &at, &mut self.calendar)?,
            // A path that is listed above and not read here is refused rather than dropped; a test reads each.
            _ => return Err(unknown_field("terms", path, "a path that is read".into())),
        }
        Ok(())
    }
}

/// The parts of a contact.
const CONTACT: [&str; 6] = ["qqGroup", "qqGroupName", "joinNote", "phone", "email", "address"];

fn contact(value: &Value, path: &str) -> Result<Contact, FactsError> {
    let root = format!("{path}.");
    let values = FieldPaths { root: &root, paths: &CONTACT }.values(value)?;
    let mut contact = Contact::default();
    let Contact { qq_group, qq_group_name, join_note, phone, email, address } = &mut contact;
    let parts = [qq_group, qq_group_name, join_note, phone, email, address];
    for ((name, value), part) in CONTACT.iter().zip(values).zip(parts) {
        if let Some(value) = value {
            let text = read_text(&format!("{root}{name}"), value, LONGEST_CONTACT)?;
            *part = Some(Cow::Owned(text.into()));
        }
    }
    if contact == (Contact { join_note: contact.join_note.clone(), ..Contact::default() }) {
        let expected = "at least one of `qqGroup`, `qqGroupName`, `phone`, `email`, `address`";
        return Err(FactsError::new(ErrorCode::Blank, path, expected, "a contact without any"));
    }
    Ok(contact)
}

/// The lists that a year of the calendar has.
const YEAR: [&str; 2] = ["off", "work"];

fn calendar(value: &Value, path: &str, calendar: &mut Calendar) -> Result<(), FactsError> {
    const EXPECTED: &str = "a year from 2000 to 2100, like `2027`, with `off` and `work`";
    let Value::Object(years) = value else {
        return Err(FactsError::new(ErrorCode::WrongType, path, EXPECTED, value.describe()));
    };
    for (name, value) in years {
        let number = Scanner::whole(Text::Utf8(name), |rest| rest.digits(4));
        let Some(year) = number.filter(|year| (2000..=2100).contains(year)) else {
            return Err(unknown_field(path, name, EXPECTED.into()));
        };
        let path = format!("{path}.{name}");
        let root = format!("{path}.");
        let lists = FieldPaths { root: &root, paths: &YEAR }.values(value)?;
        let [Some(off), Some(work)] = lists.as_slice() else {
            let expected = "both `off` and `work`, which may be empty";
            return Err(FactsError::new(ErrorCode::WrongType, path, expected, value.describe()));
        };
        let off = dates(&format!("{root}off"), off, year, false)?;
        let work = dates(&format!("{root}work"), work, year, true)?;
        calendar.insert(Year { year, off: off.into(), work: work.into() });
    }
    Ok(())
}

/// Dates like `10-01`: weekend days if `weekend`, else weekdays.
fn dates(path: &str, value: &Value, year: i32, weekend: bool) -> Result<Vec<MonthDay>, FactsError> {
    let refuse = |code, path: &str, received: String| {
        let kind = if weekend { "weekend days" } else { "weekdays" };
        let expected = format!("a list of at most {MOST_DAYS} {kind} of {year} like `10-01`");
        Err(FactsError::new(code, path, expected, received))
    };
    let Some(items) = value.items() else { return refuse(ErrorCode::WrongType, path, value.describe()) };
    if items.len() > MOST_DAYS {
        return refuse(ErrorCode::OutOfRange, path, value.describe());
    }
    let mut dates = Vec::new();
    for (index, item) in items.enumerate() {
        let code = match date(item, year) {
            Ok((month, day)) if is_weekend(Day::from_civil(year, month, day)) == weekend => {
                dates.push((month, day));
                continue;
            }
            Ok(_) => ErrorCode::Inconsistent,
            Err(code) => code,
        };
        return refuse(code, &format!("{path}[{index}]"), item.describe());
    }
    Ok(dates)
}

fn date(item: Item<'_>, year: i32) -> Result<MonthDay, ErrorCode> {
    let Item::Text(text) = item else { return Err(ErrorCode::WrongType) };
    let date = Scanner::whole(Text::Utf8(text), |rest| {
        let month = rest.part(2, b"-")?;
        Some((month as u8, rest.digits(2)? as u8))
    });
    let (month, day) = date.ok_or(ErrorCode::WrongType)?;
    let real = (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
    if real { Ok((month, day)) } else { Err(ErrorCode::OutOfRange) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Terms, FactsError> {
        Terms::read(&serde_json::from_str(json).unwrap())
    }

    #[test]
    fn the_published_terms_are_read_as_they_are_written() {
        let json = serde_json::to_string(&Terms::PUBLISHED).unwrap();
        assert_eq!(read(&json).unwrap(), Terms::PUBLISHED);
    }

    #[test]
    fn an_option_that_is_one_of_the_terms_is_refused_with_its_place_among_them() {
        let read = |json: &str, is_sync| Terms::read_options(&serde_json::from_str(json).unwrap(), is_sync);
        for json in ["{}", r#"{ "terms": null }"#] {
            assert_eq!(read(json, true), Ok(Terms::default()));
        }
        assert_eq!(
            read(r#"{ "prefer": "js", "module": 1, "terms": { "version": "v" } }"#, false).unwrap().version,
            "v"
        );
        for (json, is_sync, code, path, meant) in [
            ("null", true, ErrorCode::WrongType, "options", None),
            (r#"{ "term": {} }"#, true, ErrorCode::UnknownField, "options.term", Some("options.terms")),
            (
                r#"{ "refundWindowDay": 15 }"#,
                false,
                ErrorCode::UnknownField,
                "options.refundWindowDay",
                Some("options.terms.refundWindowDays"),
            ),
            (r#"{ "prefer": "js" }"#, true, ErrorCode::UnknownField, "options.prefer", None),
            (r#"{ "prefer": "j" }"#, false, ErrorCode::UnknownValue, "prefer", None),
            (r#"{ "terms": 5 }"#, false, ErrorCode::WrongType, "terms", None),
        ] {
            let error = read(json, is_sync).unwrap_err();
            assert_eq!((error.code, error.path.as_str()), (code, path));
            if let Some(meant) = meant {
                assert_eq!(error.hint, Some(format!("did you mean `{meant}`?")));
            }
        }
    }

    #[test]
    fn every_path_is_read() {
        let contact = r#"{ "phone": "1" }"#;
        for (path, value) in PATHS.iter().zip([
            r#""v""#,
            "1",
            "1000",
            "1",
            "1",
            contact,
            contact,
            contact,
            r#"{ "2027": { "off": [], "work": [] } }"#,
        ]) {
            let json =
                path.rsplit('.').fold(value.to_string(), |inner, name| format!(r#"{{ "{name}": {inner} }}"#));
            assert_ne!(read(&json).unwrap(), Terms::PUBLISHED, "{path}");
        }
    }

    #[test]
    fn a_date_that_is_none_is_out_of_range() {
        for date in ["00-05", "13-01", "02-30", "01-00", "04-31"] {
            let json = format!(r#"{{ "calendar": {{ "2027": {{ "off": ["{date}"], "work": [] }} }} }}"#);
            let error = read(&json).unwrap_err();
            assert_eq!(
                (error.code, error.path.as_str()),
                (ErrorCode::OutOfRange, "terms.calendar.2027.off[0]"),
                "{date}"
            );
        }
    }

    #[test]
    fn a_dotted_name_is_an_unknown_field() {
        let error = read(r#"{ "voucherQuota.assured": 1 }"#).unwrap_err();
        assert_eq!(
            (error.code, error.path.as_str()),
            (ErrorCode::UnknownField, "terms.voucherQuota.assured")
        );
    }

    #[test]
    fn what_is_assured_is_not_more_than_what_is_claimed() {
        let error = read(r#"{ "voucherQuota": { "assured": 101 } }"#).unwrap_err();
        assert_eq!(
            (error.code, error.path.as_str()),
            (ErrorCode::Inconsistent, "terms.voucherQuota.assured")
        );
        assert!(read(r#"{ "voucherQuota": { "assured": 100, "claimed": 100 } }"#).is_ok());
    }

    #[test]
    fn a_contact_has_more_than_a_note_for_who_joins() {
        let error = read(r#"{ "contacts": { "cloud": { "joinNote": "申请退款" } } }"#).unwrap_err();
        assert_eq!((error.code, error.path.as_str()), (ErrorCode::Blank, "terms.contacts.cloud"));
        assert!(read(r#"{ "contacts": { "cloud": { "joinNote": "申请退款", "qqGroup": "1" } } }"#).is_ok());
    }
}
