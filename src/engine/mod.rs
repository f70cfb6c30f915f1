//! 引擎: how rules over facts become an answer.
//!
//! The rules of each question are compiled into masks over conditions at compile time ([`compiled`]). Given some facts,
//! the conditions are evaluated ([`evaluation`]) and the rules combined into an answer ([`mod@check`]). JavaScript passes
//! the facts of one question as a flat [`record`], and many orders at once as columns ([`batch`]).

pub mod batch;
pub mod check;
pub mod compiled;
pub mod evaluation;
pub mod record;
