//! 规则: what a rule is, and the macro that declares one.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::bilingual::Bilingual;
use crate::clauses::{Clause, Stated};
use crate::conditions::{ConditionSet, Literal, State, Values};
use crate::error::{FactsError, one_of};
use crate::plan::Step;
use crate::value::Value;
use crate::write::list;

/// What a rule does to the answer, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// 可以: it can be done.
    Allow,
    /// 提醒: it can be done, with something to know first.
    Warn,
    /// 找客服: not by yourself, but support can.
    Refer,
    /// 不可以: it cannot be done as things stand.
    Block,
}

impl Severity {
    /// Every severity, highest first.
    pub const DESCENDING: &'static [Self] = &[Self::Block, Self::Refer, Self::Warn, Self::Allow];
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Question {
    /// 激活: is this free edition in a state that may buy at all?
    Activation,
    /// 购买: will this purchase work?
    Purchase,
    /// 使用: may this be done now, with what has been bought?
    Entitlement,
    /// 退款: can this order be refunded, and how?
    Refund,
    /// 打不开: what helps when the order page does not open?
    Page,
}

impl Question {
    /// Every question.
    pub const ALL: &'static [Self] =
        &[Self::Activation, Self::Purchase, Self::Entitlement, Self::Refund, Self::Page];

    /// The name of each in JSON and TypeScript.
    pub const NAMES: &'static [&'static str] = &[
        Self::Activation.name(),
        Self::Purchase.name(),
        Self::Entitlement.name(),
        Self::Refund.name(),
        Self::Page.name(),
    ];

    /// The name in JSON and TypeScript.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Activation => "activation",
            Self::Purchase => "purchase",
            Self::Entitlement => "entitlement",
            Self::Refund => "refund",
            Self::Page => "page",
        }
    }

    /// The answer when no rule fires; `None` where every complete set of facts is covered by a rule.
    pub const fn default_severity(self) -> Option<Severity> {
        match self {
            Self::Activation | Self::Purchase | Self::Entitlement => Some(Severity::Allow),
            Self::Refund | Self::Page => None,
        }
    }

    /// The question of that name.
    ///
    /// # Errors
    /// `unknown_value` or `wrong_type`, with the path `question`.
    pub fn read(value: &Value) -> Result<Self, FactsError> {
        one_of(value, "question", Self::NAMES)
            .map(|place| Self::ALL.get(place).copied().unwrap_or(Self::Page))
    }
}

/// A question that asks a rule, and what must hold on top for it to do so.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// Conditions beyond the rule's own.
    pub only_if: &'static [Literal],
}

/// Where a rule comes from.
#[derive(Debug, Clone, Copy)]
pub struct Citation {
    /// The clause that matters most; none where the rule is common sense.
    pub first: Option<Clause>,
    /// The other clauses, in place rather than behind an address.
    also: [Option<Clause>; 2],
    /// How the published text stands to the rule.
    pub stated: Stated,
}

impl Citation {
    /// The clauses, the one that matters most first; more than three do not compile.
    pub(crate) const fn of(clauses: &[Clause], stated: Stated) -> Self {
        assert!(clauses.len() <= 3);
        let (first, also) = match clauses {
            [] => (None, [None; 2]),
            [first] => (Some(*first), [None; 2]),
            [first, second] => (Some(*first), [Some(*second), None]),
            [first, second, third, ..] => (Some(*first), [Some(*second), Some(*third)]),
        };
        Self { first, also, stated }
    }

    /// The other clauses.
    pub fn also(&self) -> impl Iterator<Item = Clause> {
        self.also.into_iter().flatten()
    }

    /// The clauses, the one that matters most first.
    pub fn clauses(&self) -> impl Iterator<Item = Clause> {
        self.first.into_iter().chain(self.also())
    }
}

/// `{ id, article, section, stated, also }`; the first three are null where the rule is common sense.
impl Serialize for Citation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let first = self.first;
        let mut cited = serializer.serialize_struct("Citation", 5)?;
        cited.serialize_field("id", &first.map(Clause::id))?;
        cited.serialize_field("article", &first.map(|clause| clause.article().name()))?;
        cited.serialize_field("section", &first.map(Clause::section))?;
        cited.serialize_field("stated", &self.stated)?;
        cited.serialize_field("also", &Also(self))?;
        cited.end()
    }
}

struct Also<'a>(&'a Citation);

impl Serialize for Also<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        list(serializer, self.0.also().map(Clause::id))
    }
}

/// A rule: data that the engine evaluates, explains and reasons about.
#[derive(Debug)]
pub struct Rule {
    /// The name that callers see.
    pub code: &'static str,
    /// What it does to the answer.
    pub severity: Severity,
    /// The questions that ask it.
    pub asked: &'static [Asked],
    /// What must hold for it to fire.
    pub when: &'static [Literal],
    /// Where it comes from.
    pub citation: Citation,
    /// What is wrong, why, and what to do; `{…}` stands for a value.
    pub words: Bilingual,
    /// What could lift it; each alone is enough.
    pub steps: &'static [Step],
}

/// The conditions of a rule, and those of them that must hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Masks {
    pub all: ConditionSet,
    pub expected: ConditionSet,
}

impl Masks {
    pub const EMPTY: Self =
        Self { all: ConditionSet::needed_by(&[]), expected: ConditionSet::needed_by(&[]) };

    const fn and(self, literals: &[Literal]) -> Self {
        match literals {
            [] => self,
            [first, rest @ ..] => Self {
                all: self.all.with(first.condition, true),
                expected: self.expected.with(first.condition, first.expected),
            }
            .and(rest),
        }
    }
}

/// The parts of a rule as its file gives them.
pub(crate) struct Parts {
    pub code: &'static str,
    pub severity: Severity,
    pub asked: &'static [Asked],
    pub when: &'static [Literal],
    pub citation: Citation,
    pub words: Bilingual,
    pub steps: &'static [Step],
}

impl Rule {
    /// Completes a rule; a rule that refuses and names no step does not compile.
    pub(crate) const fn new(parts: Parts) -> Self {
        let Parts { code, severity, asked, when, citation, words, steps } = parts;
        let mut rest = when;
        while let [literal, others @ ..] = rest {
            assert!(!literal.words().is_empty(), "a condition has words for what a rule wants of it");
            rest = others;
        }
        assert!(
            matches!(severity, Severity::Allow | Severity::Warn) || !steps.is_empty(),
            "a rule that refuses names a step"
        );
        Self { code, severity, asked, when, citation, words, steps }
    }

    /// What the question adds to the rule's conditions; `None` where it does not ask the rule.
    pub const fn only_if(&self, question: Question) -> Option<&'static [Literal]> {
        let mut rest = self.asked;
        while let [asked, others @ ..] = rest {
            if asked.question as u8 == question as u8 {
                return Some(asked.only_if);
            }
            rest = others;
        }
        None
    }

    /// All conditions of the rule when the question asks it, those of the question first.
    pub fn literals(&self, question: Question) -> impl Iterator<Item = Literal> {
        let only_if = self.only_if(question).unwrap_or(&[]);
        only_if.iter().chain(self.when).copied()
    }

    /// All conditions of the rule when the question asks it, to compare at once; `None` where it does not.
    pub(crate) const fn masks(&self, question: Question) -> Option<Masks> {
        match self.only_if(question) {
            Some(only_if) => Some(Masks::EMPTY.and(only_if).and(self.when)),
            None => None,
        }
    }

    /// What becomes of the rule; `None` where the question does not ask it.
    pub fn state(&self, question: Question, values: Values) -> Option<State> {
        self.masks(question).map(|masks| values.state(masks))
    }
}

/// Declares the rule of a file.
macro_rules! rule {
    (
        $(#[doc = $doc:literal])+
        $code:ident: $severity:ident,
        asked: [$($question:ident $(if $($only_if:ident)+)?),+],
        when: [$($when:tt)*],
        clause: [$($clause:ident),*] $stated:ident,
        zh: $zh:literal,
        en: $en:literal,
        steps: [$($step:ident),*] $(,)?
    ) => {
        $(#[doc = $doc])+
        pub const RULE: $crate::rule::Rule = $crate::rule::Rule::new($crate::rule::Parts {
            code: stringify!($code),
            severity: $crate::rule::Severity::$severity,
            asked: &[$($crate::rule::Asked {
                question: $crate::rule::Question::$question,
                only_if: $crate::conditions::literals![$($($only_if)+)?],
            }),+],
            when: $crate::conditions::literals![$($when)*],
            citation: $crate::rule::Citation::of(
                &[$($crate::clauses::Clause::$clause),*],
                $crate::clauses::Stated::$stated,
            ),
            words: $crate::bilingual::bilingual!($zh, $en),
            steps: &[$($crate::plan::Step::$step),*],
        });

        /// What is wrong, in Chinese, then why the rule is as it is; apart, so that no page has to load it.
        pub const DOC: &str = concat!($($doc, "\n"),+);
    };
}
pub(crate) use rule;
