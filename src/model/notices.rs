//! 系统认证提示: the notices that 系统认证 shows, and the known messages in them.

use super::text::{Text, folded};

/// 提示的内容: what a notice of 系统认证 can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// 非法复制品 (S-06).
    IllegalCopy,
    /// 认证超台数 (S-07).
    MachineLimit,
    /// 当前ip地址已使用了其他账号 (S-08).
    IpTaken,
    /// None of these (S-09).
    Other,
}

impl Message {
    /// The phrases by which all but the last are known, folded.
    pub const PHRASES: [&'static str; 3] = ["非法复制品", "认证超台数", "当前ip地址已使用了其他账号"];

    /// The character that each phrase begins with, of which no two are the same.
    const FIRST_LETTERS: [char; 3] = ['非', '认', '当'];
}

/// The messages that one or more notices contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Messages(u8);

impl Messages {
    /// Whether the message is among them.
    pub const fn contain(self, message: Message) -> bool {
        self.0 & (1 << message as u8) != 0
    }

    /// A bit for each message, by its place in [`Message`].
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The messages of these bits.
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// The messages that one notice contains, folded.
    pub fn of(notice: Text<'_>) -> Self {
        let mut found = 0;
        let mut rest = folded(notice);
        while let Some(letter) = rest.next() {
            for (index, (first, phrase)) in Message::FIRST_LETTERS.iter().zip(Message::PHRASES).enumerate() {
                let mut ahead = rest.clone();
                if letter == *first && phrase.chars().skip(1).all(|letter| ahead.next() == Some(letter)) {
                    found |= 1 << index;
                }
            }
        }
        if found == 0 && !notice.is_blank() { Self(1 << Message::Other as u8) } else { Self(found) }
    }

    /// The messages of either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// 系统认证提示: the notices that the software shows, in the order shown.
#[derive(Debug, Clone, Copy)]
pub enum Notices<'a> {
    /// A list of texts from JSON.
    List(&'a [String]),
    /// Texts from the flat record: their units, and where each ends.
    Record {
        /// The units of all of them, one text after the other.
        units: &'a [u16],
        /// Where each ends among the units.
        ends: &'a [u16],
    },
    /// Notices of which no more is known than the messages that they contain.
    Messages(Messages),
}

impl<'a> Notices<'a> {
    /// The texts; none where only the messages that they contain are known.
    pub fn iter(self) -> NoticeTexts<'a> {
        NoticeTexts { notices: self, next: 0, start: 0 }
    }

    /// The messages that they contain together.
    pub fn messages(self) -> Messages {
        match self {
            Self::Messages(messages) => messages,
            _ => {
                let mut messages = Messages::default();
                for text in self.iter() {
                    messages = messages.union(Messages::of(text));
                }
                messages
            }
        }
    }
}

/// The texts of notices, in the order shown.
#[derive(Debug, Clone)]
pub struct NoticeTexts<'a> {
    notices: Notices<'a>,
    /// The index of the next text.
    next: usize,
    /// Where it begins among the units of a record.
    start: usize,
}

impl<'a> Iterator for NoticeTexts<'a> {
    type Item = Text<'a>;

    fn next(&mut self) -> Option<Text<'a>> {
        let text = match self.notices {
            Notices::List(list) => Text::Utf8(list.get(self.next)?),
            Notices::Record { units, ends } => {
                let end = usize::from(*ends.get(self.next)?);
                let text = units.get(self.start..end)?;
                self.start = end;
                Text::Utf16(text)
            }
            Notices::Messages(_) => return None,
        };
        self.next = self.next.saturating_add(1);
        Some(text)
    }
}

impl PartialEq for Notices<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.messages() == other.messages() && self.iter().eq(other.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An ASCII letter as a capital in full width.
    fn wide(letter: char) -> char {
        let capital = u32::from(letter.to_ascii_uppercase());
        if letter.is_ascii() { char::from_u32(capital + 0xfee0).unwrap() } else { letter }
    }

    #[test]
    fn messages_are_found_whatever_spaces_and_case() {
        for (index, phrase) in Message::PHRASES.into_iter().enumerate() {
            assert!(phrase.starts_with(Message::FIRST_LETTERS[index]), "{phrase}");
            let spaced: String = phrase.chars().flat_map(|letter| [wide(letter), '\u{3000}']).collect();
            let within = format!("提示：{} {spaced}！", &phrase[..3]);
            assert_eq!(Messages::of(Text::Utf8(&within)).bits(), 1 << index, "{within}");
            let cut = &phrase[..phrase.len() - 3];
            assert_eq!(Messages::of(Text::Utf8(cut)).bits(), 1 << Message::Other as u8, "{cut}");
        }
        assert!(Messages::of(Text::Utf8("非非法复制品")).contain(Message::IllegalCopy));
        assert!(!Messages::of(Text::Utf8(" \u{3000}")).contain(Message::Other));
    }

    #[test]
    fn notices_from_the_record_are_those_of_the_list() {
        let list = ["非法复制品", "", "网络"].map(String::from);
        let units: Vec<u16> = list.iter().flat_map(|text| text.encode_utf16()).collect();
        let record = Notices::Record { units: &units, ends: &[5, 5, 7] };
        assert_eq!(record, Notices::List(&list));
        assert!(record.messages().contain(Message::IllegalCopy) && record.messages().contain(Message::Other));
    }
}
