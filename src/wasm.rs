//! 边界: the engine as the package's front calls it, and the only file that knows JavaScript.
//!
//! Values come in as `wire` texts and answers go out as JSON. Converting objects field by field
//! through serde-wasm-bindgen takes a third more code, several times as long, and lets a caller's
//! getters and proxies run while the engine does; texts do none of that.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::{Facts, FactsError, Locale, Question, Terms, Value, wire};

/// A third of the size of the one that comes with std.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// What every call answers, as JSON.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Reply<T> {
    Answer(T),
    Refused {
        #[serde(flatten)]
        error: FactsError,
        message: String,
    },
}

/// An engine with its terms.
#[wasm_bindgen]
pub struct Engine {
    terms: Result<Terms, FactsError>,
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
        Self { terms }
    }

    /// Answers `[what, question, facts, locale]`; the last may be null where it does not matter.
    pub fn ask(&self, request: &str) -> String {
        self.answer(&wire::read(request))
            .unwrap_or_else(|error| reply::<()>(&Reply::Refused { message: error.sentence(), error }))
    }

    fn answer(&self, request: &Value) -> Result<String, FactsError> {
        let terms = self.terms.as_ref().map_err(Clone::clone)?;
        let (what, question, facts, locale) = match request {
            Value::List(parts) => match parts.as_slice() {
                [Value::Text(what), question, facts, locale] => (what.as_str(), question, facts, locale),
                _ => return Ok(String::new()),
            },
            _ => return Ok(String::new()),
        };
        if what == "terms" {
            return Ok(reply(&Reply::Answer(terms)));
        }
        let question = Question::read(question)?;
        let facts = Facts::read(facts)?;
        Ok(match what {
            "check" => reply(&Reply::Answer(crate::check(question, &facts, terms))),
            "trace" => reply(&Reply::Answer(crate::trace::trace(question, &facts, terms))),
            _ => {
                let locale = Locale::read(locale)?;
                reply(&Reply::Answer(crate::explain(question, &facts, terms, locale)))
            }
        })
    }
}

/// As JSON; nothing of ours fails to be written, and if it did the front would see an empty text.
fn reply<T: Serialize>(reply: &Reply<T>) -> String {
    serde_json::to_string(reply).unwrap_or_default()
}
