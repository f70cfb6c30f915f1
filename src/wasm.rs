//! 边界: the engine as the package's front calls it, and the only file that knows JavaScript.
//!
//! Facts come in as a `flat` record, or, like any other value, as `wire` texts; answers go out as a
//! [`Reply`]. Converting objects field by field through serde-wasm-bindgen takes a third more code,
//! several times as long, and lets a caller's getters and proxies run while the engine does.

use serde::ser::{Serialize, SerializeMap, Serializer};
use wasm_bindgen::prelude::*;

use crate::check::{RuleSet, first_asked, read_by};
use crate::columns::Columns;
use crate::error::Mistake;
use crate::facts::FactSet;
use crate::flat::{Cells, Record};
use crate::reply::Reply;
use crate::rules::RULES;
use crate::write::list;
use crate::{Facts, FactsError, Locale, Question, Terms, Value, wire};

/// A third of the size of the one that comes with std.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// What is told in place of an answer: a mistake, and the sentence that tells it.
#[derive(serde::Serialize)]
struct Refused {
    refused: Refusal,
}

struct Refusal(FactsError);

impl Serialize for Refusal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Mistake { code, path, expected, received, hint } = &*self.0;
        let mut refusal = serializer.serialize_map(None)?;
        refusal.serialize_entry("code", code)?;
        refusal.serialize_entry("path", path)?;
        refusal.serialize_entry("expected", expected)?;
        refusal.serialize_entry("received", received)?;
        if let Some(hint) = hint {
            refusal.serialize_entry("hint", hint)?;
        }
        refusal.serialize_entry("message", &self.0.sentence())?;
        refusal.end()
    }
}

/// What the front must know of the engine.
struct About<'a> {
    terms: &'a Terms,
    record: &'a Record,
}

impl Serialize for About<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut about = serializer.serialize_map(None)?;
        about.serialize_entry("terms", self.terms)?;
        // Where the front writes the parts of the record. Nothing of ours refers to them between calls.
        let (numbers, times, texts) = self.record.places();
        about.serialize_entry("numbers", &(numbers as u32))?;
        about.serialize_entry("times", &(times as u32))?;
        about.serialize_entry("texts", &(texts as u32))?;
        // The codes of the rules, by the place of their bits, and in the order in which they are told.
        about.serialize_entry("codes", &Each(RULES.iter().map(|rule| rule.code)))?;
        about.serialize_entry("told", &RuleSet::ALL)?;
        // The place of the first rule that each question asks.
        let questions = Question::ALL.iter().copied();
        about.serialize_entry(
            "first",
            &Each(questions.clone().map(|question| u32::from(first_asked(question)))),
        )?;
        // The facts that each question reads, by the place of their bits.
        about.serialize_entry("reads", &Each(questions.map(|question| read_by(question).bits())))?;
        // The paths of the facts, by the place of their bits.
        about.serialize_entry("paths", &FactSet::ALL)?;
        about.end()
    }
}

/// A list of what an iterator gives.
struct Each<I>(I);

impl<T: Serialize, I: Iterator<Item = T> + Clone> Serialize for Each<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        list(serializer, self.0.clone())
    }
}

/// An engine with its terms.
#[wasm_bindgen]
pub struct Engine {
    terms: Result<Terms, FactsError>,
    record: Record,
    /// Made when first asked for.
    columns: Option<Columns>,
    reply: Reply,
}

/// Where the parts of the columns stand.
#[derive(serde::Serialize)]
struct Places {
    numbers: u32,
    times: u32,
    validity: u32,
    bounds: u32,
    verdicts: u32,
    fired: u32,
    missing: u32,
}

#[wasm_bindgen]
impl Engine {
    /// An engine with the default terms, or with those given in place of their own.
    ///
    /// Bad terms are told by whatever is asked first.
    #[wasm_bindgen(constructor)]
    pub fn new(terms: &[u8]) -> Self {
        let terms = match wire::read(terms) {
            Value::Null => Ok(Terms::default()),
            given => Terms::read(&given),
        };
        Self { terms, record: Record::new(), columns: None, reply: Reply::default() }
    }

    /// Checks the facts in the record, of which these are known. Answers the verdict's place and writes to
    /// the first two numbers the rules that fired, counted from the first that the question asks, and the facts
    /// that are missing; or -1, where it is for `ask` to say what is wrong.
    pub fn check(&mut self, question: usize, known: u32) -> i32 {
        let asked = || {
            let terms = self.terms.as_ref().ok()?;
            let question = *Question::ALL.get(question)?;
            let facts = self.record.facts(FactSet::from_bits(known).and(read_by(question)))?;
            Some((crate::check(question, &facts, terms), first_asked(question)))
        };
        let Some((answer, first)) = asked() else { return -1 };
        if let [fired, missing, ..] = self.record.numbers() {
            *fired = (answer.fired.bits() >> first) as u32;
            *missing = answer.missing.bits();
        }
        answer.verdict as i32
    }

    /// Explains the facts in the record, of which these are known; where the answer stands, or 0, where it is for
    /// `ask` to say what is wrong.
    pub fn explain(&mut self, question: usize, known: u32, locale: usize) -> *const u32 {
        let Self { terms, record, reply, .. } = self;
        let mut asked = || {
            let terms = terms.as_ref().ok()?;
            let (question, locale) = (*Question::ALL.get(question)?, *Locale::ALL.get(locale)?);
            let facts = record.facts(FactSet::from_bits(known))?;
            Some(reply.with(&crate::explain(question, &facts, terms, locale)))
        };
        asked().unwrap_or(core::ptr::null())
    }

    /// The messages that the notices in the record tell, as the columns have them: a bit for each.
    pub fn told(&self, place: usize) -> u32 {
        self.record.notices(place).map_or(0, |notices| notices.told().into())
    }

    /// Where the parts of the columns stand, as `reply` tells it.
    pub fn columns(&mut self) -> *const u32 {
        let columns = self.columns.get_or_insert_default();
        self.reply.with(&Places {
            numbers: columns.numbers().as_ptr() as u32,
            times: columns.times().as_ptr() as u32,
            validity: columns.validity().as_ptr() as u32,
            bounds: columns.bounds().as_ptr() as u32,
            verdicts: columns.answers().verdicts.as_ptr() as u32,
            fired: columns.answers().fired.as_ptr() as u32,
            missing: columns.answers().missing.as_ptr() as u32,
        })
    }

    /// Where the front writes the texts of the columns, with room for so many bytes.
    #[wasm_bindgen(js_name = columnTexts)]
    pub fn column_texts(&mut self, room: usize) -> *mut u8 {
        self.columns.get_or_insert_default().texts(room).as_mut_ptr()
    }

    /// Checks the first rows of the columns, where these facts have one, with so many bytes of texts; whether what
    /// the front wrote could be read.
    #[wasm_bindgen(js_name = checkColumns)]
    pub fn check_columns(&mut self, question: usize, given: u32, rows: usize, bytes: usize) -> bool {
        let Self { terms: Ok(terms), columns: Some(columns), .. } = self else { return false };
        let Some(question) = Question::ALL.get(question) else { return false };
        columns.check(*question, FactSet::from_bits(given), rows, bytes, terms).is_some()
    }

    /// Answers `[what, question, facts, locale]`, of which the last may be null where it does not matter; where the
    /// answer stands, or what is [`Refused`].
    pub fn ask(&mut self, request: &[u8]) -> *const u32 {
        let Self { terms, record, reply, .. } = self;
        answer(&wire::read(request), terms, record, reply)
            .unwrap_or_else(|error| reply.with(&Refused { refused: Refusal(error) }))
    }
}

fn answer(
    request: &Value,
    terms: &Result<Terms, FactsError>,
    record: &mut Record,
    reply: &mut Reply,
) -> Result<*const u32, FactsError> {
    let terms = terms.as_ref().map_err(Clone::clone)?;
    // The front asks in no other form.
    let Value::List(parts) = request else { return Ok(core::ptr::null()) };
    let [Value::Text(what), question, facts, locale] = parts.as_slice() else { return Ok(core::ptr::null()) };
    if what == "about" {
        return Ok(reply.with(&About { terms, record }));
    }
    let question = Question::read(question)?;
    let facts = Facts::read(facts)?;
    Ok(match what.as_str() {
        "check" => reply.with(&crate::check(question, &facts, terms)),
        "read" => {
            record.put(&facts);
            reply.with(&())
        }
        "trace" => reply.with(&crate::trace::trace(question, &facts, terms)),
        _ => {
            let locale = Locale::read(locale)?;
            reply.with(&crate::explain(question, &facts, terms, locale))
        }
    })
}
