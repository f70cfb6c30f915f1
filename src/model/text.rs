//! 文字: a text as the caller wrote it, however it crossed into the engine.

use core::fmt::{self, Write};
use core::str::Chars;
use std::borrow::Cow;

use serde::{Serialize, Serializer};

/// A text as the caller wrote it.
///
/// A text from JSON is UTF-8. A text from the flat record or from columns is UTF-16, as JavaScript keeps it, so that
/// it crosses without being converted; what has half a surrogate pair in it is refused before it gets here.
#[derive(Debug, Clone, Copy)]
pub enum Text<'a> {
    /// A text from JSON.
    Utf8(&'a str),
    /// A text from JavaScript, well-formed.
    Utf16(&'a [u16]),
}

impl<'a> Text<'a> {
    /// The characters, from either end.
    pub fn chars(self) -> Characters<'a> {
        match self {
            Self::Utf8(text) => Characters::Utf8(text.chars()),
            Self::Utf16(units) => Characters::Utf16(units),
        }
    }

    /// The text of these units; `None` where there is half a surrogate pair among them.
    #[inline(always)]
    pub fn from_utf16(units: &'a [u16]) -> Option<Self> {
        // Most texts have no surrogates, which this finds sooner than the search for pairs would.
        let mut rest = if units.iter().any(|unit| is_surrogate(*unit)) { units } else { &[] };
        while let [unit, others @ ..] = rest {
            rest = others;
            if is_surrogate(*unit) {
                let [low, others @ ..] = others else { return None };
                is_pair(*unit, *low).then_some(())?;
                rest = others;
            }
        }
        Some(Self::Utf16(units))
    }

    /// Whether there is nothing in it but white space.
    pub fn is_blank(self) -> bool {
        match self {
            Self::Utf8(text) => text.chars().all(is_white_space),
            Self::Utf16(units) => units.iter().all(|unit| is_white_space_unit(*unit)),
        }
    }

    /// The text without the white space around it.
    #[must_use]
    pub fn trimmed(self) -> Self {
        match self {
            Self::Utf8(text) => Self::Utf8(text.trim_matches(is_white_space)),
            Self::Utf16(mut units) => {
                while let [first, rest @ ..] = units
                    && is_white_space_unit(*first)
                {
                    units = rest;
                }
                while let [rest @ .., last] = units
                    && is_white_space_unit(*last)
                {
                    units = rest;
                }
                Self::Utf16(units)
            }
        }
    }

    /// The text in UTF-16, converted only where it is not.
    pub fn utf16(self) -> Cow<'a, [u16]> {
        match self {
            Self::Utf8(text) => text.encode_utf16().collect(),
            Self::Utf16(units) => Cow::Borrowed(units),
        }
    }

    /// How many characters (code points) it has.
    pub fn count(self) -> usize {
        match self {
            Self::Utf8(text) => text.chars().count(),
            Self::Utf16(units) => units.iter().filter(|unit| !is_trailing(**unit)).count(),
        }
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Utf8(one), Self::Utf8(other)) => one == other,
            (Self::Utf16(one), Self::Utf16(other)) => one == other,
            (one, other) => one.chars().eq(other.chars()),
        }
    }
}

impl Eq for Text<'_> {}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self::Utf8(text)
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utf8(text) => formatter.write_str(text),
            Self::Utf16(_) => self.chars().try_for_each(|letter| formatter.write_char(letter)),
        }
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The characters of a [`Text`].
#[derive(Debug, Clone)]
pub enum Characters<'a> {
    /// Of a text from JSON.
    Utf8(Chars<'a>),
    /// Of a text from JavaScript.
    Utf16(&'a [u16]),
}

impl Iterator for Characters<'_> {
    type Item = char;

    #[inline(always)]
    fn next(&mut self) -> Option<char> {
        match self {
            Self::Utf8(chars) => chars.next(),
            Self::Utf16(units) => {
                let (first, rest) = units.split_first()?;
                *units = rest;
                if !is_surrogate(*first) {
                    return char::from_u32((*first).into());
                }
                let Some((second, rest)) = units.split_first() else {
                    return Some(char::REPLACEMENT_CHARACTER);
                };
                *units = rest;
                Some(pair(*first, *second))
            }
        }
    }
}

impl DoubleEndedIterator for Characters<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<char> {
        match self {
            Self::Utf8(chars) => chars.next_back(),
            Self::Utf16(units) => {
                let (last, rest) = units.split_last()?;
                *units = rest;
                if !is_surrogate(*last) {
                    return char::from_u32((*last).into());
                }
                let Some((first, rest)) = units.split_last() else {
                    return Some(char::REPLACEMENT_CHARACTER);
                };
                *units = rest;
                Some(pair(*first, *last))
            }
        }
    }
}

/// The character of a surrogate pair; the replacement character where the two are none.
fn pair(high: u16, low: u16) -> char {
    if !is_pair(high, low) {
        return char::REPLACEMENT_CHARACTER;
    }
    let offset = u32::from(high & 0x3ff) << 10 | u32::from(low & 0x3ff);
    char::from_u32(offset.wrapping_add(0x1_0000)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Whether the two units are a surrogate pair.
const fn is_pair(high: u16, low: u16) -> bool {
    high & 0xfc00 == 0xd800 && is_trailing(low)
}

/// Whether the unit is half of a surrogate pair.
const fn is_surrogate(unit: u16) -> bool {
    unit & 0xf800 == 0xd800
}

/// Whether the unit is the second half of a surrogate pair.
const fn is_trailing(unit: u16) -> bool {
    unit & 0xfc00 == 0xdc00
}

/// The text folded: full-width ASCII made half-width, white space taken out, ASCII letters in lower case.
pub fn folded(text: Text<'_>) -> Folded<'_> {
    Folded { letters: text.chars() }
}

/// The characters of a folded text, from either end.
#[derive(Debug, Clone)]
pub struct Folded<'a> {
    letters: Characters<'a>,
}

impl Iterator for Folded<'_> {
    type Item = char;

    #[inline]
    fn next(&mut self) -> Option<char> {
        self.letters.find(|letter| !is_white_space(*letter)).map(fold)
    }
}

impl DoubleEndedIterator for Folded<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<char> {
        self.letters.rfind(|letter| !is_white_space(*letter)).map(fold)
    }
}

/// A full-width ASCII character in half width, and an ASCII letter in lower case; any other as it is.
fn fold(letter: char) -> char {
    let half_width = match letter {
        '\u{ff01}'..='\u{ff5e}' => {
            u8::try_from(u32::from(letter).wrapping_sub(0xfee0)).map_or(letter, char::from)
        }
        _ => letter,
    };
    half_width.to_ascii_lowercase()
}

/// Whether the unit is white space; no white space is a surrogate pair.
#[inline(always)]
fn is_white_space_unit(unit: u16) -> bool {
    match char::from_u32(unit.into()) {
        Some(letter) => is_white_space(letter),
        None => false,
    }
}

/// Whether it is white space: what Unicode calls so, and the byte order mark that pasted texts bring along.
#[inline(always)]
pub fn is_white_space(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{feff}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_the_same_in_both_encodings() {
        for text in ["", "A账套", " A 账套\u{3000}", "\u{feff}\u{85}", "ＡＢ１", "😀A😀"] {
            let units: Vec<u16> = text.encode_utf16().collect();
            let (utf8, utf16) = (Text::Utf8(text), Text::Utf16(&units));
            assert_eq!(utf8, utf16);
            assert_eq!(utf16.to_string(), text);
            assert_eq!(utf8.trimmed(), utf16.trimmed());
            assert_eq!((utf8.is_blank(), utf8.count()), (utf16.is_blank(), utf16.count()));
            assert!(utf8.chars().rev().eq(utf16.chars().rev()));
        }
        assert_ne!(Text::Utf8("A"), Text::Utf16(&[u16::from(b'B')]));
    }

    #[test]
    fn half_a_surrogate_pair_is_no_text() {
        for units in [&[0xd83d][..], &[0xde00], &[0x41, 0xd83d, 0x41], &[0xde00, 0xd83d]] {
            assert!(Text::from_utf16(units).is_none(), "{units:x?}");
        }
        let pair = [0xd83d, 0xde00];
        assert_eq!(Text::from_utf16(&pair), Some(Text::Utf8("😀")));
    }

    #[test]
    fn half_a_surrogate_pair_that_was_not_refused_is_read_as_a_replacement() {
        for (units, read) in [
            (&[0xd83d][..], "\u{fffd}"),
            (&[0x41, 0xde00], "A\u{fffd}"),
            (&[0xd83d, 0xd83d, 0x41], "\u{fffd}A"),
        ] {
            assert_eq!(Text::Utf16(units).to_string(), read, "{units:x?}");
            assert!(Text::Utf16(units).chars().rev().any(|letter| letter == '\u{fffd}'), "{units:x?}");
        }
    }
}
