//! 账套与账号的比较: whether two names denote the same ledger, or two accounts are the same.

use super::text::Text;

/// Whether two ledgers are the same: white space around the name does not count.
pub fn is_same_ledger(one: Text<'_>, other: Text<'_>) -> bool {
    one == other || one.trimmed() == other.trimmed()
}

/// Whether two accounts are the same: neither white space around them nor ASCII case counts.
pub fn is_same_account(one: Text<'_>, other: Text<'_>) -> bool {
    one == other || lower(one).eq(lower(other))
}

/// The text without white space around it, its ASCII letters in lower case.
fn lower(text: Text<'_>) -> impl Iterator<Item = char> {
    text.trimmed().chars().map(|letter| letter.to_ascii_lowercase())
}
