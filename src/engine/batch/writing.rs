//! Writing a block order by order, for callers that run natively; in wasm, JavaScript fills the columns.

use std::collections::HashMap;

use super::Columns;
use super::block::{Block, time_column};
use crate::model::fact_types::FactValue;
use crate::model::facts::{Fact, Facts};
use crate::model::text::Text;

/// The texts that were written to a block, each stored once.
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
    /// Writes the facts of an order. All orders of a block are written with one interner, which starts empty.
    pub fn put(&mut self, row: usize, facts: &Facts<'_>, texts: &mut TextInterner) {
        for fact in Fact::ALL.iter().copied() {
            let index = fact as usize;
            let value = facts.get(fact);
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
            let cell = |column: usize| column.wrapping_mul(Self::ROWS).wrapping_add(row);
            if let Some(cell) = self.block.numbers.get_mut(cell(index)) {
                *cell = number;
            }
            if let Some(FactValue::Time(time)) = value
                && let Some(cell) = self.block.times.get_mut(cell(time_column(index)))
            {
                *cell = time.millis() as f64;
            }
            let byte = index.wrapping_mul(Block::VALIDITY).wrapping_add(row / 8);
            if let Some(byte) = self.block.validity.get_mut(byte) {
                let bit = 1 << (row % 8);
                *byte = if value.is_some() { *byte | bit } else { *byte & !bit };
            }
        }
    }

    /// Writes a text unless it is already stored; returns its index.
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
