//! 答复的列: the answers to a batch, and the columns of Arrow that they become.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use arrow_array::{ArrayRef, ListArray, StringArray};
use arrow_buffer::{Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field};

use super::tally::KeyHasher;
use crate::engine::compiled::{MOST_RULES, RuleSet, rule_offset};
use crate::input::error::FactsError;
use crate::model::bitset::WordBits;
use crate::model::facts::Fact;
use crate::model::question::{Question, Verdict};
use crate::rules::RULES;
use crate::rules::rule::Rule;

/// The index, after those of the verdicts, of orders that have an invalid value.
pub const INVALID: u8 = Verdict::ALL.len() as u8;

/// The name of a verdict or of [`INVALID`], by its index.
pub fn verdict_name(index: u8) -> &'static str {
    Verdict::NAMES.get(usize::from(index)).copied().unwrap_or("invalid")
}

/// Why an order is invalid.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The row in the batch.
    pub row: usize,
    /// What is wrong with it.
    pub error: FactsError,
}

/// The answers by one set of terms, order by order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// The indices of the verdicts; or [`INVALID`].
    pub verdicts: Vec<u8>,
    /// A bit for each rule that fired, counted from the first of the question.
    pub fired: Vec<u32>,
    /// A bit for each missing fact.
    pub missing: Vec<u32>,
}

impl Side {
    /// Makes an order invalid.
    pub(super) fn refuse(&mut self, row: usize) {
        if let Some(verdict) = self.verdicts.get_mut(row) {
            *verdict = INVALID;
        }
        for bits in [&mut self.fired, &mut self.missing] {
            if let Some(bits) = bits.get_mut(row) {
                *bits = 0;
            }
        }
    }
}

/// What differs between two answers, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// The verdict, and perhaps the rest.
    Verdict,
    /// The rules that fired, and perhaps what is missing.
    Codes,
    /// What is missing alone.
    Missing,
}

impl Change {
    /// The name in the column `changed`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::Codes => "codes",
            Self::Missing => "missing",
        }
    }
}

/// The answers to a batch.
#[derive(Debug, Clone)]
pub struct Answers {
    /// What was asked.
    pub question: Question,
    /// The answers.
    pub now: Side,
    /// The answers by the terms that they are compared with.
    pub before: Option<Side>,
    /// Why orders are invalid, by their rows.
    pub faults: Vec<Fault>,
}

impl Answers {
    pub(super) fn new(question: Question, rows: usize, against: bool) -> Self {
        let side = || Side {
            verdicts: Vec::with_capacity(rows),
            fired: Vec::with_capacity(rows),
            missing: Vec::with_capacity(rows),
        };
        Self { question, now: side(), before: against.then(side), faults: Vec::new() }
    }

    /// The answers by the terms, then those by the terms that they are compared with.
    pub(super) fn sides(&mut self) -> impl Iterator<Item = &mut Side> {
        [&mut self.now].into_iter().chain(&mut self.before)
    }

    /// How many orders there are.
    pub fn len(&self) -> usize {
        self.now.verdicts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.now.verdicts.is_empty()
    }

    /// What differs in a row; `None` where nothing does, or nothing was compared.
    pub fn change(&self, row: usize) -> Option<Change> {
        let before = self.before.as_ref()?;
        if before.verdicts.get(row) != self.now.verdicts.get(row) {
            Some(Change::Verdict)
        } else if before.fired.get(row) != self.now.fired.get(row) {
            Some(Change::Codes)
        } else if before.missing.get(row) != self.now.missing.get(row) {
            Some(Change::Missing)
        } else {
            None
        }
    }

    /// The fields of the columns.
    pub fn fields(against: bool) -> Vec<Field> {
        let list = || DataType::List(Arc::new(item()));
        let mut fields = vec![
            Field::new("verdict", DataType::Utf8, false),
            Field::new("codes", list(), false),
            Field::new("missing", list(), false),
            Field::new("invalid_code", DataType::Utf8, true),
            Field::new("invalid_path", DataType::Utf8, true),
        ];
        if against {
            fields.extend([
                Field::new("old_verdict", DataType::Utf8, false),
                Field::new("old_codes", list(), false),
                Field::new("old_missing", list(), false),
                Field::new("changed", DataType::Utf8, true),
            ]);
        }
        fields
    }

    /// The columns, of all orders or of those in some rows, which ascend.
    ///
    /// # Errors
    /// Texts of more than 2 GB in all, which no column of that type can hold.
    pub fn columns(&self, rows: Option<&[usize]>) -> Result<Vec<(Field, ArrayRef)>, ArrowError> {
        let count = rows.map_or(self.len(), <[usize]>::len);
        let row_at = |index: usize| rows.map_or(Some(index), |rows| rows.get(index).copied());
        let codes = |fired| fired_rules(self.question, fired).map(|rule| rule.code).collect();
        let paths =
            |missing: u32| WordBits(missing.into()).filter_map(|bit| Fact::PATHS.get(bit).copied()).collect();
        let mut columns: Vec<ArrayRef> = Vec::new();
        for side in [Some(&self.now), self.before.as_ref()].into_iter().flatten() {
            let at =
                |cells: &[u32], index| row_at(index).and_then(|row| cells.get(row)).copied().unwrap_or(0);
            let verdict = |index| {
                Some(verdict_name(
                    row_at(index).and_then(|row| side.verdicts.get(row)).copied().unwrap_or(INVALID),
                ))
            };
            columns.push(texts(count, verdict)?);
            columns.push(lists(count, &codes, |index| at(&side.fired, index))?);
            columns.push(lists(count, &paths, |index| at(&side.missing, index))?);
            if columns.len() == 3 {
                let mut faults = self.faults.iter().peekable();
                let found: Vec<_> = (0..count)
                    .map(|index| {
                        let row = row_at(index)?;
                        while faults.next_if(|fault| fault.row < row).is_some() {}
                        faults.peek().filter(|fault| fault.row == row).map(|fault| &fault.error)
                    })
                    .collect();
                let error = |index: usize| found.get(index).copied().flatten();
                columns.push(texts(count, |index| error(index).map(|error| error.code.name()))?);
                columns.push(texts(count, |index| error(index).map(|error| error.path.as_str()))?);
            }
        }
        if self.before.is_some() {
            columns.push(texts(count, |index| {
                row_at(index).and_then(|row| self.change(row)).map(Change::name)
            })?);
        }
        Ok(Self::fields(self.before.is_some()).into_iter().zip(columns).collect())
    }
}

/// The rules that fired, in the order in which `check` lists them.
pub fn fired_rules(question: Question, fired: u32) -> impl Iterator<Item = &'static Rule> {
    RuleSet::from_bits(u128::from(fired) << rule_offset(question)).rules()
}

/// The codes of a question's rules, by the bits of those that fired.
pub fn code_names(question: Question) -> Vec<&'static str> {
    RULES.iter().skip(rule_offset(question)).take(MOST_RULES).map(|rule| rule.code).collect()
}

/// The items of lists.
fn item() -> Field {
    Field::new("item", DataType::Utf8, false)
}

fn too_large() -> ArrowError {
    ArrowError::OffsetOverflowError(i32::MAX as usize)
}

/// Texts one after the other, and where each ends.
struct Bytes {
    bytes: Vec<u8>,
    ends: Vec<i32>,
}

impl Bytes {
    fn new(count: usize) -> Self {
        let mut ends = Vec::with_capacity(count.saturating_add(1));
        ends.push(0);
        Self { bytes: Vec::new(), ends }
    }

    fn push(&mut self, text: &str) -> Result<(), ArrowError> {
        self.bytes.extend_from_slice(text.as_bytes());
        self.ends.push(i32::try_from(self.bytes.len()).map_err(|_| too_large())?);
        Ok(())
    }

    fn finish(self, nulls: Option<NullBuffer>) -> Result<StringArray, ArrowError> {
        let offsets = OffsetBuffer::new(ScalarBuffer::from(self.ends));
        StringArray::try_new(offsets, Buffer::from_vec(self.bytes), nulls)
    }
}

/// A column of texts; `None` is null.
fn texts<'t>(count: usize, text: impl Fn(usize) -> Option<&'t str>) -> Result<ArrayRef, ArrowError> {
    let (mut bytes, mut nulls) = (Bytes::new(count), arrow_buffer::NullBufferBuilder::new(count));
    for index in 0..count {
        let text = text(index);
        bytes.push(text.unwrap_or_default())?;
        nulls.append(text.is_some());
    }
    Ok(Arc::new(bytes.finish(nulls.finish())?))
}

/// A column of lists of the names of bits. Few sets of bits are different, and each is named once.
fn lists(
    count: usize,
    names: &dyn Fn(u32) -> Vec<&'static str>,
    bits: impl Fn(usize) -> u32,
) -> Result<ArrayRef, ArrowError> {
    let mut known: HashMap<u32, Vec<&'static str>, BuildHasherDefault<KeyHasher>> = HashMap::default();
    let (mut bytes, mut ends) = (Bytes::new(count), Vec::with_capacity(count.saturating_add(1)));
    ends.push(0);
    for index in 0..count {
        let bits = bits(index);
        if bits != 0 {
            for name in known.entry(bits).or_insert_with(|| names(bits)) {
                bytes.push(name)?;
            }
        }
        ends.push(i32::try_from(bytes.ends.len().saturating_sub(1)).map_err(|_| too_large())?);
    }
    let offsets = OffsetBuffer::new(ScalarBuffer::from(ends));
    Ok(Arc::new(ListArray::try_new(Arc::new(item()), offsets, Arc::new(bytes.finish(None)?), None)?))
}
