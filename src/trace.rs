//! 追踪: what became of every rule and condition, for those who test scenarios.

use serde::{Serialize, Serializer};

use crate::check::{Verdict, answer, evaluate};
use crate::conditions::{Literal, State, Values};
use crate::facts::Facts;
use crate::rule::{Question, Rule, Severity};
use crate::rules::RULES;
use crate::terms::Terms;
use crate::write::list;

/// An answer with the state of every rule that the question asks.
#[derive(Debug, Serialize)]
pub struct Trace {
    /// What it comes to.
    pub verdict: Verdict,
    /// The rules asked, in the order of the catalogue.
    pub rules: RuleTraces,
}

/// What became of each rule.
#[derive(Debug, Clone, Copy)]
pub struct RuleTraces {
    question: Question,
    values: Values,
}

impl RuleTraces {
    /// The rules asked, in the order of the catalogue.
    pub fn iter(self) -> impl Iterator<Item = RuleTrace> {
        RULES.iter().filter_map(move |rule| {
            let state = rule.state(self.question, self.values)?;
            let conditions = ConditionTraces { rule, asked: self };
            Some(RuleTrace { code: rule.code, severity: rule.severity, state, conditions })
        })
    }
}

impl Serialize for RuleTraces {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        list(serializer, self.iter())
    }
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
    /// Its conditions.
    pub conditions: ConditionTraces,
}

/// What became of each condition of a rule.
#[derive(Debug, Clone, Copy)]
pub struct ConditionTraces {
    rule: &'static Rule,
    asked: RuleTraces,
}

impl ConditionTraces {
    /// The conditions, those that the question adds first.
    pub fn iter(self) -> impl Iterator<Item = ConditionTrace> {
        let RuleTraces { question, values } = self.asked;
        self.rule.literals(question).map(move |Literal { condition, expected }| ConditionTrace {
            condition: condition.info().name,
            expected,
            value: values.get(condition),
        })
    }
}

impl Serialize for ConditionTraces {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        list(serializer, self.iter())
    }
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
    Trace { verdict: answer(question, values).verdict, rules: RuleTraces { question, values } }
}
