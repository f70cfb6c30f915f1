//! The class `Auditor`, which answers batches of Arrow.

use std::sync::{Mutex, MutexGuard, PoisonError};

use arrow_array::RecordBatch;
use arrow_pyarrow::{FromPyArrow, ToPyArrow};
use arrow_schema::{Schema, SchemaRef};
use preflight::audit::answers::Answers;
use preflight::audit::binding::Binding;
use preflight::audit::{AuditError, Auditor as Core, Mapping};
use preflight::{Question, Terms};
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::error::raised;

/// 审计器: answers batches of orders under one set of terms, or under two for comparison.
///
/// It keeps what it knows of the columns from one batch to the next. `Engine.auditor` makes one.
#[pyclass(frozen, module = "preflight")]
pub struct Auditor {
    question: Question,
    terms: Terms,
    against: Option<Terms>,
    mapping: Mapping,
    /// Made for the columns that were seen last.
    known: Mutex<Option<Known>>,
}

/// What is known of the columns that were seen last.
struct Known {
    schema: SchemaRef,
    /// The indices of the columns that are read or copied.
    needed: Vec<usize>,
    core: Core,
}

impl Auditor {
    /// An auditor that has seen no columns yet.
    pub fn new(question: Question, terms: Terms, against: Option<Terms>, mapping: Mapping) -> Self {
        Self { question, terms, against, mapping, known: Mutex::default() }
    }

    fn known(&self) -> MutexGuard<'_, Option<Known>> {
        // What a panic left behind is only what was known of the columns; they are bound again.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn binding(&self, schema: &Schema) -> PyResult<Binding> {
        Binding::new(schema, &self.mapping).map_err(raised_for_batch)
    }

    /// The indices of the columns of a schema that are read or copied.
    fn needed(&self, schema: Schema) -> PyResult<Vec<usize>> {
        if let Some(known) = self.known().as_ref().filter(|known| known.schema.fields() == schema.fields()) {
            return Ok(known.needed.clone());
        }
        let needed = self.binding(&schema)?.needed();
        let selected = schema.project(&needed).map_err(|error| PyValueError::new_err(error.to_string()))?;
        // A column that is ignored is not selected; a field within a structure is, and stays ignored.
        let mut mapping = self.mapping.clone();
        let is_there = |name: &String| {
            let mut names = selected.fields().iter().map(|field| field.name());
            names.any(|column| {
                name.strip_prefix(column).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        };
        mapping.ignored.retain(is_there);
        let core = Core::new(self.question, self.terms.clone(), self.against.clone(), mapping);
        *self.known() = Some(Known { schema: schema.into(), needed: needed.clone(), core });
        Ok(needed)
    }
}

#[pymethods]
impl Auditor {
    /// Answers a batch, one order a row, with another batch.
    ///
    /// Only the columns that are facts or ids cross to the engine, and their buffers are not copied. Raises FactsError
    /// for a column that is misspelt or cannot be what its name says; an invalid cell only makes its order `invalid`.
    pub fn run<'py>(&self, batch: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = batch.py();
        if !batch.hasattr("__arrow_c_array__")? || !batch.hasattr("schema")? {
            return Err(PyTypeError::new_err(format!(
                "a pyarrow.RecordBatch was expected, not {}; of a pyarrow.Table, pass each of `table.to_batches()`.",
                batch.get_type().fully_qualified_name()?
            )));
        }
        let schema = Schema::from_pyarrow_bound(&batch.getattr("schema")?)?;
        let (columns, needed) = (schema.fields().len(), self.needed(schema)?);
        // The import validates every column, so that those which nobody reads stay behind.
        let selected =
            if needed.len() == columns { batch.clone() } else { batch.call_method1("select", (needed,))? };
        let selected = RecordBatch::from_pyarrow_bound(&selected)?;
        let answers = py.detach(|| self.known().as_mut().map(|known| known.core.run(&selected)));
        match answers {
            Some(answers) => answers.map_err(raised_for_batch)?.to_pyarrow(py),
            None => {
                Err(PyRuntimeError::new_err("the columns of the batch are not known; please report this."))
            }
        }
    }

    /// The indices of the columns that are read or copied, of a schema whose other columns may be left out.
    fn columns(&self, schema: &Bound<'_, PyAny>) -> PyResult<Vec<usize>> {
        self.needed(Schema::from_pyarrow_bound(schema)?)
    }

    /// The names of the columns of a schema that are not read, because they are neither facts nor ids.
    fn unread(&self, schema: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
        Ok(self.binding(&Schema::from_pyarrow_bound(schema)?)?.unread)
    }

    /// The schema of the answers to batches of a schema.
    fn schema<'py>(&self, schema: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let read = Schema::from_pyarrow_bound(schema)?;
        self.binding(&read)?;
        let fields = Answers::fields(self.against.is_some());
        let ids = self.mapping.ids.iter().filter_map(|name| read.field_with_name(name).ok().cloned());
        Schema::new(ids.chain(fields).collect::<Vec<_>>()).to_pyarrow(schema.py())
    }
}

/// The exception for a batch that cannot be answered.
fn raised_for_batch(error: AuditError) -> PyErr {
    match error {
        AuditError::Column(error) => raised(&error),
        AuditError::Arrow(error) => PyValueError::new_err(error.to_string()),
    }
}
