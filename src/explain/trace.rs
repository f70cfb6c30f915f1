//! 追踪: the state of every rule and condition of a question, for testing scenarios.

use serde::Serialize;

use crate::engine::check::{answer, evaluate};
use crate::engine::compiled::rules_of;
use crate::engine::evaluation::Satisfaction;
use crate::model::bitset::Indexed;
use crate::model::facts::Facts;
use crate::model::question::{Question, Severity, Verdict};
use crate::model::terms::Terms;
use crate::rules::RULES;

/// An answer with the state of every rule that the question asks.
#[derive(Debug, Serialize)]
pub struct Trace {
    /// What it comes to.
    pub verdict: Verdict,
    /// The rules that the question asks, in the order of the catalogue.
    pub rules: Vec<RuleTrace>,
}

/// The state of one rule.
#[derive(Debug, Serialize)]
pub struct RuleTrace {
    /// The rule's code.
    pub code: &'static str,
    /// What the rule does to the answer.
    pub severity: Severity,
    /// Whether it fired, is out or is open.
    pub state: Satisfaction,
    /// Its conditions, those that the question adds first.
    pub conditions: Vec<ConditionTrace>,
}

/// The state of one condition of a rule.
#[derive(Debug, Serialize)]
pub struct ConditionTrace {
    /// The condition's name.
    pub condition: &'static str,
    /// What the rule wants it to be.
    pub expected: bool,
    /// What it is; `None` where a fact is missing.
    pub value: Option<bool>,
}

/// Answers the question with the state of every rule.
pub fn trace(question: Question, facts: &Facts<'_>, terms: &Terms) -> Trace {
    let evaluation = evaluate(question, facts, terms);
    let mut rules = Vec::new();
    for compiled in rules_of(question) {
        let Some(rule) = RULES.get(compiled.id.index()) else { continue };
        let mut conditions = Vec::new();
        for literal in rule.literals(question) {
            conditions.push(ConditionTrace {
                condition: literal.condition.info().name,
                expected: literal.expected,
                value: evaluation.get(literal.condition),
            });
        }
        rules.push(RuleTrace {
            code: rule.code,
            severity: rule.severity,
            state: evaluation.satisfies(compiled.requires),
            conditions,
        });
    }
    Trace { verdict: answer(question, evaluation).verdict, rules }
}
