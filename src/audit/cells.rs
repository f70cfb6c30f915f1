//! 单元格: one cell of a column as a caller's value.
//!
//! This is the way that is exact and slow: what it makes of a cell is validated as `check` validates it. Only the cells
//! that the fast way cannot vouch for come here.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};

use super::binding::{Encoding, UtcOffset};
use crate::input::value::Value;
use crate::model::fact_types::FactType;

/// A cell that is not null, as a caller's value.
pub(super) fn value(
    cells: &dyn Array,
    row: usize,
    kind: &FactType,
    encoding: Encoding,
    timezone: Option<UtcOffset>,
) -> Value {
    let value = native(cells, row);
    match (encoding, value) {
        (Encoding::Native, Value::Text(text)) if matches!(kind, FactType::Time) => zoned(text, timezone),
        (Encoding::Native, Value::Integer(number)) if is_local_time(cells.data_type()) => {
            Value::Integer(number.saturating_sub(timezone.map_or(0, UtcOffset::millis)))
        }
        (Encoding::Text, Value::Text(text)) => typed(text, kind, timezone),
        (Encoding::Json, Value::Text(text)) => match serde_json::from_str(&text) {
            Ok(Value::Text(text)) if matches!(kind, FactType::Time) => zoned(text, timezone),
            Ok(value) => value,
            Err(_) => Value::Other("no JSON".into()),
        },
        (_, value) => value,
    }
}

const fn is_local_time(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Timestamp(_, None))
}

/// A time without an offset is one at the offset that is given for them.
fn zoned(text: String, timezone: Option<UtcOffset>) -> Value {
    let Some(timezone) = timezone else { return Value::Text(text) };
    // An offset stands after the time of day, and is `Z` or has a sign.
    let has_offset = text.get(10..).is_some_and(|rest| rest.contains(['Z', 'z', '+', '-']));
    let is_short = text.len() == "2021-03-01T09:30".len();
    let seconds = if is_short && !has_offset { ":00" } else { "" };
    Value::Text(if has_offset { text } else { format!("{text}{seconds}{}", timezone.suffix()) })
}

/// A text as a value of the kind that is expected, where it can be read as one.
fn typed(text: String, kind: &FactType, timezone: Option<UtcOffset>) -> Value {
    let number = |text: &str| text.trim().parse::<i64>().ok().map(Value::Integer);
    let read = match kind {
        FactType::Flag if text.eq_ignore_ascii_case("true") => Some(Value::Bool(true)),
        FactType::Flag if text.eq_ignore_ascii_case("false") => Some(Value::Bool(false)),
        FactType::Integer { .. } => number(&text),
        FactType::Time => return number(&text).unwrap_or_else(|| zoned(text, timezone)),
        FactType::Set(_) | FactType::Texts => serde_json::from_str(&text).ok(),
        FactType::Flag | FactType::Choice(_) | FactType::Text { .. } => None,
    };
    read.unwrap_or(Value::Text(text))
}

/// The cell by the type of its column.
fn native(cells: &dyn Array, row: usize) -> Value {
    macro_rules! number {
        ($type:ty) => {
            cells.as_primitive::<$type>().value(row)
        };
    }
    let integer = |number: i64| Value::Integer(number);
    match cells.data_type() {
        DataType::Utf8 => Value::Text(cells.as_string::<i32>().value(row).into()),
        DataType::LargeUtf8 => Value::Text(cells.as_string::<i64>().value(row).into()),
        DataType::Utf8View => Value::Text(cells.as_string_view().value(row).into()),
        DataType::Dictionary(..) => {
            let dictionary = cells.as_any_dictionary();
            let keys = key(dictionary.keys(), row);
            keys.filter(|key| *key < dictionary.values().len())
                .map_or(Value::Null, |key| native(dictionary.values(), key))
        }
        DataType::Boolean => Value::Bool(cells.as_boolean().value(row)),
        DataType::Int8 => integer(number!(Int8Type).into()),
        DataType::Int16 => integer(number!(Int16Type).into()),
        DataType::Int32 => integer(number!(Int32Type).into()),
        DataType::Int64 => integer(number!(Int64Type)),
        DataType::UInt8 => integer(number!(UInt8Type).into()),
        DataType::UInt16 => integer(number!(UInt16Type).into()),
        DataType::UInt32 => integer(number!(UInt32Type).into()),
        DataType::UInt64 => integer(i64::try_from(number!(UInt64Type)).unwrap_or(i64::MAX)),
        DataType::Float32 => float(number!(Float32Type).into()),
        DataType::Float64 => float(number!(Float64Type)),
        DataType::Timestamp(unit, _) => integer(millis(unit, timestamp(cells, unit, row))),
        DataType::List(_) => items(&cells.as_list::<i32>().value(row)),
        DataType::LargeList(_) => items(&cells.as_list::<i64>().value(row)),
        other => Value::Other(format!("a value of type {other}")),
    }
}

/// A whole number is the same whether it has a fraction of zero or none, as in JSON.
fn float(number: f64) -> Value {
    let whole = number.is_finite() && number.fract() == 0.0;
    if whole { Value::Integer(number as i64) } else { Value::Other(number.to_string()) }
}

fn items(items: &ArrayRef) -> Value {
    let item = |row| if items.is_null(row) { Value::Null } else { native(items, row) };
    Value::list((0..items.len()).map(item).collect())
}

/// The key of a dictionary in a row.
fn key(keys: &dyn Array, row: usize) -> Option<usize> {
    let Value::Integer(key) = native(keys, row) else { return None };
    usize::try_from(key).ok()
}

fn timestamp(cells: &dyn Array, unit: &TimeUnit, row: usize) -> i64 {
    use arrow_array::types::{
        TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
    };
    match unit {
        TimeUnit::Second => cells.as_primitive::<TimestampSecondType>().value(row),
        TimeUnit::Millisecond => cells.as_primitive::<TimestampMillisecondType>().value(row),
        TimeUnit::Microsecond => cells.as_primitive::<TimestampMicrosecondType>().value(row),
        TimeUnit::Nanosecond => cells.as_primitive::<TimestampNanosecondType>().value(row),
    }
}

/// An instant in milliseconds; what is less than one is dropped.
pub(super) const fn millis(unit: &TimeUnit, instant: i64) -> i64 {
    match unit {
        TimeUnit::Second => instant.saturating_mul(1000),
        TimeUnit::Millisecond => instant,
        TimeUnit::Microsecond => instant.div_euclid(1000),
        TimeUnit::Nanosecond => instant.div_euclid(1_000_000),
    }
}
