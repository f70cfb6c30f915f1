//! 统计: how many orders have which answer, and how many change from which answer to which.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::answers::{Answers, Change, INVALID, code_names, fired_rules, verdict_name};
use crate::model::facts::Fact;
use crate::model::question::Question;

/// An answer as it is counted: the verdict, and the rules that fired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Outcome {
    /// The index of the verdict, or [`INVALID`].
    pub verdict: u8,
    /// A bit for each rule that fired, counted from the first of the question.
    pub fired: u32,
}

impl Outcome {
    /// The outcome in words: `block [ORDER_NOT_PAID]`.
    pub fn name(self, question: Question) -> String {
        let codes: Vec<_> = fired_rules(question, self.fired).map(|rule| rule.code).collect();
        let verdict = verdict_name(self.verdict);
        if codes.is_empty() { verdict.into() } else { format!("{verdict} [{}]", codes.join(", ")) }
    }
}

/// Orders that are counted together.
#[derive(Debug, Clone)]
struct Group {
    count: u64,
    /// Where the first of them is, as given, and what identifies it.
    first: (u64, u64),
    example: String,
}

impl Group {
    /// Adds other orders; the example is of the first.
    fn add(&mut self, other: Self) {
        self.count = self.count.saturating_add(other.count);
        if other.first < self.first {
            (self.first, self.example) = (other.first, other.example);
        }
    }
}

/// What the orders of a group have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    now: Outcome,
    before: Option<Outcome>,
    missing: u32,
    change: Option<Change>,
}

/// A key as a number, for which hashing takes no time worth mention.
type PackedKey = u128;

impl Key {
    fn packed(now: Outcome, before: Outcome, missing: u32, change: Option<Change>) -> PackedKey {
        let low = u64::from(now.fired) | u64::from(missing) << 32;
        let flags = u32::from(now.verdict) | u32::from(before.verdict) << 8 | change_bits(change) << 16;
        let high = u64::from(before.fired) | u64::from(flags) << 32;
        u128::from(low) | u128::from(high) << 64
    }

    fn unpacked(key: PackedKey, is_compared: bool) -> Self {
        let word = |index: u32| (key >> (32_u32.saturating_mul(index))) as u32;
        let flags = word(3);
        Self {
            now: Outcome { verdict: flags as u8, fired: word(0) },
            before: is_compared.then_some(Outcome { verdict: (flags >> 8) as u8, fired: word(2) }),
            missing: word(1),
            change: match flags >> 16 {
                1 => Some(Change::Verdict),
                2 => Some(Change::Codes),
                3 => Some(Change::Missing),
                _ => None,
            },
        }
    }
}

const fn change_bits(change: Option<Change>) -> u32 {
    match change {
        None => 0,
        Some(Change::Verdict) => 1,
        Some(Change::Codes) => 2,
        Some(Change::Missing) => 3,
    }
}

/// Hashes bits by one multiplication.
#[derive(Default)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }

    fn write_u32(&mut self, key: u32) {
        let mixed = u64::from(key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }

    fn write_u128(&mut self, key: u128) {
        let folded = key as u64 ^ ((key >> 64) as u64).rotate_left(29);
        let mixed = folded.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }
}

/// The answers of many orders, counted.
#[derive(Debug, Clone)]
pub struct Tally {
    question: Question,
    is_compared: bool,
    groups: HashMap<PackedKey, Group, BuildHasherDefault<KeyHasher>>,
    faults: HashMap<(&'static str, String), Group>,
}

/// How many orders something is true of, and the first of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted<T> {
    /// What is true of them.
    pub what: T,
    /// How many.
    pub count: u64,
    /// The first of them, as its columns identify it.
    pub example: String,
}

/// A change from one answer to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Transition {
    /// The answer by the terms that are compared with.
    pub before: Outcome,
    /// The answer by the terms.
    pub now: Outcome,
    /// What differs.
    pub change: Option<Change>,
}

impl Tally {
    /// No orders yet; `is_compared` says whether there are two answers to each.
    pub fn new(question: Question, is_compared: bool) -> Self {
        Self { question, is_compared, groups: HashMap::default(), faults: HashMap::default() }
    }

    /// Counts the answers to a batch, whose first row is at `first`; `example` identifies a row.
    pub fn add(&mut self, answers: &Answers, first: (u64, u64), example: &dyn Fn(usize) -> String) {
        let place = |row: usize| (first.0, first.1.saturating_add(row as u64));
        let bits = |cells: &[u32], row: usize| cells.get(row).copied().unwrap_or_default();
        for row in 0..answers.len() {
            let outcome = |side: &super::answers::Side| Outcome {
                verdict: side.verdicts.get(row).copied().unwrap_or(INVALID),
                fired: bits(&side.fired, row),
            };
            let now = outcome(&answers.now);
            let before = answers.before.as_ref().map_or(now, outcome);
            let missing = bits(&answers.now.missing, row);
            let key = Key::packed(now, before, missing, answers.change(row));
            match self.groups.get_mut(&key) {
                Some(group) => group.count = group.count.saturating_add(1),
                None => {
                    let group = Group { count: 1, first: place(row), example: example(row) };
                    self.groups.insert(key, group);
                }
            }
        }
        for fault in &answers.faults {
            // The place of an item in a list is left out, so that the paths are few.
            let path = fault.error.path.split('[').next().unwrap_or_default().to_string();
            let group = || Group {
                count: 0,
                first: place(fault.row),
                example: format!("{}: {}", example(fault.row), fault.error.message()),
            };
            let group = self.faults.entry((fault.error.code.name(), path)).or_insert_with(group);
            group.count = group.count.saturating_add(1);
        }
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: Self) {
        for (key, group) in other.groups {
            match self.groups.get_mut(&key) {
                Some(known) => known.add(group),
                None => drop(self.groups.insert(key, group)),
            }
        }
        for (key, group) in other.faults {
            match self.faults.get_mut(&key) {
                Some(known) => known.add(group),
                None => drop(self.faults.insert(key, group)),
            }
        }
    }

    /// What was asked.
    pub const fn question(&self) -> Question {
        self.question
    }

    /// Whether there are two answers to each order.
    pub const fn is_compared(&self) -> bool {
        self.is_compared
    }

    /// How many orders there are.
    pub fn orders(&self) -> u64 {
        self.groups.values().map(|group| group.count).sum()
    }

    /// How many orders have a change of a kind.
    pub fn changed(&self, change: Change) -> u64 {
        self.sum(|key| key.change == Some(change))
    }

    /// How many orders have each verdict, and `invalid`, by their indices: before, where compared, and now.
    pub fn verdicts(&self) -> Vec<(u8, Option<u64>, u64)> {
        (0..=INVALID)
            .map(|verdict| {
                let before = self.sum(|key| key.before.is_some_and(|before| before.verdict == verdict));
                (verdict, self.is_compared.then_some(before), self.sum(|key| key.now.verdict == verdict))
            })
            .collect()
    }

    /// How many orders each rule of the question fires for: before, where compared, and now; those for none left out.
    pub fn codes(&self) -> Vec<(&'static str, Option<u64>, u64)> {
        let fires = |outcome: Outcome, bit: usize| outcome.fired >> bit & 1 != 0;
        let counted = code_names(self.question).into_iter().enumerate().map(|(bit, code)| {
            let before = self.sum(|key| key.before.is_some_and(|before| fires(before, bit)));
            (code, self.is_compared.then_some(before), self.sum(|key| fires(key.now, bit)))
        });
        counted.filter(|(_, before, now)| *now > 0 || before.is_some_and(|before| before > 0)).collect()
    }

    /// In how many orders each fact is missing now; those missing in none left out.
    pub fn missing(&self) -> Vec<(&'static str, u64)> {
        let counted = Fact::PATHS.iter().enumerate();
        let counted = counted.map(|(bit, path)| (*path, self.sum(|key| key.missing >> bit & 1 != 0)));
        counted.filter(|(_, count)| *count > 0).collect()
    }

    /// The codes and paths of invalid orders, the most frequent first; each example says what is wrong.
    pub fn faults(&self) -> Vec<Counted<(&'static str, String)>> {
        let faults = self.faults.iter().map(|(what, group)| (what.clone(), group.clone()));
        sorted(faults)
    }

    /// The transitions from each answer to another, the most frequent first.
    pub fn transitions(&self) -> Vec<Counted<Transition>> {
        let mut groups: HashMap<Transition, Group> = HashMap::new();
        for (key, group) in &self.groups {
            let Key { now, before, change, .. } = Key::unpacked(*key, self.is_compared);
            let (Some(before), Some(_)) = (before, change) else { continue };
            match groups.get_mut(&Transition { before, now, change }) {
                Some(known) => known.add(group.clone()),
                None => drop(groups.insert(Transition { before, now, change }, group.clone())),
            }
        }
        sorted(groups.into_iter())
    }

    /// How many orders have one verdict before and one now.
    pub fn flow(&self, before: u8, now: u8) -> u64 {
        self.sum(|key| key.now.verdict == now && key.before.is_some_and(|known| known.verdict == before))
    }

    fn sum(&self, wanted: impl Fn(Key) -> bool) -> u64 {
        let groups = self.groups.iter().filter(|(key, _)| wanted(Key::unpacked(**key, self.is_compared)));
        groups.map(|(_, group)| group.count).sum()
    }
}

/// The groups by their counts, then by their first orders.
fn sorted<T>(groups: impl Iterator<Item = (T, Group)>) -> Vec<Counted<T>> {
    let mut groups: Vec<_> = groups.collect();
    groups.sort_by_key(|(_, group)| (u64::MAX.saturating_sub(group.count), group.first));
    let counted = |(what, Group { count, example, .. })| Counted { what, count, example };
    groups.into_iter().map(counted).collect()
}

/// The index of the verdict of a name, `invalid` among them.
pub fn verdict_named(name: &str) -> Option<u8> {
    (0..=INVALID).find(|index| verdict_name(*index) == name)
}
