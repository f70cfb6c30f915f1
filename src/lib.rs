//! 买前检查: decides before a customer pays whether a purchase of e会计 software will work, and after
//! paying whether and how it can be refunded.
//!
//! A caller passes what it knows ([`Facts`]) and asks a [`Question`]; [`check()`] answers with a
//! verdict, the codes of the rules that fired and the facts that are missing, and [`explain()`] adds
//! what a person needs to act on it. The engine reads no clock, no storage and no network, and
//! nothing that a caller passes makes it panic.
//!
//! Where to look: [`facts`] is the one table of facts, [`conditions`] the vocabulary over them,
//! [`rules`] the rules, each a file of data, and [`mod@check`] how they combine. The core knows
//! nothing of JavaScript; only the module `wasm` does.
//!
//! ```
//! use preflight::{Facts, Question, Terms, Verdict, check};
//! use preflight::facts::{Product, Text};
//!
//! let facts = Facts {
//!     product: Some(Product::VoucherPack),
//!     need_ledger: Some(Text("A")),
//!     selected_ledger: Some(Text("B")),
//!     ..Facts::default()
//! };
//! let answer = check(Question::Purchase, &facts, &Terms::default());
//! assert_eq!(answer.verdict, Verdict::Block);
//! assert_eq!(answer.fired.iter().next().unwrap().code, "WRONG_LEDGER");
//! ```

#![cfg_attr(test, allow(clippy::arithmetic_side_effects))]

pub mod bilingual;
mod bits;
pub mod calendar;
pub mod catalogue;
pub mod check;
pub mod clauses;
pub mod columns;
pub mod conditions;
pub mod error;
pub mod explain;
pub mod facts;
pub mod flat;
pub mod notes;
pub mod plan;
#[cfg(not(target_family = "wasm"))]
pub mod proof;
mod reading;
pub mod receipt;
#[cfg(target_family = "wasm")]
mod reply;
pub mod rule;
pub mod rules;
pub mod terms;
pub mod text;
pub mod time;
pub mod trace;
pub mod value;
#[cfg(target_family = "wasm")]
mod wasm;
pub mod wire;
mod write;

pub use bilingual::Locale;
pub use check::{Answer, Verdict, check};
pub use error::{ErrorCode, FactsError};
pub use explain::{Explanation, explain};
pub use facts::Facts;
pub use rule::Question;
pub use terms::Terms;
pub use value::Value;
