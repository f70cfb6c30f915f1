//! Writing a block natively, order by order or column by column; in wasm, JavaScript fills the columns.

use std::collections::HashMap;

use super::block::{Block, time_column};
use super::{Answers, Columns, evaluate};
use crate::model::fact_types::FactValue;
use crate::model::facts::{Fact, FactSet, FactSource, Facts};
use crate::model::question::Question;
use crate::model::terms::Terms;
use crate::model::text::Text;

/// The texts that were written to a block.
#[derive(Debug, Default)]
pub struct TextInterner {
    indices: HashMap<Box<str>, u32>,
    count: usize,
    units: usize,
}

impl TextInterner {
    /// How many texts were written.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Forgets the texts, for the next block.
    pub fn clear(&mut self) {
        self.indices.clear();
        (self.count, self.units) = (0, 0);
    }
}

impl Columns {
    /// Writes the facts of an order. All orders of a block are written with one interner, which starts empty.
    pub fn put(&mut self, row: usize, facts: &Facts<'_>, texts: &mut TextInterner) {
        for fact in Fact::ALL.iter().copied() {
            self.put_value(row, fact, facts.get(fact), texts);
        }
    }

    /// Writes a fact of an order, which is of the fact's type; `None` where it is not known.
    pub fn put_value(
        &mut self,
        row: usize,
        fact: Fact,
        value: Option<FactValue<'_>>,
        texts: &mut TextInterner,
    ) {
        let number = match value {
            Some(FactValue::Text(Text::Utf8(text))) => self.intern(text, texts),
            Some(FactValue::Text(text)) => self.intern(&text.to_string(), texts),
            Some(FactValue::Choice(choice)) => choice.index.into(),
            Some(FactValue::Set(set)) => set.low_bits() as u32,
            Some(FactValue::Texts(notices)) => notices.messages().bits().into(),
            Some(FactValue::Flag(flag)) => flag.into(),
            Some(FactValue::Integer(number)) => number,
            Some(FactValue::Time(_)) | None => 0,
        };
        if let Some(cell) = self.numbers_of(fact).get_mut(row) {
            *cell = number;
        }
        if let Some(FactValue::Time(time)) = value
            && let Some(cell) = self.times_of(fact).get_mut(row)
        {
            *cell = time.millis() as f64;
        }
        if let Some(byte) = self.validity_of(fact).get_mut(row / 8) {
            let bit = 1 << (row % 8);
            *byte = if value.is_some() { *byte | bit } else { *byte & !bit };
        }
    }

    /// The numbers of a fact, one for each order.
    pub fn numbers_of(&mut self, fact: Fact) -> &mut [u32] {
        column(&mut self.block.numbers, fact as usize, Self::ROWS)
    }

    /// The times of a fact that is a time, in milliseconds, one for each order.
    pub fn times_of(&mut self, fact: Fact) -> &mut [f64] {
        column(&mut self.block.times, time_column(fact as usize), Self::ROWS)
    }

    /// The times of two facts that are times.
    pub fn two_times(&self, one: Fact, other: Fact) -> (&[f64], &[f64]) {
        let times = |fact: Fact| {
            let start = time_column(fact as usize).saturating_mul(Self::ROWS);
            self.block.times.get(start..start.saturating_add(Self::ROWS)).unwrap_or_default()
        };
        (times(one), times(other))
    }

    /// Whether the fact is known, a bit for each order, lowest first.
    pub fn validity_of(&mut self, fact: Fact) -> &mut [u8] {
        column(&mut self.block.validity, fact as usize, Block::VALIDITY)
    }

    /// Writes a text whether or not it was written before; returns its index. There is room for one in each cell of
    /// the facts that are texts.
    pub fn append(&mut self, text: &str, texts: &mut TextInterner) -> u32 {
        let (index, start) = (texts.count, texts.units);
        // A text has as many bytes as units, or more.
        let room = self.block.reserve_units(start.saturating_add(text.len()));
        let room = room.get_mut(start..).unwrap_or_default();
        let length = if text.is_ascii() {
            for (unit, letter) in room.iter_mut().zip(text.bytes()) {
                *unit = letter.into();
            }
            text.len()
        } else {
            room.iter_mut().zip(text.encode_utf16()).map(|(unit, given)| *unit = given).count()
        };
        texts.units = start.saturating_add(length);
        texts.count = index.saturating_add(1);
        if let Some(bound) = self.block.bounds.get_mut(texts.count) {
            *bound = texts.units as u32;
        }
        index as u32
    }

    /// Writes a text unless it is already stored; returns its index.
    fn intern(&mut self, text: &str, texts: &mut TextInterner) -> u32 {
        if let Some(index) = texts.indices.get(text) {
            return *index;
        }
        let index = self.append(text, texts);
        texts.indices.insert(text.into(), index);
        index
    }

    /// What is known of an order; a fact that is not among `given` has no column.
    pub fn order(&self, row: usize, given: FactSet) -> impl FactSource<'_> {
        self.block.given_row(row, given)
    }

    /// Answers the first `rows` orders by each of the terms, without validating them again: the caller wrote values of
    /// the facts' types only, and orders without contradictions. An invalid number would be none of the values that a
    /// condition asks for.
    pub fn answer(
        &mut self,
        question: Question,
        given: FactSet,
        rows: usize,
        sides: &mut [(&Terms, &mut Answers)],
    ) {
        evaluate(&self.block, &mut self.slices, question, given, rows.min(Self::ROWS), sides);
    }
}

/// One of the columns, which stand one after the other.
fn column<T>(cells: &mut [T], index: usize, length: usize) -> &mut [T] {
    let start = index.saturating_mul(length);
    cells.get_mut(start..start.saturating_add(length)).unwrap_or_default()
}
