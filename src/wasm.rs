//! 边界: the engine as the package's front calls it, and the only file that knows JavaScript.
//!
//! Facts come in as a `flat` record, or, like any other value, as `wire` texts; answers go out as a
//! [`Reply`]. Converting objects field by field through serde-wasm-bindgen takes a third more code,
//! several times as long, and lets a caller's getters and proxies run while the engine does.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::check::{RuleSet, first_asked, read_by};
use crate::facts::{Fact, FactSet};
use crate::flat::Record;
use crate::reply::Reply;
use crate::rules::RULES;
use crate::{ErrorCode, Facts, FactsError, Locale, Question, Terms, Value, wire};

/// A third of the size of the one that comes with std.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// What comes of every call.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Outcome<T> {
    Answer(T),
    Refused(Refusal),
}

/// A mistake, and the sentence that tells it.
#[derive(Serialize)]
struct Refusal {
    code: ErrorCode,
    path: String,
    expected: String,
    received: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    message: String,
}

impl From<FactsError> for Refusal {
    fn from(error: FactsError) -> Self {
        let message = error.sentence();
        let FactsError { code, path, expected, received, hint } = error;
        Self { code, path, expected, received, hint, message }
    }
}

/// What the front must know of the engine.
#[derive(Serialize)]
struct About<'a> {
    terms: &'a Terms,
    /// The codes of the rules, by the place of their bits, and in the order in which they are told.
    codes: Vec<&'static str>,
    told: Vec<&'static str>,
    /// The place of the first rule that each question asks.
    first: Vec<u32>,
    /// The paths of the facts, by the place of their bits.
    paths: Vec<&'static str>,
}

impl<'a> About<'a> {
    fn new(terms: &'a Terms) -> Self {
        Self {
            terms,
            codes: RULES.iter().map(|rule| rule.code).collect(),
            told: RuleSet::ALL.iter().map(|rule| rule.code).collect(),
            first: Question::ALL.iter().map(|question| first_asked(*question).into()).collect(),
            paths: Fact::ALL.iter().map(|fact| fact.info().path).collect(),
        }
    }
}

/// An engine with its terms.
#[wasm_bindgen]
pub struct Engine {
    terms: Result<Terms, FactsError>,
    record: Record,
    reply: Reply,
}

#[wasm_bindgen]
impl Engine {
    /// An engine with the default terms, or with those given in place of their own.
    ///
    /// Bad terms are told by whatever is asked first.
    #[wasm_bindgen(constructor)]
    pub fn new(terms: &str) -> Self {
        let terms = match wire::read(terms) {
            Value::Null => Ok(Terms::default()),
            given => Terms::read(&given),
        };
        Self { terms, record: Record::new(), reply: Reply::default() }
    }

    /// Where the front writes the numbers of the record. Nothing of ours refers to them between calls.
    pub fn numbers(&mut self) -> *mut u32 {
        self.record.numbers().as_mut_ptr()
    }

    /// Where the front writes the times of the record.
    pub fn times(&mut self) -> *mut f64 {
        self.record.times().as_mut_ptr()
    }

    /// Where the front writes the texts of the record.
    pub fn texts(&mut self) -> *mut u8 {
        self.record.texts().as_mut_ptr()
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
        let Self { terms, record, reply } = self;
        let mut asked = || {
            let terms = terms.as_ref().ok()?;
            let (question, locale) = (*Question::ALL.get(question)?, *Locale::ALL.get(locale)?);
            let facts = record.facts(FactSet::from_bits(known))?;
            Some(reply.with(&crate::explain(question, &facts, terms, locale)))
        };
        asked().unwrap_or(core::ptr::null())
    }

    /// Answers `[what, question, facts, locale]`, of which the last may be null where it does not matter; where the
    /// [`Outcome`] stands.
    pub fn ask(&mut self, request: &str) -> *const u32 {
        let Self { terms, reply, .. } = self;
        answer(&wire::read(request), terms, reply)
            .unwrap_or_else(|error| reply.with(&Outcome::<()>::Refused(error.into())))
    }
}

fn answer(
    request: &Value,
    terms: &Result<Terms, FactsError>,
    reply: &mut Reply,
) -> Result<*const u32, FactsError> {
    let terms = terms.as_ref().map_err(Clone::clone)?;
    // The front asks in no other form.
    let Value::List(parts) = request else { return Ok(core::ptr::null()) };
    let [Value::Text(what), question, facts, locale] = parts.as_slice() else { return Ok(core::ptr::null()) };
    if what == "about" {
        return Ok(reply.with(&Outcome::Answer(About::new(terms))));
    }
    let question = Question::read(question)?;
    let facts = Facts::read(facts)?;
    Ok(match what.as_str() {
        "check" => reply.with(&Outcome::Answer(crate::check(question, &facts, terms))),
        "trace" => reply.with(&Outcome::Answer(crate::trace::trace(question, &facts, terms))),
        _ => {
            let locale = Locale::read(locale)?;
            reply.with(&Outcome::Answer(crate::explain(question, &facts, terms, locale)))
        }
    })
}
