//! 追踪: what became of every rule and condition, for those who test scenarios.

use serde::Serialize;

use crate::check::{Verdict, answer, evaluate};
use crate::conditions::State;
use crate::facts::Facts;
use crate::rule::{Question, Severity};
use crate::rules::RULES;
use crate::terms::Terms;

/// An answer with the state of every rule that the question asks.
#[derive(Debug, Serialize)]
pub struct Trace {
    /// What it comes to.
    pub verdict: Verdict,
    /// The rules asked, in the order of the catalogue.
    pub rules: Vec<RuleTrace>,
}

/// What became of one rule.
#[derive(Debug, Serialize)]
pub struct RuleTrace {
    /// The rule's code.
    pub code: &'static str,
    /// What the rule does to the answer.
    pub severity: Severity,
    /// Whether it fired, is out or is open.
    pub state: State,
    /// Its conditions, those that the question adds first.
    pub conditions: Vec<ConditionTrace>,
}

/// What became of one condition of a rule.
#[derive(Debug, Serialize)]
pub struct ConditionTrace {
    /// The condition's name.
    pub condition: &'static str,
    /// What the rule wants it to be.
    pub expected: bool,
    /// What it is; `None` where a fact is missing.
    pub value: Option<bool>,
}

/// Answers the question with every rule's state.
pub fn trace(question: Question, facts: &Facts<'_>, terms: &Terms) -> Trace {
    let values = evaluate(question, facts, terms);
    let rules = RULES.iter().filter_map(|rule| {
        let conditions = rule.literals(question).map(|literal| ConditionTrace {
            condition: literal.condition.info().name,
            expected: literal.expected,
            value: values.get(literal.condition),
        });
        Some(RuleTrace {
            code: rule.code,
            severity: rule.severity,
            state: rule.state(question, values)?,
            conditions: conditions.collect(),
        })
    });
    Trace { verdict: answer(question, values).verdict, rules: rules.collect() }
}
