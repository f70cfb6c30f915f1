//! 批量: many orders at once, with a column for each fact.
//!
//! The caller fills a block of at most [`Columns::ROWS`] orders: for each fact a column of numbers, encoded as in
//! the flat record, and a bit for each order that says whether the fact is known. The block is validated as a whole
//! and then evaluated 64 orders at a time: what is known of a condition is a slice of 64 bits, one for each order, so
//! that a rule takes a few bitwise operations for all of them.

mod answers;
mod block;
mod slices;
#[cfg(not(target_family = "wasm"))]
mod writing;

pub use answers::Answers;
use block::{Block, Rows};
use slices::BitSlices;
#[cfg(not(target_family = "wasm"))]
pub use writing::TextInterner;

use crate::model::facts::FactSet;
use crate::model::question::Question;
use crate::model::terms::Terms;

/// How many orders are evaluated at a time: a bit of a word for each.
const WORD: usize = u64::BITS as usize;

/// A block of orders by columns, and the answers to it.
///
/// | type | number |
/// | --- | --- |
/// | choice | its index among the values |
/// | set | a bit for each value in it |
/// | text | its index among the texts of the block |
/// | texts | a bit for each of the messages that they contain |
/// | flag | 0 or 1 |
/// | integer | itself |
/// | time | milliseconds since 1970, in the columns of times |
#[derive(Debug)]
pub struct Columns {
    block: Block,
    slices: BitSlices,
    answers: Answers,
}

/// The index of the first order of a block that has an invalid value, or values that contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidRow(pub usize);

impl Columns {
    /// The most orders in a block.
    pub const ROWS: usize = 2048;

    /// Columns for a block. Their memory does not move, except that of the texts.
    pub fn new() -> Self {
        Self { block: Block::new(), slices: BitSlices::default(), answers: Answers::new() }
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

    /// The UTF-16 units of the texts, one text after the other, with room for at least this many; they may move.
    pub fn units(&mut self, room: usize) -> &mut [u16] {
        self.block.reserve_units(room)
    }

    /// The start of each text among the units, then the end of the last.
    pub fn bounds(&mut self) -> &mut [u32] {
        &mut self.block.bounds
    }

    /// The answers of the last check.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Checks the first `rows` orders of the block, which has `texts` texts. A fact that is not among `given` has no
    /// column and is unknown in every order.
    ///
    /// # Errors
    /// The first order that is invalid; no order is answered then.
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
        evaluate(block, slices, question, given, rows, &mut [(terms, answers)]);
        Ok(())
    }
}

/// Answers the first `rows` orders, whose values are valid, by each of the terms.
#[inline(always)]
fn evaluate(
    block: &Block,
    slices: &mut BitSlices,
    question: Question,
    given: FactSet,
    rows: usize,
    sides: &mut [(&Terms, &mut Answers)],
) {
    let Some(((terms, answers), others)) = sides.split_first_mut() else { return };
    slices.begin();
    answers.clear();
    for first in (0..rows).step_by(WORD) {
        let live = u64::MAX >> (WORD.saturating_sub(rows.saturating_sub(first)));
        let rows = Rows { block, first, live };
        slices.read(rows, question, given, terms);
        slices.test_by(terms, rows, question);
        answers.combine(question, slices, first, live);
        let met = slices.met_by_terms();
        for (terms, other) in &mut *others {
            slices.test_by(terms, rows, question);
            // Most orders are answered by all terms alike.
            let differences = met.iter().zip(slices.met_by_terms()).map(|(one, other)| one ^ other);
            let anew = live & differences.fold(0, |all, orders| all | orders);
            other.take_over(answers, first, anew);
            if anew != 0 {
                other.combine(question, slices, first, anew);
            }
        }
    }
}

impl Default for Columns {
    fn default() -> Self {
        Self::new()
    }
}
