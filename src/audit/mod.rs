//! 审计: every past order asked again, from columns of Apache Arrow.
//!
//! An [`Auditor`] answers batches of orders, one row each, with the terms in force and, for comparison, with others. The
//! columns are written into the engine's own columns, so that there is one engine for one order and for a billion. A cell
//! that `check` would refuse makes its order [`INVALID`](answers::INVALID) and disturbs no other.
//!
//! ```
//! use std::sync::Arc;
//! use arrow_array::{RecordBatch, StringArray};
//! use preflight::audit::{Auditor, Mapping};
//! use preflight::{Question, Terms};
//!
//! let column = |cells: &[&str]| Arc::new(StringArray::from(cells.to_vec())) as _;
//! let orders = RecordBatch::try_from_iter([
//!     ("id", column(&["1", "2"])),
//!     ("order_status", column(&["unpaid", "refunded"])),
//! ])?;
//! let mapping = Mapping { ids: vec!["id".into()], ..Mapping::default() };
//! let answers = Auditor::new(Question::Refund, Terms::default(), None, mapping).run(&orders)?;
//! let names: Vec<_> = answers.schema().fields().iter().map(|field| field.name().clone()).collect();
//! assert_eq!(names, ["id", "verdict", "codes", "missing", "invalid_code", "invalid_path"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod answers;
mod auditor;
pub mod binding;
mod cells;
mod filling;
#[cfg(feature = "audit")]
mod flow;
#[cfg(feature = "audit")]
mod output;
#[cfg(feature = "audit")]
mod progress;
#[cfg(feature = "audit")]
pub mod report;
#[cfg(feature = "audit")]
pub mod run;
#[cfg(feature = "audit")]
mod sources;
pub mod tally;
#[cfg(feature = "audit")]
mod text_files;

pub use auditor::{AuditError, Auditor};
pub use binding::{Encoding, Mapping, UtcOffset};
