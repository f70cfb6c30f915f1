//! The same facts in the forms in which they reach the engine: JSON, the flat record, columns.

use preflight::Facts;
use preflight::engine::record::Record;
use preflight::model::fact_types::FactValue;
use preflight::model::facts::Fact;
use serde_json::{Map, Value};

/// The facts as a caller writes them in JSON, instants in milliseconds.
pub fn to_json(facts: &Facts<'_>) -> Value {
    let mut json = Map::new();
    for fact in Fact::ALL {
        let Some(value) = facts.get(*fact) else { continue };
        let value = match value {
            FactValue::Time(time) => time.millis().into(),
            FactValue::Choice(choice) => choice.name.into(),
            FactValue::Set(set) => set.iter().map(|product| product.choice().name).collect(),
            FactValue::Text(text) => text.to_string().into(),
            FactValue::Texts(texts) => texts.iter().map(|text| text.to_string()).collect(),
            FactValue::Flag(flag) => flag.into(),
            FactValue::Integer(number) => number.into(),
        };
        match fact.info().path.split_once('.') {
            None => drop(json.insert(fact.info().path.into(), value)),
            Some((group, name)) => {
                let group = json.entry(group).or_insert_with(|| Map::new().into());
                if let Value::Object(fields) = group {
                    fields.insert(name.into(), value);
                }
            }
        }
    }
    json.into()
}

/// The same value with the fields of every object in the opposite order.
pub fn reversed(value: &preflight::Value) -> preflight::Value {
    match value {
        preflight::Value::Object(fields) => {
            let fields = fields.iter().rev().map(|(name, value)| (name.clone(), reversed(value)));
            preflight::Value::Object(fields.collect())
        }
        other => other.clone(),
    }
}

/// Writes the facts to the flat record as the front of the package does. Returns whether the texts fit in it.
pub fn write(record: &mut Record, facts: &Facts<'_>) -> bool {
    let mut end = 0;
    let mut known = 0_u64;
    for fact in Fact::ALL {
        let index = *fact as usize;
        let Some(value) = facts.get(*fact) else { continue };
        known |= 1 << index;
        let number = match value {
            FactValue::Time(time) => {
                record.instants()[index] = time.millis() as f64;
                0
            }
            FactValue::Choice(choice) => choice.index.into(),
            FactValue::Set(set) => set.low_bits() as u32,
            FactValue::Flag(flag) => flag.into(),
            FactValue::Integer(number) => number,
            FactValue::Text(text) => {
                let units: Vec<u16> = text.to_string().encode_utf16().collect();
                let start = end;
                if !put(record, &mut end, &units) {
                    return false;
                }
                (start * Record::UNITS + units.len()) as u32
            }
            FactValue::Texts(texts) => {
                let texts: Vec<Vec<u16>> =
                    texts.iter().map(|text| text.to_string().encode_utf16().collect()).collect();
                let ends = texts.iter().scan(0, |end, text| {
                    *end += text.len();
                    Some(*end as u16)
                });
                let list: Vec<u16> =
                    [texts.len() as u16].into_iter().chain(ends).chain(texts.concat()).collect();
                let start = end;
                if !put(record, &mut end, &list) {
                    return false;
                }
                start as u32
            }
        };
        record.numbers()[index] = number;
    }
    for word in 0..Record::WORDS {
        record.numbers()[Record::KNOWN + word] = (known >> (32 * word)) as u32;
    }
    true
}

fn put(record: &mut Record, end: &mut usize, units: &[u16]) -> bool {
    let Some(room) = record.units().get_mut(*end..*end + units.len()) else { return false };
    room.copy_from_slice(units);
    *end += units.len();
    true
}
