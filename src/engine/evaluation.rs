//! 求值: which conditions are known, and which of them hold, given some facts.
//!
//! Conditions are evaluated once for a question into two sets, those that are known and those that hold, so that a
//! rule is then two masked comparisons.

use crate::model::bitset::BitSet;
use crate::model::facts::{Fact, FactSet, FactSource};
use crate::model::named::named;
use crate::model::terms::Terms;
use crate::rules::condition::{ConditionSet, Definition, Literal};
use crate::rules::conditions::{Condition, TestGroup};

/// What is known of the conditions, given some facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evaluation {
    known: ConditionSet,
    holding: ConditionSet,
    facts: FactSet,
}

named! {
    /// 规则状态: the state of a rule.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    Satisfaction {
        /// 触发: all its conditions are met.
        Fired = "fired";
        /// 不触发: one of its conditions is known not to be met.
        Unsatisfied = "out";
        /// 待定: none is known not to be met, and at least one is not known.
        Open = "open";
    }
}

/// The conditions of a rule, and those of them that must hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Requirement {
    pub conditions: ConditionSet,
    pub expected: ConditionSet,
}

impl Requirement {
    /// The requirement without conditions, which is always met.
    pub const NONE: Self = Self { conditions: ConditionSet::EMPTY, expected: ConditionSet::EMPTY };

    /// The same with these literals too.
    #[must_use]
    pub const fn and(self, literals: &[Literal]) -> Self {
        let (mut required, mut rest) = (self, literals);
        while let [first, others @ ..] = rest {
            let index = first.condition as usize;
            required.conditions = required.conditions.with_index(index);
            if first.expected {
                required.expected = required.expected.with_index(index);
            }
            rest = others;
        }
        required
    }

    /// The conditions, each with whether it is expected to hold.
    pub fn literals(self) -> impl Iterator<Item = (Condition, bool)> + Clone {
        self.conditions.iter().map(move |condition| (condition, self.expected.contains(condition)))
    }
}

/// The most values of a fact that decides conditions by itself; one with more does not compile.
pub(crate) const MOST_VALUES: usize = 8;

/// Whether a fact that has `count` values can be compared by value with some of them, a bit for each by its index.
const fn can_be_compared(count: usize, values: u32) -> bool {
    count > 0 && count <= MOST_VALUES && values >> count == 0
}

/// What a fact of few values decides by itself.
#[derive(Clone, Copy)]
struct DecidedByFact {
    /// The conditions that are known once the fact is.
    conditions: ConditionSet,
    /// Those of them that hold, for each of its values.
    holding: [ConditionSet; MOST_VALUES],
}

/// What each fact decides, computed at compile time.
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
static DECIDED: [DecidedByFact; Fact::ALL.len()] = {
    const NOTHING: DecidedByFact =
        DecidedByFact { conditions: ConditionSet::EMPTY, holding: [ConditionSet::EMPTY; MOST_VALUES] };
    let (mut decided, mut rest) = ([NOTHING; Fact::ALL.len()], Condition::ALL);
    while let [condition, others @ ..] = rest {
        if let Definition::OneOf(fact, values) = condition.info().definition {
            let count = fact.info().kind.few_values();
            assert!(can_be_compared(count, values), "a fact that is compared by value has 1 to 8 of them");
            let by_fact = &mut decided[fact as usize];
            by_fact.conditions = by_fact.conditions.with_index(*condition as usize);
            let mut left = values;
            while left != 0 {
                let holding = &mut by_fact.holding[left.trailing_zeros() as usize];
                *holding = holding.with_index(*condition as usize);
                // Clears the lowest bit.
                left &= left.wrapping_sub(1);
            }
        }
        rest = others;
    }
    decided
};

/// The facts that decide conditions by themselves.
const DECIDING: FactSet = {
    let (mut set, mut rest) = (FactSet::EMPTY, Condition::ALL);
    while let [condition, others @ ..] = rest {
        if let Definition::OneOf(fact, _) = condition.info().definition {
            set = set.with_index(fact as usize);
        }
        rest = others;
    }
    set
};

/// The conditions that the fact decides by itself.
pub(crate) fn decided_by(fact: Fact) -> ConditionSet {
    DECIDED.get(fact as usize).map(|decided| decided.conditions).unwrap_or_default()
}

/// The conditions of each group of tests.
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
static TESTS: [ConditionSet; TestGroup::ALL.len()] = {
    let (mut tests, mut index) = ([ConditionSet::EMPTY; TestGroup::ALL.len()], 0);
    while index < tests.len() {
        tests[index] = TestGroup::ALL[index].conditions();
        index += 1;
    }
    tests
};

/// The conditions that are composed of others.
const COMPOSED: ConditionSet = {
    let (mut set, mut rest) = (ConditionSet::EMPTY, Condition::ALL);
    while let [condition, others @ ..] = rest {
        if matches!(condition.info().definition, Definition::AnyOf(_)) {
            set = set.with_index(*condition as usize);
        }
        rest = others;
    }
    set
};

impl Evaluation {
    /// Evaluates the conditions of the set, which must contain those that they are composed of too.
    #[inline]
    pub fn of<'a>(facts: impl FactSource<'a>, terms: &Terms, wanted: ConditionSet) -> Self {
        Self::reading(FactSet::ALL, facts, terms, wanted)
    }

    /// The same where it is known which facts the conditions read; the others are not visited.
    #[inline]
    pub(crate) fn reading<'a>(
        read: FactSet,
        facts: impl FactSource<'a>,
        terms: &Terms,
        wanted: ConditionSet,
    ) -> Self {
        let mut evaluation = Self { known: BitSet::EMPTY, holding: BitSet::EMPTY, facts: facts.known() };
        for fact in evaluation.facts.intersection(DECIDING).intersection(read).iter() {
            if let Some(decided) = DECIDED.get(fact as usize) {
                let holding = decided.holding.get(facts.number(fact) as usize).copied();
                evaluation.learn(decided.conditions, holding.unwrap_or_default());
            }
        }
        evaluation.known = evaluation.known.intersection(wanted);
        evaluation.holding = evaluation.holding.intersection(wanted);
        for (group, tests) in TestGroup::ALL.iter().zip(&TESTS) {
            let tests = tests.intersection(wanted);
            if !tests.is_empty()
                && let Some(holding) = group.evaluate(facts, terms)
            {
                evaluation.learn(tests, holding.intersection(tests));
            }
        }
        for condition in COMPOSED.intersection(wanted).iter() {
            if let Definition::AnyOf(alternatives) = condition.info().definition
                && let Some(holds) = evaluation.any(alternatives)
            {
                let known = ConditionSet::EMPTY.with(condition);
                evaluation.learn(known, if holds { known } else { ConditionSet::EMPTY });
            }
        }
        evaluation
    }

    #[inline(always)]
    fn learn(&mut self, known: ConditionSet, holding: ConditionSet) {
        self.known = self.known.union(known);
        self.holding = self.holding.union(holding);
    }

    /// The same where the condition holds, does not hold or, with `None`, is unknown.
    #[cfg(test)]
    pub(crate) fn knowing(mut self, condition: Condition, holds: Option<bool>) -> Self {
        let only = ConditionSet::EMPTY.with(condition);
        (self.known, self.holding) = (self.known.difference(only), self.holding.difference(only));
        if let Some(holds) = holds {
            self.learn(only, if holds { only } else { ConditionSet::EMPTY });
        }
        self
    }

    /// The conditions that are known, and those that hold.
    pub const fn sets(self) -> (ConditionSet, ConditionSet) {
        (self.known, self.holding)
    }

    /// Whether the condition holds; `None` where it is unknown.
    pub fn get(self, condition: Condition) -> Option<bool> {
        self.known.contains(condition).then(|| self.holding.contains(condition))
    }

    /// Whether the condition is as expected.
    pub fn meets(self, literal: Literal) -> Option<bool> {
        self.get(literal.condition).map(|holds| holds == literal.expected)
    }

    /// Kleene's `and` over the list.
    pub fn all(self, literals: &[Literal]) -> Option<bool> {
        let mut all = Some(true);
        for literal in literals {
            match self.meets(*literal) {
                Some(false) => return Some(false),
                None => all = None,
                Some(true) => {}
            }
        }
        all
    }

    /// Kleene's `or` over lists of which all conditions must hold.
    pub(crate) fn any(self, alternatives: &[&[Literal]]) -> Option<bool> {
        let mut any = Some(false);
        for all in alternatives {
            match self.all(all) {
                Some(true) => return Some(true),
                None => any = None,
                Some(false) => {}
            }
        }
        any
    }

    /// The facts that the unknown conditions of the list lack.
    pub fn missing_facts(self, literals: &[Literal]) -> FactSet {
        let unknown = literals.iter().filter(|literal| self.get(literal.condition).is_none());
        unknown.fold(FactSet::EMPTY, |missing, literal| {
            missing.union(match literal.condition.info().definition {
                Definition::OneOf(fact, _) => FactSet::of(&[fact]),
                Definition::Test(group) => group.reads().difference(self.facts),
                Definition::AnyOf(alternatives) => {
                    let open = alternatives.iter().filter(|all| self.all(all).is_none());
                    open.fold(FactSet::EMPTY, |missing, all| missing.union(self.missing_facts(all)))
                }
            })
        })
    }

    /// The state of a rule with this requirement.
    #[inline(always)]
    pub(crate) const fn satisfies(self, Requirement { conditions, expected }: Requirement) -> Satisfaction {
        let known = self.known.intersection(conditions);
        if !known.intersection(self.holding.symmetric_difference(expected)).is_empty() {
            Satisfaction::Unsatisfied
        } else if !conditions.is_subset(self.known) {
            Satisfaction::Open
        } else {
            Satisfaction::Fired
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_with_more_than_8_values_cannot_be_compared_by_value() {
        for (count, values, expected) in [
            (1, 0b1, true),
            (8, 0b1000_0000, true),
            (9, 0b1, false),
            // The type of the fact has no values of its own, as an integer.
            (0, 0b0, false),
            // The fact has no third value.
            (2, 0b100, false),
        ] {
            assert_eq!(can_be_compared(count, values), expected, "{values:b} of {count}");
        }
    }
}
