//! 拼写: texts put together from pieces and numbers.
//!
//! The formatting machinery behind `format!` would be a fifth of the wasm module, so nothing that is
//! compiled into it formats.

/// The pieces one after the other.
pub(crate) fn cat(pieces: &[&str]) -> String {
    let mut text = String::with_capacity(pieces.iter().map(|piece| piece.len()).sum());
    pieces.iter().for_each(|piece| text.push_str(piece));
    text
}

/// The pieces with the separator between them.
pub(crate) fn join(pieces: &mut dyn Iterator<Item = &str>, separator: &str) -> String {
    let mut text = String::from(pieces.next().unwrap_or_default());
    for piece in pieces {
        text.push_str(separator);
        text.push_str(piece);
    }
    text
}

/// A number in decimal.
pub(crate) fn number(number: impl Into<i64>) -> String {
    itoa::Buffer::new().format(number.into()).into()
}

/// A number in decimal, with zeros in front of it up to the width.
pub(crate) fn padded(value: impl Into<i64>, width: usize) -> String {
    let mut text = number(value);
    while text.len() < width {
        text.insert(0, '0');
    }
    text
}
