//! 文本文件: CSV with a header, and JSON line by line, as batches whose cells are texts.
//!
//! What a cell means is left to the reading of cells, which knows the fact; here only the lines are taken apart.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Chain, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use serde_json::Value;

use super::binding::{Mapping, fact_named};
use super::sources::{BATCH, Format};
use crate::model::facts::Fact;

/// Reads a file of text, some thousand lines at a time.
pub(super) struct TextReader {
    path: PathBuf,
    lines: Lines,
    mapping: Mapping,
}

enum Lines {
    Csv { reader: CsvReader, schema: SchemaRef },
    Json { reader: BufReader<File>, line: u64, bytes: u64 },
}

type CsvReader = csv::Reader<Chain<File, &'static [u8]>>;

/// A line that is put after the last one of CSV. It is read as a line of its own, unless a quote is still open there.
const AFTER_THE_LAST: &str = "\n\0the end of the file";

/// The schema of the first lines, in which a mistake in a name shows before anything is answered.
pub(super) fn first_schema(path: &Path, format: Format, mapping: &Mapping) -> Result<SchemaRef, String> {
    let mut reader = TextReader::open(path, format, mapping)?;
    if let Lines::Csv { schema, .. } = &reader.lines {
        return Ok(Arc::clone(schema));
    }
    match reader.next_batch()? {
        Some(batch) => Ok(batch.schema()),
        None => Err(format!("`{}` has no line; expected an object of facts on each line.", path.display())),
    }
}

impl TextReader {
    pub fn open(path: &Path, format: Format, mapping: &Mapping) -> Result<Self, String> {
        let file =
            File::open(path).map_err(|error| format!("`{}` cannot be read: {error}.", path.display()))?;
        let lines = match format {
            Format::Csv => {
                let mut reader = csv::ReaderBuilder::new()
                    .buffer_capacity(1 << 16)
                    .flexible(true)
                    .from_reader(file.chain(AFTER_THE_LAST.as_bytes()));
                let header = reader.headers().map_err(|error| csv_error(path, &error))?;
                let names = header.iter().enumerate().map(|(index, name)| {
                    let name = if index == 0 { name.trim_start_matches('\u{feff}') } else { name };
                    Field::new(name.trim(), DataType::Utf8, true)
                });
                let schema = Arc::new(Schema::new(names.collect::<Vec<_>>()));
                refuse_header(path, &schema)?;
                Lines::Csv { reader, schema }
            }
            Format::Json | Format::Parquet => {
                Lines::Json { reader: BufReader::with_capacity(1 << 16, file), line: 0, bytes: 0 }
            }
        };
        Ok(Self { path: path.into(), lines, mapping: mapping.clone() })
    }

    /// How many bytes were read.
    pub fn bytes(&self) -> u64 {
        match &self.lines {
            Lines::Csv { reader, .. } => reader.position().byte(),
            Lines::Json { bytes, .. } => *bytes,
        }
    }

    /// The next lines as a batch; `None` at the end.
    pub fn next_batch(&mut self) -> Result<Option<RecordBatch>, String> {
        let Self { path, lines, mapping } = self;
        match lines {
            Lines::Csv { reader, schema } => next_csv(path, reader, schema),
            Lines::Json { reader, line, bytes } => next_json(path, reader, line, bytes, mapping),
        }
    }
}

/// Refuses a header that is missing, or whose names something else than commas stands between.
fn refuse_header(path: &Path, schema: &Schema) -> Result<(), String> {
    let shown = path.display();
    match schema.fields().as_ref() {
        [.., last] if last.name().ends_with(AFTER_THE_LAST) => Err(unclosed(path, 1)),
        [only] if only.name() == AFTER_THE_LAST.trim_start() => {
            Err(format!("`{shown}` has no header; expected the names of the columns."))
        }
        [only] => match [';', '\t', '|'].iter().find(|separator| only.name().contains(**separator)) {
            Some(separator) => Err(format!(
                "`{shown}` has {separator:?} between the names in its header; save it with commas between the cells."
            )),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

fn next_csv(path: &Path, reader: &mut CsvReader, schema: &SchemaRef) -> Result<Option<RecordBatch>, String> {
    let mut columns: Vec<StringBuilder> = schema.fields().iter().map(|_| StringBuilder::new()).collect();
    let mut record = csv::StringRecord::new();
    let mut rows = 0_usize;
    while rows < BATCH && reader.read_record(&mut record).map_err(|error| csv_error(path, &error))? {
        let last = record.iter().next_back().unwrap_or_default();
        if last == AFTER_THE_LAST.trim_start() && record.len() == 1 {
            break;
        }
        let line = record.position().map_or(0, csv::Position::line);
        if last.ends_with(AFTER_THE_LAST) {
            return Err(unclosed(path, line));
        }
        if record.len() != columns.len() {
            return Err(format!(
                "`{}` has {} cells at line {line}, but {} were expected, as many as in its header.",
                path.display(),
                record.len(),
                columns.len()
            ));
        }
        for (column, cell) in columns.iter_mut().zip(&record) {
            // CSV cannot tell an empty text from none.
            column.append_option((!cell.is_empty()).then_some(cell));
        }
        rows = rows.saturating_add(1);
    }
    if rows == 0 {
        return Ok(None);
    }
    let columns = columns.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef).collect();
    batch(path, Arc::clone(schema), columns).map(Some)
}

fn unclosed(path: &Path, line: u64) -> String {
    format!(
        "`{}` has a quote at line {line} that is not closed until the end of the file; close it, or double a quote that \
         belongs to the text.",
        path.display()
    )
}

fn csv_error(path: &Path, error: &csv::Error) -> String {
    let shown = path.display();
    let line = error.position().map_or(String::new(), |position| format!(" at line {}", position.line()));
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => format!("`{shown}` is not UTF-8 text{line}; save it as UTF-8."),
        _ => format!("`{shown}` cannot be read{line}: {error}."),
    }
}

/// The cells of a batch of JSON by the names of their columns; a line without a column has no entry for it.
type Cells = BTreeMap<String, Vec<(usize, String)>>;

fn next_json(
    path: &Path,
    reader: &mut BufReader<File>,
    line: &mut u64,
    bytes: &mut u64,
    mapping: &Mapping,
) -> Result<Option<RecordBatch>, String> {
    let shown = path.display();
    // A column that is copied or mapped is there even where no line of the batch has it.
    let named = mapping.ids.iter().chain(mapping.facts.iter().map(|(column, _)| column));
    let mut cells: Cells = named.map(|name| (name.clone(), Vec::new())).collect();
    let (mut rows, mut text) = (0_usize, Vec::new());
    while rows < BATCH {
        text.clear();
        let read = reader
            .read_until(b'\n', &mut text)
            .map_err(|error| format!("`{shown}` cannot be read: {error}."))?;
        if read == 0 {
            break;
        }
        (*line, *bytes) = (line.saturating_add(1), bytes.saturating_add(read as u64));
        let start = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&text);
        if start.trim_ascii().is_empty() {
            continue;
        }
        if start.trim_ascii_start().starts_with(b"[") {
            return Err(format!(
                "`{shown}` has a list at line {line}; put one object of facts on each line."
            ));
        }
        let fields = match serde_json::from_slice(start) {
            Ok(Value::Object(fields)) => fields,
            Ok(_) => {
                return Err(format!(
                    "`{shown}` has no object at line {line}; expected an object of facts on each line."
                ));
            }
            Err(error) => {
                // The parser sees one line, and names it the first.
                let text = error.to_string();
                let why = text.split(" at line ").next().unwrap_or_default();
                return Err(format!(
                    "`{shown}` is not JSON at line {line}, column {}: {why}; expected an object on each line.",
                    error.column()
                ));
            }
        };
        flatten("", fields, mapping, &mut |name, value| {
            let is_id = mapping.ids.contains(&name);
            let text = match value {
                Value::String(text) if is_id => text,
                value => value.to_string(),
            };
            cells.entry(name).or_default().push((rows, text));
        });
        rows = rows.saturating_add(1);
    }
    if rows == 0 {
        return Ok(None);
    }
    let fields: Vec<_> = cells.keys().map(|name| Field::new(name, DataType::Utf8, true)).collect();
    let columns = cells.into_values().map(|cells| {
        let mut column = StringBuilder::new();
        let mut cells = cells.into_iter().peekable();
        for row in 0..rows {
            // Of two fields of one name the last counts, as in JavaScript.
            let mut last = None;
            while let Some((_, text)) = cells.next_if(|(at, _)| *at == row) {
                last = Some(text);
            }
            column.append_option(last);
        }
        Arc::new(column.finish()) as ArrayRef
    });
    batch(path, Arc::new(Schema::new(fields)), columns.collect()).map(Some)
}

/// Reports each value within an object by its dotted name. An object where a fact has its value, and anything else where
/// facts have theirs within an object, is reported as an object in place of a fact, so that it is refused.
fn flatten(
    prefix: &str,
    fields: serde_json::Map<String, Value>,
    mapping: &Mapping,
    report: &mut dyn FnMut(String, Value),
) {
    for (name, value) in fields {
        let name = format!("{prefix}{name}");
        let is_mapped = mapping.facts.iter().any(|(column, _)| *column == name);
        let is_whole = is_mapped || mapping.ids.contains(&name) || fact_named(&name).is_some();
        let is_ignored = mapping.ignored.contains(&name);
        match value {
            Value::Null => {}
            Value::Object(fields) if !is_whole => flatten(&format!("{name}."), fields, mapping, report),
            value => match fact_within(&name).filter(|_| !is_whole && !is_ignored) {
                Some(fact) => report(fact.info().path.into(), serde_json::json!({ name: value })),
                None => report(name, value),
            },
        }
    }
}

/// The first of the facts that are within an object of that name.
fn fact_within(group: &str) -> Option<Fact> {
    let is_within = |path: &str| path.split_once('.').is_some_and(|(name, _)| name == group);
    Fact::ALL.iter().copied().find(|fact| is_within(fact.info().path))
}

fn batch(path: &Path, schema: SchemaRef, columns: Vec<ArrayRef>) -> Result<RecordBatch, String> {
    RecordBatch::try_new(schema, columns)
        .map_err(|error| format!("`{}` cannot be read: {error}.", path.display()))
}
