//! 文字: how values are put into words, and persons kept out of them.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use crate::bilingual::{Bilingual, Locale};
use crate::facts::{Fact, Facts, Kind, Shown, Text};
use crate::rule::Question;
use crate::terms::Terms;
use crate::write::{cut, list, put, put_number};

/// A text to read: one that the engine is made with, or a template that was filled.
pub type Words = Cow<'static, str>;

/// Fills a template: `put_value` adds the value behind a name that stands in braces. A name without a value stays
/// as it is, which a test rules out.
pub(crate) fn fill(
    template: Bilingual,
    locale: Locale,
    put_value: &mut dyn FnMut(&mut String, &str) -> bool,
) -> Words {
    let mut rest = template.of(locale);
    if !template.named {
        return Words::Borrowed(rest);
    }
    // Room for what values usually take.
    let mut text = String::with_capacity(rest.len().saturating_add(64));
    while let Some((plain, after)) = cut(rest, b'{') {
        let (name, after) = cut(after, b'}').unwrap_or((after, ""));
        text.push_str(plain);
        if !put_value(&mut text, name) {
            put(&mut text, &["{", name, "}"]);
        }
        rest = after;
    }
    text.push_str(rest);
    Words::Owned(text)
}

/// What texts speak of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'a> {
    pub question: Question,
    pub facts: &'a Facts<'a>,
    pub terms: &'a Terms,
    pub locale: Locale,
}

impl Known<'_> {
    /// Adds the value behind a name in a rule's or a note's text, if it is known: a fact's path, a number of the
    /// terms, or a date.
    pub fn put(&self, text: &mut String, name: &str) -> bool {
        let Self { facts, terms, locale, .. } = *self;
        let number = match name {
            "terms.voucherQuota.assured" => terms.voucher_quota.assured,
            "terms.voucherQuota.claimed" => terms.voucher_quota.claimed,
            "terms.refundWindowDays" => terms.refund_window_days,
            "terms.refundReviewWorkdays" => terms.refund_review_workdays,
            "refund.lastDay" => {
                let Some(paid_at) = facts.order_paid_at else { return false };
                text.push_str(&paid_at.day().plus(terms.refund_window_days).to_iso());
                return true;
            }
            _ => {
                let fact = Fact::ALL.iter().find(|fact| fact.info().path == name);
                return fact.is_some_and(|fact| put_words(text, *fact, facts, locale));
            }
        };
        put_number(text, number);
        true
    }
}

/// A fact's value in words, persons masked; `None` where it is not known.
pub fn words(fact: Fact, facts: &Facts<'_>, locale: Locale) -> Option<String> {
    let mut text = String::new();
    put_words(&mut text, fact, facts, locale).then_some(text)
}

fn put_words(text: &mut String, fact: Fact, facts: &Facts<'_>, locale: Locale) -> bool {
    let Some(shown) = facts.get(fact) else { return false };
    let separator = locale.of("、", ", ");
    match shown {
        Shown::Time(time) => text.push_str(&time.to_rfc3339()),
        Shown::Choice(choice) => text.push_str(choice.label.of(locale)),
        Shown::Set(set) => {
            for (place, product) in set.iter().enumerate() {
                put(text, &[if place > 0 { separator } else { "" }, product.choice().label.of(locale)]);
            }
        }
        Shown::Text(value) if is_personal(fact) => put_masked(text, value.trimmed()),
        Shown::Text(value) => text.push_str(value.trimmed()),
        Shown::Texts(values) => {
            for (place, value) in values.iter().enumerate() {
                text.push_str(if place > 0 { separator } else { "" });
                put_masked_within(text, value);
            }
        }
        Shown::Flag(true) => text.push_str(locale.of("是", "yes")),
        Shown::Flag(false) => text.push_str(locale.of("否", "no")),
        Shown::Integer(value) => put_number(text, value),
    }
    true
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
            Shown::Time(time) => time.serialize(serializer),
            Shown::Choice(choice) => serializer.serialize_str(choice.name),
            Shown::Set(set) => list(serializer, set.iter().map(|product| product.choice().name)),
            Shown::Text(text) if is_personal(self.fact) => {
                let mut masked = String::new();
                put_masked(&mut masked, text.trimmed());
                serializer.serialize_str(&masked)
            }
            Shown::Text(text) => serializer.serialize_str(text.0),
            Shown::Texts(texts) => list(
                serializer,
                texts.iter().map(|text| {
                    let mut masked = String::new();
                    put_masked_within(&mut masked, text);
                    masked
                }),
            ),
            Shown::Flag(flag) => serializer.serialize_bool(flag),
            Shown::Integer(number) => serializer.serialize_u32(number),
        }
    }
}

/// Adds an account with enough left to recognise one's own: `138****0001`, `z***@example.com`.
fn put_masked(text: &mut String, account: &str) {
    let first = account.chars().next().map_or(0, char::len_utf8);
    let (start, hidden, end) = match (cut(account, b'@'), account.len().checked_sub(4)) {
        (Some((name, host)), _) => {
            (if name.is_empty() { 0 } else { first }, "***@", account.len().saturating_sub(host.len()))
        }
        (None, Some(last)) if account.len() >= 11 && is_number(account) => (3, "****", last),
        _ if account.is_empty() => return,
        _ => (first, "***", account.len()),
    };
    put(text, &[account.get(..start).unwrap_or_default(), hidden, account.get(end..).unwrap_or_default()]);
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b' '))
}

/// Adds a message of the software with the accounts in it masked: e-mail addresses, and long numbers.
fn put_masked_within(text: &mut String, message: Text<'_>) {
    const LONG: usize = 7;
    let in_account =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'@' | b'.' | b'_' | b'+' | b'-');
    let mut rest = message.0;
    while let Some(first) = rest.bytes().next() {
        let end = rest.bytes().position(|byte| in_account(byte) != in_account(first));
        let (piece, others) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, ""));
        let is_account = piece.bytes().any(|byte| byte == b'@')
            || (piece.len() >= LONG && piece.bytes().all(|byte| byte.is_ascii_digit()));
        if is_account {
            put_masked(text, piece);
        } else {
            text.push_str(piece);
        }
        rest = others;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bilingual::bilingual;

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
            let mut text = String::new();
            put_masked(&mut text, account);
            assert_eq!(text, masked);
        }
    }

    #[test]
    fn accounts_inside_a_message_are_masked() {
        let mut text = String::new();
        put_masked_within(
            &mut text,
            Text("当前ip地址已使用了其他账号:13800000001, a.b@example.com; 代码 1234"),
        );
        assert_eq!(text, "当前ip地址已使用了其他账号:138****0001, a***@example.com; 代码 1234");
    }

    #[test]
    fn a_template_is_filled_name_by_name() {
        let mut one = |text: &mut String, name: &str| {
            text.push('1');
            name == "a" || text.pop().is_none()
        };
        let template = bilingual!("{a}-{b}}", "plain");
        assert_eq!(fill(template, Locale::ZhCn, &mut one), "1-{b}}");
        assert_eq!(fill(template, Locale::En, &mut one), "plain");
    }
}
