//! 双语: texts in both languages.

use crate::error::{FactsError, one_of};
use crate::value::Value;

/// 语言: the language of an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// 简体中文.
    #[default]
    ZhCn,
    /// English.
    En,
}

impl Locale {
    /// Every locale.
    pub const ALL: &'static [Self] = &[Self::ZhCn, Self::En];

    /// Every locale's name, in order.
    pub const NAMES: &'static [&'static str] = &["zh-CN", "en"];

    /// Reads a locale; what is not known is Chinese.
    ///
    /// # Errors
    /// `unknown_value` or `wrong_type`, with the path `locale`.
    pub fn read(value: &Value) -> Result<Self, FactsError> {
        match value {
            Value::Null => Ok(Self::ZhCn),
            _ => one_of(value, "locale", Self::NAMES)
                .map(|place| Self::ALL.get(place).copied().unwrap_or_default()),
        }
    }

    /// The one of the two that is in this language.
    pub const fn of<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::ZhCn => zh,
            Self::En => en,
        }
    }
}

/// A text in both languages, one after the other: in one, because there are hundreds of them, and each
/// address in the module takes more room than a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bilingual {
    both: &'static str,
    /// The length of the Chinese.
    zh: u16,
    /// Whether there are names in braces in it, for which values stand in.
    pub(crate) named: bool,
}

/// `bilingual!("中文", "English")`.
macro_rules! bilingual {
    ($zh:expr, $en:expr) => {
        const { $crate::bilingual::Bilingual::new(concat!($zh, $en), $zh.len()) }
    };
}
pub(crate) use bilingual;

impl Bilingual {
    pub(crate) const fn new(both: &'static str, zh: usize) -> Self {
        assert!(zh <= u16::MAX as usize);
        let (mut named, mut rest) = (false, both.as_bytes());
        while let [letter, others @ ..] = rest {
            named |= *letter == b'{';
            rest = others;
        }
        Self { both, zh: zh as u16, named }
    }

    /// Whether there is nothing in it.
    pub const fn is_empty(self) -> bool {
        self.both.is_empty()
    }

    /// The text in the language.
    pub fn of(self, locale: Locale) -> &'static str {
        let (zh, en) = self.both.split_at_checked(self.zh.into()).unwrap_or_default();
        locale.of(zh, en)
    }

    /// The Chinese text.
    pub fn zh(self) -> &'static str {
        self.of(Locale::ZhCn)
    }

    /// The English text.
    pub fn en(self) -> &'static str {
        self.of(Locale::En)
    }
}
