//! The class `Engine`.

use std::collections::HashMap;

use preflight::audit::{Mapping, UtcOffset};
use preflight::model::time::Time;
use preflight::{Facts, FactsError, Locale, Question, Terms, Value};
use pyo3::prelude::*;
use serde::Serialize;

use crate::auditor::Auditor;
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

    /// 审计: answers a batch of orders, one a row, with a batch of answers.
    ///
    /// `against` are other terms, or an engine with them, whose answers are compared as those before a change. The
    /// columns `id` are copied into the answers. `map` says which column is which fact where the names do not, and
    /// `ignore` names columns that are none though they seem so. `now` is when the question is asked, where no column
    /// has it; `timezone` is the offset, like `+08:00`, of times that are without a zone.
    ///
    /// An invalid cell makes its order `invalid` and disturbs no other. Raises FactsError for a column that is misspelt
    /// or cannot be what its name says.
    #[allow(clippy::too_many_arguments)]
    #[pyo3(signature = (question, batch, against = None, *, id = None, map = None, ignore = None, now = None,
        timezone = None))]
    fn audit<'py>(
        &self,
        question: &Bound<'py, PyAny>,
        batch: &Bound<'py, PyAny>,
        against: Option<Bound<'py, PyAny>>,
        id: Option<Names>,
        map: Option<HashMap<String, String>>,
        ignore: Option<Names>,
        now: Option<Bound<'py, PyAny>>,
        timezone: Option<String>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.auditor(question, against, id, map, ignore, now, timezone)?.run(batch)
    }

    /// An auditor for many batches, with the arguments of `audit`.
    #[allow(clippy::too_many_arguments)]
    #[pyo3(signature = (question, against = None, *, id = None, map = None, ignore = None, now = None,
        timezone = None))]
    fn auditor(
        &self,
        question: &Bound<'_, PyAny>,
        against: Option<Bound<'_, PyAny>>,
        id: Option<Names>,
        map: Option<HashMap<String, String>>,
        ignore: Option<Names>,
        now: Option<Bound<'_, PyAny>>,
        timezone: Option<String>,
    ) -> PyResult<Auditor> {
        let against = match against {
            None => None,
            Some(given) => Some(match given.cast::<Self>() {
                Ok(engine) => engine.get().terms.clone(),
                Err(_) => valid(Terms::read(&read(&given)?))?,
            }),
        };
        let mapping = Mapping {
            facts: map.unwrap_or_default().into_iter().collect(),
            ignored: Names::list(ignore),
            ids: Names::list(id),
            timezone: valid(timezone.as_deref().map(UtcOffset::read).transpose())?,
            now: now.map(|now| read_now(&now)).transpose()?.flatten(),
            ..Mapping::default()
        };
        Ok(Auditor::new(read_question(question)?, self.terms.clone(), against, mapping))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (Py<PyAny>,)) {
        let given = slf.get().given.clone_ref(slf.py());
        (slf.get_type().into_any(), (given,))
    }
}

/// Names of columns.
#[derive(FromPyObject)]
enum Names {
    One(String),
    Many(Vec<String>),
}

impl Names {
    fn list(names: Option<Self>) -> Vec<String> {
        match names {
            None => Vec::new(),
            Some(Self::One(name)) => vec![name],
            Some(Self::Many(names)) => names,
        }
    }
}

/// Reads the time at which the question is asked, as the fact of that name.
fn read_now(now: &Bound<'_, PyAny>) -> PyResult<Option<Time>> {
    let facts = Value::Object(vec![("now".into(), read(now)?)]);
    Ok(valid(Facts::read(&facts))?.now)
}

/// Reads the question that is asked.
fn read_question(question: &Bound<'_, PyAny>) -> PyResult<Question> {
    valid(Question::read(&read(question)?))
}

/// What was read, or the exception for what is invalid in it.
fn valid<T>(result: Result<T, FactsError>) -> PyResult<T> {
    result.map_err(|error| raised(&error))
}

/// A value as dicts and lists, in the form that JSON would have.
fn written<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    Ok(pythonize::pythonize(py, value)?)
}
