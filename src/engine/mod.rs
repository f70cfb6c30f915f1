//! 引擎: how rules over facts become an answer, for one set of facts or for many at once.

pub mod batch;
pub mod check;
pub mod compiled;
pub mod evaluation;

pub mod record;
