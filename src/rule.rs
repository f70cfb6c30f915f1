//! 规则: what a rule is, and the macro that declares one.

use serde::Serialize;

use crate::clauses::{Clause, Stated};
use crate::conditions::{ConditionSet, Literal, State, Values};
use crate::error::{ErrorCode, FactsError, nearest};
use crate::facts::list;
use crate::plan::Step;
use crate::value::Value;
use crate::write::cat;

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
        let names = || Self::ALL.iter().map(|question| question.name());
        let (code, hint) = match value {
            Value::Text(name) => match Self::ALL.iter().find(|question| question.name() == name) {
                Some(question) => return Ok(*question),
                None => (ErrorCode::UnknownValue, nearest(name, names())),
            },
            _ => (ErrorCode::WrongType, None),
        };
        Err(FactsError::new(code, "question", cat(&["one of ", &list(names())]), value.describe())
            .meaning(hint))
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
    /// The clauses, the one that matters most first; none where the rule is common sense.
    pub clauses: &'static [Clause],
    /// How the published text stands to the rule.
    pub stated: Stated,
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
    /// What is wrong, why, and what to do, in Chinese; `{…}` stands for a value.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// What could lift it; each alone is enough.
    pub steps: &'static [Step],
    /// For each question in order: the masks of its conditions, if the question asks it.
    masks: [Option<Masks>; 5],
}

/// The conditions of a rule, and those of them that must hold.
#[derive(Debug, Clone, Copy)]
struct Masks {
    mask: ConditionSet,
    expected: ConditionSet,
}

impl Masks {
    const EMPTY: Self = Self { mask: ConditionSet::needed_by(&[]), expected: ConditionSet::needed_by(&[]) };

    const fn and(self, literals: &[Literal]) -> Self {
        match literals {
            [] => self,
            [first, rest @ ..] => Self {
                mask: self.mask.with(first.condition, true),
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
    pub zh: &'static str,
    pub en: &'static str,
    pub steps: &'static [Step],
}

impl Rule {
    /// Completes a rule; a rule that refuses and names no step does not compile.
    pub(crate) const fn new(parts: Parts) -> Self {
        let Parts { code, severity, asked, when, citation, zh, en, steps } = parts;
        assert!(!zh.is_empty() && !en.is_empty(), "a rule speaks both languages");
        assert!(
            matches!(severity, Severity::Allow | Severity::Warn) || !steps.is_empty(),
            "a rule that refuses names a step"
        );
        let masks = [
            masks(asked, when, Question::Activation),
            masks(asked, when, Question::Purchase),
            masks(asked, when, Question::Entitlement),
            masks(asked, when, Question::Refund),
            masks(asked, when, Question::Page),
        ];
        Self { code, severity, asked, when, citation, zh, en, steps, masks }
    }

    /// What the question adds to the rule's conditions; `None` where it does not ask the rule.
    pub const fn only_if(&self, question: Question) -> Option<&'static [Literal]> {
        only_if(self.asked, question)
    }

    /// All conditions of the rule when the question asks it, those of the question first.
    pub fn literals(&self, question: Question) -> impl Iterator<Item = Literal> {
        let only_if = self.only_if(question).unwrap_or(&[]);
        only_if.iter().chain(self.when).copied()
    }

    /// What becomes of the rule; `None` where the question does not ask it.
    pub fn state(&self, question: Question, values: Values) -> Option<State> {
        let Masks { mask, expected } = self.masks.get(question as usize).copied().flatten()?;
        Some(values.state(mask, expected))
    }
}

const fn only_if(asked: &'static [Asked], question: Question) -> Option<&'static [Literal]> {
    match asked {
        [] => None,
        [first, ..] if first.question as u8 == question as u8 => Some(first.only_if),
        [_, rest @ ..] => only_if(rest, question),
    }
}

const fn masks(asked: &'static [Asked], when: &'static [Literal], question: Question) -> Option<Masks> {
    match only_if(asked, question) {
        Some(extra) => Some(Masks::EMPTY.and(extra).and(when)),
        None => None,
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
            citation: $crate::rule::Citation {
                clauses: &[$($crate::clauses::Clause::$clause),*],
                stated: $crate::clauses::Stated::$stated,
            },
            zh: $zh,
            en: $en,
            steps: &[$($crate::plan::Step::$step),*],
        });

        /// What is wrong, in Chinese, then why the rule is as it is; apart, so that no page has to load it.
        pub const DOC: &str = concat!($($doc, "\n"),+);
    };
}
pub(crate) use rule;
