//! The conditions of a question in 64 orders at a time, a bit for each order.

use super::block::Rows;
use crate::engine::compiled::{CompiledRule, conditions_of, inputs_of, rules_of};
use crate::engine::evaluation::decided_by;
use crate::model::bitset::WordBits;
use crate::model::facts::{Fact, FactSet};
use crate::model::question::Question;
use crate::model::terms::Terms;
use crate::rules::condition::{ConditionSet, Definition, Literal};
use crate::rules::conditions::{Condition, TestGroup};

/// What is known of the conditions and of the facts in 64 orders.
#[derive(Debug)]
pub(super) struct BitSlices {
    conditions: [BitSlice; Condition::ALL.len()],
    /// The orders in which each fact is known.
    facts: [u64; Fact::ALL.len()],
}

impl Default for BitSlices {
    fn default() -> Self {
        Self { conditions: [BitSlice::default(); Condition::ALL.len()], facts: [0; Fact::ALL.len()] }
    }
}

/// What is known of one condition in 64 orders, a bit for each.
#[derive(Debug, Clone, Copy, Default)]
struct BitSlice {
    known: u64,
    holding: u64,
    /// The orders in which some rule with the condition is not yet unsatisfied, so that it has to be evaluated;
    /// read of tests alone.
    relevant: u64,
}

impl BitSlice {
    /// The orders in which the condition is known to be as expected.
    const fn is(self, expected: bool) -> u64 {
        self.known & if expected { self.holding } else { !self.holding }
    }
}

impl BitSlices {
    /// Evaluates the conditions of the question's rules that are about the value of one fact, whatever the terms.
    #[inline(always)]
    pub fn read(&mut self, rows: Rows<'_>, question: Question, given: FactSet) {
        let wanted = conditions_of(question);
        for condition in wanted.iter() {
            self.set(condition, 0, 0);
        }
        for fact in inputs_of(question).iter() {
            let known = if given.contains(fact) { rows.known(fact) } else { 0 };
            if let Some(slice) = self.facts.get_mut(fact as usize) {
                *slice = known;
            }
            let decided = decided_by(fact).intersection(wanted);
            if known != 0 && !decided.is_empty() {
                let orders = rows.by_value(fact);
                for condition in decided.iter() {
                    if let Definition::OneOf(_, values) = condition.info().definition {
                        let having = WordBits(values.into()).filter_map(|value| orders.get(value));
                        self.set(condition, known, having.fold(0, |all, orders| all | orders));
                    }
                }
            }
        }
    }

    /// Evaluates the others by the terms: the tests in the orders in which they are still relevant, then the conditions
    /// composed of others.
    #[inline(always)]
    pub fn test_all(&mut self, rows: Rows<'_>, question: Question, terms: &Terms) {
        let wanted = conditions_of(question);
        for condition in wanted.iter() {
            if !matches!(condition.info().definition, Definition::OneOf(..)) {
                self.set(condition, 0, 0);
            }
        }
        self.find_relevant(question, rows.live);
        for group in TestGroup::ALL {
            self.test(*group, wanted, rows, terms);
        }
        for condition in wanted.iter() {
            if let Definition::AnyOf(alternatives) = condition.info().definition {
                let (mut met, mut unmet) = (0, u64::MAX);
                for literals in alternatives.iter().copied() {
                    let (all, none) = self.all(pairs(literals));
                    met |= all;
                    unmet &= none;
                }
                self.set(condition, met | unmet, met);
            }
        }
    }

    /// Evaluates the tests of a group in the orders in which its facts are known and one of the tests is relevant.
    fn test(&mut self, group: TestGroup, wanted: ConditionSet, rows: Rows<'_>, terms: &Terms) {
        let tests = group.conditions().intersection(wanted);
        let relevant = tests.iter().fold(0, |all, condition| {
            all | self.conditions.get(condition as usize).map_or(0, |slice| slice.relevant)
        });
        let orders = group.reads().iter().fold(relevant, |orders, fact| orders & self.knows(fact));
        if orders == 0 {
            return;
        }
        for condition in tests.iter() {
            self.set(condition, orders, 0);
        }
        for row in WordBits(orders) {
            let holding = group.evaluate(rows.row(row), terms).unwrap_or_default();
            for condition in holding.intersection(tests).iter() {
                if let Some(slice) = self.conditions.get_mut(condition as usize) {
                    slice.holding |= 1 << row;
                }
            }
        }
    }

    fn find_relevant(&mut self, question: Question, live: u64) {
        for CompiledRule { requires, .. } in rules_of(question) {
            let orders = live & !self.all(requires.literals()).1;
            for (condition, _) in requires.literals() {
                self.mark_relevant(condition, orders);
            }
        }
    }

    fn mark_relevant(&mut self, condition: Condition, orders: u64) {
        if let Some(slice) = self.conditions.get_mut(condition as usize) {
            slice.relevant |= orders;
        }
        if let Definition::AnyOf(alternatives) = condition.info().definition {
            for literal in alternatives.iter().copied().flatten() {
                self.mark_relevant(literal.condition, orders);
            }
        }
    }

    fn set(&mut self, condition: Condition, known: u64, holding: u64) {
        if let Some(slice) = self.conditions.get_mut(condition as usize) {
            *slice = BitSlice { known, holding, relevant: 0 };
        }
    }

    /// The orders in which the fact is known.
    fn knows(&self, fact: Fact) -> u64 {
        self.facts.get(fact as usize).copied().unwrap_or_default()
    }

    /// The orders in which the condition is known to be as expected.
    #[inline(always)]
    fn is(&self, condition: Condition, expected: bool) -> u64 {
        self.conditions.get(condition as usize).map_or(0, |slice| slice.is(expected))
    }

    /// The orders in which it is known whether the condition holds.
    fn decided(&self, condition: Condition) -> u64 {
        self.conditions.get(condition as usize).map_or(0, |slice| slice.known)
    }

    /// Kleene's `and`: the orders in which all are known to be as expected, and those in which one is known not to be.
    #[inline(always)]
    pub fn all(&self, literals: impl Iterator<Item = (Condition, bool)>) -> (u64, u64) {
        literals.fold((u64::MAX, 0), |(met, unmet), (condition, expected)| {
            (met & self.is(condition, expected), unmet | self.is(condition, !expected))
        })
    }

    /// Reports the facts for want of which conditions of the list are unknown, each with the orders, among these, in
    /// which it is missing.
    pub fn missing_facts(&self, literals: &[Literal], orders: u64, report: &mut dyn FnMut(Fact, u64)) {
        for condition in literals.iter().map(|literal| literal.condition) {
            let unknown = orders & !self.decided(condition);
            if unknown == 0 {
                continue;
            }
            match condition.info().definition {
                Definition::OneOf(fact, _) => report(fact, unknown),
                Definition::Test(group) => {
                    group.reads().iter().for_each(|fact| report(fact, unknown & !self.knows(fact)));
                }
                Definition::AnyOf(alternatives) => {
                    for literals in alternatives.iter().copied() {
                        // Where one alternative is met, the whole condition is known.
                        let (_, unmet) = self.all(pairs(literals));
                        self.missing_facts(literals, unknown & !unmet, report);
                    }
                }
            }
        }
    }
}

fn pairs(literals: &[Literal]) -> impl Iterator<Item = (Condition, bool)> {
    literals.iter().map(|literal| (literal.condition, literal.expected))
}
