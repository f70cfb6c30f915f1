//! The conditions of a question in 64 orders at a time, a bit for each order.

use super::block::{Row, Rows};
use crate::engine::compiled::{CompiledRule, conditions_of, inputs_of, rules_of};
use crate::engine::evaluation::decided_by;
use crate::engine::record::TEXTS;
use crate::model::bitset::WordBits;
use crate::model::facts::{Fact, FactSet, FactSource};
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
    compared: ComparedTexts,
}

impl Default for BitSlices {
    fn default() -> Self {
        Self {
            conditions: [BitSlice::default(); Condition::ALL.len()],
            facts: [0; Fact::ALL.len()],
            compared: ComparedTexts::default(),
        }
    }
}

/// For each fact, the orders in which it is missing, a bit for each.
pub(super) type MissingFacts = [u64; Fact::ALL.len()];

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
    /// Begins a block, in which the indices of texts mean other texts than before.
    pub fn begin(&mut self) {
        self.compared = ComparedTexts::default();
    }

    /// Evaluates the conditions of the question's rules that are the same by any terms: those about the value of one fact,
    /// then most tests, in the orders in which they are still relevant.
    #[inline(always)]
    pub fn read(&mut self, rows: Rows<'_>, question: Question, given: FactSet, any: &Terms) {
        let wanted = conditions_of(question);
        for condition in wanted.iter() {
            self.reset(condition);
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
        self.find_relevant(question, rows.live);
        for group in TestGroup::ALL.iter().filter(|group| !group.reads_terms()) {
            self.test(*group, wanted, rows, any);
        }
    }

    /// Evaluates the others by the terms: the tests that read them, then the conditions composed of others.
    #[inline(always)]
    pub fn test_by(&mut self, terms: &Terms, rows: Rows<'_>, question: Question) {
        let wanted = conditions_of(question);
        for group in TestGroup::ALL.iter().filter(|group| group.reads_terms()) {
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

    /// The orders in which each test that reads the terms is met. By any terms it is known in the same orders.
    pub fn met_by_terms(&self) -> [u64; BY_TERMS] {
        READING_TERMS.map(|test| self.conditions.get(test as usize).map_or(0, |slice| slice.holding))
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
        let compares = compares_texts(group);
        for row in WordBits(orders) {
            let order = rows.row(row);
            let holding = if compares {
                self.compared.holding(group, order, terms)
            } else {
                evaluate(group, order, terms)
            };
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

    fn reset(&mut self, condition: Condition) {
        if let Some(slice) = self.conditions.get_mut(condition as usize) {
            *slice = BitSlice::default();
        }
    }

    fn set(&mut self, condition: Condition, known: u64, holding: u64) {
        if let Some(slice) = self.conditions.get_mut(condition as usize) {
            (slice.known, slice.holding) = (known, holding);
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

    /// Adds for each fact the orders, among these, in which a condition of the list is unknown for want of it.
    pub fn missing_facts(&self, literals: &[Literal], orders: u64, missing: &mut MissingFacts) {
        for condition in literals.iter().map(|literal| literal.condition) {
            let unknown = orders & !self.decided(condition);
            if unknown == 0 {
                continue;
            }
            match condition.info().definition {
                Definition::OneOf(fact, _) => add(missing, fact, unknown),
                Definition::Test(group) => {
                    group.reads().iter().for_each(|fact| add(missing, fact, unknown & !self.knows(fact)));
                }
                Definition::AnyOf(alternatives) => {
                    for literals in alternatives.iter().copied() {
                        // Where one alternative is met, the whole condition is known.
                        let (_, unmet) = self.all(pairs(literals));
                        self.missing_facts(literals, unknown & !unmet, missing);
                    }
                }
            }
        }
    }
}

/// The tests of a group that hold in an order, whose facts are known; compiled once for all who ask.
fn evaluate(group: TestGroup, order: Row<'_>, terms: &Terms) -> ConditionSet {
    group.evaluate(order, terms).unwrap_or_default()
}

fn add(missing: &mut MissingFacts, fact: Fact, orders: u64) {
    if let Some(missing) = missing.get_mut(fact as usize) {
        *missing |= orders;
    }
}

fn pairs(literals: &[Literal]) -> impl Iterator<Item = (Condition, bool)> {
    literals.iter().map(|literal| (literal.condition, literal.expected))
}

/// 比较过的文字: what held of the pairs of texts that were compared last in a block. Few pairs are different there, and
/// comparing texts takes longer than all other tests together.
#[derive(Debug)]
struct ComparedTexts([(u64, ConditionSet); Self::MOST]);

impl ComparedTexts {
    /// As many as six bits can number.
    const MOST: usize = 64;

    /// The tests of a group that hold of the two texts of an order.
    fn holding(&mut self, group: TestGroup, order: Row<'_>, terms: &Terms) -> ConditionSet {
        // The group, then the indices of the texts, of which a block has fewer than 2^24.
        let index = |pair, fact| pair << 24 | u64::from(order.number(fact));
        let pair = group.reads().iter().fold(group as u64, index);
        let place = pair.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58;
        let Some((known, holding)) = self.0.get_mut(place as usize) else {
            return evaluate(group, order, terms);
        };
        if *known != pair {
            (*known, *holding) = (pair, evaluate(group, order, terms));
        }
        *holding
    }
}

impl Default for ComparedTexts {
    fn default() -> Self {
        Self([(u64::MAX, ConditionSet::EMPTY); Self::MOST])
    }
}

/// How many tests read the terms.
const BY_TERMS: usize = reading_terms().bits().count_ones() as usize;

/// The tests that read the terms.
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
const READING_TERMS: [Condition; BY_TERMS] = {
    let (mut tests, mut count, mut rest) = ([Condition::ALL[0]; BY_TERMS], 0, Condition::ALL);
    while let [condition, others @ ..] = rest {
        if reading_terms().contains_index(*condition as usize) {
            tests[count] = *condition;
            count += 1;
        }
        rest = others;
    }
    tests
};

const fn reading_terms() -> ConditionSet {
    let (mut tests, mut rest) = (ConditionSet::EMPTY, TestGroup::ALL);
    while let [group, others @ ..] = rest {
        if group.reads_terms() {
            tests = tests.union(group.conditions());
        }
        rest = others;
    }
    tests
}

/// Whether the tests of a group compare two texts and read nothing else.
const fn compares_texts(group: TestGroup) -> bool {
    let reads = group.reads();
    reads.is_subset(TEXTS) && reads.bits().count_ones() == 2 && !group.reads_terms()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_groups_that_compare_two_texts_and_read_nothing_else_are_known() {
        let comparing = TestGroup::ALL.iter().copied().filter(|group| compares_texts(*group));
        assert_eq!(comparing.collect::<Vec<_>>(), [TestGroup::Accounts, TestGroup::Ledgers]);
    }
}
