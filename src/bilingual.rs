//! 双语: texts in both languages.

use crate::error::{FactsError, one_of};
use crate::value::Value;
use crate::write::cut;

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

/// A text in both languages: the Chinese, a NUL, the English. In one, because there are hundreds of
/// them, and each address in the module takes more room than a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bilingual(pub &'static str);

/// `bilingual!("中文", "English")`.
macro_rules! bilingual {
    ($zh:expr, $en:expr) => {
        $crate::bilingual::Bilingual(concat!($zh, "\0", $en))
    };
}
pub(crate) use bilingual;

impl Bilingual {
    /// Whether there is nothing in it.
    pub const fn is_empty(self) -> bool {
        self.0.len() <= 1
    }

    /// The text in the language.
    pub fn of(self, locale: Locale) -> &'static str {
        let (zh, en) = cut(self.0, 0).unwrap_or((self.0, self.0));
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
