//! 读取: a caller's JavaScript value as plain data, within bounds, whatever it is and whatever it does when it is read.
//!
//! Plain objects and arrays only; own enumerable properties only; arrays by index and length. What throws when it is
//! read, and what is larger or deeper than any facts or terms, is [`Value::Other`], which every reading refuses.

use js_sys::{Array, Date, JsString, Number, Reflect};
use wasm_bindgen::prelude::*;

use crate::input::value::Value;
use crate::model::fact_types::FactType;

#[wasm_bindgen]
extern "C" {
    // js-sys has these two in a form that does not catch, and a proxy may throw.
    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn enumerable_keys(value: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;
}

/// More UTF-16 units than the texts and the names of any facts or terms have together.
const MOST_UNITS: u32 = 1_000_000;
/// One item more than a list may have, so that it is seen to be too long.
const MOST_ITEMS: u32 = FactType::LONGEST_LIST as u32 + 1;
/// More units than a text may have, so that it is seen to be too long: a character is two units at most.
const MOST_TEXT_UNITS: u32 = 2 * FactType::LONGEST_TEXT as u32 + 2;
/// The largest number up to which every whole number is represented exactly.
const SAFE: f64 = Value::EXACT as f64;

/// Reads a value that a caller passed.
pub(super) fn read(value: &JsValue) -> Value {
    Reader { values: Value::MOST_VALUES, units: MOST_UNITS }.value(value, 0)
}

/// What may still be read.
struct Reader {
    values: u32,
    units: u32,
}

impl Reader {
    fn value(&mut self, value: &JsValue, depth: u32) -> Value {
        if value.is_undefined() || value.is_null() {
            return Value::Null;
        }
        if !self.take_value() {
            return too_much();
        }
        if let Some(flag) = value.as_bool() {
            return Value::Bool(flag);
        }
        if let Some(number) = value.as_f64() {
            return whole(number);
        }
        if let Some(text) = value.dyn_ref::<JsString>() {
            return self.text(text);
        }
        if !value.is_object() {
            let kind = value.js_typeof().as_string().unwrap_or_default();
            return Value::Other(format!("a {kind}"));
        }
        if depth > Value::DEEPEST {
            return too_much();
        }
        self.object(value, depth)
            .unwrap_or_else(|_| Value::Other("something that fails when it is read".into()))
    }

    /// A list or an object; the error is what was thrown.
    fn object(&mut self, value: &JsValue, depth: u32) -> Result<Value, JsValue> {
        if is_array(value)? {
            let length = Reflect::get(value, &JsValue::from_str("length"))?.as_f64().unwrap_or(-1.0);
            // A proxy may have any.
            if !(length >= 0.0 && length.fract() == 0.0) {
                return Ok(Value::Other("a list whose length is not a whole number".into()));
            }
            let length = length.min(MOST_ITEMS.into()) as u32;
            let items = (0..length).map(|index| {
                let item = Reflect::get(value, &JsValue::from(index))?;
                Ok(self.value(&item, depth.saturating_add(1)))
            });
            return Ok(Value::list(items.collect::<Result<_, JsValue>>()?));
        }
        if !is_plain(value)? {
            let is_date = value.is_instance_of::<Date>();
            return Ok(Value::Other(if is_date { Value::DATE } else { "an object of a class" }.into()));
        }
        let mut fields = Vec::new();
        let keys = enumerable_keys(value)?;
        for index in 0..keys.length() {
            let key = keys.get(index);
            let Some(name) = key.dyn_ref::<JsString>().filter(|name| self.take_text(name)) else {
                return Ok(too_much());
            };
            let field = Reflect::get(value, &key)?;
            fields.push((cut(name), self.value(&field, depth.saturating_add(1))));
        }
        Ok(Value::Object(fields))
    }

    fn text(&mut self, text: &JsString) -> Value {
        if !self.take_text(text) {
            return too_much();
        }
        let copy = cut(text);
        // Half a surrogate pair is replaced in the copy, so it is no longer the same. At the end of what was cut that does
        // not matter: the text is too long anyway.
        if text.length() <= MOST_TEXT_UNITS && JsValue::from_str(&copy) != *AsRef::<JsValue>::as_ref(text) {
            return Value::Other("a text with half a character in it".into());
        }
        Value::Text(copy)
    }

    /// Counts a value; false where there were too many.
    fn take_value(&mut self) -> bool {
        self.values.checked_sub(1).map(|left| self.values = left).is_some()
    }

    /// Counts the units of a text or a name; false where there were too many.
    fn take_text(&mut self, text: &JsString) -> bool {
        let units = text.length().min(MOST_TEXT_UNITS);
        self.units.checked_sub(units).map(|left| self.units = left).is_some()
    }
}

/// The text, or as much of it as shows that it is too long.
fn cut(text: &JsString) -> String {
    if text.length() > MOST_TEXT_UNITS { text.slice(0, MOST_TEXT_UNITS) } else { text.clone() }.into()
}

fn too_much() -> Value {
    Value::Other("more than facts hold".into())
}

/// Whether it is an object of no class, of whatever realm.
fn is_plain(value: &JsValue) -> Result<bool, JsValue> {
    let prototype = Reflect::get_prototype_of(value)?;
    let root = |object: &JsValue| Ok(object.is_null() || Reflect::get_prototype_of(object)?.is_null());
    root(&prototype)
}

fn whole(number: f64) -> Value {
    if !(number.is_finite() && number.fract() == 0.0) {
        return Value::Other(
            Number::from(number).to_string_with_radix(10).map(String::from).unwrap_or_default(),
        );
    }
    // Numbers beyond those that are exact stand for any as large.
    Value::Integer(if number.abs() <= SAFE {
        number as i64
    } else if number > 0.0 {
        i64::MAX
    } else {
        i64::MIN
    })
}
