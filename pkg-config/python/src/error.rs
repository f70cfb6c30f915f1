//! A `FactsError` of the engine as the exception of the same name.

use preflight::FactsError;
use pyo3::prelude::*;

mod exceptions {
    pyo3::import_exception!(preflight.errors, FactsError);
}

/// The exception to raise for an error of the engine.
pub fn raised(error: &FactsError) -> PyErr {
    exceptions::FactsError::new_err((
        error.message(),
        error.code.name(),
        error.path.clone(),
        error.expected.clone(),
        error.received.clone(),
        error.hint.clone(),
    ))
}
