//! 输入: what a caller passed, read strictly, and what is wrong with it said in a sentence.
//!
//! Nothing is guessed at: what cannot be read is refused with a [`FactsError`](error::FactsError) that names the
//! place, what was expected and what to do.

pub mod error;
pub mod facts;
mod fields;
pub mod names;
pub mod suggestions;
pub mod terms;
pub mod value;
mod values;
