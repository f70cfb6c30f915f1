//! 账套与账号的比较: whether two names denote the same ledger, or two accounts are the same, and when that is not certain.
//!
//! Texts are compared *folded*: full-width ASCII made half-width, white space taken out, ASCII letters in lower case.

use super::text::{Text, folded};

/// How two ledgers compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerMatch {
    /// 相同: equal when folded.
    Same,
    /// 相近: not equal, but equal once a trailing 账套 is taken off each that has one.
    Alike,
    /// 不同: neither.
    Different,
}

impl LedgerMatch {
    /// Compares two ledgers.
    pub fn of(one: Text<'_>, other: Text<'_>) -> Self {
        // Most ledgers are written alike, and units are compared faster than folded characters.
        if one == other || folded(one).eq(folded(other)) {
            Self::Same
        } else if without_suffix(one).eq(without_suffix(other)) {
            Self::Alike
        } else {
            Self::Different
        }
    }
}

/// The folded name from its end, without a trailing 账套 that has something before it.
fn without_suffix(ledger: Text<'_>) -> impl Iterator<Item = char> {
    let whole = folded(ledger).rev();
    let mut rest = whole.clone();
    let has_suffix = rest.next() == Some('套') && rest.next() == Some('账') && rest.clone().next().is_some();
    if has_suffix { rest } else { whole }
}

/// How two accounts compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountMatch {
    /// 相同: equal when folded, without hyphens and the country code of a phone number.
    Same,
    /// 不能确定: a phone number against an e-mail address, or a masked account that fits; it may be one person.
    Unclear,
    /// 不同: neither.
    Different,
}

/// What stands for the hidden part of a masked account.
const MASK: char = '*';
/// How many digits a phone number has.
const PHONE_DIGITS: usize = 11;

impl AccountMatch {
    /// Compares two accounts. A blank one is the same as none.
    pub fn of(one: Text<'_>, other: Text<'_>) -> Self {
        let is_any_blank = one.is_blank() || other.is_blank();
        // Most accounts are written alike, and units are compared faster than folded characters.
        if one == other && !is_any_blank {
            return Self::Same;
        }
        let (one, other) = (normalized(one), normalized(other));
        if one.clone().eq(other.clone()) {
            return if is_any_blank { Self::Different } else { Self::Same };
        }
        let (one_has, other_has) = (Marks::of(one.clone()), Marks::of(other.clone()));
        let fits = match (one_has.mask, other_has.mask) {
            (true, true) => both_masked_fit(one.clone(), other.clone()),
            (true, false) => masked_fits(one.clone(), other.clone()),
            (false, true) => masked_fits(other.clone(), one.clone()),
            (false, false) => false,
        };
        if fits || one_has.at != other_has.at { Self::Unclear } else { Self::Different }
    }
}

/// The characters that say of what kind an account is.
struct Marks {
    mask: bool,
    at: bool,
}

impl Marks {
    fn of(account: Account<'_>) -> Self {
        let (mut mask, mut at) = (false, false);
        for letter in account {
            mask |= letter == MASK;
            at |= letter == '@';
        }
        Self { mask, at }
    }
}

/// The characters of an account that are compared.
#[derive(Clone)]
struct Account<'a> {
    letters: super::text::Folded<'a>,
}

impl Iterator for Account<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        self.letters.find(|letter| *letter != '-')
    }
}

impl DoubleEndedIterator for Account<'_> {
    fn next_back(&mut self) -> Option<char> {
        self.letters.rfind(|letter| *letter != '-')
    }
}

/// The account without the country code that some write before a phone number.
fn normalized(account: Text<'_>) -> Account<'_> {
    let whole = Account { letters: folded(account) };
    for code in ["+86", "0086"] {
        let mut rest = whole.clone();
        if code.chars().all(|letter| rest.next() == Some(letter)) && is_phone(rest.clone()) {
            return rest;
        }
    }
    whole
}

/// Whether it is a phone number, or a masked one.
fn is_phone(mut letters: Account<'_>) -> bool {
    let (mut count, mut masked) = (0_usize, false);
    let all = letters.all(|letter| {
        count = count.saturating_add(1);
        masked |= letter == MASK;
        letter.is_ascii_digit() || letter == MASK
    });
    all && (masked || count == PHONE_DIGITS)
}

/// What stands before the first mask.
fn beginning(account: Account<'_>) -> impl Iterator<Item = char> {
    account.take_while(|letter| *letter != MASK)
}

/// What stands after the last mask, from the end.
fn end(account: Account<'_>) -> impl Iterator<Item = char> {
    account.rev().take_while(|letter| *letter != MASK)
}

/// Whether the account begins and ends as the masked one does, and is long enough for both.
fn masked_fits(masked: Account<'_>, whole: Account<'_>) -> bool {
    let (mut from_start, mut from_end) = (whole.clone(), whole.clone().rev());
    let shown = beginning(masked.clone()).count().saturating_add(end(masked.clone()).count());
    beginning(masked.clone()).all(|letter| from_start.next() == Some(letter))
        && end(masked).all(|letter| from_end.next() == Some(letter))
        && whole.count() >= shown
}

/// Whether of the two beginnings one begins with the other, and of the two ends one ends with the other.
fn both_masked_fit(one: Account<'_>, other: Account<'_>) -> bool {
    beginning(one.clone()).zip(beginning(other.clone())).all(|(one, other)| one == other)
        && end(one).zip(end(other)).all(|(one, other)| one == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In both encodings and in both orders.
    fn ledgers(one: &str, other: &str) -> LedgerMatch {
        let units: Vec<u16> = other.encode_utf16().collect();
        let compared = LedgerMatch::of(one.into(), other.into());
        assert_eq!(compared, LedgerMatch::of(Text::Utf16(&units), one.into()), "{one} / {other}");
        compared
    }

    fn accounts(one: &str, other: &str) -> AccountMatch {
        let units: Vec<u16> = other.encode_utf16().collect();
        let compared = AccountMatch::of(one.into(), other.into());
        assert_eq!(compared, AccountMatch::of(Text::Utf16(&units), one.into()), "{one} / {other}");
        compared
    }

    #[test]
    fn ledgers_are_compared_as_the_contract_says() {
        for (one, other, expected) in [
            ("A账套", "A账套", LedgerMatch::Same),
            ("Ａ账套", "a账 套", LedgerMatch::Same),
            ("\u{feff}A\u{85}", "a", LedgerMatch::Same),
            ("A", "A账套", LedgerMatch::Alike),
            ("A账套账套", "A账套", LedgerMatch::Different),
            ("A 账 套", "Ａ", LedgerMatch::Alike),
            ("A账套账套", "A", LedgerMatch::Different),
            ("账套", "A账套", LedgerMatch::Different),
            ("账套", "账套账套", LedgerMatch::Alike),
            ("A", "B", LedgerMatch::Different),
            ("A账", "A", LedgerMatch::Different),
            ("A-1", "A1", LedgerMatch::Different),
            ("é", "É", LedgerMatch::Different),
        ] {
            assert_eq!(ledgers(one, other), expected, "{one} / {other}");
        }
    }

    #[test]
    fn accounts_are_compared_as_the_contract_says() {
        const PHONE: &str = "13800000001";
        for (one, other, expected) in [
            (PHONE, "138 0000-0001", AccountMatch::Same),
            (PHONE, "+86 138 0000 0001", AccountMatch::Same),
            (PHONE, "0086-13800000001", AccountMatch::Same),
            (PHONE, "１３８０００００００１", AccountMatch::Same),
            (PHONE, "＋８６138****0001", AccountMatch::Unclear),
            (PHONE, "138****0001", AccountMatch::Unclear),
            (PHONE, "138*", AccountMatch::Unclear),
            (PHONE, "*", AccountMatch::Unclear),
            (PHONE, "1380000000101*00001", AccountMatch::Different),
            (PHONE, "139****0001", AccountMatch::Different),
            (PHONE, "138****0002", AccountMatch::Different),
            (PHONE, "13800000002", AccountMatch::Different),
            // The country code is that of a whole number, or of one with a part hidden.
            ("12345", "+86 12345", AccountMatch::Different),
            (PHONE, "+861380000000", AccountMatch::Different),
            (PHONE, "86 13800000001", AccountMatch::Different),
            ("138*x", "+86138*x", AccountMatch::Different),
            (PHONE, "zhang@example.com", AccountMatch::Unclear),
            ("Zhang@Example.com", "zhang@example.com", AccountMatch::Same),
            ("z***@example.com", "zhang@example.com", AccountMatch::Unclear),
            ("z***@example.com", "li@example.com", AccountMatch::Different),
            ("138****0001", "138***", AccountMatch::Unclear),
            ("138****0001", "1380****01", AccountMatch::Unclear),
            ("138****0001", "139****0001", AccountMatch::Different),
            ("138****0001", "138****0002", AccountMatch::Different),
            ("bookkeeper", "Bookkeeper", AccountMatch::Same),
            ("", PHONE, AccountMatch::Different),
            ("", "", AccountMatch::Different),
            ("", "-", AccountMatch::Different),
            ("-", "--", AccountMatch::Same),
        ] {
            assert_eq!(accounts(one, other), expected, "{one} / {other}");
        }
    }
}
