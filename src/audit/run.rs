//! 运行: an audit of files, one thread to each part of them.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use arrow_array::{Array, ArrayRef, Int64Array, RecordBatch, StringArray, UInt64Array};
use arrow_schema::{DataType, Field, Schema};

use super::answers::Answers;
use super::auditor::Auditor;
use super::binding::Mapping;
use super::cells;
use super::output::{Encoder, RowGroup, Sink, TextFile, Unfinished, place_of};
use super::progress::Progress;
pub use super::sources::READ_ENDINGS;
use super::sources::{Found, Part, SourceFile, expand};
use super::tally::Tally;
use crate::input::value::Value;
use crate::model::fact_types::FactType;
use crate::model::question::Question;
use crate::model::terms::Terms;

/// What is audited, and how.
#[derive(Debug, Clone)]
pub struct Job {
    /// Files, folders and patterns.
    pub inputs: Vec<String>,
    /// What is asked.
    pub question: Question,
    /// The terms.
    pub terms: Terms,
    /// The terms that they are compared with.
    pub against: Option<Terms>,
    /// What the columns are. Where no column is copied, the answers name the file and the row.
    pub mapping: Mapping,
    /// Files that are read beside the inputs, which must not be overwritten either.
    pub also_read: Vec<PathBuf>,
    /// Where the answers are written, as Parquet.
    pub out: Option<PathBuf>,
    /// Where the report is written, as HTML.
    pub report: Option<PathBuf>,
    /// Whether only the orders are written whose answers differ.
    pub changed_only: bool,
    /// The indices of the verdicts of the orders that are written; none means all.
    pub verdicts: Vec<u8>,
    /// Whether the first invalid cell ends the audit.
    pub is_strict: bool,
    /// Whether the orders are only read and counted, and not answered.
    pub is_dry: bool,
    /// How many threads; 0 means as many as there are processors.
    pub threads: usize,
    /// Whether progress is shown on the terminal.
    pub shows_progress: bool,
}

/// What came of an audit.
#[derive(Debug)]
pub struct Audit {
    /// The answers, counted.
    pub tally: Tally,
    /// How many orders were read.
    pub orders: u64,
    /// How many files were read.
    pub files: usize,
    /// The columns that were not read.
    pub unread: Vec<String>,
    /// The files in folders that were not read.
    pub skipped: Vec<PathBuf>,
    /// How many orders were written.
    pub written: Option<u64>,
    /// How long it took.
    pub time: Duration,
    answers: Option<Unfinished>,
    report: Option<TextFile>,
}

impl Audit {
    /// Writes the report, where there is to be one, and puts what was written in its place.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn finish(&mut self, report: impl FnOnce(&Self) -> String) -> Result<(), String> {
        let report = match self.report.take() {
            Some(file) => Some(file.write(&report(self))?),
            None => None,
        };
        [self.answers.take(), report].into_iter().flatten().try_for_each(Unfinished::finish)
    }
}

/// Why an audit ended early; nothing was written then.
#[derive(Debug, thiserror::Error)]
pub enum Ended {
    /// It was interrupted.
    #[error("Interrupted; nothing was written.")]
    Interrupted,
    /// Something was wrong, as the sentence says.
    #[error("{0}")]
    Failed(String),
}

impl From<String> for Ended {
    fn from(error: String) -> Self {
        Self::Failed(error)
    }
}

/// What the threads share.
struct Shared<'a> {
    job: &'a Job,
    parts: Vec<Part>,
    encoder: Option<Encoder>,
    /// The next part that is to be read.
    next: AtomicUsize,
    /// How many bytes and rows are done.
    bytes: AtomicU64,
    rows: AtomicU64,
    interrupted: &'a AtomicBool,
    progress: Progress,
    turn: Mutex<Turn>,
    moved: Condvar,
}

/// Whose turn it is to append, and what has gone wrong. Row groups are appended in the order of the parts, so that
/// what is written does not depend on the threads, and each thread holds at most one of them.
struct Turn {
    part: usize,
    sink: Option<Sink>,
    ended: Option<Ended>,
}

impl Job {
    /// Runs the audit; what it writes is put in its place by [`Audit::finish`]. `interrupted` ends it when it becomes true.
    ///
    /// # Errors
    /// What cannot be read or written; an invalid cell, where the job is strict. Nothing is written then.
    pub fn run(&self, interrupted: &AtomicBool) -> Result<Audit, Ended> {
        let start = Instant::now();
        let Found { files: paths, skipped } = expand(&self.inputs)?;
        self.refuse_overwriting(&paths)?;
        let files =
            paths.iter().map(|path| SourceFile::open(path, &self.mapping)).collect::<Result<Vec<_>, _>>()?;
        let schema = self.schema(&files)?;
        let mut unread: Vec<String> = files.iter().flat_map(|file| file.unread.iter().cloned()).collect();
        unread.sort();
        unread.dedup();
        let mut parts = Vec::new();
        for file in files {
            parts.extend(file.parts()?);
        }
        let report = self.report.as_deref().map(TextFile::create).transpose()?;
        let (sink, encoder) = match &self.out {
            Some(out) => {
                let (sink, encoder) = Sink::create(out, schema)?;
                (Some(sink), Some(encoder))
            }
            None => (None, None),
        };
        let bytes = parts.iter().map(|part| part.bytes).sum();
        let shared = Shared {
            job: self,
            encoder,
            next: AtomicUsize::new(0),
            bytes: AtomicU64::new(0),
            rows: AtomicU64::new(0),
            interrupted,
            progress: Progress::new(bytes, self.shows_progress),
            turn: Mutex::new(Turn { part: 0, sink, ended: None }),
            moved: Condvar::new(),
            parts,
        };
        let mut tally = Tally::new(self.question, self.against.is_some());
        let processors = || std::thread::available_parallelism().map_or(1, usize::from);
        let threads = if self.threads == 0 { processors() } else { self.threads };
        std::thread::scope(|scope| {
            let workers: Vec<_> =
                (0..threads.min(shared.parts.len()).max(1)).map(|_| scope.spawn(|| shared.work())).collect();
            for worker in workers {
                match worker.join() {
                    Ok(counted) => tally.merge(counted),
                    Err(_) => {
                        shared.end(Ended::Failed("a thread of the audit failed; please report it.".into()))
                    }
                }
            }
        });
        shared.progress.clear();
        let orders = shared.rows.load(Ordering::Relaxed);
        let Turn { sink, ended, .. } = shared.turn.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(ended) = ended {
            return Err(ended);
        }
        let (answers, written) = sink.map(Sink::complete).transpose()?.unzip();
        let (files, time) = (paths.len(), start.elapsed());
        Ok(Audit { tally, orders, files, unread, skipped, written, time, answers, report })
    }

    /// Refuses to write a file that is read, or two files in one place.
    fn refuse_overwriting(&self, inputs: &[PathBuf]) -> Result<(), String> {
        let mut places: Vec<_> =
            inputs.iter().chain(&self.also_read).filter_map(|path| place_of(path).ok()).collect();
        let read = places.len();
        for written in [&self.out, &self.report].into_iter().flatten() {
            let Ok(place) = place_of(written) else { continue };
            if let Some(other) = places.iter().position(|taken| *taken == place) {
                let both = if other < read { "both read and written" } else { "written twice" };
                return Err(format!("`{}` would be {both}; write to another file.", written.display()));
            }
            places.push(place);
        }
        Ok(())
    }

    /// The schema of what is written.
    fn schema(&self, files: &[SourceFile]) -> Result<Schema, String> {
        let mut fields = if self.mapping.ids.is_empty() {
            vec![Field::new("file", DataType::Utf8, false), Field::new("row", DataType::Int64, false)]
        } else {
            let Some(first) = files.first() else { return Err("there is no file to read.".into()) };
            for other in files {
                for (one, other_id) in first.ids.iter().zip(&other.ids) {
                    if one.data_type() != other_id.data_type() {
                        return Err(format!(
                            "the column `{}` is {} in `{}` and {} in `{}`; give it one type, or audit the files one by one.",
                            one.name(),
                            one.data_type(),
                            first.path.display(),
                            other_id.data_type(),
                            other.path.display()
                        ));
                    }
                }
            }
            first.ids.iter().map(|field| field.clone().with_nullable(true)).collect()
        };
        fields.extend(Answers::fields(self.against.is_some()));
        for (index, field) in fields.iter().enumerate() {
            // Most programs that read the answers do not tell upper from lower case.
            if fields.iter().take(index).any(|other| other.name().eq_ignore_ascii_case(field.name())) {
                return Err(format!(
                    "the answers would have two columns `{}`; name a column of the orders once, and rename one that is \
                     called like a column of the answers.",
                    field.name()
                ));
            }
        }
        Ok(Schema::new(fields))
    }
}

impl Shared<'_> {
    /// Reads and answers parts until there are no more.
    fn work(&self) -> Tally {
        let job = self.job;
        let mut tally = Tally::new(job.question, job.against.is_some());
        loop {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(part) = self.parts.get(index) else { return tally };
            match self.answer(index, part, &mut tally) {
                Ok(true) => {}
                Ok(false) => return tally,
                Err(error) => {
                    self.end(Ended::Failed(error));
                    return tally;
                }
            }
        }
    }

    /// Answers a part; `false` where the audit ended meanwhile.
    fn answer(&self, index: usize, part: &Part, tally: &mut Tally) -> Result<bool, String> {
        let job = self.job;
        let mapping = part.mapping(&job.mapping);
        let mut reader = part.read(&mapping)?;
        let mut answering = Answering {
            shared: self,
            index,
            part,
            auditor: Auditor::new(job.question, job.terms.clone(), job.against.clone(), mapping),
            group: self.encoder.as_ref().map(Encoder::begin).transpose()?,
            rows: 0,
        };
        let mut bytes = 0_u64;
        while let Some(batch) = reader.next(part) {
            if self.interrupted.load(Ordering::Relaxed) {
                self.end(Ended::Interrupted);
            }
            if self.turn().ended.is_some() {
                return Ok(false);
            }
            let batch = batch?;
            if !job.is_dry && !answering.answer(&batch, tally)? {
                return Ok(false);
            }
            let rows = batch.num_rows() as u64;
            answering.rows = answering.rows.saturating_add(rows);
            let done = reader.bytes().unwrap_or_else(|| share(part, answering.rows)).min(part.bytes);
            let more = done.saturating_sub(bytes);
            bytes = done;
            let all_rows = self.rows.fetch_add(rows, Ordering::Relaxed).saturating_add(rows);
            let all_bytes = self.bytes.fetch_add(more, Ordering::Relaxed).saturating_add(more);
            self.progress.set(all_bytes, all_rows);
        }
        if let Some(group) = answering.group
            && !self.append(index, group)?
        {
            return Ok(false);
        }
        self.turn_of(index).part = index.saturating_add(1);
        self.moved.notify_all();
        Ok(true)
    }

    /// Appends a row group once it is the turn of its part.
    fn append(&self, part: usize, group: RowGroup) -> Result<bool, String> {
        let encoded = group.finish()?;
        let mut turn = self.turn_of(part);
        if let (Some(sink), Some(encoded)) = (&mut turn.sink, encoded) {
            sink.append(encoded)?;
        }
        Ok(turn.ended.is_none())
    }

    /// Waits until it is the turn of a part, or the audit has ended.
    fn turn_of(&self, part: usize) -> MutexGuard<'_, Turn> {
        let waiting = self.moved.wait_while(self.turn(), |turn| turn.part != part && turn.ended.is_none());
        waiting.unwrap_or_else(PoisonError::into_inner)
    }

    fn turn(&self) -> MutexGuard<'_, Turn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the audit; what ended it first is reported.
    fn end(&self, ended: Ended) {
        self.turn().ended.get_or_insert(ended);
        self.moved.notify_all();
    }
}

/// A part that is being answered.
struct Answering<'a> {
    shared: &'a Shared<'a>,
    index: usize,
    part: &'a Part,
    auditor: Auditor,
    group: Option<RowGroup>,
    /// How many of its rows are done.
    rows: u64,
}

impl Answering<'_> {
    /// Answers, counts and writes the next batch; `false` where the audit ended meanwhile.
    fn answer(&mut self, batch: &RecordBatch, tally: &mut Tally) -> Result<bool, String> {
        let Self { shared, part, rows, .. } = *self;
        let job = shared.job;
        let path = part.file.path.display();
        let number =
            |row: usize| part.first_row.saturating_add(rows).saturating_add(row as u64).saturating_add(1);
        let answers = self.auditor.answer(batch).map_err(|error| {
            let last = number(batch.num_rows().saturating_sub(1));
            format!("`{path}`, in rows {} to {last}: {error}", number(0))
        })?;
        if job.is_strict
            && let Some(fault) = answers.faults.first()
        {
            return Err(strict_error(part, number(fault.row), &fault.error.message()));
        }
        let ids = job.mapping.ids.iter().filter_map(|name| batch.column_by_name(name).cloned());
        let ids: Vec<ArrayRef> = ids.collect();
        let example = |row: usize| match ids.is_empty() {
            true => format!("{path} row {}", number(row)),
            false => ids.iter().map(|id| shown(id, row)).collect::<Vec<_>>().join(", "),
        };
        tally.add(&answers, (self.index as u64, rows), &example);
        let (Some(encoder), Some(group)) = (&shared.encoder, &mut self.group) else { return Ok(true) };
        let kept = job.kept(&answers);
        if kept.as_ref().is_none_or(|kept| !kept.is_empty()) {
            encoder.encode(group, &columns(&answers, kept.as_deref(), batch, ids, part, &number)?)?;
        }
        if group.is_full() {
            let full = std::mem::replace(group, encoder.begin()?);
            return shared.append(self.index, full);
        }
        Ok(true)
    }
}

impl Job {
    /// The rows that are written; `None` where all are.
    fn kept(&self, answers: &Answers) -> Option<Vec<usize>> {
        if !self.changed_only && self.verdicts.is_empty() {
            return None;
        }
        let is_kept = |row: &usize| {
            let verdict = answers.now.verdicts.get(*row);
            let is_wanted =
                self.verdicts.is_empty() || verdict.is_some_and(|verdict| self.verdicts.contains(verdict));
            is_wanted && (!self.changed_only || answers.change(*row).is_some())
        };
        Some((0..answers.len()).filter(is_kept).collect())
    }
}

/// The columns that are written of a batch.
fn columns(
    answers: &Answers,
    kept: Option<&[usize]>,
    batch: &RecordBatch,
    mut ids: Vec<ArrayRef>,
    part: &Part,
    number: &dyn Fn(usize) -> u64,
) -> Result<Vec<ArrayRef>, String> {
    let no_column = |error: arrow_schema::ArrowError| format!("the answers cannot be written: {error}.");
    if ids.is_empty() {
        let path = part.file.path.to_string_lossy();
        let rows = (0..batch.num_rows()).map(|row| i64::try_from(number(row)).unwrap_or(i64::MAX));
        let files = std::iter::repeat_n(path.as_ref(), batch.num_rows());
        ids = vec![
            Arc::new(files.map(Some).collect::<StringArray>()),
            Arc::new(Int64Array::from_iter_values(rows)),
        ];
    }
    if let Some(kept) = kept {
        let rows = UInt64Array::from_iter_values(kept.iter().map(|row| *row as u64));
        for id in &mut ids {
            *id = arrow_select::take::take(id, &rows, None).map_err(no_column)?;
        }
    }
    let answers = answers.columns(kept).map_err(no_column)?;
    Ok(ids.into_iter().chain(answers.into_iter().map(|(_, column)| column)).collect())
}

/// How many bytes of a row group belong to so many rows.
fn share(part: &Part, rows: u64) -> u64 {
    let all = part.rows().unwrap_or_default().max(1);
    (part.bytes as f64 * (rows as f64 / all as f64)) as u64
}

/// What identifies an order, as text.
fn shown(id: &ArrayRef, row: usize) -> String {
    if id.is_null(row) {
        return "null".into();
    }
    match cells::value(id, row, &FactType::Texts, super::binding::Encoding::Native, None) {
        Value::Text(text) => text,
        value => value.describe(),
    }
}

fn strict_error(part: &Part, row: u64, message: &str) -> String {
    let group = part.row_group.map_or(String::new(), |group| format!(", row group {group}"));
    format!("`{}`{group}, row {row}: {message}", part.file.path.display())
}
