//! 规则的结构: the parts of a rule, and the macro that declares one.

use serde::{Serialize, Serializer};

use super::clauses::{Clause, Stated};
use super::condition::Literal;
use super::steps::Step;
use crate::model::locale::Bilingual;
use crate::model::question::{Question, Severity};

/// 适用范围: a question that a rule applies to, and the additional conditions under which it does.
#[derive(Debug, Clone, Copy)]
pub struct Applicability {
    /// The question.
    pub question: Question,
    /// Conditions that must be met in addition to those of the rule.
    pub only_if: &'static [Literal],
}

/// 出处: the clauses that a rule or a note rests on.
#[derive(Debug, Clone, Copy)]
pub struct Citation {
    /// The clauses, the most important first; none where the rule is common sense.
    pub clauses: &'static [Clause],
    /// How far the published text supports the rule.
    pub stated: Stated,
}

impl Citation {
    /// What people read where no clause is cited, instead of how far the text supports the rule.
    pub const NO_CLAUSE: Bilingual = Bilingual::new("依据常理", "common sense");

    /// The label that people read: how far the published text supports the rule.
    pub const fn label(&self) -> Bilingual {
        if self.clauses.is_empty() { Self::NO_CLAUSE } else { self.stated.label() }
    }
}

/// In JSON `{ id, article, section, stated, also }`; the first three are null where the rule is common sense.
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

/// 规则: what follows for the answer when certain conditions are met.
#[derive(Debug)]
pub struct Rule {
    /// The code that callers receive.
    pub code: &'static str,
    /// Its effect on the verdict.
    pub severity: Severity,
    /// The questions that it applies to.
    pub applies_to: &'static [Applicability],
    /// The conditions, all of which must be met for the rule to fire.
    pub when: &'static [Literal],
    /// The clauses that it rests on.
    pub citation: Citation,
    /// The text that buyers read: what is wrong, why, and what to do. A name in braces is replaced by a value.
    pub words: Bilingual,
    /// The steps that can lift the refusal, each of them sufficient alone.
    pub steps: &'static [Step],
}

impl Rule {
    /// The rule itself, once its declaration is validated: every condition has a text for what the rule expects of it,
    /// and a rule that refuses lists a step. A rule that violates this does not compile.
    pub(crate) const fn checked(self) -> Self {
        let mut rest = self.when;
        while let [literal, others @ ..] = rest {
            assert!(!literal.words().is_empty(), "a condition has a text for what a rule expects of it");
            rest = others;
        }
        assert!(
            matches!(self.severity, Severity::Allow | Severity::Warn) || !self.steps.is_empty(),
            "a rule that refuses lists a step"
        );
        self
    }

    /// The additional conditions for the question; `None` where the rule does not apply to it.
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

    /// All conditions of the rule for the question, the additional ones first.
    pub fn literals(&self, question: Question) -> impl Iterator<Item = Literal> + Clone {
        let only_if = self.only_if(question).unwrap_or(&[]);
        only_if.iter().chain(self.when).copied()
    }
}

/// Declares the rule of a file, and its documentation.
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

        /// The documentation of the rule: a line in Chinese, an empty line, and the explanation in English.
        pub const DOC: &str = concat!($($doc, "\n"),+);
    };
}
pub(crate) use rule;
