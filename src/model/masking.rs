//! 脱敏: masking of accounts and phone numbers, which leaves just enough to recognise one's own.
//!
//! Explanations and errors mask through these functions only. Pages that show a fact as it was given, before there is an
//! explanation, mask it in the same form.

/// How many digits in a row are taken for a phone number or an account, within a text.
const FEWEST_DIGITS: usize = 7;
/// How many digits a mobile number has.
const PHONE_DIGITS: usize = 11;

/// Masks what is an account as a whole: `138****0001`, `z***@example.com`, `b***`; an empty text stays empty. Of a number
/// that was passed with a part hidden, as much stays as of a whole one, so that its owner can compare it.
pub fn mask_account(account: &str) -> String {
    let account = account.trim();
    let letters: Vec<char> = account.chars().collect();
    if let Some(at) = letters.iter().position(|letter| is_at(*letter)) {
        let (name, host) = letters.split_at(at);
        let host: String = host.iter().skip(1).collect();
        return mask_name(name) + &mask_within(&host);
    }
    let digits = digits_of(&letters);
    let is_in_number = |letter: &char| digit(*letter).is_some() || is_separator(*letter);
    let is_number = letters.iter().all(is_in_number);
    let is_masked_number =
        !is_number && letters.iter().all(|letter| is_mask(*letter) || is_in_number(letter));
    match letters.first() {
        None => String::new(),
        Some(_) if is_masked_number => mask_again(&letters),
        Some(_) if is_number && digits.len() >= FEWEST_DIGITS => mask_digits(&digits),
        Some(first) => mask_from(&String::from(*first)),
    }
}

/// Masks the accounts within a text: e-mail addresses, and long numbers in whatever way they are written
/// (spaces, hyphens, a country code, full width, glued to letters). The rest stays as it is.
pub fn mask_within(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    // Each kind is not looked for again where it was not found, so that masking takes time in the length of the text.
    let mut kinds = [(email as Find, 0), (number, 0), (number_with_stops, 0)];
    let mut at = 0_usize;
    while let Some(rest @ [first, ..]) = letters.get(at..) {
        let found = kinds
            .iter_mut()
            .filter(|(_, next)| *next <= at)
            .find_map(|(find, next)| find(rest).map_err(|length| *next = at.saturating_add(length)).ok());
        at = at.saturating_add(if let Some((taken, shown)) = found {
            masked.push_str(&shown);
            taken
        } else {
            masked.push(*first);
            1
        });
    }
    masked
}

/// What begins at the front of some characters: how many of them it takes, and how it is shown. Where it does not, as an
/// error, how many characters there are at the front of which it begins at none.
type Find = fn(&[char]) -> Result<(usize, String), usize>;

/// The name of an e-mail address and its at sign, which may stand apart if the host has a full stop: `联系 @客服` is none.
/// The host after them is shown like any other text, since a number can stand in its place or after it.
fn email(letters: &[char]) -> Result<(usize, String), usize> {
    if letters.first().is_some_and(|letter| is_blank(*letter)) {
        return Err(0);
    }
    let (name, rest) = split_while(letters, is_in_name);
    let (before, rest) = split_while(rest, is_blank);
    let end = name.len().saturating_add(before.len());
    let Some((_, rest)) = rest.split_first().filter(|(at, _)| is_at(**at)) else { return Err(end) };
    let (after, rest) = split_while(rest, is_blank);
    let host = split_while(rest, is_in_host).0;
    let is_apart = before.iter().chain(after).any(|letter| letter.is_whitespace());
    let has_stop = || host.iter().any(|letter| matches!(letter, '.' | '．'));
    if !host.is_empty() && (!is_apart || has_stop()) {
        Ok((end.saturating_add(1), mask_name(name)))
    } else {
        Err(end)
    }
}

/// A long number, its digits perhaps apart.
fn number(letters: &[char]) -> Result<(usize, String), usize> {
    number_within(letters, |letters| split_while(letters, is_in_number).0, FEWEST_DIGITS)
}

/// A phone number with full stops or commas between its digits; a date like 2020.12.31 has fewer digits.
fn number_with_stops(letters: &[char]) -> Result<(usize, String), usize> {
    number_within(letters, parts_between_stops, PHONE_DIGITS)
}

/// The front of some characters that can be parts of one number. A part of as many digits in a row as a phone number has
/// is one for itself, as in `1、13800000001`.
fn parts_between_stops(letters: &[char]) -> &[char] {
    let (mut end, mut rest) = (0_usize, letters);
    while split_while(rest, |letter| digit(letter).is_some()).0.len() != PHONE_DIGITS {
        let (part, after) = split_while(rest, is_in_number);
        end = end.saturating_add(part.len());
        match after {
            [stop, after @ ..] if is_stop(*stop) => rest = after,
            _ => break,
        }
        end = end.saturating_add(1);
    }
    letters.get(..end).unwrap_or_default()
}

/// The number that a digit or a plus sign begins, within what `parts` says of it, if it has at least so many digits.
fn number_within(
    letters: &[char],
    parts: fn(&[char]) -> &[char],
    fewest: usize,
) -> Result<(usize, String), usize> {
    let starts_number = |letter: &char| digit(*letter).is_some() || matches!(letter, '+' | '＋');
    if !letters.first().is_some_and(starts_number) {
        return Err(0);
    }
    let parts = parts(letters);
    let number = without_end(parts, |letter| digit(letter).is_none());
    let digits = digits_of(number);
    if digits.len() < fewest { Err(parts.len()) } else { Ok((number.len(), mask_digits(&digits))) }
}

/// The characters at the front that are of a kind, and those after them.
fn split_while(letters: &[char], is_of_kind: fn(char) -> bool) -> (&[char], &[char]) {
    let end = letters.iter().take_while(|letter| is_of_kind(**letter)).count();
    letters.split_at_checked(end).unwrap_or_default()
}

/// The characters without those of a kind at the end.
fn without_end(mut letters: &[char], is_of_kind: fn(char) -> bool) -> &[char] {
    while let [rest @ .., last] = letters
        && is_of_kind(*last)
    {
        letters = rest;
    }
    letters
}

fn mask_name(name: &[char]) -> String {
    let first: String = name.iter().filter(|letter| !is_invisible(**letter)).take(1).collect();
    format!("{}@", mask_from(&first))
}

/// A phone number without its country code, its middle hidden; of other numbers only the first digit.
fn mask_digits(digits: &str) -> String {
    let local = without_country_code(digits, |rest| rest.len() == PHONE_DIGITS);
    if local.len() >= PHONE_DIGITS {
        mask_middle(local, local)
    } else {
        mask_from(local.get(..1).unwrap_or_default())
    }
}

/// A number with a part hidden already: the digits before it and after it, as few as are shown of a phone number.
fn mask_again(letters: &[char]) -> String {
    let mut parts = letters.split(|letter| is_mask(*letter)).map(digits_of);
    let (before, after) = (parts.next().unwrap_or_default(), parts.next_back().unwrap_or_default());
    mask_middle(without_country_code(&before, |_| true), &after)
}

fn without_country_code(digits: &str, is_local: fn(&&str) -> bool) -> &str {
    ["0086", "86"].iter().find_map(|code| digits.strip_prefix(code).filter(is_local)).unwrap_or(digits)
}

/// The first digits of one text and the last of another.
fn mask_middle(before: &str, after: &str) -> String {
    let end = after.len().checked_sub(4).and_then(|start| after.get(start..)).unwrap_or(after);
    format!("{}****{end}", before.get(..3).unwrap_or(before))
}

/// The beginning of a text, with asterisks for what is hidden.
fn mask_from(beginning: &str) -> String {
    format!("{beginning}***")
}

fn digits_of(letters: &[char]) -> String {
    letters.iter().filter_map(|letter| digit(*letter)).collect()
}

/// The digit, in ASCII or in full width, as ASCII.
fn digit(letter: char) -> Option<char> {
    match letter {
        '0'..='9' => Some(letter),
        '０'..='９' => char::from_u32(u32::from(letter).wrapping_sub(0xfee0)),
        _ => None,
    }
}

fn is_in_number(letter: char) -> bool {
    digit(letter).is_some() || is_separator(letter)
}

/// What people write between the digits of one number, and the invisible characters that copying brings along.
fn is_separator(letter: char) -> bool {
    is_blank(letter)
        || matches!(letter, '-' | '－' | '−' | '‐'..='―' | '(' | ')' | '（' | '）' | '+' | '＋')
        || matches!(letter, '·' | '・' | '•')
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || is_invisible(letter)
}

/// What a screen shows nothing of: control characters, soft hyphens, joiners, what directs the writing (U+200E, U+202A to
/// U+202E, U+2066 to U+2069), and what chooses among the forms of the character before (U+20E3, U+FE00 to U+FE0F).
fn is_invisible(letter: char) -> bool {
    letter.is_control() && !letter.is_whitespace()
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(letter, '\u{2060}'..='\u{206f}' | '\u{20e3}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// What stands between the digits of a phone number, but also between numbers that are each for itself.
const fn is_stop(letter: char) -> bool {
    matches!(letter, '.' | '．' | '_' | '/' | ',' | '，' | '、')
}

/// What stands for a hidden part.
const fn is_mask(letter: char) -> bool {
    matches!(letter, '*' | '＊')
}

const fn is_at(letter: char) -> bool {
    matches!(letter, '@' | '＠')
}

/// What RFC 5322 allows (`atext`), and the same letters of every script as in a host.
fn is_in_name(letter: char) -> bool {
    is_in_host(letter)
        || matches!(letter, '!' | '#'..='\'' | '*' | '+' | '/' | '=' | '?' | '^'..='`' | '{'..='~' | '＿')
}

/// ASCII, full width, the letters of every script, in which some mailboxes and hosts are named, and what is invisible
/// between them.
fn is_in_host(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || is_invisible(letter)
        || matches!(letter, '.' | '-' | '．' | '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
        || matches!(letter, 'À'..='\u{1fff}' | '\u{3040}'..='\u{d7ff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    #[test]
    fn accounts_are_masked_but_recognisable() {
        for (account, masked) in [
            ("13800000001", "138****0001"),
            ("+86 13800000001", "138****0001"),
            ("0086-138-0000-0001", "138****0001"),
            ("１３８０００００００１", "138****0001"),
            ("138 0000 0001", "138****0001"),
            ("021-58350168", "021****0168"),
            ("zhang@example.com", "z***@example.com"),
            ("张三@example.com", "张***@example.com"),
            ("@example.com", "***@example.com"),
            ("@13800000001", "***@138****0001"),
            ("zhang$san@example.com", "z***@example.com"),
            ("zhang @ example.com", "z***@ example.com"),
            ("138\0\u{1b}0000\u{2066}0001\u{fe0f}\u{20e3}", "138****0001"),
            ("\u{202d}zhang@example.com", "z***@example.com"),
            ("zhang@example.com, 13800000001", "z***@example.com, 138****0001"),
            ("a@b@example.com", "a***@b***@example.com"),
            ("\u{202d}138\u{200b}0000\u{feff}0001\u{202c}", "138****0001"),
            ("bookkeeper", "b***"),
            ("12345", "1***"),
            ("tel13800000001", "t***"),
            ("138****0001", "138****0001"),
            ("+86 138-＊＊＊＊-0001", "138****0001"),
            ("1380000*0*000001", "138****0001"),
            ("138*", "138****"),
            ("13800000001*", "138****"),
            ("*", "****"),
            ("z**", "z***"),
            ("会计", "会***"),
            (" \u{3000}", ""),
            ("", ""),
        ] {
            assert_eq!(mask_account(account), masked, "{account}");
        }
    }

    #[test]
    fn accounts_within_a_text_are_masked_however_they_are_written() {
        for (text, masked) in [
            ("账号:13800000001, a.b@example.com; 代码 1234", "账号:138****0001, a***@example.com; 代码 1234"),
            ("138-0000-0001 已使用", "138****0001 已使用"),
            ("账号138 0000 0001。", "账号138****0001。"),
            ("13800000001.", "138****0001."),
            ("13800000001.5", "138****0001.5"),
            ("+8613800000001", "138****0001"),
            ("tel13800000001x", "tel138****0001x"),
            ("１３８０００００００１", "138****0001"),
            ("138.0000.0001", "138****0001"),
            ("138\u{200b}0000\u{200b}0001", "138****0001"),
            ("2020.12.31 前", "2020.12.31 前"),
            ("写信到 li＠example.com.", "写信到 l***@example.com."),
            ("josé@example.com", "j***@example.com"),
            ("o'brien@example.com", "o***@example.com"),
            ("иван@пример.рф", "и***@пример.рф"),
            ("(li@例子.com)", "(l***@例子.com)"),
            ("联系@13800000001。", "联***@138****0001。"),
            ("li@138000 00001", "l***@138****0001"),
            ("138\u{200b}0000\u{feff}0001", "138****0001"),
            ("138\x1b0000\x7f0001，1\u{fe0f}\u{20e3}", "138****0001，1\u{fe0f}\u{20e3}"),
            ("138\u{2069}\u{2066}0000\u{85}0001", "138****0001"),
            ("138・0000•0001", "138****0001"),
            ("138,0000，0001、", "138****0001、"),
            ("+86,138,0000,0001 13900000002", "861****0002"),
            ("1、13800000001，13900000002", "1、138****0001，139****0002"),
            ("代码 1234，13800000001", "代码 1234，138****0001"),
            ("2021，3，1 和 2019、2020；1,234,567.00", "2021，3，1 和 2019、2020；1,234,567.00"),
            ("请在 12 月 31 日前，联系 636016246", "请在 12 月 31 日前，联系 6***"),
            ("账号 zhang@ qq.com", "账号 z***@ qq.com"),
            ("账号 zhang\t@\u{3000}qq.com。", "账号 z***@\u{3000}qq.com。"),
            ("账号 zhang \u{200b}@\u{200b} qq.com", "账号 z***@\u{200b} qq.com"),
            ("账号 zhang@\u{200b}localhost", "账号 z***@\u{200b}localhost"),
            ("账号 zh\0ang\u{2069}@qq.com", "账号 z***@qq.com"),
            ("!#$%&'*+/=?^`{|}~_-@qq.com", "!***@qq.com"),
            ("z***@qq.com", "z***@qq.com"),
            ("请联系 @客服，2 张 @ 3 元 @", "请联系 ***@客服，2 张 @ 3 元 @"),
            ("2020 年 2 张，代码 (3)", "2020 年 2 张，代码 (3)"),
            ("2020年12月31日，编号12345", "2020年12月31日，编号12345"),
            ("", ""),
        ] {
            assert_eq!(mask_within(text), masked, "{text}");
        }
    }

    #[test]
    fn what_begins_nowhere_is_not_looked_for_again() {
        let of = |letter: char| [letter; 100];
        assert_eq!(email(&of('账')), Err(100));
        assert_eq!(number(&of('+')), Err(100));
        assert_eq!(number_with_stops(&of('+')), Err(100));
        assert_eq!(number_with_stops(&['1', ',', '2', '(', '3', '年']), Err(5));
    }

    proptest! {
        #[test]
        fn what_was_not_found_is_nowhere_further_in(
            letters in vec(select("0123456789+- (.,/a账@＠\u{200b}\0".chars().collect::<Vec<_>>()), 0..40)
        ) {
            for find in [email, number, number_with_stops] {
                if let Err(length) = find(&letters) {
                    prop_assert!((0..length).all(|start| find(&letters[start..]).is_err()));
                }
            }
        }
    }
}
