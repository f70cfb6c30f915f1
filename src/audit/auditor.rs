//! 审计器: batches of orders in, answers out.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, Field, Schema, SchemaRef};

use super::answers::{Answers, Fault, Side};
use super::binding::{Binding, Mapping};
use super::filling::{Filler, Refusal, fill_constant};
use crate::engine::batch::{Answers as Block, Columns, TextInterner};
use crate::input::error::FactsError;
use crate::input::facts::consistent;
use crate::model::facts::{Fact, FactSet, IN_ORDER};
use crate::model::question::Question;
use crate::model::terms::Terms;

/// Why a batch as a whole cannot be answered. A cell that is invalid is no such reason: its order is answered `invalid`.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// A column that is not what it should be; the path is the fact's, or the name of the column.
    #[error(transparent)]
    Column(#[from] FactsError),
    /// Answers that do not fit into one batch, or files that cannot be read as what they are.
    #[error(transparent)]
    Arrow(#[from] ArrowError),
}

/// Answers orders with one set of terms, or with two for comparison.
pub struct Auditor {
    question: Question,
    terms: Terms,
    against: Option<Terms>,
    mapping: Mapping,
    bound: Option<Bindings>,
    columns: Columns,
    texts: TextInterner,
    /// The answers to a block, by the terms and by the others.
    blocks: [Block; 2],
}

/// The columns of the schema that was seen last.
struct Bindings {
    schema: SchemaRef,
    binding: Binding,
    fillers: Vec<Filler>,
}

impl Auditor {
    /// Answers the question with the terms; with `against`, also with those, as the answers before a change.
    pub fn new(question: Question, terms: Terms, against: Option<Terms>, mapping: Mapping) -> Self {
        Self {
            question,
            terms,
            against,
            mapping,
            bound: None,
            columns: Columns::new(),
            texts: TextInterner::default(),
            blocks: [Block::new(), Block::new()],
        }
    }

    /// Answers a batch with another batch: the columns that are copied, the verdict, the codes, the missing facts and
    /// why an order is invalid; with other terms also the answers by those, and what differs. The columns after those
    /// that are copied are the same whatever the schema.
    ///
    /// # Errors
    /// A column that is misspelt, or cannot be what its name says; then no order is answered.
    pub fn run(&mut self, batch: &RecordBatch) -> Result<RecordBatch, AuditError> {
        let answers = self.answer(batch)?;
        let (ids, binding) = (self.bound.as_ref(), batch.schema());
        let (mut fields, mut columns) = (Vec::new(), Vec::new());
        for index in ids.map_or(&[][..], |bound| &bound.binding.ids) {
            if let (Some(field), Some(column)) = (binding.fields().get(*index), batch.columns().get(*index)) {
                fields.push(Arc::clone(field));
                columns.push(Arc::clone(column));
            }
        }
        for (field, column) in answers.columns(None)? {
            fields.push(Arc::new(field));
            columns.push(column);
        }
        Ok(RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?)
    }

    /// The fields that answers have after the columns that are copied.
    pub fn fields(&self) -> Vec<Field> {
        Answers::fields(self.against.is_some())
    }

    /// Finds the facts among the columns of a schema.
    ///
    /// # Errors
    /// As [`Binding::new`].
    pub fn bind(&mut self, schema: &SchemaRef) -> Result<&Binding, AuditError> {
        let known = self
            .bound
            .take()
            .filter(|known| Arc::ptr_eq(&known.schema, schema) || known.schema.fields() == schema.fields());
        let bound = match known {
            Some(known) => known,
            None => {
                let binding = Binding::new(schema, &self.mapping)?;
                let fillers = binding.facts.iter().map(|bound| Filler::new(bound.fact)).collect();
                Bindings { schema: Arc::clone(schema), binding, fillers }
            }
        };
        Ok(&self.bound.insert(bound).binding)
    }

    /// Answers a batch.
    ///
    /// # Errors
    /// As [`Auditor::run`].
    pub fn answer(&mut self, batch: &RecordBatch) -> Result<Answers, AuditError> {
        self.bind(&batch.schema())?;
        let Self { question, terms, against, mapping, bound, columns, texts, blocks } = self;
        let mut answers = Answers::new(*question, batch.num_rows(), against.is_some());
        let Some(Bindings { binding, fillers, .. }) = bound else { return Ok(answers) };
        let facts = binding.facts.iter().map(|bound| bound.column(batch)).collect::<Option<Vec<ArrayRef>>>();
        let facts = facts.unwrap_or_default();
        let given = binding.given();
        let given = if mapping.now.is_some() { given.union(FactSet::of(&[Fact::now])) } else { given };
        for first in (0..batch.num_rows()).step_by(Columns::ROWS) {
            let rows = batch.num_rows().saturating_sub(first).min(Columns::ROWS);
            texts.clear();
            let mut refused = Vec::new();
            if let Some(now) = mapping.now {
                fill_constant(Fact::now, now, columns);
            }
            for (cells, filler) in facts.iter().zip(fillers.iter_mut()) {
                let cells = cells.slice(first, rows);
                filler.fill(&cells, mapping, columns, texts, &mut refused);
            }
            // An order is refused for its first fact in the order of the table, as by `check`.
            refused.sort_by_key(|refusal| refusal.row);
            refused.dedup_by_key(|refusal| refusal.row);
            refuse_contradictions(columns, given, rows, &mut refused);
            for refusal in &refused {
                given.iter().for_each(|fact| clear(columns, fact, refusal.row));
            }
            let [now, before] = &mut *blocks;
            let now = (&*terms, now);
            match against {
                Some(against) => columns.answer(*question, given, rows, &mut [now, (against, before)]),
                None => columns.answer(*question, given, rows, &mut [now]),
            }
            for (side, block) in answers.sides().zip(&*blocks) {
                side.extend(block, rows, &refused);
            }
            answers.faults.extend(
                refused
                    .into_iter()
                    .map(|Refusal { row, error }| Fault { row: first.saturating_add(row), error }),
            );
        }
        Ok(answers)
    }
}

/// Refuses the orders whose facts contradict each other, unless they are refused already.
fn refuse_contradictions(columns: &Columns, given: FactSet, rows: usize, refused: &mut Vec<Refusal>) {
    let known = refused.len();
    // Compares the times as they stand, those among them that are not known included: few orders are looked at closely.
    let mut suspects = [false; Columns::ROWS];
    for (later, earlier) in IN_ORDER {
        if given.contains(later) && given.contains(earlier) {
            let (later, earlier) = columns.two_times(later, earlier);
            for (suspect, (later, earlier)) in suspects.iter_mut().zip(later.iter().zip(earlier)) {
                *suspect |= later < earlier;
            }
        }
    }
    let suspects = suspects.iter().take(rows).enumerate().filter(|(_, suspect)| **suspect);
    for (row, _) in suspects {
        let Err(error) = consistent(columns.order(row, given)) else { continue };
        if !refused.iter().take(known).any(|refusal| refusal.row == row) {
            refused.push(Refusal { row, error });
        }
    }
    refused.sort_by_key(|refusal| refusal.row);
}

/// Makes a fact of an order unknown.
fn clear(columns: &mut Columns, fact: Fact, row: usize) {
    if let Some(byte) = columns.validity_of(fact).get_mut(row / 8) {
        *byte &= !(1 << (row % 8));
    }
}

impl Side {
    /// Takes over the answers to a block.
    fn extend(&mut self, block: &Block, rows: usize, refused: &[Refusal]) {
        let first = self.verdicts.len();
        self.verdicts.extend(block.verdicts.iter().take(rows));
        self.fired.extend(block.fired.iter().take(rows));
        self.missing.extend(block.missing.iter().take(rows));
        for refusal in refused {
            self.refuse(first.saturating_add(refusal.row));
        }
    }
}
