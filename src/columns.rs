//! 列: many orders at once, with a column for each fact.
//!
//! Whoever has the columns writes a block of them, as numbers like those of the flat record and a bit that
//! says whether the fact is known. The block is decided 64 orders at a time: a condition is a word with a bit
//! for each order, and a rule a few operations on words, so that an order costs little but its reading.

use crate::bits::Ones;
use crate::check::{Line, first_asked, lines_of, needed_by, read_by, verdict};
use crate::conditions::{Condition, ConditionSet, Literal, Made, decided_by};
use crate::facts::{Fact, FactSet, Kind, Notices, Read};
#[cfg(not(target_family = "wasm"))]
use crate::facts::{Facts, Shown};
use crate::flat::Cells;
use crate::rule::{Question, Severity};
use crate::terms::Terms;
use crate::time::Time;

/// Where the column of each fact that is a time stands among those of times, computed at compile time; and, after
/// all, how many there are.
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
const TIMES: [usize; Fact::ALL.len() + 1] = {
    let (mut before, mut place) = ([0; Fact::ALL.len() + 1], 0);
    while place < Fact::ALL.len() {
        let is_time = matches!(Fact::ALL[place].info().kind, Kind::Time);
        before[place + 1] = before[place] + is_time as usize;
        place += 1;
    }
    before
};

/// How many facts are texts.
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
const TEXTS: usize = {
    let (mut count, mut place) = (0, 0);
    while place < Fact::ALL.len() {
        count += matches!(Fact::ALL[place].info().kind, Kind::Text { .. }) as usize;
        place += 1;
    }
    count
};

/// A block of orders, by columns, and the answers to it.
///
/// | kind | number |
/// | --- | --- |
/// | choice | its place among the values |
/// | set | a bit for each value in it |
/// | text | its place among the texts of the block |
/// | texts | a bit for each of the messages that they tell |
/// | flag | 0 or 1 |
/// | integer | itself |
/// | time | milliseconds since 1970, in the columns of times |
#[derive(Debug)]
pub struct Columns {
    block: Block,
    texts: Vec<u8>,
    lanes: Lanes,
    answers: Answers,
}

/// The orders, but for their texts.
#[derive(Debug)]
struct Block {
    numbers: Vec<u32>,
    times: Vec<f64>,
    validity: Vec<u64>,
    /// Where each text begins, and, after the last, where it ends.
    bounds: Vec<u32>,
}

/// The answers to a block, order by order.
#[derive(Debug)]
pub struct Answers {
    /// The places of the verdicts.
    pub verdicts: Vec<u8>,
    /// The rules that fired, counted from the first that the question asks.
    pub fired: Vec<u32>,
    /// The facts that are missing, by their places.
    pub missing: Vec<u32>,
}

impl Columns {
    /// The most orders in a block.
    pub const ROWS: usize = 2048;
    /// How many words hold a bit for each of them.
    const WORDS: usize = Self::ROWS / WORD;

    /// Columns for a block. Their memory stays where it is, except that of the texts.
    pub fn new() -> Self {
        let facts = Fact::ALL.len();
        let block = Block {
            numbers: vec![0; facts.saturating_mul(Self::ROWS)],
            times: vec![0.0; time_column(facts).saturating_mul(Self::ROWS)],
            validity: vec![0; facts.saturating_mul(Self::WORDS)],
            bounds: vec![0; TEXTS.saturating_mul(Self::ROWS).saturating_add(1)],
        };
        let answers = Answers {
            verdicts: vec![0; Self::ROWS],
            fired: vec![0; Self::ROWS],
            missing: vec![0; Self::ROWS],
        };
        Self { block, texts: Vec::new(), lanes: Lanes::default(), answers }
    }

    /// The numbers, one column after the other, by the places of the facts.
    pub fn numbers(&mut self) -> &mut [u32] {
        &mut self.block.numbers
    }

    /// The times, one column after the other, of the facts that are times.
    pub fn times(&mut self) -> &mut [f64] {
        &mut self.block.times
    }

    /// Whether each fact is known, lowest bit first, one column after the other.
    pub fn validity(&mut self) -> &mut [u64] {
        &mut self.block.validity
    }

    /// The texts as UTF-8, one after the other, with room for so many bytes at least; they may move.
    pub fn texts(&mut self, room: usize) -> &mut [u8] {
        if self.texts.len() < room {
            self.texts.resize(room.next_power_of_two(), 0);
        }
        &mut self.texts
    }

    /// Where each text begins, and, after the last, where it ends.
    pub fn bounds(&mut self) -> &mut [u32] {
        &mut self.block.bounds
    }

    /// The answers of the last check.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Checks the first orders of the block, of which these facts have columns, and which have so many bytes of
    /// texts; `None` where those are not UTF-8.
    pub fn check(
        &mut self,
        question: Question,
        given: FactSet,
        rows: usize,
        bytes: usize,
        terms: &Terms,
    ) -> Option<()> {
        let Self { block, texts, lanes, answers } = self;
        let texts = core::str::from_utf8(texts.get(..bytes)?).ok()?;
        let rows = rows.min(Self::ROWS);
        // Opaque, so that it is not done byte by byte where there is no instruction to fill memory.
        let none = core::hint::black_box(0);
        answers.fired.iter_mut().chain(&mut answers.missing).for_each(|set| *set = none);
        for first in (0..rows).step_by(WORD) {
            let orders = u64::MAX >> (WORD.saturating_sub(rows.saturating_sub(first)));
            lanes.evaluate(Rows { block, texts, first, orders }, question, given, terms);
            answers.combine(question, lanes, first, orders);
        }
        Some(())
    }

    /// Writes the facts of an order, its texts after those that are written; for callers who have orders rather
    /// than columns.
    #[cfg(not(target_family = "wasm"))]
    pub fn put(&mut self, row: usize, facts: &Facts<'_>, written: &mut Written) {
        for fact in Fact::ALL.iter().copied() {
            let place = fact as usize;
            let mut time = None;
            let number = match facts.get(fact) {
                Some(Shown::Text(text)) => self.write(text.0, written),
                Some(Shown::Time(at)) => {
                    time = Some(at);
                    0
                }
                Some(Shown::Choice(choice)) => choice.place.into(),
                Some(Shown::Set(set)) => set.bits().into(),
                Some(Shown::Texts(notices)) => notices.told().into(),
                Some(Shown::Flag(flag)) => flag.into(),
                Some(Shown::Integer(number)) => number,
                None => 0,
            };
            let cell = |column: usize| column.wrapping_mul(Self::ROWS).wrapping_add(row);
            if let Some(cell) = self.block.numbers.get_mut(cell(place)) {
                *cell = number;
            }
            if let (Some(at), Some(cell)) = (time, self.block.times.get_mut(cell(time_column(place)))) {
                *cell = at.millis() as f64;
            }
            if let Some(word) =
                self.block.validity.get_mut(place.wrapping_mul(Self::WORDS).wrapping_add(row / WORD))
            {
                let bit = 1 << (row % WORD);
                *word = if facts.known().contains(fact) { *word | bit } else { *word & !bit };
            }
        }
    }

    /// Writes a text, unless it is there; its place.
    #[cfg(not(target_family = "wasm"))]
    fn write(&mut self, text: &str, written: &mut Written) -> u32 {
        if let Some(place) = written.places.get(text) {
            return *place;
        }
        let place = written.places.len();
        let start = written.bytes;
        written.bytes = start.saturating_add(text.len());
        if let Some(room) = self.texts(written.bytes).get_mut(start..written.bytes) {
            room.copy_from_slice(text.as_bytes());
        }
        if let Some(bound) = self.block.bounds.get_mut(place.saturating_add(1)) {
            *bound = written.bytes as u32;
        }
        written.places.insert(text.into(), place as u32);
        place as u32
    }
}

impl Answers {
    /// Combines the question's rules in 64 orders, of which those that are live are answered.
    fn combine(&mut self, question: Question, lanes: &Lanes, first: usize, live: u64) {
        let (mut reached, mut possible) = (Levels::default(), Levels::default());
        if let Some(severity) = question.default_severity() {
            reached.add(severity, live);
        }
        let zero = first_asked(question);
        for line in lines_of(question) {
            let Line { place, severity, .. } = *line;
            let (fired, out) = lanes.all(line.literals());
            let open = live & !(fired | out);
            reached.add(severity, fired & live);
            possible.add(severity, open);
            mark(&mut self.fired, first, fired & live, 1 << place.wrapping_sub(zero));
            if open != 0
                && let Some(rule) = crate::rules::RULES.get(place as usize)
            {
                for literals in [rule.only_if(question).unwrap_or(&[]), rule.when] {
                    lanes.lacking(literals, open, &mut |fact, orders| {
                        mark(&mut self.missing, first, orders, FactSet::of(fact).bits());
                    });
                }
            }
        }
        for (reached, there) in reached.highest() {
            for (possible, here) in possible.highest() {
                let verdict = verdict(reached, possible) as u8;
                for row in Ones(there & here & live) {
                    if let Some(answer) = self.verdicts.get_mut(first.wrapping_add(row)) {
                        *answer = verdict;
                    }
                }
            }
        }
    }
}

/// The texts of a block that were written.
#[cfg(not(target_family = "wasm"))]
#[derive(Debug, Default)]
pub struct Written {
    places: std::collections::HashMap<Box<str>, u32>,
    /// How many bytes they have.
    pub bytes: usize,
}

impl Default for Columns {
    fn default() -> Self {
        Self::new()
    }
}

/// How many columns of times stand before that of the fact at the place.
#[inline(always)]
fn time_column(place: usize) -> usize {
    TIMES.get(place).copied().unwrap_or_default()
}

/// Adds the bits to the set of each of these orders.
#[inline(always)]
fn mark(sets: &mut [u32], first: usize, orders: u64, bits: u32) {
    for row in Ones(orders) {
        if let Some(set) = sets.get_mut(first.wrapping_add(row)) {
            *set |= bits;
        }
    }
}

/// How many orders are decided at a time: a bit of a word for each.
const WORD: usize = u64::BITS as usize;

/// 64 orders of a block.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    block: &'a Block,
    texts: &'a str,
    first: usize,
    /// Those of them that are looked at.
    orders: u64,
}

impl<'a> Rows<'a> {
    /// The orders in which the test holds.
    #[inline(always)]
    pub fn which(self, test: impl Fn(Read<Row<'a>>) -> Option<bool>) -> u64 {
        let mut holding = 0;
        for place in Ones(self.orders) {
            holding |= u64::from(test(Read(self.row(place))) == Some(true)) << place;
        }
        holding
    }

    #[inline(always)]
    fn row(self, place: usize) -> Row<'a> {
        Row { block: self.block, texts: self.texts, row: self.first.wrapping_add(place) }
    }

    /// Where the fact, which has a column, is known.
    fn known(self, fact: Fact) -> u64 {
        let place = (fact as usize).wrapping_mul(Columns::WORDS).wrapping_add(self.first / WORD);
        self.block.validity.get(place).copied().unwrap_or_default()
    }

    /// The orders that have each value of a fact of few values.
    fn by_value(self, fact: Fact) -> [u64; 8] {
        let mut orders = [0; 8];
        for place in 0..WORD {
            if let Some(orders) = orders.get_mut(self.row(place).number(fact as usize) as usize) {
                *orders |= 1 << place;
            }
        }
        orders
    }
}

/// One order of a block.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    block: &'a Block,
    texts: &'a str,
    row: usize,
}

impl<'a> Cells<'a> for Row<'a> {
    #[inline(always)]
    fn number(self, place: usize) -> u32 {
        let place = place.wrapping_mul(Columns::ROWS).wrapping_add(self.row);
        self.block.numbers.get(place).copied().unwrap_or_default()
    }

    #[inline(always)]
    fn time(self, place: usize) -> Option<Time> {
        let place = time_column(place).wrapping_mul(Columns::ROWS).wrapping_add(self.row);
        Time::from_millis(self.block.times.get(place).copied().unwrap_or_default() as i64).ok()
    }

    #[inline(always)]
    fn text(self, place: usize) -> Option<&'a str> {
        let text = self.number(place) as usize;
        let [start, end] = self.block.bounds.get(text..text.wrapping_add(2))? else { return None };
        self.texts.get(*start as usize..*end as usize)
    }

    #[inline(always)]
    fn notices(self, place: usize) -> Option<Notices<'a>> {
        Some(Notices::telling(self.number(place) as u8))
    }
}

/// What is known of the conditions in 64 orders.
#[derive(Debug)]
struct Lanes {
    conditions: [Lane; Condition::ALL.len()],
    /// Where each fact is known.
    facts: [u64; Fact::ALL.len()],
}

impl Default for Lanes {
    fn default() -> Self {
        Self { conditions: [Lane::default(); Condition::ALL.len()], facts: [0; Fact::ALL.len()] }
    }
}

/// What is known of one condition in 64 orders, a bit for each.
#[derive(Debug, Clone, Copy, Default)]
struct Lane {
    known: u64,
    holding: u64,
    /// Where it matters: where no rule that has it is out before it is tested.
    matters: u64,
}

impl Lane {
    /// Where it is known to be so.
    const fn is(self, expected: bool) -> u64 {
        self.known & if expected { self.holding } else { !self.holding }
    }
}

impl Lanes {
    /// Evaluates what the question's rules are made of.
    fn evaluate(&mut self, rows: Rows<'_>, question: Question, given: FactSet, terms: &Terms) {
        let wanted = needed_by(question);
        for condition in wanted.iter() {
            self.set(condition, 0, 0);
        }
        for fact in read_by(question).iter() {
            let known = if given.contains(fact) { rows.known(fact) } else { 0 };
            if let Some(here) = self.facts.get_mut(fact as usize) {
                *here = known;
            }
            let decided = decided_by(fact).and(wanted);
            if known != 0 && decided != ConditionSet::default() {
                let orders = rows.by_value(fact);
                for condition in decided.iter() {
                    if let Made::OneOf(_, values) = condition.info().made {
                        let having = Ones(values.into()).filter_map(|value| orders.get(value));
                        self.set(condition, known, having.fold(0, |all, orders| all | orders));
                    }
                }
            }
        }
        self.find_out_what_matters(question, rows.orders);
        for condition in wanted.iter() {
            match condition.info().made {
                Made::OneOf(..) => {}
                Made::Of(facts) => {
                    let matters = self.conditions.get(condition as usize).map_or(0, |lane| lane.matters);
                    let orders = facts.iter().fold(matters, |known, fact| known & self.knows(fact));
                    if orders != 0 {
                        self.set(condition, orders, condition.holds_in(Rows { orders, ..rows }, terms));
                    }
                }
                Made::AnyOf(alternatives) => {
                    let (mut met, mut out) = (0, u64::MAX);
                    for literals in alternatives.iter().copied() {
                        let (all, none) = self.all(pairs(literals));
                        (met, out) = (met | all, out & none);
                    }
                    self.set(condition, met | out, met);
                }
            }
        }
    }

    fn find_out_what_matters(&mut self, question: Question, orders: u64) {
        for line in lines_of(question) {
            let orders = orders & !self.all(line.literals()).1;
            for (condition, _) in line.literals() {
                self.matter(condition, orders);
            }
        }
    }

    fn matter(&mut self, condition: Condition, orders: u64) {
        if let Some(lane) = self.conditions.get_mut(condition as usize) {
            lane.matters |= orders;
        }
        if let Made::AnyOf(alternatives) = condition.info().made {
            for literal in alternatives.iter().copied().flatten() {
                self.matter(literal.condition, orders);
            }
        }
    }

    fn set(&mut self, condition: Condition, known: u64, holding: u64) {
        if let Some(lane) = self.conditions.get_mut(condition as usize) {
            *lane = Lane { known, holding, matters: 0 };
        }
    }

    /// Where the fact is known.
    fn knows(&self, fact: Fact) -> u64 {
        self.facts.get(fact as usize).copied().unwrap_or_default()
    }

    /// Where the condition is known to be so.
    #[inline(always)]
    fn is(&self, condition: Condition, expected: bool) -> u64 {
        self.conditions.get(condition as usize).map_or(0, |lane| lane.is(expected))
    }

    /// Kleene's `and`: where all are known to be as expected, and where one is known not to be.
    #[inline(always)]
    fn all(&self, literals: impl Iterator<Item = (Condition, bool)>) -> (u64, u64) {
        literals.fold((u64::MAX, 0), |(met, out), (condition, expected)| {
            (met & self.is(condition, expected), out | self.is(condition, !expected))
        })
    }

    /// Tells the facts that the unknown conditions of the list lack in some of these orders, and in which.
    fn lacking(&self, literals: &[Literal], orders: u64, tell: &mut dyn FnMut(Fact, u64)) {
        for (condition, expected) in pairs(literals) {
            let unknown = orders & !(self.is(condition, expected) | self.is(condition, !expected));
            if unknown == 0 {
                continue;
            }
            match condition.info().made {
                Made::OneOf(fact, _) => tell(fact, unknown),
                Made::Of(facts) => facts.iter().for_each(|fact| tell(fact, unknown & !self.knows(fact))),
                Made::AnyOf(alternatives) => {
                    for literals in alternatives.iter().copied() {
                        let (met, out) = self.all(pairs(literals));
                        self.lacking(literals, unknown & !(met | out), tell);
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
struct Levels([u64; Severity::DESCENDING.len()]);

impl Levels {
    fn add(&mut self, severity: Severity, orders: u64) {
        if let Some(level) = self.0.get_mut(severity as usize) {
            *level |= orders;
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
