//! 审计: orders in columns and in files, asked again.

#![cfg(feature = "audit")]
// These lints keep panics out of the core; a test fails by one.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod columns;
mod command;
mod orders;
