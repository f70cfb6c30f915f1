//! 模型: the plain types of the domain: facts, questions, times, terms, texts in two languages.
//!
//! They do not depend on the input of a caller, on the rules or on the engine.

pub mod accounts;
pub mod add_ons;
pub mod bitset;
pub mod calendar;
pub mod choices;
pub mod fact_types;
pub mod facts;
pub mod labels;
pub mod locale;
pub mod masking;
pub(crate) mod named;
pub mod notices;
pub mod question;
pub mod runs_on;
pub mod terms;
pub mod text;
pub mod time;
