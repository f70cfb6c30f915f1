//! 拼写: texts put together from pieces and numbers.
//!
//! The formatting machinery behind `format!` would be a fifth of the wasm module, so nothing that is
//! compiled into it formats.

use serde::ser::{Serialize, SerializeSeq, Serializer};

/// Writes a list whose items are made as they are written.
pub(crate) fn list<S: Serializer, T: Serialize>(
    serializer: S,
    items: impl Iterator<Item = T>,
) -> Result<S::Ok, S::Error> {
    let mut list = serializer.serialize_seq(None)?;
    for item in items {
        list.serialize_element(&item)?;
    }
    list.end()
}

/// The pieces one after the other.
pub(crate) fn cat(pieces: &[&str]) -> String {
    let mut text = String::new();
    put(&mut text, pieces);
    text
}

/// Adds the pieces one after the other.
pub(crate) fn put(text: &mut String, pieces: &[&str]) {
    text.reserve(pieces.iter().map(|piece| piece.len()).sum());
    pieces.iter().for_each(|piece| text.push_str(piece));
}

/// A number in decimal.
pub(crate) fn number(number: impl Into<i64>) -> String {
    let mut text = String::new();
    put_number(&mut text, number);
    text
}

/// A number in decimal, with a comma before its thousands.
pub(crate) fn grouped(number: usize) -> String {
    let mut text = String::new();
    if number >= 1000 {
        put_number(&mut text, (number / 1000) as i64);
        text.push(',');
    }
    put_padded(&mut text, (number % 1000) as i64, if number >= 1000 { 3 } else { 0 });
    text
}

/// Adds a number in decimal.
pub(crate) fn put_number(text: &mut String, number: impl Into<i64>) {
    put_padded(text, number.into(), 0);
}

/// Adds a number in decimal, with zeros in front of it up to the width.
pub(crate) fn put_padded(text: &mut String, number: i64, width: usize) {
    if number < 0 {
        text.push('-');
    }
    put_digits(text, number.unsigned_abs(), width);
}

fn put_digits(text: &mut String, number: u64, width: usize) {
    if number >= 10 || width > 1 {
        put_digits(text, number / 10, width.saturating_sub(1));
    }
    text.push(char::from(b'0' | (number % 10) as u8));
}

/// So many of the first characters.
pub(crate) fn first(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// The text before the first of the letters, which is ASCII, and the text after it.
pub(crate) fn cut(text: &str, letter: u8) -> Option<(&str, &str)> {
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        if *first == letter {
            let end = text.len().saturating_sub(others.len());
            return Some((text.get(..end.saturating_sub(1))?, text.get(end..)?));
        }
        rest = others;
    }
    None
}
