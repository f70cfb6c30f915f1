//! A caller's Python value as plain data, within bounds, whatever it is.
//!
//! Mappings, lists, tuples and sets; booleans and whole numbers, those of numpy among them; texts, and instants as
//! `datetime`. What is larger or deeper than any facts or terms is [`Value::Other`], which every reading refuses.

use preflight::Value;
use preflight::model::fact_types::FactType;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyFloat, PyFrozenSet, PyInt, PyList, PyMapping, PySet, PyString, PyTuple, PyType};

/// One item more than a list may have, so that it is seen to be too long.
const MOST_ITEMS: usize = FactType::LONGEST_LIST + 1;
/// One character more than a text may have, so that it is seen to be too long.
const MOST_CHARACTERS: usize = FactType::LONGEST_TEXT + 1;

/// Reads a value that a caller passed.
///
/// # Errors
/// What a mapping or an iterator of the caller raised.
pub fn read(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    Reader { values: Value::MOST_VALUES }.value(value, 0)
}

/// What may still be read.
struct Reader {
    values: u32,
}

impl Reader {
    fn value(&mut self, value: &Bound<'_, PyAny>, depth: u32) -> PyResult<Value> {
        if value.is_none() {
            return Ok(Value::Null);
        }
        if let Ok(text) = value.cast::<PyString>() {
            return Ok(read_text(text));
        }
        if let Ok(flag) = value.cast::<PyBool>() {
            return Ok(Value::Bool(flag.is_true()));
        }
        if let Ok(number) = value.cast::<PyInt>() {
            return read_integer(number);
        }
        if let Ok(number) = value.cast::<PyFloat>() {
            return Ok(read_float(number.value()));
        }
        if let Some(time) = read_time(value)? {
            return Ok(time);
        }
        if depth > Value::DEEPEST || self.values == 0 {
            return Ok(Value::Other("more than facts hold".into()));
        }
        if let Ok(object) = value.cast::<PyMapping>() {
            return self.object(object, depth);
        }
        let is_list = value.is_instance_of::<PyList>()
            || value.is_instance_of::<PyTuple>()
            || value.is_instance_of::<PySet>()
            || value.is_instance_of::<PyFrozenSet>();
        if is_list {
            let items = value.try_iter()?.take(MOST_ITEMS);
            let items = items.map(|item| {
                self.values = self.values.saturating_sub(1);
                self.value(&item?, depth + 1)
            });
            return Ok(Value::list(items.collect::<PyResult<_>>()?));
        }
        read_of_numpy(value)
    }

    fn object(&mut self, object: &Bound<'_, PyMapping>, depth: u32) -> PyResult<Value> {
        let mut fields = Vec::new();
        for entry in object.items()? {
            let (name, field): (Bound<'_, PyAny>, Bound<'_, PyAny>) = entry.extract()?;
            let Some(left) = self.values.checked_sub(1) else {
                return Ok(Value::Other("more than facts hold".into()));
            };
            self.values = left;
            let Ok(name) = name.cast::<PyString>() else {
                return Ok(Value::Other("an object with a key that is not a text".into()));
            };
            let Value::Text(name) = read_text(name) else {
                return Ok(Value::Other("an object with a key that is not whole".into()));
            };
            fields.push((name, self.value(&field, depth + 1)?));
        }
        Ok(Value::Object(fields))
    }
}

/// The text, or as much of it as shows that it is too long.
fn read_text(text: &Bound<'_, PyString>) -> Value {
    let Ok(text) = text.to_cow() else { return Value::Other("a text with half a character in it".into()) };
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => Value::Text(text[..end].into()),
        None => Value::Text(text.into_owned()),
    }
}

/// Numbers beyond those that are exact stand for any as large.
fn read_integer(number: &Bound<'_, PyAny>) -> PyResult<Value> {
    Ok(Value::Integer(match number.extract::<i64>() {
        Ok(number) => number,
        Err(_) if number.lt(0)? => i64::MIN,
        Err(_) => i64::MAX,
    }))
}

fn read_float(number: f64) -> Value {
    let whole = number.is_finite() && number.fract() == 0.0;
    if whole { Value::Integer(number as i64) } else { Value::Other(number.to_string()) }
}

/// An instant as RFC 3339; without a time zone it has no offset either, which the reading of facts refuses.
fn read_time(value: &Bound<'_, PyAny>) -> PyResult<Option<Value>> {
    static DATETIME: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    if !value.is_instance(DATETIME.import(value.py(), "datetime", "datetime")?)? {
        return Ok(None);
    }
    Ok(Some(Value::Text(value.call_method0("isoformat")?.extract()?)))
}

/// A flag or a number of numpy, which is what a cell of a data frame is.
fn read_of_numpy(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    let class = value.get_type().fully_qualified_name()?.to_string();
    if class.starts_with("numpy.") {
        if let Ok(flag) = value.extract::<bool>() {
            return Ok(Value::Bool(flag));
        }
        if value.hasattr("__index__")? && value.extract::<i64>().is_ok() {
            return read_integer(value);
        }
        if let Ok(number) = value.extract::<f64>() {
            return Ok(read_float(number));
        }
    }
    Ok(Value::Other(format!("an object of the class {class}")))
}
