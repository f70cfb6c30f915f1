//! 输入: the strict validation of what a caller passed.
//!
//! Invalid input is never corrected or ignored: it is rejected with a [`FactsError`](error::FactsError), a sentence that
//! names the path, what was expected there, and what to do.

pub mod error;
pub mod facts;
mod fields;
pub mod names;
pub mod suggestions;
pub mod terms;
pub mod value;
pub(crate) mod values;
