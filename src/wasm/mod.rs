//! 边界: the engine as JavaScript calls it, and the only module that names wasm-bindgen, js-sys or serde-wasm-bindgen.
//!
//! There are two ways in. `check` and `explain` read the flat record, which the package's front fills before it calls.
//! What the front cannot place there crosses as the caller's own value, which [`reader`] walks within bounds; the engine
//! then answers all the same, or says exactly what is wrong. What goes out in words is written by serde-wasm-bindgen.
//!
//! Every method takes `&self`, so that a getter among a caller's facts may call the engine again.

use core::cell::RefCell;

use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::engine::batch::{Columns, InvalidRow};
use crate::engine::compiled::{RuleSet, rule_offset};
use crate::engine::record::Record;
use crate::explain::trace::trace;
use crate::input::error::FactsError;
use crate::model::bitset::Indexed;
use crate::model::facts::{Fact, FactSet, FactSource, Facts};
use crate::model::locale::Locale;
use crate::model::question::Question;
use crate::model::terms::Terms;
use crate::rules::RULES;
use reader::read;
use views::{view_bytes, view_floats, view_units, view_words};

mod reader;
mod views;

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Returned in place of a verdict or a number where the front has to pass the caller's value instead.
const FALL_BACK: i32 = -1;

/// An engine with its terms.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    terms: Terms,
    record: RefCell<Record>,
    /// Made when first asked for.
    columns: RefCell<Option<Columns>>,
}

#[wasm_bindgen]
impl Engine {
    /// An engine with the default terms, or with those among the options of `load`, or of `loadSync`, in place of their
    /// own.
    ///
    /// # Errors
    /// Options or terms that cannot be read, as a detail of a `FactsError`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue, is_sync: bool) -> Result<Self, JsValue> {
        let terms = if options.is_undefined() {
            Terms::default()
        } else {
            Terms::read_options(&read(options), is_sync).map_err(thrown)?
        };
        Ok(Self { terms, record: RefCell::default(), columns: RefCell::default() })
    }

    /// What the front must know of the engine: its terms and its tables.
    pub fn about(&self) -> Result<JsValue, JsValue> {
        written(&About {
            version: env!("CARGO_PKG_VERSION"),
            terms: &self.terms,
            warning: self.terms.warning(),
            codes: RULES.iter().map(|rule| rule.code).collect(),
            listed: RuleSet::ALL,
            offsets: Question::ALL.iter().copied().map(rule_offset).collect(),
            paths: FactSet::ALL,
        })
    }

    /// Views of the flat record: numbers, instants, units. They are detached when the memory grows.
    #[wasm_bindgen(js_name = recordViews)]
    pub fn record_views(&self) -> Array {
        let mut record = self.record.borrow_mut();
        Array::of3(
            &view_words(record.numbers()),
            &view_floats(record.instants()),
            &view_units(record.units()),
        )
    }

    /// Checks the facts in the record. Returns the verdict's index, with the rules that fired and the facts that are
    /// missing written to the record; or [`FALL_BACK`].
    pub fn check(&self, question: usize) -> i32 {
        let answered = || {
            let question = *Question::ALL.get(question)?;
            let mut record = self.record.try_borrow_mut().ok()?;
            let answer = crate::check(question, record.facts()?, &self.terms);
            let fired = answer.fired.low_bits().wrapping_shr(rule_offset(question) as u32) as u32;
            record.write_answer(fired, answer.missing);
            Some(answer.verdict as i32)
        };
        answered().unwrap_or(FALL_BACK)
    }

    /// Explains the facts in the record; `undefined` where the front has to pass the caller's value instead.
    pub fn explain(&self, question: usize, locale: usize) -> Result<JsValue, JsValue> {
        let (Some(question), Some(locale)) = (Question::ALL.get(question), Locale::ALL.get(locale)) else {
            return Ok(JsValue::UNDEFINED);
        };
        let Ok(mut record) = self.record.try_borrow_mut() else { return Ok(JsValue::UNDEFINED) };
        let Some(facts) = record.facts() else { return Ok(JsValue::UNDEFINED) };
        written(&crate::explain(*question, &Facts::from_source(facts), &self.terms, *locale))
    }

    /// Checks facts that a caller passed.
    ///
    /// # Errors
    /// A question or facts that cannot be read, as a detail of a `FactsError`.
    #[wasm_bindgen(js_name = checkValue)]
    pub fn check_value(&self, question: &JsValue, facts: &JsValue) -> Result<JsValue, JsValue> {
        answered(question, facts, &|question, facts| written(&crate::check(question, facts, &self.terms)))
    }

    /// Explains facts that a caller passed, in the language that the options name.
    ///
    /// # Errors
    /// A question, facts or options that cannot be read, as a detail of a `FactsError`.
    #[wasm_bindgen(js_name = explainValue)]
    pub fn explain_value(
        &self,
        question: &JsValue,
        facts: &JsValue,
        options: &JsValue,
    ) -> Result<JsValue, JsValue> {
        answered(question, facts, &|question, facts| {
            let locale = Locale::read_options(&read(options)).map_err(thrown)?;
            written(&crate::explain(question, facts, &self.terms, locale))
        })
    }

    /// What became of every rule and condition.
    ///
    /// # Errors
    /// A question or facts that cannot be read, as a detail of a `FactsError`.
    pub fn trace(&self, question: &JsValue, facts: &JsValue) -> Result<JsValue, JsValue> {
        answered(question, facts, &|question, facts| written(&trace(question, facts, &self.terms)))
    }

    /// The one fact that a caller passed, at the index, as the columns write it; a text has no number of its own.
    ///
    /// # Errors
    /// A fact that cannot be read, as a detail of a `FactsError`.
    #[wasm_bindgen(js_name = columnNumber)]
    pub fn column_number(&self, index: usize, facts: &JsValue) -> Result<f64, JsValue> {
        let facts = read(facts);
        let facts = Facts::read(&facts).map_err(thrown)?;
        let Some(fact) = Fact::at(index).filter(|fact| (&facts).is_known(*fact)) else { return Ok(0.0) };
        Ok(match ((&facts).time(fact), (&facts).notices(fact)) {
            (Some(time), _) => time.millis() as f64,
            (_, Some(notices)) => notices.messages().bits().into(),
            (None, None) => (&facts).number(fact).into(),
        })
    }

    /// Views of the columns: numbers, times, validity, bounds, verdicts, fired, missing, and units with room for at
    /// least so many. They are detached when the memory grows.
    #[wasm_bindgen(js_name = columnViews)]
    pub fn column_views(&self, room: usize) -> Array {
        let mut columns = self.columns.borrow_mut();
        let columns = columns.get_or_insert_default();
        // Nothing may allocate between the first view and the last.
        columns.units(room);
        let views = Array::new();
        views.push(&view_words(columns.numbers()));
        views.push(&view_floats(columns.times()));
        views.push(&view_bytes(columns.validity()));
        views.push(&view_words(columns.bounds()));
        views.push(&view_bytes(&columns.answers().verdicts));
        views.push(&view_words(&columns.answers().fired));
        views.push(&view_words(&columns.answers().missing));
        views.push(&view_units(columns.units(room)));
        views
    }

    /// Checks the first rows of the columns, where these facts have one, with so many texts. Returns the first row that
    /// holds something that no fact can be, or [`FALL_BACK`] where all rows were answered.
    #[wasm_bindgen(js_name = checkColumns)]
    pub fn check_columns(&self, question: usize, given: u32, rows: usize, texts: usize) -> i32 {
        let mut columns = self.columns.borrow_mut();
        let (Some(question), Some(columns)) = (Question::ALL.get(question), columns.as_mut()) else {
            return 0;
        };
        match columns.check(*question, FactSet::from_bits(given.into()), rows, texts, &self.terms) {
            Ok(()) => FALL_BACK,
            Err(InvalidRow(row)) => row as i32,
        }
    }
}

/// What the front must know of the engine.
#[derive(Serialize)]
struct About<'a> {
    /// The version, which has to be that of the front.
    version: &'static str,
    terms: &'a Terms,
    /// What is wrong with them, to be shown on the console.
    warning: Option<&'static str>,
    /// The codes of the rules, by their indices.
    codes: Vec<&'static str>,
    /// The same in the order in which they are listed.
    listed: RuleSet,
    /// The index of the first rule that each question asks.
    offsets: Vec<usize>,
    /// The paths of the facts, by their indices.
    paths: FactSet,
}

/// Reads a question and facts that a caller passed, and answers them.
fn answered(
    question: &JsValue,
    facts: &JsValue,
    answer: &dyn Fn(Question, &Facts<'_>) -> Result<JsValue, JsValue>,
) -> Result<JsValue, JsValue> {
    let question = Question::read(&read(question)).map_err(thrown)?;
    let facts = read(facts);
    answer(question, &Facts::read(&facts).map_err(thrown)?)
}

/// A value as JavaScript has it, in the form that JSON would have.
fn written(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(JsValue::from)
}

/// The detail of an error, which the front throws as a `FactsError`.
fn thrown(error: FactsError) -> JsValue {
    #[derive(Serialize)]
    struct Thrown<'a> {
        code: &'static str,
        path: &'a str,
        expected: &'a str,
        received: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        hint: Option<&'a str>,
        message: String,
    }
    let detail = Thrown {
        code: error.code.name(),
        path: &error.path,
        expected: &error.expected,
        received: &error.received,
        hint: error.hint.as_deref(),
        message: error.message(),
    };
    written(&detail).unwrap_or_else(|failure| failure)
}
