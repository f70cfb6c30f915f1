//! 填列: the cells of an Arrow column written into the engine's column of the fact, a block at a time.
//!
//! The fast way covers what orders mostly consist of. It writes [`DOUBTFUL`] where it cannot vouch for a cell, and such
//! cells are read again by the exact way, whose errors are those of `check`.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, ArrowPrimitiveType, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    Array, ArrayAccessor, ArrayRef, BooleanArray, GenericListArray, OffsetSizeTrait, StringViewArray,
};
use arrow_buffer::{ArrowNativeType, NullBuffer};
use arrow_schema::DataType;

use super::binding::{Encoding, Mapping};
use super::cells;
use crate::engine::batch::{Columns, TextInterner};
use crate::input::error::FactsError;
use crate::input::values::read_value;
use crate::model::choices::Choice;
use crate::model::fact_types::FactType;
use crate::model::facts::Fact;
use crate::model::text::Text;
use crate::model::time::Time;

/// The number of a cell that the exact way has to read: of no fact is it a valid value.
const DOUBTFUL: u32 = u32::MAX;

/// The most texts of a dictionary whose indices within a block are remembered.
const MOST_REMEMBERED: usize = 4096;

/// The numbers of the values of a dictionary.
///
/// They hold for as long as the dictionary is the same. It is kept, so that its memory cannot become another's, and
/// only then is the same address the same dictionary.
struct Lookup {
    values: ArrayRef,
    numbers: Vec<u32>,
}

/// Writes the columns of one fact.
pub(super) struct Filler {
    fact: Fact,
    lookup: Option<Lookup>,
    /// For each text of a small dictionary its index among the texts of the block, or [`DOUBTFUL`].
    remembered: Vec<u32>,
    /// The numbers of the cells of a block, while texts are written.
    numbers: Vec<u32>,
}

/// Why a cell of a block is refused.
pub(super) struct Refusal {
    pub row: usize,
    pub error: FactsError,
}

impl Filler {
    pub const fn new(fact: Fact) -> Self {
        Self { fact, lookup: None, remembered: Vec::new(), numbers: Vec::new() }
    }

    /// Writes the cells, of which there are at most [`Columns::ROWS`]. A cell that is refused becomes unknown.
    pub fn fill(
        &mut self,
        cells: &dyn Array,
        mapping: &Mapping,
        columns: &mut Columns,
        texts: &mut TextInterner,
        refused: &mut Vec<Refusal>,
    ) {
        let (fact, rows) = (self.fact, cells.len());
        write_validity(cells, columns.validity_of(fact));
        if cells.logical_null_count() == rows {
            return;
        }
        let kind = &fact.info().kind;
        let is_native = mapping.encoding == Encoding::Native;
        if matches!(kind, FactType::Time) {
            let times = columns.times_of(fact).get_mut(..rows).unwrap_or_default();
            let all = if is_native { fill_times(cells, mapping, times) } else { doubt_times(times) };
            if !all {
                let doubtful: Vec<_> =
                    (0..rows).filter(|row| times.get(*row).is_some_and(|time| time.is_nan())).collect();
                self.fill_exactly(doubtful, cells, mapping, columns, texts, refused);
            }
            return;
        }
        let all = match (is_native, kind) {
            (true, FactType::Text { blank, .. }) => self.fill_texts(cells, *blank, columns, texts),
            _ => {
                let numbers = columns.numbers_of(fact).get_mut(..rows).unwrap_or_default();
                if is_native { self.fill_numbers(cells, kind, numbers) } else { doubt(numbers) }
            }
        };
        if !all {
            let numbers = columns.numbers_of(fact);
            let doubtful: Vec<_> = (0..rows).filter(|row| numbers.get(*row) == Some(&DOUBTFUL)).collect();
            self.fill_exactly(doubtful, cells, mapping, columns, texts, refused);
        }
    }

    /// Reads the cells in these rows the exact way.
    fn fill_exactly(
        &self,
        rows: Vec<usize>,
        cells: &dyn Array,
        mapping: &Mapping,
        columns: &mut Columns,
        texts: &mut TextInterner,
        refused: &mut Vec<Refusal>,
    ) {
        let info = self.fact.info();
        for row in rows {
            let byte = columns.validity_of(self.fact).get(row / 8).copied().unwrap_or_default();
            if byte & 1 << (row % 8) == 0 {
                continue;
            }
            let value = cells::value(cells, row, &info.kind, mapping.encoding, mapping.timezone);
            let read = read_value(info.path, &value, &info.kind);
            columns.put_value(row, self.fact, read.as_ref().ok().copied(), texts);
            if let Err(error) = read {
                refused.push(Refusal { row, error });
            }
        }
    }

    /// Writes cells that are numbers; whether all of them are beyond doubt.
    fn fill_numbers(&mut self, cells: &dyn Array, kind: &FactType, numbers: &mut [u32]) -> bool {
        match (kind, cells.data_type()) {
            (FactType::Flag, DataType::Boolean) => fill_flags(cells.as_boolean(), numbers),
            (FactType::Integer { min, max }, data_type) => {
                fill_integers(cells, data_type, *min, *max, numbers)
            }
            (FactType::Choice(choices), DataType::Dictionary(..)) => {
                let keys = cells.as_any_dictionary();
                let table = self.lookup(keys.values(), choices);
                fill_by_keys(keys.keys(), table, numbers)
            }
            (FactType::Choice(choices), _) => fill_strings(cells, numbers, |text| number_of(text, choices)),
            (FactType::Set(choices), DataType::List(_)) => {
                self.fill_sets(cells.as_list::<i32>(), choices, numbers)
            }
            (FactType::Set(choices), DataType::LargeList(_)) => {
                self.fill_sets(cells.as_list::<i64>(), choices, numbers)
            }
            _ => doubt(numbers),
        }
    }

    /// The number of each value of a dictionary.
    fn lookup(&mut self, values: &ArrayRef, choices: &[Choice]) -> &[u32] {
        if !self.lookup.as_ref().is_some_and(|known| is_same(&known.values, values)) {
            let mut numbers = vec![DOUBTFUL; values.len()];
            fill_strings(values, &mut numbers, |text| number_of(text, choices));
            self.lookup = Some(Lookup { values: values.clone(), numbers });
        }
        self.lookup.as_ref().map_or(&[], |known| &known.numbers)
    }

    /// Writes sets, a bit for each item, where every item is one of the choices.
    fn fill_sets<O: OffsetSizeTrait>(
        &mut self,
        cells: &GenericListArray<O>,
        choices: &[Choice],
        numbers: &mut [u32],
    ) -> bool {
        let offsets = cells.value_offsets();
        let bound = |bound: Option<&O>| bound.map_or(0, |bound| bound.as_usize());
        let (first, last) = (bound(offsets.first()), bound(offsets.last()));
        let items = cells.values().slice(first, last.saturating_sub(first));
        let mut indices = std::mem::take(&mut self.numbers);
        indices.clear();
        indices.resize(items.len(), DOUBTFUL);
        match items.data_type() {
            DataType::Dictionary(..) if items.logical_null_count() == 0 => {
                let keys = items.as_any_dictionary();
                fill_by_keys(keys.keys(), self.lookup(keys.values(), choices), &mut indices)
            }
            _ => fill_strings(&items, &mut indices, |text| number_of(text, choices)),
        };
        let mut all = true;
        for (number, bounds) in numbers.iter_mut().zip(offsets.windows(2)) {
            let [start, end] = bounds else { break };
            let (start, end) = (start.as_usize().saturating_sub(first), end.as_usize().saturating_sub(first));
            let indices = indices.get(start..end).unwrap_or_default();
            let is_valid = indices.len() <= FactType::LONGEST_LIST && !indices.contains(&DOUBTFUL);
            let bits = indices.iter().fold(0, |bits, index| bits | 1_u32.wrapping_shl(*index));
            *number = if is_valid { bits } else { DOUBTFUL };
            all &= is_valid;
        }
        self.numbers = indices;
        all
    }

    /// Writes cells that are texts; whether all of them are beyond doubt.
    fn fill_texts(
        &mut self,
        cells: &dyn Array,
        blank: bool,
        columns: &mut Columns,
        texts: &mut TextInterner,
    ) -> bool {
        self.numbers.resize(cells.len(), DOUBTFUL);
        let numbers = self.numbers.as_mut_slice();
        let mut writer = TextWriter { columns, texts, blank };
        let all = match cells.data_type() {
            DataType::Utf8 => writer.write_each(cells.as_string::<i32>(), numbers),
            DataType::LargeUtf8 => writer.write_each(cells.as_string::<i64>(), numbers),
            DataType::Utf8View => writer.write_views(cells.as_string_view(), numbers),
            DataType::Dictionary(..) => {
                let dictionary = cells.as_any_dictionary();
                copy_keys(dictionary.keys(), numbers);
                writer.write_by_keys(cells, dictionary.values(), &mut self.remembered, numbers)
            }
            _ => doubt(numbers),
        };
        columns
            .numbers_of(self.fact)
            .iter_mut()
            .zip(&self.numbers)
            .for_each(|(cell, number)| *cell = *number);
        all
    }
}

/// Writes texts to a block.
struct TextWriter<'a> {
    columns: &'a mut Columns,
    texts: &'a mut TextInterner,
    /// Whether blank texts are valid.
    blank: bool,
}

/// How many texts are remembered while a column of views is written.
const REMEMBERED_VIEWS: usize = 64;

impl TextWriter<'_> {
    /// Writes a text and returns its index, or returns [`DOUBTFUL`].
    fn write(&mut self, text: &str) -> u32 {
        let is_valid = text.len() <= FactType::LONGEST_TEXT && (self.blank || !Text::Utf8(text).is_blank());
        if is_valid { self.columns.append(text, self.texts) } else { DOUBTFUL }
    }

    fn write_each<'t>(&mut self, cells: impl ArrayAccessor<Item = &'t str>, numbers: &mut [u32]) -> bool {
        let mut all = true;
        for (row, number) in numbers.iter_mut().enumerate() {
            *number = if cells.is_null(row) { 0 } else { self.write(cells.value(row)) };
            all &= *number != DOUBTFUL;
        }
        all
    }

    /// Writes texts as views. Within one column, equal views are the same text, so that one that was written lately is
    /// known by its view.
    fn write_views(&mut self, cells: &StringViewArray, numbers: &mut [u32]) -> bool {
        let mut known = [(u128::MAX, DOUBTFUL); REMEMBERED_VIEWS];
        let mut all = true;
        for (row, (number, view)) in numbers.iter_mut().zip(cells.views()).enumerate() {
            if cells.is_null(row) {
                *number = 0;
                continue;
            }
            let mixed = (*view as u64 ^ (view >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            *number = match known.get_mut((mixed >> 58) as usize) {
                Some((other, number)) if other == view => *number,
                Some(place) => {
                    *place = (*view, self.write(cells.value(row)));
                    place.1
                }
                None => self.write(cells.value(row)),
            };
            all &= *number != DOUBTFUL;
        }
        all
    }

    /// Writes the texts of a dictionary, whose keys are in place of the numbers.
    fn write_by_keys(
        &mut self,
        cells: &dyn Array,
        values: &dyn Array,
        remembered: &mut Vec<u32>,
        numbers: &mut [u32],
    ) -> bool {
        remembered.clear();
        remembered.resize(values.len().min(MOST_REMEMBERED), DOUBTFUL);
        let mut all = true;
        for (row, number) in numbers.iter_mut().enumerate() {
            let key = *number as usize;
            if cells.is_null(row) {
                *number = 0;
                continue;
            }
            let known = remembered.get(key).copied().filter(|known| *known != DOUBTFUL);
            *number = known.unwrap_or_else(|| text_at(values, key).map_or(DOUBTFUL, |text| self.write(text)));
            all &= *number != DOUBTFUL;
            if let Some(known) = remembered.get_mut(key) {
                *known = *number;
            }
        }
        all
    }
}

/// Writes one time for every order of a block.
pub(super) fn fill_constant(fact: Fact, time: Time, columns: &mut Columns) {
    columns.times_of(fact).fill(time.millis() as f64);
    columns.validity_of(fact).fill(u8::MAX);
}

/// Whether two arrays are the same memory, so that they have the same values. Both are alive.
fn is_same(one: &ArrayRef, other: &ArrayRef) -> bool {
    if one.len() != other.len() || one.data_type() != other.data_type() {
        return false;
    }
    if std::sync::Arc::ptr_eq(one, other) {
        return true;
    }
    let (one, other) = (one.to_data(), other.to_data());
    one.ptr_eq(&other)
}

/// A bit for each cell that is not null. Nulls of a slice begin anywhere within a byte; the block's begin at one.
fn write_validity(cells: &dyn Array, validity: &mut [u8]) {
    let nulls: Option<NullBuffer> = match cells.data_type() {
        // A dictionary can have null among its values.
        DataType::Dictionary(..) | DataType::Null => cells.logical_nulls(),
        _ => cells.nulls().cloned(),
    };
    match nulls {
        None => validity.fill(u8::MAX),
        Some(nulls) => {
            let chunks = nulls.inner().bit_chunks();
            for (bytes, word) in validity.chunks_mut(8).zip(chunks.iter_padded()) {
                for (byte, bits) in bytes.iter_mut().zip(word.to_le_bytes()) {
                    *byte = bits;
                }
            }
        }
    }
}

fn doubt(numbers: &mut [u32]) -> bool {
    numbers.fill(DOUBTFUL);
    false
}

fn doubt_times(times: &mut [f64]) -> bool {
    times.fill(f64::NAN);
    false
}

fn fill_flags(cells: &BooleanArray, numbers: &mut [u32]) -> bool {
    let chunks = cells.values().bit_chunks();
    for (numbers, mut word) in numbers.chunks_mut(64).zip(chunks.iter_padded()) {
        for number in numbers {
            *number = (word & 1) as u32;
            word >>= 1;
        }
    }
    true
}

/// Writes the whole numbers that are within the bounds.
fn fill_integers(cells: &dyn Array, data_type: &DataType, min: u32, max: u32, numbers: &mut [u32]) -> bool {
    macro_rules! fill {
        ($type:ty) => {{
            let mut all = true;
            for (number, cell) in numbers.iter_mut().zip(cells.as_primitive::<$type>().values()) {
                let within = u32::try_from(*cell).ok().filter(|cell| (min..=max).contains(cell));
                all &= within.is_some();
                *number = within.unwrap_or(DOUBTFUL);
            }
            all
        }};
    }
    match data_type {
        DataType::Int8 => fill!(Int8Type),
        DataType::Int16 => fill!(Int16Type),
        DataType::Int32 => fill!(Int32Type),
        DataType::Int64 => fill!(Int64Type),
        DataType::UInt8 => fill!(UInt8Type),
        DataType::UInt16 => fill!(UInt16Type),
        DataType::UInt32 => fill!(UInt32Type),
        DataType::UInt64 => fill!(UInt64Type),
        _ => doubt(numbers),
    }
}

/// Writes the times that are within the bounds.
fn fill_times(cells: &dyn Array, mapping: &Mapping, times: &mut [f64]) -> bool {
    use arrow_schema::TimeUnit::{Microsecond, Millisecond, Nanosecond, Second};
    let DataType::Timestamp(unit, zone) = cells.data_type() else { return doubt_times(times) };
    let ahead = match (zone, mapping.timezone) {
        (None, Some(offset)) => offset.millis(),
        _ => 0,
    };
    let (first, last) = (Time::MIN.millis(), Time::MAX.millis());
    macro_rules! fill {
        ($type:ty, $unit:expr) => {{
            let mut all = true;
            for (time, cell) in times.iter_mut().zip(instants::<$type>(cells)) {
                let millis = cells::millis(&$unit, *cell).saturating_sub(ahead);
                let within = first <= millis && millis <= last;
                all &= within;
                *time = if within { millis as f64 } else { f64::NAN };
            }
            all
        }};
    }
    match unit {
        Second => fill!(TimestampSecondType, Second),
        Millisecond => fill!(TimestampMillisecondType, Millisecond),
        Microsecond => fill!(TimestampMicrosecondType, Microsecond),
        Nanosecond => fill!(TimestampNanosecondType, Nanosecond),
    }
}

fn instants<T: ArrowPrimitiveType<Native = i64>>(cells: &dyn Array) -> &[i64] {
    cells.as_primitive::<T>().values()
}

fn number_of(text: &str, choices: &[Choice]) -> u32 {
    choices.iter().find(|choice| choice.name == text).map_or(DOUBTFUL, |choice| choice.index.into())
}

/// The text in a row of an array of texts, dictionary or not; `None` where it is null.
fn text_at(cells: &dyn Array, row: usize) -> Option<&str> {
    if row >= cells.len() || cells.is_null(row) {
        return None;
    }
    Some(match cells.data_type() {
        DataType::Utf8 => cells.as_string::<i32>().value(row),
        DataType::LargeUtf8 => cells.as_string::<i64>().value(row),
        DataType::Utf8View => cells.as_string_view().value(row),
        _ => return None,
    })
}

/// Writes the number of each text; whether all of them have one. Nulls are left in doubt.
fn fill_strings(cells: &dyn Array, numbers: &mut [u32], number: impl Fn(&str) -> u32) -> bool {
    fn each<'t>(
        cells: impl ArrayAccessor<Item = &'t str>,
        numbers: &mut [u32],
        number: impl Fn(&str) -> u32,
    ) -> bool {
        let mut all = true;
        for (row, cell) in numbers.iter_mut().enumerate().take(cells.len()) {
            *cell = if cells.is_null(row) { DOUBTFUL } else { number(cells.value(row)) };
            all &= *cell != DOUBTFUL;
        }
        all
    }
    match cells.data_type() {
        DataType::Utf8 => each(cells.as_string::<i32>(), numbers, number),
        DataType::LargeUtf8 => each(cells.as_string::<i64>(), numbers, number),
        DataType::Utf8View => each(cells.as_string_view(), numbers, number),
        _ => doubt(numbers),
    }
}

/// Writes the number that the table has for each key.
fn fill_by_keys(keys: &dyn Array, table: &[u32], numbers: &mut [u32]) -> bool {
    copy_keys(keys, numbers);
    let mut all = true;
    for number in numbers {
        *number = table.get(*number as usize).copied().unwrap_or(DOUBTFUL);
        all &= *number != DOUBTFUL;
    }
    all
}

/// Copies the keys of a dictionary; of a cell that is null, it is any number.
fn copy_keys(keys: &dyn Array, into: &mut [u32]) {
    fn copy<K: ArrowDictionaryKeyType>(keys: &dyn Array, into: &mut [u32]) {
        for (key, cell) in into.iter_mut().zip(keys.as_primitive::<K>().values()) {
            *key = u32::try_from(cell.as_usize()).unwrap_or(DOUBTFUL);
        }
    }
    match keys.data_type() {
        DataType::Int8 => copy::<Int8Type>(keys, into),
        DataType::Int16 => copy::<Int16Type>(keys, into),
        DataType::Int32 => copy::<Int32Type>(keys, into),
        DataType::Int64 => copy::<Int64Type>(keys, into),
        DataType::UInt8 => copy::<UInt8Type>(keys, into),
        DataType::UInt16 => copy::<UInt16Type>(keys, into),
        DataType::UInt32 => copy::<UInt32Type>(keys, into),
        _ => copy::<UInt64Type>(keys, into),
    }
}
