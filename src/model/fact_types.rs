//! 事实的类型: the types of facts, and their values.

use core::fmt;

use super::add_ons::AddOns;
use super::choices::{Choice, Product};
use super::facts::{Fact, FactSource};
use super::notices::Notices;
use super::text::Text;
use super::time::Time;

/// What values a fact can have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FactType {
    /// An RFC 3339 text with an offset, or whole milliseconds since the epoch.
    Time,
    /// One of these names.
    Choice(&'static [Choice]),
    /// A list of these names, each once or more, in any order.
    Set(&'static [Choice]),
    /// A text of at most [`FactType::LONGEST_TEXT`] characters.
    Text {
        /// Whether blank is a meaning of its own rather than a mistake.
        blank: bool,
        /// Whether it names a person, and is masked wherever it is shown.
        personal: bool,
    },
    /// A list of at most [`FactType::LONGEST_LIST`] texts of at most [`FactType::LONGEST_TEXT`] characters each.
    Texts,
    /// A boolean.
    Flag,
    /// A whole number within bounds.
    Integer {
        /// The smallest value.
        min: u32,
        /// The largest value.
        max: u32,
    },
}

impl FactType {
    /// The most characters (code points) that a text may have.
    pub const LONGEST_TEXT: usize = 1000;
    /// The most items that a list may have.
    pub const LONGEST_LIST: usize = 100;

    /// How many values there are, where they are few and named or yes and no; else none.
    pub const fn few_values(&self) -> usize {
        match self {
            Self::Choice(choices) => choices.len(),
            Self::Flag => 2,
            Self::Time | Self::Set(_) | Self::Text { .. } | Self::Texts | Self::Integer { .. } => 0,
        }
    }

    /// Reads a fact of this type, which is known there, from where facts come from.
    pub(crate) fn read<'a>(&self, source: impl FactSource<'a>, fact: Fact) -> Option<FactValue<'a>> {
        Some(match self {
            Self::Time => FactValue::Time(source.time(fact)?),
            Self::Choice(choices) => FactValue::Choice(choices.get(source.number(fact) as usize)?),
            Self::Set(_) => FactValue::Set(AddOns::from_bits(source.number(fact).into())),
            Self::Text { .. } => FactValue::Text(source.text(fact)?),
            Self::Texts => FactValue::Texts(source.notices(fact)?),
            Self::Flag => FactValue::Flag(source.number(fact) != 0),
            Self::Integer { .. } => FactValue::Integer(source.number(fact)),
        })
    }

    /// Whether a value names a person.
    pub const fn is_personal(&self) -> bool {
        matches!(self, Self::Text { personal: true, .. })
    }
}

/// A value of a known fact, whatever its type.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FactValue<'a> {
    /// An instant.
    Time(Time),
    /// A named value.
    Choice(&'static Choice),
    /// A set of add-ons.
    Set(AddOns),
    /// A text.
    Text(Text<'a>),
    /// Several texts.
    Texts(Notices<'a>),
    /// A boolean.
    Flag(bool),
    /// A number.
    Integer(u32),
}

/// The value in short, as errors and proofs show it.
impl fmt::Display for FactValue<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(time) => formatter.write_str(&time.to_rfc3339()),
            Self::Choice(choice) => formatter.write_str(choice.name),
            Self::Set(set) => {
                let names: Vec<_> = set.iter().map(|product| product.choice().name.to_string()).collect();
                write!(formatter, "[{}]", names.join(", "))
            }
            Self::Text(text) => write!(formatter, "“{text}”"),
            Self::Texts(texts) => {
                let texts: Vec<_> = texts.iter().map(|text| format!("“{text}”")).collect();
                write!(formatter, "[{}]", texts.join(", "))
            }
            Self::Flag(flag) => write!(formatter, "{flag}"),
            Self::Integer(number) => write!(formatter, "{number}"),
        }
    }
}

/// A Rust type that a fact can have. The type says what values are accepted, so the two cannot differ.
pub trait FactData<'a>: Copy {
    /// What values are accepted.
    const TYPE: FactType;

    /// The value, if it is of this type.
    fn from_value(value: FactValue<'a>) -> Option<Self>;

    /// The same as a value of any type.
    fn to_value(self) -> FactValue<'a>;

    /// Reads the fact, which is known there, from where facts come from.
    fn from_source(source: impl FactSource<'a>, fact: Fact) -> Option<Self>;
}

/// 年度: a year that a ledger can have.
pub type Year = Whole<1990, 2100>;

/// 数量: how many vouchers or ledgers.
pub type Count = Whole<0, 1_000_000>;

/// A whole number within bounds, both of them included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Whole<const MIN: u32, const MAX: u32>(u32);

impl<const MIN: u32, const MAX: u32> Whole<MIN, MAX> {
    /// The number, if it is within the bounds.
    pub const fn new(number: u32) -> Option<Self> {
        if number >= MIN && number <= MAX { Some(Self(number)) } else { None }
    }

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl<'a, const MIN: u32, const MAX: u32> FactData<'a> for Whole<MIN, MAX> {
    const TYPE: FactType = FactType::Integer { min: MIN, max: MAX };

    fn from_value(value: FactValue<'a>) -> Option<Self> {
        if let FactValue::Integer(number) = value { Self::new(number) } else { None }
    }

    fn to_value(self) -> FactValue<'a> {
        FactValue::Integer(self.0)
    }

    #[inline(always)]
    fn from_source(source: impl FactSource<'a>, fact: Fact) -> Option<Self> {
        Some(Self(source.number(fact)))
    }
}

/// Declares the types of texts, each with what it accepts.
macro_rules! texts {
    ($( $(#[doc = $doc:literal])* $name:ident { blank: $blank:literal, personal: $personal:literal } )*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name<'a>(pub Text<'a>);

        impl<'a> FactData<'a> for $name<'a> {
            const TYPE: FactType = FactType::Text { blank: $blank, personal: $personal };

            fn from_value(value: FactValue<'a>) -> Option<Self> {
                if let FactValue::Text(text) = value { Some(Self(text)) } else { None }
            }

            fn to_value(self) -> FactValue<'a> {
                FactValue::Text(self.0)
            }

            #[inline(always)]
            fn from_source(source: impl FactSource<'a>, fact: Fact) -> Option<Self> {
                source.text(fact).map(Self)
            }
        }

        impl<'a> From<&'a str> for $name<'a> {
            fn from(text: &'a str) -> Self {
                Self(text.into())
            }
        }
    )*};
}

texts! {
    /// 账套: the name of a ledger.
    Ledger { blank: false, personal: false }
    /// 会员账号: an account, by a phone number or an e-mail address.
    Account { blank: false, personal: true }
    /// An account or a phone number as the software shows it or the buyer states it, which may be blank.
    ShownAccount { blank: true, personal: true }
}

/// Types that are values of their own.
macro_rules! values {
    ($($type:ty = $variant:ident, $of:expr, |$source:ident, $fact:ident| $read:expr;)*) => {$(
        impl<'a> FactData<'a> for $type {
            const TYPE: FactType = $of;

            fn from_value(value: FactValue<'a>) -> Option<Self> {
                if let FactValue::$variant(value) = value { Some(value) } else { None }
            }

            fn to_value(self) -> FactValue<'a> {
                FactValue::$variant(self)
            }

            #[inline(always)]
            fn from_source($source: impl FactSource<'a>, $fact: Fact) -> Option<Self> {
                $read
            }
        }
    )*};
}

values! {
    Time = Time, FactType::Time, |source, fact| source.time(fact);
    bool = Flag, FactType::Flag, |source, fact| Some(source.number(fact) != 0);
    AddOns = Set, FactType::Set(Product::ADD_ONS), |source, fact| Some(Self::from_bits(source.number(fact).into()));
    Notices<'a> = Texts, FactType::Texts, |source, fact| source.notices(fact);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::choices::Edition;

    #[test]
    fn a_value_is_shown_in_short() {
        let notices = ["网络".to_string(), String::new()];
        for (value, shown) in [
            (FactValue::Time(Time::MIN), "2000-01-01T00:00:00+08:00"),
            (Edition::Cloud.to_value(), "cloud"),
            (FactValue::Set(AddOns::EMPTY), "[]"),
            (
                FactValue::Set([Product::TaxFiling, Product::Ledger].into_iter().collect()),
                "[ledger, tax_filing]",
            ),
            (FactValue::Text("A账套".into()), "“A账套”"),
            (FactValue::Texts(Notices::List(&notices)), "[“网络”, “”]"),
            (FactValue::Flag(true), "true"),
            (FactValue::Integer(2020), "2020"),
        ] {
            assert_eq!(value.to_string(), shown);
        }
    }
}
