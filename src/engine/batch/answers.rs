//! The answers to a block: how the rules of a question combine in 64 orders at a time.

use core::ops::Range;

use super::slices::BitSlices;
use super::{Columns, WORD};
use crate::engine::check::verdict;
use crate::engine::compiled::{CompiledRule, rule_offset, rules_of};
use crate::model::bitset::{Indexed, WordBits};
use crate::model::facts::Fact;
use crate::model::question::{Question, Severity};
use crate::rules::RULES;

// The missing facts of an order are the bits of one word.
const _: () = assert!(Fact::ALL.len() <= u32::BITS as usize, "more facts need wider answers");

/// The answers to a block, order by order.
#[derive(Debug)]
pub struct Answers {
    /// The indices of the verdicts.
    pub verdicts: Vec<u8>,
    /// A bit for each rule that fired, counted from the first rule of the question
    /// ([`rule_offset`](crate::engine::compiled::rule_offset)).
    pub fired: Vec<u32>,
    /// A bit for each missing fact, by its index.
    pub missing: Vec<u32>,
}

impl Answers {
    /// Room for the answers to a block.
    pub fn new() -> Self {
        let [fired, missing] = [(); 2].map(|()| vec![0; Columns::ROWS]);
        Self { verdicts: vec![0; Columns::ROWS], fired, missing }
    }

    /// Forgets the rules and facts of the last check; verdicts are overwritten by the next.
    pub(super) fn clear(&mut self) {
        self.fired.fill(0);
        self.missing.fill(0);
    }

    /// Takes over what another has answered to 64 orders, except those that are answered anew.
    pub(super) fn take_over(&mut self, other: &Self, first: usize, anew: u64) {
        let rows = first..first.wrapping_add(WORD);
        copy(&mut self.verdicts, &other.verdicts, &rows);
        for (sets, others) in [(&mut self.fired, &other.fired), (&mut self.missing, &other.missing)] {
            copy(sets, others, &rows);
            for row in WordBits(anew) {
                if let Some(set) = sets.get_mut(first.wrapping_add(row)) {
                    *set = 0;
                }
            }
        }
    }

    /// Combines the question's rules in 64 orders, and answers those that are live.
    pub(super) fn combine(&mut self, question: Question, slices: &BitSlices, first: usize, live: u64) {
        let (mut reached, mut possible) = (BySeverity::default(), BySeverity::default());
        if let Some(severity) = question.default_severity() {
            reached.add(severity, live);
        }
        let offset = rule_offset(question);
        // Several rules can miss the same fact of an order.
        let mut missing = [0; Fact::ALL.len()];
        for CompiledRule { id, severity, requires } in rules_of(question) {
            let (fired, unsatisfied) = slices.all(requires.literals());
            let open = live & !(fired | unsatisfied);
            reached.add(*severity, fired & live);
            possible.add(*severity, open);
            add_bits(&mut self.fired, first, fired & live, 1 << id.index().wrapping_sub(offset));
            if open != 0
                && let Some(rule) = RULES.get(id.index())
            {
                for literals in [rule.only_if(question).unwrap_or(&[]), rule.when] {
                    slices.missing_facts(literals, open, &mut missing);
                }
            }
        }
        for (fact, orders) in missing.into_iter().enumerate() {
            add_bits(&mut self.missing, first, orders, 1 << fact);
        }
        for (reached, reaching) in reached.highest() {
            for (possible, allowing) in possible.highest() {
                let verdict = verdict(reached, possible) as u8;
                for row in WordBits(reaching & allowing & live) {
                    if let Some(answer) = self.verdicts.get_mut(first.wrapping_add(row)) {
                        *answer = verdict;
                    }
                }
            }
        }
    }
}

impl Default for Answers {
    fn default() -> Self {
        Self::new()
    }
}

/// Copies the same rows of a column.
fn copy<T: Copy>(into: &mut [T], from: &[T], rows: &Range<usize>) {
    if let (Some(into), Some(from)) = (into.get_mut(rows.clone()), from.get(rows.clone())) {
        into.copy_from_slice(from);
    }
}

/// Adds the bits to the set of each of these orders.
#[inline(always)]
fn add_bits(sets: &mut [u32], first: usize, orders: u64, bits: u32) {
    for row in WordBits(orders) {
        if let Some(set) = sets.get_mut(first.wrapping_add(row)) {
            *set |= bits;
        }
    }
}

/// The orders in which some rule has each severity.
#[derive(Default)]
struct BySeverity([u64; Severity::ALL.len()]);

impl BySeverity {
    fn add(&mut self, severity: Severity, orders: u64) {
        if let Some(having) = self.0.get_mut(severity as usize) {
            *having |= orders;
        }
    }

    /// Each severity with the orders in which it is the highest, then `None` with the orders that have none.
    fn highest(&self) -> impl Iterator<Item = (Option<Severity>, u64)> {
        let mut rest = u64::MAX;
        let severities = Severity::DESCENDING.iter().copied().map(Some).chain([None]);
        severities.map(move |severity| {
            let having =
                severity.map_or(u64::MAX, |one| self.0.get(one as usize).copied().unwrap_or_default());
            let highest = having & rest;
            rest &= !having;
            (severity, highest)
        })
    }
}
