//! 语言: the languages of an explanation, and texts that exist in both.

use super::named::named;

named! {
    /// 语言: the language of an explanation.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    Locale {
        /// 简体中文.
        #[default]
        ZhCn = "zh-CN";
        /// English.
        En = "en";
    }
}

impl Locale {
    /// The one of the two that is in this language.
    pub fn choose<T>(self, zh: T, en: T) -> T {
        match self {
            Self::ZhCn => zh,
            Self::En => en,
        }
    }
}

/// 双语: a text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Bilingual {
    /// The Chinese text.
    pub zh: &'static str,
    /// The English text.
    pub en: &'static str,
}

impl Bilingual {
    /// A text in both languages.
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en }
    }

    /// Whether there is nothing in it, in either language.
    pub const fn is_empty(self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }

    /// The text in the language.
    pub const fn in_locale(self, locale: Locale) -> &'static str {
        match locale {
            Locale::ZhCn => self.zh,
            Locale::En => self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_empty_where_neither_language_has_it() {
        assert!(Bilingual::new("", "").is_empty());
        assert!(!Bilingual::new("张", "").is_empty() && !Bilingual::new("", "vouchers").is_empty());
    }
}
