//! 批量: many orders at once, with a column for each fact.
//!
//! Whoever has the columns writes a block of them, as numbers like those of the flat record and a bit that says whether
//! the fact is known. The block is decided 64 orders at a time: what is known of a condition is a slice of bits, one for
//! each order, and a rule a few operations on such slices, so that an order costs little but its reading.

use super::check::verdict;
use super::compiled::{CompiledRule, conditions_of, inputs_of, rule_offset, rules_of};
use super::evaluation::{MOST_VALUES, decided_by};
use super::record::valid_text;
use crate::model::bitset::{Indexed, WordBits};
use crate::model::fact_types::FactType;
use crate::model::facts::{Fact, FactSet, FactSource, contradiction};
use crate::model::notices::{Messages, Notices};
use crate::model::question::{Question, Severity};
use crate::model::terms::Terms;
use crate::model::text::Text;
use crate::model::time::Time;
use crate::rules::RULES;
use crate::rules::condition::{ConditionSet, Definition, Literal};
use crate::rules::conditions::{Condition, TestGroup};

/// The index of the column of each fact that is a time among those of times, and, after all, how many there are.
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
const TIME_COLUMNS: [usize; Fact::ALL.len() + 1] = {
    let (mut before, mut index) = ([0; Fact::ALL.len() + 1], 0);
    while index < Fact::ALL.len() {
        let is_time = matches!(Fact::ALL[index].info().kind, FactType::Time);
        before[index + 1] = before[index] + is_time as usize;
        index += 1;
    }
    before
};

/// How many facts are texts.
const TEXT_FACTS: usize = {
    let (mut count, mut rest) = (0_usize, Fact::ALL);
    while let [fact, others @ ..] = rest {
        count = count.saturating_add(matches!(fact.info().kind, FactType::Text { .. }) as usize);
        rest = others;
    }
    count
};

// The facts that are missing are listed in one word for each row.
const _: () = assert!(Fact::ALL.len() <= u32::BITS as usize, "more facts need wider answers");

/// A block of orders, by columns, and the answers to it.
///
/// | type | number |
/// | --- | --- |
/// | choice | its index among the values |
/// | set | a bit for each value in it |
/// | text | its index among the texts of the block |
/// | texts | a bit for each of the messages that they tell |
/// | flag | 0 or 1 |
/// | integer | itself |
/// | time | milliseconds since 1970, in the columns of times |
#[derive(Debug)]
pub struct Columns {
    block: Block,
    slices: BitSlices,
    answers: Answers,
}

/// The orders.
#[derive(Debug)]
struct Block {
    numbers: Vec<u32>,
    times: Vec<f64>,
    /// A bit for each row, lowest first, as in Arrow.
    validity: Vec<u8>,
    /// The units of the texts, one text after the other.
    units: Vec<u16>,
    /// Where each text begins, and, after the last, where it ends.
    bounds: Vec<u32>,
    /// Of each text, what it may stand for.
    texts: Vec<TextState>,
}

/// What a text of a block may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TextState {
    /// Nothing: it is too long, or has half a surrogate pair in it.
    Invalid,
    /// A fact that may be blank.
    Blank,
    /// Any fact.
    Name,
}

/// The answers to a block, order by order.
#[derive(Debug)]
pub struct Answers {
    /// The indices of the verdicts.
    pub verdicts: Vec<u8>,
    /// The rules that fired, counted from the first that the question asks.
    pub fired: Vec<u32>,
    /// The facts that are missing, by their indices.
    pub missing: Vec<u32>,
}

/// The first row of a block that holds something that no fact can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidRow(pub usize);

impl Columns {
    /// The most orders in a block.
    pub const ROWS: usize = 2048;
    /// How many bytes hold a bit for each of them.
    const VALIDITY: usize = Self::ROWS / 8;

    /// Columns for a block. Their memory stays where it is, except that of the texts.
    pub fn new() -> Self {
        let facts = Fact::ALL.len();
        let block = Block {
            numbers: vec![0; facts.saturating_mul(Self::ROWS)],
            times: vec![0.0; time_column(facts).saturating_mul(Self::ROWS)],
            validity: vec![0; facts.saturating_mul(Self::VALIDITY)],
            units: Vec::new(),
            bounds: vec![0; TEXT_FACTS.saturating_mul(Self::ROWS).saturating_add(1)],
            texts: Vec::new(),
        };
        let answers = Answers {
            verdicts: vec![0; Self::ROWS],
            fired: vec![0; Self::ROWS],
            missing: vec![0; Self::ROWS],
        };
        Self { block, slices: BitSlices::default(), answers }
    }

    /// The numbers, one column after the other, by the indices of the facts.
    pub fn numbers(&mut self) -> &mut [u32] {
        &mut self.block.numbers
    }

    /// The times, one column after the other, of the facts that are times.
    pub fn times(&mut self) -> &mut [f64] {
        &mut self.block.times
    }

    /// Whether each fact is known, lowest bit first, one column after the other.
    pub fn validity(&mut self) -> &mut [u8] {
        &mut self.block.validity
    }

    /// The UTF-16 units of the texts, one after the other, with room for at least so many; they may move.
    pub fn units(&mut self, room: usize) -> &mut [u16] {
        if self.block.units.len() < room {
            self.block.units.resize(room.next_power_of_two(), 0);
        }
        &mut self.block.units
    }

    /// Where each text begins, and, after the last, where it ends.
    pub fn bounds(&mut self) -> &mut [u32] {
        &mut self.block.bounds
    }

    /// The answers of the last check.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Checks the first rows of the block, of which these facts have columns, and which have so many texts.
    ///
    /// # Errors
    /// The first row that holds something that no fact can be; no row is answered then.
    pub fn check(
        &mut self,
        question: Question,
        given: FactSet,
        rows: usize,
        texts: usize,
        terms: &Terms,
    ) -> Result<(), InvalidRow> {
        let Self { block, slices, answers } = self;
        let rows = rows.min(Self::ROWS);
        block.validate(given, rows, texts)?;
        let block = &*block;
        answers.fired.fill(0);
        answers.missing.fill(0);
        for first in (0..rows).step_by(WORD) {
            let live = u64::MAX >> (WORD.saturating_sub(rows.saturating_sub(first)));
            slices.evaluate(Rows { block, first, live }, question, given, terms);
            answers.combine(question, slices, first, live);
        }
        Ok(())
    }
}

impl Default for Columns {
    fn default() -> Self {
        Self::new()
    }
}

impl Block {
    /// Looks at every known cell of the columns that were given.
    fn validate(&mut self, given: FactSet, rows: usize, texts: usize) -> Result<(), InvalidRow> {
        self.texts.clear();
        let texts = self.bounds.windows(2).take(texts).map(|bounds| {
            let [start, end] = bounds else { return TextState::Invalid };
            match self.units.get(*start as usize..*end as usize).and_then(valid_text) {
                None => TextState::Invalid,
                Some(text) if text.is_blank() => TextState::Blank,
                Some(_) => TextState::Name,
            }
        });
        self.texts.extend(texts);
        let invalid = given.iter().filter_map(|fact| self.first_invalid(fact, rows));
        let contradictory = || {
            let all = |row: &usize| contradiction(GivenRow { row: self.row(*row), given }).is_some();
            (0..rows).find(all)
        };
        match invalid.min().or_else(contradictory) {
            Some(row) => Err(InvalidRow(row)),
            None => Ok(()),
        }
    }

    /// The first row whose cell of the fact is known and not valid.
    fn first_invalid(&self, fact: Fact, rows: usize) -> Option<usize> {
        let index = fact as usize;
        let kind = &fact.info().kind;
        let text = |number: u32| self.texts.get(number as usize).copied().unwrap_or(TextState::Invalid);
        let valid = |row: &usize| {
            let row = self.row(*row);
            let number = row.cell(index);
            match kind {
                FactType::Time => row.time_at(index).is_some(),
                FactType::Choice(choices) => number < choices.len() as u32,
                FactType::Set(choices) => u64::from(number) < 1 << choices.len(),
                FactType::Text { blank: true, .. } => text(number) != TextState::Invalid,
                FactType::Text { blank: false, .. } => text(number) == TextState::Name,
                FactType::Texts => number <= u8::MAX.into(),
                FactType::Flag => number <= 1,
                FactType::Integer { min, max } => (min..=max).contains(&&number),
            }
        };
        (0..rows).find(|row| self.row(*row).knows(index) && !valid(row))
    }

    #[inline(always)]
    const fn row(&self, row: usize) -> Row<'_> {
        Row { block: self, row }
    }
}

/// How many columns of times stand before that of the fact.
#[inline(always)]
fn time_column(index: usize) -> usize {
    TIME_COLUMNS.get(index).copied().unwrap_or_default()
}

/// How many orders are decided at a time: a bit of a word for each.
const WORD: usize = u64::BITS as usize;

/// 64 orders of a block.
#[derive(Clone, Copy)]
struct Rows<'a> {
    block: &'a Block,
    first: usize,
    /// Those of them that are answered.
    live: u64,
}

impl<'a> Rows<'a> {
    #[inline(always)]
    const fn row(self, row: usize) -> Row<'a> {
        self.block.row(self.first.wrapping_add(row))
    }

    /// Where the fact, which has a column, is known.
    fn known(self, fact: Fact) -> u64 {
        let start = (fact as usize).wrapping_mul(Columns::VALIDITY).wrapping_add(self.first / 8);
        let bytes = self.block.validity.get(start..start.wrapping_add(WORD / 8));
        bytes.and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes).unwrap_or_default()
    }

    /// The orders that have each value of a fact of few values.
    fn by_value(self, fact: Fact) -> [u64; MOST_VALUES] {
        let mut orders = [0; MOST_VALUES];
        for row in 0..WORD {
            if let Some(orders) = orders.get_mut(self.row(row).cell(fact as usize) as usize) {
                *orders |= 1 << row;
            }
        }
        orders
    }
}

/// One order of a block.
#[derive(Clone, Copy)]
struct Row<'a> {
    block: &'a Block,
    row: usize,
}

impl Row<'_> {
    #[inline(always)]
    fn cell(self, index: usize) -> u32 {
        let cell = index.wrapping_mul(Columns::ROWS).wrapping_add(self.row);
        self.block.numbers.get(cell).copied().unwrap_or_default()
    }

    #[inline(always)]
    fn time_at(self, index: usize) -> Option<Time> {
        let cell = time_column(index).wrapping_mul(Columns::ROWS).wrapping_add(self.row);
        self.block.times.get(cell).copied().and_then(Time::from_whole_millis)
    }

    #[inline(always)]
    fn knows(self, index: usize) -> bool {
        let byte = index.wrapping_mul(Columns::VALIDITY).wrapping_add(self.row / 8);
        self.block.validity.get(byte).is_some_and(|byte| byte & (1 << (self.row % 8)) != 0)
    }
}

/// The facts of a row that are known to be known, as tests of conditions read them.
impl<'a> FactSource<'a> for Row<'a> {
    /// Only rows in which the facts are known are asked.
    #[inline(always)]
    fn is_known(self, _: Fact) -> bool {
        true
    }

    #[inline(always)]
    fn number(self, fact: Fact) -> u32 {
        self.cell(fact as usize)
    }

    #[inline(always)]
    fn time(self, fact: Fact) -> Option<Time> {
        self.time_at(fact as usize)
    }

    #[inline(always)]
    fn text(self, fact: Fact) -> Option<Text<'a>> {
        let text = self.cell(fact as usize) as usize;
        let [start, end] = self.block.bounds.get(text..text.wrapping_add(2))? else { return None };
        self.block.units.get(*start as usize..*end as usize).map(Text::Utf16)
    }

    #[inline(always)]
    fn notices(self, fact: Fact) -> Option<Notices<'a>> {
        Some(Notices::Messages(Messages::from_bits(self.cell(fact as usize) as u8)))
    }
}

/// A row of which only some facts have columns.
#[derive(Clone, Copy)]
struct GivenRow<'a> {
    row: Row<'a>,
    given: FactSet,
}

impl<'a> FactSource<'a> for GivenRow<'a> {
    fn is_known(self, fact: Fact) -> bool {
        self.given.contains(fact) && self.row.knows(fact as usize)
    }

    fn number(self, fact: Fact) -> u32 {
        self.row.number(fact)
    }

    fn time(self, fact: Fact) -> Option<Time> {
        self.row.time(fact)
    }

    fn text(self, fact: Fact) -> Option<Text<'a>> {
        self.row.text(fact)
    }

    fn notices(self, fact: Fact) -> Option<Notices<'a>> {
        self.row.notices(fact)
    }
}

impl Answers {
    /// Combines the question's rules in 64 orders, of which those that are live are answered.
    fn combine(&mut self, question: Question, slices: &BitSlices, first: usize, live: u64) {
        let (mut reached, mut possible) = (BySeverity::default(), BySeverity::default());
        if let Some(severity) = question.default_severity() {
            reached.add(severity, live);
        }
        let offset = rule_offset(question);
        for CompiledRule { id, severity, requires } in rules_of(question) {
            let (fired, unsatisfied) = slices.all(requires.literals());
            let open = live & !(fired | unsatisfied);
            reached.add(*severity, fired & live);
            possible.add(*severity, open);
            mark(&mut self.fired, first, fired & live, 1 << id.index().wrapping_sub(offset));
            if open != 0
                && let Some(rule) = RULES.get(id.index())
            {
                for literals in [rule.only_if(question).unwrap_or(&[]), rule.when] {
                    slices.missing_facts(literals, open, &mut |fact, orders| {
                        mark(&mut self.missing, first, orders, 1 << fact as u32);
                    });
                }
            }
        }
        for (reached, here) in reached.highest() {
            for (possible, there) in possible.highest() {
                let verdict = verdict(reached, possible) as u8;
                for row in WordBits(here & there & live) {
                    if let Some(answer) = self.verdicts.get_mut(first.wrapping_add(row)) {
                        *answer = verdict;
                    }
                }
            }
        }
    }
}

/// Adds the bits to the set of each of these orders.
#[inline(always)]
fn mark(sets: &mut [u32], first: usize, orders: u64, bits: u32) {
    for row in WordBits(orders) {
        if let Some(set) = sets.get_mut(first.wrapping_add(row)) {
            *set |= bits;
        }
    }
}

/// What is known of the conditions in 64 orders.
#[derive(Debug)]
struct BitSlices {
    conditions: [BitSlice; Condition::ALL.len()],
    /// Where each fact is known.
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
    /// Where it matters: where no rule that has it is unsatisfied before it is tested.
    matters: u64,
}

impl BitSlice {
    /// Where it is known to be so.
    const fn is(self, expected: bool) -> u64 {
        self.known & if expected { self.holding } else { !self.holding }
    }
}

impl BitSlices {
    /// Evaluates the conditions that the question's rules are made of.
    fn evaluate(&mut self, rows: Rows<'_>, question: Question, given: FactSet, terms: &Terms) {
        let wanted = conditions_of(question);
        for condition in wanted.iter() {
            self.set(condition, 0, 0);
        }
        for fact in inputs_of(question).iter() {
            let known = if given.contains(fact) { rows.known(fact) } else { 0 };
            if let Some(here) = self.facts.get_mut(fact as usize) {
                *here = known;
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
        self.find_what_matters(question, rows.live);
        for group in TestGroup::ALL {
            self.test(*group, wanted, rows, terms);
        }
        for condition in wanted.iter() {
            if let Definition::AnyOf(alternatives) = condition.info().definition {
                let (mut met, mut unmet) = (0, u64::MAX);
                for literals in alternatives.iter().copied() {
                    let (all, none) = self.all(pairs(literals));
                    (met, unmet) = (met | all, unmet & none);
                }
                self.set(condition, met | unmet, met);
            }
        }
    }

    /// Evaluates the tests of a group, in the orders where its facts are known and one of them matters.
    fn test(&mut self, group: TestGroup, wanted: ConditionSet, rows: Rows<'_>, terms: &Terms) {
        let tests = group.conditions().intersection(wanted);
        let matters = tests.iter().fold(0, |all, condition| {
            all | self.conditions.get(condition as usize).map_or(0, |slice| slice.matters)
        });
        let orders = group.reads().iter().fold(matters, |orders, fact| orders & self.knows(fact));
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

    fn find_what_matters(&mut self, question: Question, live: u64) {
        for CompiledRule { requires, .. } in rules_of(question) {
            let orders = live & !self.all(requires.literals()).1;
            for (condition, _) in requires.literals() {
                self.mark_matters(condition, orders);
            }
        }
    }

    fn mark_matters(&mut self, condition: Condition, orders: u64) {
        if let Some(slice) = self.conditions.get_mut(condition as usize) {
            slice.matters |= orders;
        }
        if let Definition::AnyOf(alternatives) = condition.info().definition {
            for literal in alternatives.iter().copied().flatten() {
                self.mark_matters(literal.condition, orders);
            }
        }
    }

    fn set(&mut self, condition: Condition, known: u64, holding: u64) {
        if let Some(slice) = self.conditions.get_mut(condition as usize) {
            *slice = BitSlice { known, holding, matters: 0 };
        }
    }

    /// Where the fact is known.
    fn knows(&self, fact: Fact) -> u64 {
        self.facts.get(fact as usize).copied().unwrap_or_default()
    }

    /// Where the condition is known to be so.
    #[inline(always)]
    fn is(&self, condition: Condition, expected: bool) -> u64 {
        self.conditions.get(condition as usize).map_or(0, |slice| slice.is(expected))
    }

    /// Kleene's `and`: where all are known to be as expected, and where one is known not to be.
    #[inline(always)]
    fn all(&self, literals: impl Iterator<Item = (Condition, bool)>) -> (u64, u64) {
        literals.fold((u64::MAX, 0), |(met, unmet), (condition, expected)| {
            (met & self.is(condition, expected), unmet | self.is(condition, !expected))
        })
    }

    /// Reports the facts that the unknown conditions of the list lack in some of these orders, and in which.
    fn missing_facts(&self, literals: &[Literal], orders: u64, report: &mut dyn FnMut(Fact, u64)) {
        for (condition, expected) in pairs(literals) {
            let unknown = orders & !(self.is(condition, expected) | self.is(condition, !expected));
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
                        let (met, unmet) = self.all(pairs(literals));
                        self.missing_facts(literals, unknown & !(met | unmet), report);
                    }
                }
            }
        }
    }
}

fn pairs(literals: &[Literal]) -> impl Iterator<Item = (Condition, bool)> {
    literals.iter().map(|literal| (literal.condition, literal.expected))
}

/// The orders that come to each severity.
#[derive(Default)]
struct BySeverity([u64; Severity::ALL.len()]);

impl BySeverity {
    fn add(&mut self, severity: Severity, orders: u64) {
        if let Some(here) = self.0.get_mut(severity as usize) {
            *here |= orders;
        }
    }

    /// Each severity with the orders in which it is the highest, and none with the rest.
    fn highest(&self) -> impl Iterator<Item = (Option<Severity>, u64)> {
        let mut rest = u64::MAX;
        let severities = Severity::DESCENDING.iter().copied().map(Some).chain([None]);
        severities.map(move |severity| {
            let here = severity.map_or(u64::MAX, |one| self.0.get(one as usize).copied().unwrap_or_default());
            let highest = here & rest;
            rest &= !here;
            (severity, highest)
        })
    }
}

/// Writing orders rather than columns into a block, for callers who run natively.
#[cfg(not(target_family = "wasm"))]
mod writing {
    use std::collections::HashMap;

    use super::{Columns, time_column};
    use crate::model::fact_types::FactValue;
    use crate::model::facts::{Fact, Facts};

    /// The texts of a block that were written, each once.
    #[derive(Debug, Default)]
    pub struct TextInterner {
        indices: HashMap<Box<str>, u32>,
        units: usize,
    }

    impl TextInterner {
        /// How many different texts there are.
        pub fn count(&self) -> usize {
            self.indices.len()
        }
    }

    impl Columns {
        /// Writes the facts of an order, its texts after those that are written.
        pub fn put(&mut self, row: usize, facts: &Facts<'_>, texts: &mut TextInterner) {
            for fact in Fact::ALL.iter().copied() {
                let index = fact as usize;
                let value = facts.get(fact);
                let number = match value {
                    Some(FactValue::Text(text)) => self.intern(&text.to_string(), texts),
                    Some(FactValue::Choice(choice)) => choice.index.into(),
                    Some(FactValue::Set(set)) => set.low_bits() as u32,
                    Some(FactValue::Texts(notices)) => notices.messages().bits().into(),
                    Some(FactValue::Flag(flag)) => flag.into(),
                    Some(FactValue::Integer(number)) => number,
                    Some(FactValue::Time(_)) | None => 0,
                };
                let cell = |column: usize| column.wrapping_mul(Self::ROWS).wrapping_add(row);
                if let Some(cell) = self.block.numbers.get_mut(cell(index)) {
                    *cell = number;
                }
                if let Some(FactValue::Time(time)) = value
                    && let Some(cell) = self.block.times.get_mut(cell(time_column(index)))
                {
                    *cell = time.millis() as f64;
                }
                let byte = index.wrapping_mul(Self::VALIDITY).wrapping_add(row / 8);
                if let Some(byte) = self.block.validity.get_mut(byte) {
                    let bit = 1 << (row % 8);
                    *byte = if value.is_some() { *byte | bit } else { *byte & !bit };
                }
            }
        }

        /// Writes a text, unless it is there; returns its index.
        fn intern(&mut self, text: &str, texts: &mut TextInterner) -> u32 {
            if let Some(index) = texts.indices.get(text) {
                return *index;
            }
            let (index, start) = (texts.indices.len(), texts.units);
            let units: Vec<u16> = text.encode_utf16().collect();
            texts.units = start.saturating_add(units.len());
            if let Some(room) = self.units(texts.units).get_mut(start..texts.units) {
                room.copy_from_slice(&units);
            }
            if let Some(bound) = self.block.bounds.get_mut(index.saturating_add(1)) {
                *bound = texts.units as u32;
            }
            texts.indices.insert(text.into(), index as u32);
            index as u32
        }
    }
}
#[cfg(not(target_family = "wasm"))]
pub use writing::TextInterner;
