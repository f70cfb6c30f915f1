//! The class `Engine`.

use preflight::{Facts, FactsError, Locale, Question, Terms, Value};
use pyo3::prelude::*;
use serde::Serialize;

use crate::error::raised;
use crate::reader::read;

/// 引擎: answers questions under one set of terms.
///
/// For terms that are left out, the published ones are in force.
#[pyclass(frozen, module = "preflight")]
pub struct Engine {
    terms: Terms,
    /// What the terms were read from, for a copy of the engine in another process.
    given: Py<PyAny>,
}

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (terms = None))]
    fn new(py: Python<'_>, terms: Option<Bound<'_, PyAny>>) -> PyResult<Self> {
        let Some(given) = terms else { return Ok(Self { terms: Terms::default(), given: py.None() }) };
        let terms = valid(Terms::read(&read(&given)?))?;
        // The caller may change its own.
        let given = py.import("copy")?.call_method1("deepcopy", (given,))?;
        Ok(Self { terms, given: given.unbind() })
    }

    /// The terms in force.
    #[getter]
    fn terms<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        written(py, &self.terms)
    }

    /// 判断: the verdict, the codes of the rules that fired, and the missing facts.
    ///
    /// Raises FactsError where the question or the facts are invalid.
    fn check<'py>(
        &self,
        question: &Bound<'py, PyAny>,
        facts: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let asked = read_question(question)?;
        let value = read(facts)?;
        written(facts.py(), &preflight::check(asked, &valid(Facts::read(&value))?, &self.terms))
    }

    /// 说明: the answer with its reasons, notes, plan and contact, in one language.
    ///
    /// Raises FactsError where the question, the facts or the locale are invalid.
    #[pyo3(signature = (question, facts, locale = None))]
    fn explain<'py>(
        &self,
        question: &Bound<'py, PyAny>,
        facts: &Bound<'py, PyAny>,
        locale: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let asked = read_question(question)?;
        let value = read(facts)?;
        let known = valid(Facts::read(&value))?;
        let locale = locale.as_ref().map_or(Ok(Value::Null), read)?;
        let locale = valid(Locale::read(&locale))?;
        written(facts.py(), &preflight::explain(asked, &known, &self.terms, locale))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (Py<PyAny>,)) {
        let given = slf.get().given.clone_ref(slf.py());
        (slf.get_type().into_any(), (given,))
    }
}

/// Reads the question that is asked.
pub fn read_question(question: &Bound<'_, PyAny>) -> PyResult<Question> {
    valid(Question::read(&read(question)?))
}

/// What was read, or the exception for what is invalid in it.
pub fn valid<T>(result: Result<T, FactsError>) -> PyResult<T> {
    result.map_err(|error| raised(&error))
}

/// A value as dicts and lists, in the form that JSON would have.
fn written<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    Ok(pythonize::pythonize(py, value)?)
}
