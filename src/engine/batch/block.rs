//! The columns of a block, and their validation.

use super::{Columns, InvalidRow, WORD};
use crate::engine::evaluation::MOST_VALUES;
use crate::engine::record::{TEXTS, valid_text};
use crate::model::fact_types::FactType;
use crate::model::facts::{Fact, FactSet, FactSource, contradiction};
use crate::model::notices::{Messages, Notices};
use crate::model::text::Text;
use crate::model::time::Time;

/// For each fact, how many facts before it in the table are times; the last number is how many there are in all.
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

/// The index of the column of a fact that is a time, among the columns of times.
#[inline(always)]
pub(super) fn time_column(index: usize) -> usize {
    TIME_COLUMNS.get(index).copied().unwrap_or_default()
}

/// How many facts are texts.
const TEXT_FACTS: usize = TEXTS.bits().count_ones() as usize;

/// The orders of a block, by columns.
#[derive(Debug)]
pub(super) struct Block {
    pub numbers: Vec<u32>,
    pub times: Vec<f64>,
    /// A bit for each order, lowest first, as in Arrow.
    pub validity: Vec<u8>,
    /// The UTF-16 units of the texts, one text after the other.
    units: Vec<u16>,
    /// The start of each text among the units, then the end of the last.
    pub bounds: Vec<u32>,
    /// For each text, which facts it is a valid value of.
    texts: Vec<TextState>,
}

/// Which facts a text of a block is a valid value of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TextState {
    /// None: it is too long, or has an unpaired surrogate.
    Invalid,
    /// Those that may be blank.
    Blank,
    /// All.
    Name,
}

impl Block {
    /// The bytes of a column of validity: a bit for each order.
    pub const VALIDITY: usize = Columns::ROWS / 8;

    pub fn new() -> Self {
        let facts = Fact::ALL.len();
        Self {
            numbers: vec![0; facts.saturating_mul(Columns::ROWS)],
            times: vec![0.0; time_column(facts).saturating_mul(Columns::ROWS)],
            validity: vec![0; facts.saturating_mul(Self::VALIDITY)],
            units: Vec::new(),
            bounds: vec![0; TEXT_FACTS.saturating_mul(Columns::ROWS).saturating_add(1)],
            texts: Vec::new(),
        }
    }

    /// The units, with room for at least this many.
    pub fn reserve_units(&mut self, room: usize) -> &mut [u16] {
        if self.units.len() < room {
            self.units.resize(room.next_power_of_two(), 0);
        }
        &mut self.units
    }

    /// Validates every known value of the columns that are given, then each order for contradictions.
    pub fn validate(&mut self, given: FactSet, rows: usize, texts: usize) -> Result<(), InvalidRow> {
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
            let is_contradictory =
                |row: &usize| contradiction(GivenRow { row: self.row(*row), given }).is_some();
            (0..rows).find(is_contradictory)
        };
        match invalid.min().or_else(contradictory) {
            Some(row) => Err(InvalidRow(row)),
            None => Ok(()),
        }
    }

    /// The first order in which the fact is known and its value is invalid.
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

    /// An order in which only the facts that are given have columns.
    #[cfg(not(target_family = "wasm"))]
    pub const fn given_row(&self, row: usize, given: FactSet) -> GivenRow<'_> {
        GivenRow { row: self.row(row), given }
    }
}

/// 64 orders of a block.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub block: &'a Block,
    /// The index of the first of them in the block.
    pub first: usize,
    /// A bit for each of them that is to be answered.
    pub live: u64,
}

impl<'a> Rows<'a> {
    #[inline(always)]
    pub const fn row(self, row: usize) -> Row<'a> {
        self.block.row(self.first.wrapping_add(row))
    }

    /// The orders in which the fact, which has a column, is known.
    pub fn known(self, fact: Fact) -> u64 {
        let start = (fact as usize).wrapping_mul(Block::VALIDITY).wrapping_add(self.first / 8);
        let bytes = self.block.validity.get(start..start.wrapping_add(WORD / 8));
        bytes.and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes).unwrap_or_default()
    }

    /// The orders that have each value of a fact of few values.
    pub fn by_value(self, fact: Fact) -> [u64; MOST_VALUES] {
        let mut orders = [0; MOST_VALUES];
        let first = (fact as usize).wrapping_mul(Columns::ROWS).wrapping_add(self.first);
        let cells = self.block.numbers.get(first..first.wrapping_add(WORD)).unwrap_or_default();
        for (row, cell) in cells.iter().enumerate() {
            if let Some(orders) = orders.get_mut(*cell as usize) {
                *orders |= 1 << row;
            }
        }
        orders
    }
}

/// One order of a block.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
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
        let byte = index.wrapping_mul(Block::VALIDITY).wrapping_add(self.row / 8);
        self.block.validity.get(byte).is_some_and(|byte| byte & (1 << (self.row % 8)) != 0)
    }
}

/// The values of an order as tests of conditions read them, once all facts of the test are known.
impl<'a> FactSource<'a> for Row<'a> {
    #[inline(always)]
    fn known(self) -> FactSet {
        FactSet::ALL
    }

    /// Always: a test is evaluated only in the orders in which its facts are known.
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

/// An order of a block in which only some facts have columns.
#[derive(Clone, Copy)]
pub(super) struct GivenRow<'a> {
    row: Row<'a>,
    given: FactSet,
}

impl<'a> FactSource<'a> for GivenRow<'a> {
    fn known(self) -> FactSet {
        self.given.iter().filter(|fact| self.row.knows(*fact as usize)).collect()
    }

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
