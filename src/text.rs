//! 文字: how values are put into words, and persons kept out of them.

use serde::ser::{Serialize, SerializeSeq, Serializer};

use crate::bilingual::Locale;
use crate::facts::{Fact, Facts, Kind, Shown};
use crate::terms::Terms;
use crate::write::{cat, join, number};

/// The parts of a template: plain text, and names that stood in braces.
pub(crate) fn parts(template: &str) -> impl Iterator<Item = Part<'_>> {
    template.split('{').enumerate().flat_map(|(position, piece)| {
        let (name, plain) = match piece.split_once('}') {
            Some((name, plain)) if position > 0 => (Some(Part::Name(name)), plain),
            _ => (None, piece),
        };
        name.into_iter().chain([Part::Plain(plain)])
    })
}

/// A part of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    Plain(&'a str),
    Name(&'a str),
}

/// Fills a template; a name without a value stays as it stands, which a test rules out.
pub(crate) fn fill(template: &str, mut value: impl FnMut(&str) -> Option<String>) -> String {
    let mut text = String::new();
    for part in parts(template) {
        match part {
            Part::Plain(plain) => text.push_str(plain),
            Part::Name(name) => text.push_str(&value(name).unwrap_or_else(|| cat(&["{", name, "}"]))),
        }
    }
    text
}

/// The value behind a name in a rule's or a note's text: a fact's path, a number of the terms, or a date.
pub(crate) fn value_of(name: &str, facts: &Facts<'_>, terms: &Terms, locale: Locale) -> Option<String> {
    match name {
        "terms.voucherQuota.assured" => Some(number(terms.voucher_quota.assured)),
        "terms.voucherQuota.claimed" => Some(number(terms.voucher_quota.claimed)),
        "terms.refundWindowDays" => Some(number(terms.refund_window_days)),
        "terms.refundReviewWorkdays" => Some(number(terms.refund_review_workdays)),
        "refund.lastDay" => Some(facts.order_paid_at?.day().plus(terms.refund_window_days).to_iso()),
        _ => {
            let fact = Fact::ALL.iter().find(|fact| fact.info().path == name)?;
            Some(words(*fact, facts, locale)?)
        }
    }
}

/// A fact's value in words, persons masked; `None` where it is not known.
pub fn words(fact: Fact, facts: &Facts<'_>, locale: Locale) -> Option<String> {
    let separator = locale.of("、", ", ");
    let join = |items: &[String]| join(&mut items.iter().map(String::as_str), separator);
    Some(match facts.get(fact)? {
        Shown::Time(time) => time.to_rfc3339(),
        Shown::Choice(choice) => choice.label.of(locale).into(),
        Shown::Set(set) => {
            join(&set.iter().map(|product| product.choice().label.of(locale).into()).collect::<Vec<_>>())
        }
        Shown::Text(text) if is_personal(fact) => mask(text.trimmed()),
        Shown::Text(text) => text.trimmed().into(),
        Shown::Texts(texts) => join(&texts.iter().map(|text| mask_within(text.0)).collect::<Vec<_>>()),
        Shown::Flag(true) => locale.of("是", "yes").into(),
        Shown::Flag(false) => locale.of("否", "no").into(),
        Shown::Integer(value) => number(value),
    })
}

fn is_personal(fact: Fact) -> bool {
    matches!(fact.info().kind, Kind::Text { personal: true, .. })
}

/// A fact's value as JSON shows it in an explanation: as it was passed, with persons masked.
#[derive(Debug)]
pub(crate) struct Masked<'a> {
    pub fact: Fact,
    pub shown: Shown<'a>,
}

impl Serialize for Masked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.shown {
            Shown::Time(time) => serializer.serialize_str(&time.to_rfc3339()),
            Shown::Choice(choice) => serializer.serialize_str(choice.name),
            Shown::Set(set) => serializer.collect_seq(set.iter().map(|product| product.choice().name)),
            Shown::Text(text) if is_personal(self.fact) => serializer.serialize_str(&mask(text.trimmed())),
            Shown::Text(text) => serializer.serialize_str(text.0),
            Shown::Texts(texts) => {
                let mut list = serializer.serialize_seq(None)?;
                for text in texts.iter() {
                    list.serialize_element(&mask_within(text.0))?;
                }
                list.end()
            }
            Shown::Flag(flag) => serializer.serialize_bool(flag),
            Shown::Integer(number) => serializer.serialize_u32(number),
        }
    }
}

/// An account with enough left to recognise one's own: `138****0001`, `z***@example.com`.
pub(crate) fn mask(account: &str) -> String {
    let first = account.chars().next().map_or_else(String::new, String::from);
    if let Some((_, host)) = account.split_once('@') {
        let first = if account.starts_with('@') { "" } else { &first };
        return cat(&[first, "***@", host]);
    }
    let ends = (account.get(..3), account.len().checked_sub(4).and_then(|last| account.get(last..)));
    match ends {
        (Some(start), Some(end)) if account.len() >= 11 && is_number(account) => cat(&[start, "****", end]),
        _ if account.is_empty() => String::new(),
        _ => cat(&[&first, "***"]),
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b' '))
}

/// A message of the software with the accounts in it masked: e-mail addresses, and long numbers.
fn mask_within(text: &str) -> String {
    const LONG: usize = 7;
    let in_account =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '@' | '.' | '_' | '+' | '-');
    let mut masked = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let end = rest.find(|next| in_account(next) != in_account(letter)).unwrap_or(rest.len());
        let (piece, others) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let is_account = piece.bytes().any(|byte| byte == b'@')
            || (piece.len() >= LONG && piece.bytes().all(|b| b.is_ascii_digit()));
        masked.push_str(&if is_account { mask(piece) } else { piece.into() });
        rest = others;
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_masked_but_recognisable() {
        for (account, masked) in [
            ("13800000001", "138****0001"),
            ("+86 13800000001", "+86****0001"),
            ("zhang@example.com", "z***@example.com"),
            ("@example.com", "***@example.com"),
            ("bookkeeper", "b***"),
            ("12345", "1***"),
            ("会计", "会***"),
            ("", ""),
        ] {
            assert_eq!(mask(account), masked);
        }
    }

    #[test]
    fn accounts_inside_a_message_are_masked() {
        assert_eq!(
            mask_within("当前ip地址已使用了其他账号:13800000001, a.b@example.com; 代码 1234"),
            "当前ip地址已使用了其他账号:138****0001, a***@example.com; 代码 1234"
        );
    }

    #[test]
    fn a_template_is_filled_name_by_name() {
        assert_eq!(fill("{a}-{b}}{c", |name| (name == "a").then(|| "1".into())), "1-{b}}c");
        assert_eq!(parts("x{y}z").collect::<Vec<_>>(), [Part::Plain("x"), Part::Name("y"), Part::Plain("z")]);
    }
}
