//! 买前检查: decides before a customer pays whether a purchase of e会计 software will work, and after
//! paying whether and how it can be refunded.
//!
//! A caller passes the facts that it knows ([`Facts`]) and asks a [`Question`]. [`check()`] answers with a verdict,
//! the codes of the rules that fired and the facts that are missing; [`explain()`] adds the reasons, the
//! questions for missing facts, a plan and a contact. The engine reads no clock, no storage and no network, and no
//! input makes it panic.
//!
//! Each module depends only on those above it:
//!
//! | module | content |
//! | --- | --- |
//! | [`model`] | facts, questions, times, terms, texts in two languages |
//! | [`input`] | the validation of what a caller passed, and its errors |
//! | [`rules`] | the vocabulary of conditions, and each rule as a file of data |
//! | [`engine`] | the evaluation of rules over facts, for one order or for many |
//! | [`mod@explain`] | reasons, notes, plans and receipts |
//! | [`catalogue`], [`proof`], `wasm` | the tables as data; the theorems; the interface to JavaScript |
//! | `audit` | orders in columns of Apache Arrow, with the feature `arrow`; files of them, with `audit` |
//!
//! Only `wasm` depends on JavaScript.
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

#[cfg(all(feature = "arrow", not(target_family = "wasm")))]
pub mod audit;
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
