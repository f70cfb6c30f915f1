//! The engine as a Python module: `check` and `explain` of single facts, and `audit` of batches of Arrow.
//!
//! The package around it, `preflight/`, has the classes that need no Rust: the error, the types and Spark.
#![cfg(feature = "extension")]

mod auditor;
mod engine;
mod error;
mod reader;

use pyo3::prelude::*;

/// The native part of the package `preflight`.
#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::auditor::Auditor;
    #[pymodule_export]
    use crate::engine::Engine;

    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
}
