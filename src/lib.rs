//! 买前检查: decides before a customer pays whether a purchase of e会计 software will work, and after
//! paying whether and how it can be refunded.
//!
//! A caller passes what it knows ([`Facts`]) and asks a [`Question`]; [`check()`] answers with a
//! verdict, the codes of the rules that fired and the facts that are missing, and [`explain()`] adds
//! what a person needs to act on it. The engine reads no clock, no storage and no network, and
//! nothing that a caller passes makes it panic.
//!
//! The modules depend on each other in one direction only:
//!
//! | module | what it holds |
//! | --- | --- |
//! | [`model`] | facts, questions, times, terms, texts in two languages |
//! | [`input`] | what a caller passed, read strictly, and the errors |
//! | [`rules`] | the vocabulary of conditions, and each rule as a file of data |
//! | [`engine`] | how rules over facts become an answer, for one order or for many |
//! | [`mod@explain`] | reasons, notes, plans and receipts |
//! | [`catalogue`], [`proof`], `wasm` | the tables as data; the theorems; the boundary to JavaScript |
//!
//! The core knows nothing of JavaScript; only `wasm` does.
//!
//! ```
//! use preflight::{Facts, Question, Terms, Verdict, check};
//! use preflight::model::choices::Product;
//!
//! let facts = Facts {
//!     product: Some(Product::VoucherPack),
//!     need_ledger: Some("A".into()),
//!     selected_ledger: Some("B".into()),
//!     ..Facts::default()
//! };
//! let answer = check(Question::Purchase, &facts, &Terms::default());
//! assert_eq!(answer.verdict, Verdict::Block);
//! assert_eq!(answer.fired.rules().next().unwrap().code, "WRONG_LEDGER");
//! ```

#![cfg_attr(test, allow(clippy::arithmetic_side_effects))]

pub mod catalogue;
#[cfg(doctest)]
mod compile_time_limits;
pub mod engine;
pub mod explain;
pub mod input;
pub mod model;
#[cfg(not(target_family = "wasm"))]
pub mod proof;
pub mod rules;
#[cfg(target_family = "wasm")]
mod wasm;

pub use engine::check::{Answer, check};
pub use explain::{Explanation, explain};
pub use input::error::{ErrorCode, FactsError};
pub use input::value::Value;
pub use model::facts::Facts;
pub use model::locale::Locale;
pub use model::question::{Question, Verdict};
pub use model::terms::Terms;
