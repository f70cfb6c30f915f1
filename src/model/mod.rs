//! 模型: what the engine speaks of, as plain types: facts, questions, times, terms, texts in two languages.
//!
//! Nothing here knows what a caller passed, what a rule says or how an answer is reached.

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
pub mod terms;
pub mod text;
pub mod time;
