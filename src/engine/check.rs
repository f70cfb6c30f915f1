//! 判断: how rules combine into an answer.

use serde::Serialize;

use super::compiled::{CompiledRule, RuleSet, conditions_of, inputs_of, rules_of};
use super::evaluation::{Evaluation, Satisfaction};
use crate::model::bitset::Indexed;
use crate::model::facts::{FactSet, FactSource};
use crate::model::question::{Question, Severity, Verdict};
use crate::model::terms::Terms;
use crate::rules::RULES;
use crate::rules::rule::Rule;

/// 答复: the answer to a question, in JSON `{ verdict, codes, missing }`.
///
/// A definite verdict is safe: no further fact turns it into `Refer` or `Block`, though a `Warn` may join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The verdict.
    pub verdict: Verdict,
    /// The rules that fired; in JSON their codes.
    #[serde(rename = "codes")]
    pub fired: RuleSet,
    /// The rules that a missing fact keeps open; JSON has only the facts.
    #[serde(skip)]
    pub open: RuleSet,
    /// The facts that keep them open; in JSON their paths.
    pub missing: FactSet,
}

impl Answer {
    /// What callers see of the answer; which rules are open shows in `missing` alone.
    pub const fn public_view(&self) -> (Verdict, RuleSet, FactSet) {
        (self.verdict, self.fired, self.missing)
    }
}

/// Answers the question, without words.
#[inline]
pub fn check<'a>(question: Question, facts: impl FactSource<'a>, terms: &Terms) -> Answer {
    answer(question, evaluate(question, facts, terms))
}

/// Evaluates every condition that the question needs.
#[inline]
pub(crate) fn evaluate<'a>(question: Question, facts: impl FactSource<'a>, terms: &Terms) -> Evaluation {
    Evaluation::reading(inputs_of(question), facts, terms, conditions_of(question))
}

/// Combines the question's rules over conditions already evaluated.
#[inline]
pub(crate) fn answer(question: Question, evaluation: Evaluation) -> Answer {
    combine(rules_of(question), RULES, question, evaluation)
}

/// The same as [`answer`] with another list of rules, which [`compile`](super::compiled::compile) has compiled for the question.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn answer_among(
    compiled: &[CompiledRule],
    rules: &[&Rule],
    question: Question,
    evaluation: Evaluation,
) -> Answer {
    combine(compiled, rules, question, evaluation)
}

#[inline(always)]
fn combine(compiled: &[CompiledRule], rules: &[&Rule], question: Question, evaluation: Evaluation) -> Answer {
    let (mut fired, mut open, mut missing) = (RuleSet::EMPTY, RuleSet::EMPTY, FactSet::EMPTY);
    let (mut reached, mut possible) = (question.default_severity(), None);
    for CompiledRule { id, severity, requires } in compiled {
        match evaluation.satisfies(*requires) {
            Satisfaction::Fired => {
                fired = fired.with(*id);
                if reached < Some(*severity) {
                    reached = Some(*severity);
                }
            }
            Satisfaction::Open => {
                open = open.with(*id);
                if possible < Some(*severity) {
                    possible = Some(*severity);
                }
                if let Some(rule) = rules.get(id.index()) {
                    missing = missing.union(missing_facts(rule, question, evaluation));
                }
            }
            Satisfaction::Unsatisfied => {}
        }
    }
    Answer { verdict: verdict(reached, possible), fired, open, missing }
}

/// The facts that keep a rule open.
pub(crate) fn missing_facts(rule: &Rule, question: Question, evaluation: Evaluation) -> FactSet {
    let only_if = rule.only_if(question).unwrap_or(&[]);
    evaluation.missing_facts(only_if).union(evaluation.missing_facts(rule.when))
}

/// The one place where severities become a verdict: the highest that is reached, or else the question's default,
/// and the highest that is still possible.
pub(crate) fn verdict(reached: Option<Severity>, possible: Option<Severity>) -> Verdict {
    match (reached, possible) {
        (None, _) => Verdict::Unknown,
        (Some(reached), Some(possible)) if possible > reached && possible >= Severity::Refer => {
            Verdict::Unknown
        }
        (Some(reached), _) => reached.into(),
    }
}
