//! 规则的组成: what a rule is made of, and the macro that declares one.

use serde::{Serialize, Serializer};

use super::clauses::{Clause, Stated};
use super::condition::Literal;
use super::steps::Step;
use crate::model::locale::Bilingual;
use crate::model::question::{Question, Severity};

/// 适用范围: a question that a rule applies to, and what must hold on top for it to apply.
#[derive(Debug, Clone, Copy)]
pub struct Applicability {
    /// The question.
    pub question: Question,
    /// Conditions beyond the rule's own.
    pub only_if: &'static [Literal],
}

/// 出处: where a rule or a note comes from.
#[derive(Debug, Clone, Copy)]
pub struct Citation {
    /// The clauses, the one that matters most first; none where the rule is common sense.
    pub clauses: &'static [Clause],
    /// How the published text stands to the rule.
    pub stated: Stated,
}

/// `{ id, article, section, stated, also }`; the first three are null where the rule is common sense.
impl Serialize for Citation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Cited {
            id: Option<&'static str>,
            article: Option<&'static str>,
            section: Option<&'static str>,
            stated: Stated,
            also: Vec<&'static str>,
        }
        let first = self.clauses.first().copied();
        Cited {
            id: first.map(Clause::id),
            article: first.map(|clause| clause.article().name()),
            section: first.map(Clause::section),
            stated: self.stated,
            also: self.clauses.iter().skip(1).map(|clause| clause.id()).collect(),
        }
        .serialize(serializer)
    }
}

/// 规则: data that the engine evaluates, explains and reasons about.
#[derive(Debug)]
pub struct Rule {
    /// The name that callers see.
    pub code: &'static str,
    /// What it does to the answer.
    pub severity: Severity,
    /// The questions that it applies to.
    pub applies_to: &'static [Applicability],
    /// What must hold for it to fire.
    pub when: &'static [Literal],
    /// Where it comes from.
    pub citation: Citation,
    /// What is wrong, why, and what to do; `{…}` stands for a value.
    pub words: Bilingual,
    /// What could lift it; each alone is enough.
    pub steps: &'static [Step],
}

impl Rule {
    /// The rule as it is declared; one that refuses and names no step does not compile.
    pub(crate) const fn checked(self) -> Self {
        let mut rest = self.when;
        while let [literal, others @ ..] = rest {
            assert!(!literal.words().is_empty(), "a condition has words for what a rule wants of it");
            rest = others;
        }
        assert!(
            matches!(self.severity, Severity::Allow | Severity::Warn) || !self.steps.is_empty(),
            "a rule that refuses names a step"
        );
        self
    }

    /// What the question adds to the rule's conditions; `None` where the rule does not apply to it.
    pub const fn only_if(&self, question: Question) -> Option<&'static [Literal]> {
        let mut rest = self.applies_to;
        while let [applicability, others @ ..] = rest {
            if applicability.question as u8 == question as u8 {
                return Some(applicability.only_if);
            }
            rest = others;
        }
        None
    }

    /// All conditions of the rule when the question is asked, those that the question adds first.
    pub fn literals(&self, question: Question) -> impl Iterator<Item = Literal> + Clone {
        let only_if = self.only_if(question).unwrap_or(&[]);
        only_if.iter().chain(self.when).copied()
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
        pub static RULE: $crate::rules::rule::Rule = $crate::rules::rule::Rule {
            code: stringify!($code),
            severity: $crate::model::question::Severity::$severity,
            applies_to: &[$($crate::rules::rule::Applicability {
                question: $crate::model::question::Question::$question,
                only_if: $crate::rules::condition::literals![$($($only_if)+)?],
            }),+],
            when: $crate::rules::condition::literals![$($when)*],
            citation: $crate::rules::rule::Citation {
                clauses: &[$($crate::rules::clauses::Clause::$clause),*],
                stated: $crate::rules::clauses::Stated::$stated,
            },
            words: $crate::model::locale::Bilingual::new($zh, $en),
            steps: &[$($crate::rules::steps::Step::$step),*],
        }
        .checked();

        /// What the rule is about, in Chinese, then why it is as it is.
        pub const DOC: &str = concat!($($doc, "\n"),+);
    };
}
pub(crate) use rule;
