//! 来源: files of orders, and the parts of them that are read one at a time.

use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::basic::Type as PhysicalType;

use super::binding::{Binding, Encoding, Mapping};
use super::text_files::{self, TextReader};
use crate::model::fact_types::FactType;

/// How many orders are read at a time.
pub(super) const BATCH: usize = 8192;

/// The endings of files that are read, with what they are.
const ENDINGS: [(&str, Format); 6] = [
    ("parquet", Format::Parquet),
    ("parq", Format::Parquet),
    ("csv", Format::Csv),
    ("ndjson", Format::Json),
    ("jsonl", Format::Json),
    ("json", Format::Json),
];

/// The endings in words.
pub const READ_ENDINGS: &str = ".parquet, .csv, .ndjson or .jsonl";

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Parquet,
    Csv,
    Json,
}

impl Format {
    const fn encoding(self) -> Encoding {
        match self {
            Self::Parquet => Encoding::Native,
            Self::Csv => Encoding::Text,
            Self::Json => Encoding::Json,
        }
    }
}

/// A part of a file that one thread reads: a row group of Parquet, or a whole file of text.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub file: Arc<SourceFile>,
    /// The row group, where the file is Parquet.
    pub row_group: Option<usize>,
    /// How many rows of the file are before it.
    pub first_row: u64,
    /// How large it is, for the progress.
    pub bytes: u64,
}

/// A file of orders.
#[derive(Debug)]
pub(super) struct SourceFile {
    pub path: PathBuf,
    pub format: Format,
    /// The footer, and what is read, where the file is Parquet.
    parquet: Option<(ArrowReaderMetadata, Vec<usize>)>,
    /// The columns that are copied.
    pub ids: Vec<Field>,
    /// The columns that are not read.
    pub unread: Vec<String>,
}

/// The batches of a part.
pub(super) enum Reader {
    Parquet(ParquetRecordBatchReader),
    Text(TextReader),
}

/// The files that the arguments name, and those in folders that are not read, each once and in order.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub files: Vec<PathBuf>,
    pub skipped: Vec<PathBuf>,
}

/// Finds the files that the arguments name: files, folders and patterns.
pub(super) fn expand(inputs: &[String]) -> Result<Found, String> {
    let mut found = Found::default();
    for input in inputs {
        let path = Path::new(input);
        let before = found.files.len();
        if path.is_dir() {
            collect(path, &mut found)?;
        } else if path.exists() {
            found.files.push(path.to_path_buf());
        } else if input.contains(['*', '?', '[']) {
            let matches = glob::glob(input).map_err(|error| format!("`{input}` is no pattern: {error}."))?;
            for path in matches {
                let path = path.map_err(|error| {
                    format!("`{}` cannot be read: {}.", error.path().display(), error.error())
                })?;
                if path.is_dir() { collect(&path, &mut found)? } else { found.files.push(path) }
            }
        } else {
            return Err(format!(
                "`{input}` does not exist; expected a file, a folder or a pattern like `orders/*.parquet`."
            ));
        }
        if found.files.len() == before {
            return Err(format!("`{input}` has no file that ends in {READ_ENDINGS}."));
        }
    }
    for paths in [&mut found.files, &mut found.skipped] {
        paths.sort();
        // A file is the same whatever it is called by.
        let mut places = HashSet::new();
        paths.retain(|path| places.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
    }
    Ok(found)
}

/// Collects the files of a folder and of those within it. What begins with `_` or `.` is no data but notes of the
/// program that wrote it.
fn collect(folder: &Path, found: &mut Found) -> Result<(), String> {
    let about = |error: std::io::Error| format!("`{}` cannot be read: {error}.", folder.display());
    for entry in std::fs::read_dir(folder).map_err(about)? {
        let path = entry.map_err(about)?.path();
        let is_note = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with(['_', '.']));
        if is_note {
            continue;
        }
        if path.is_dir() {
            collect(&path, found)?;
        } else if by_ending(&path).is_some() {
            found.files.push(path);
        } else {
            found.skipped.push(path);
        }
    }
    Ok(())
}

fn by_ending(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_string_lossy().to_ascii_lowercase();
    ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, format)| *format)
}

impl SourceFile {
    /// Looks at a file: its columns, and what is read of it.
    pub fn open(path: &Path, mapping: &Mapping) -> Result<Self, String> {
        let shown = path.display();
        let about = |error: String| format!("`{shown}`: {error}");
        let format = by_ending(path)
            .ok_or_else(|| format!("`{shown}` ends in nothing that is read; expected {READ_ENDINGS}."))?;
        let mapping = Mapping { encoding: format.encoding(), ..mapping.clone() };
        if format != Format::Parquet {
            let schema = text_files::first_schema(path, format, &mapping)?;
            let binding = Binding::new(&schema, &mapping).map_err(|error| about(error.to_string()))?;
            let ids = mapping.ids.iter().map(|name| Field::new(name, DataType::Utf8, true)).collect();
            let unread = binding.unread;
            return Ok(Self { path: path.into(), format, parquet: None, ids, unread });
        }
        let unreadable =
            |error: &dyn std::fmt::Display| format!("`{shown}` cannot be read as Parquet: {error}.");
        let file = File::open(path).map_err(|error| format!("`{shown}` cannot be read: {error}."))?;
        let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())
            .map_err(|error| unreadable(&error))?;
        let schema = with_zones(&metadata);
        let binding = Binding::new(&schema, &mapping).map_err(|error| about(error.to_string()))?;
        let hinted = Arc::new(fast_to_read(&schema, &binding));
        let read = |schema: SchemaRef| {
            ArrowReaderMetadata::load(&file, ArrowReaderOptions::new().with_schema(schema))
        };
        // Files whose own schema of Arrow insists on other types are read in those.
        let metadata =
            read(hinted).or_else(|_| read(Arc::new(schema.clone()))).map_err(|error| unreadable(&error))?;
        let fields = metadata.schema().fields();
        let ids =
            binding.ids.iter().filter_map(|id| fields.get(*id)).map(|field| field.as_ref().clone()).collect();
        let needed = binding.needed();
        let unread = binding.unread;
        Ok(Self { path: path.into(), format, parquet: Some((metadata, needed)), ids, unread })
    }

    /// The parts of the file, in order.
    pub fn parts(self) -> Result<Vec<Part>, String> {
        let size = std::fs::metadata(&self.path).map(|metadata| metadata.len());
        let file = Arc::new(self);
        let Some((metadata, _)) = &file.parquet else {
            let bytes =
                size.map_err(|error| format!("`{}` cannot be read: {error}.", file.path.display()))?;
            return Ok(vec![Part { file: Arc::clone(&file), row_group: None, first_row: 0, bytes }]);
        };
        let mut first_row = 0_u64;
        let mut parts = Vec::new();
        for (index, group) in metadata.metadata().row_groups().iter().enumerate() {
            let bytes = group.compressed_size().max(0) as u64;
            parts.push(Part { file: Arc::clone(&file), row_group: Some(index), first_row, bytes });
            first_row = first_row.saturating_add(group.num_rows().max(0) as u64);
        }
        Ok(parts)
    }
}

impl Part {
    /// How many rows it has, where that is known before it is read.
    pub fn rows(&self) -> Option<u64> {
        let (metadata, _) = self.file.parquet.as_ref()?;
        let group = metadata.metadata().row_groups().get(self.row_group?)?;
        Some(group.num_rows().max(0) as u64)
    }

    /// The mapping for its batches, in which only what is needed is left.
    pub fn mapping(&self, mapping: &Mapping) -> Mapping {
        Mapping { encoding: self.file.format.encoding(), ..mapping.clone() }
    }

    /// Begins to read it.
    pub fn read(&self, mapping: &Mapping) -> Result<Reader, String> {
        let path = &self.file.path;
        let (Some((metadata, needed)), Some(group)) = (&self.file.parquet, self.row_group) else {
            return TextReader::open(path, self.file.format, mapping).map(Reader::Text);
        };
        let file =
            File::open(path).map_err(|error| format!("`{}` cannot be read: {error}.", path.display()))?;
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata.clone());
        let mask = ProjectionMask::roots(builder.parquet_schema(), needed.iter().copied());
        let reader =
            builder.with_row_groups(vec![group]).with_projection(mask).with_batch_size(BATCH).build();
        reader.map(Reader::Parquet).map_err(|error| self.unreadable(&error))
    }

    fn unreadable(&self, error: &dyn std::fmt::Display) -> String {
        let error = match error.to_string() {
            // What the reader was compiled without.
            text if text.contains("Disabled feature") => {
                format!("{text}; write it with the compression snappy, gzip, zstd, lz4 or none")
            }
            text => text,
        };
        let group = self.row_group.map_or(String::new(), |group| format!(", row group {group}"));
        format!("`{}`{group} cannot be read: {error}.", self.file.path.display())
    }
}

impl Reader {
    /// The next batch of the part.
    pub fn next(&mut self, part: &Part) -> Option<Result<RecordBatch, String>> {
        match self {
            Self::Parquet(reader) => {
                reader.next().map(|batch| batch.map_err(|error| part.unreadable(&error)))
            }
            Self::Text(reader) => reader.next_batch().transpose(),
        }
    }

    /// How much of the part was read, where the reader knows.
    pub fn bytes(&self) -> Option<u64> {
        match self {
            Self::Parquet(_) => None,
            Self::Text(reader) => Some(reader.bytes()),
        }
    }
}

/// The schema of a file, in which times of the old 96-bit form, which Spark writes and which are always in UTC, have
/// their zone.
fn with_zones(metadata: &ArrowReaderMetadata) -> Schema {
    let columns = metadata.parquet_schema();
    let is_old_time = |root: usize| {
        (0..columns.num_columns()).any(|leaf| {
            columns.get_column_root_idx(leaf) == root
                && columns.column(leaf).physical_type() == PhysicalType::INT96
        })
    };
    let fields = metadata.schema().fields().iter().enumerate().map(|(root, field)| {
        if matches!(field.data_type(), DataType::Timestamp(..)) && is_old_time(root) {
            let utc = DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into()));
            return Arc::new(field.as_ref().clone().with_data_type(utc));
        }
        Arc::clone(field)
    });
    Schema::new(fields.collect::<Vec<_>>())
}

/// The schema in the types that take the least time to read: dictionaries for choices, so that each name is looked up
/// once, and views for texts, which are not copied.
fn fast_to_read(schema: &Schema, binding: &Binding) -> Schema {
    let fact_at =
        |index: usize| binding.facts.iter().find(|bound| bound.root() == Some(index)).map(|bound| bound.fact);
    let dictionary = || DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let fields = schema.fields().iter().enumerate().map(|(index, field)| {
        let kind = fact_at(index).map(|fact| &fact.info().kind);
        let data_type = match (field.data_type(), kind) {
            (DataType::Utf8, Some(FactType::Choice(_))) => dictionary(),
            (DataType::Utf8, _) => DataType::Utf8View,
            (DataType::List(item), Some(FactType::Set(_))) if *item.data_type() == DataType::Utf8 => {
                DataType::List(Arc::new(item.as_ref().clone().with_data_type(dictionary())))
            }
            _ => return Arc::clone(field),
        };
        Arc::new(field.as_ref().clone().with_data_type(data_type))
    });
    Schema::new(fields.collect::<Vec<_>>())
}
