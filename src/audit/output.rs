//! 写出: answers as one Parquet file, encoded by the threads that answer, and complete or not there at all.

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_schema::{Schema, SchemaRef};
use parquet::arrow::ArrowSchemaConverter;
use parquet::arrow::arrow_writer::{
    ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves,
};
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;

/// The rows of a row group that is written; each thread holds as many, encoded.
const MOST_ROWS: usize = 1 << 18;

/// A file that is written beside the place where it belongs, and moved there once it is complete; else it is removed.
#[derive(Debug)]
pub(super) struct Unfinished {
    /// As the caller named it.
    named: PathBuf,
    /// Where it belongs: behind a symbolic link, the file that is linked to.
    path: PathBuf,
    beside: PathBuf,
    is_finished: bool,
}

impl Unfinished {
    /// Creates the file beside its place, unless what is there must not be replaced.
    pub fn create(named: &Path) -> Result<(Self, File), String> {
        let cannot = |why: &dyn std::fmt::Display| format!("`{}` cannot be written: {why}.", named.display());
        if let Ok(there) = std::fs::metadata(named) {
            if !there.is_file() {
                return Err(cannot(&"it is no file; name a file, which may not exist yet"));
            }
            if there.permissions().readonly() {
                return Err(cannot(&"it may only be read; name another file, or permit writing"));
            }
        }
        let path = place_of(named).map_err(|error| match error.kind() {
            ErrorKind::NotFound => cannot(&"its folder does not exist"),
            _ => cannot(&error),
        })?;
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".{}.partial", std::process::id()));
        let beside = path.with_file_name(name);
        let file = File::create(&beside).map_err(|error| cannot(&error))?;
        Ok((Self { named: named.into(), path, beside, is_finished: false }, file))
    }

    /// Puts the file, which is complete, in its place.
    pub fn finish(mut self) -> Result<(), String> {
        let renamed = std::fs::rename(&self.beside, &self.path);
        renamed.map_err(|error| self.cannot(&error))?;
        self.is_finished = true;
        Ok(())
    }

    fn cannot(&self, why: &dyn std::fmt::Display) -> String {
        format!("`{}` cannot be written: {why}.", self.named.display())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.is_finished {
            // Nothing more can be done where this fails as well.
            let _ = std::fs::remove_file(&self.beside);
        }
    }
}

/// Where a file is that exists, or will be once it is written; the same for two names of one file.
pub(super) fn place_of(path: &Path) -> std::io::Result<PathBuf> {
    path.canonicalize().or_else(|_| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        Ok(folder.unwrap_or(Path::new(".")).canonicalize()?.join(path.file_name().unwrap_or_default()))
    })
}

/// A text that is written in one piece, once it is known.
#[derive(Debug)]
pub(super) struct TextFile {
    unfinished: Unfinished,
    file: File,
}

impl TextFile {
    pub fn create(path: &Path) -> Result<Self, String> {
        Unfinished::create(path).map(|(unfinished, file)| Self { unfinished, file })
    }

    /// Writes the text; it is not in its place yet.
    pub fn write(self, text: &str) -> Result<Unfinished, String> {
        let Self { unfinished, mut file } = self;
        file.write_all(text.as_bytes()).map_err(|error| unfinished.cannot(&error))?;
        Ok(unfinished)
    }
}

/// The file, to which row groups are appended in order.
pub(super) struct Sink {
    unfinished: Unfinished,
    writer: SerializedFileWriter<BufWriter<File>>,
    /// How many rows were written.
    pub rows: u64,
}

/// Begins row groups, in any thread.
pub(super) struct Encoder {
    factory: ArrowRowGroupWriterFactory,
    schema: SchemaRef,
}

/// A row group that is being encoded.
pub(super) struct RowGroup {
    columns: Vec<ArrowColumnWriter>,
    rows: usize,
}

/// A row group that is encoded.
pub(super) struct Encoded {
    columns: Vec<ArrowColumnChunk>,
    rows: usize,
}

impl Sink {
    pub fn create(path: &Path, schema: Schema) -> Result<(Self, Encoder), String> {
        let about = |error: ParquetError| format!("`{}` cannot be written: {error}.", path.display());
        let (unfinished, file) = Unfinished::create(path)?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let columns = ArrowSchemaConverter::new().convert(&schema).map_err(about)?;
        let writer = SerializedFileWriter::new(
            BufWriter::with_capacity(1 << 18, file),
            columns.root_schema_ptr(),
            Arc::new(properties),
        )
        .map_err(about)?;
        let schema = Arc::new(schema);
        let factory = ArrowRowGroupWriterFactory::new(&writer, Arc::clone(&schema));
        Ok((Self { unfinished, writer, rows: 0 }, Encoder { factory, schema }))
    }

    /// Appends a row group.
    pub fn append(&mut self, encoded: Encoded) -> Result<(), String> {
        let append = || {
            let mut group = self.writer.next_row_group()?;
            for column in encoded.columns {
                column.append_to_row_group(&mut group)?;
            }
            group.close()
        };
        append().map_err(|error| self.unfinished.cannot(&error))?;
        self.rows = self.rows.saturating_add(encoded.rows as u64);
        Ok(())
    }

    /// Completes the file, which is not in its place yet; returns how many rows it has.
    pub fn complete(self) -> Result<(Unfinished, u64), String> {
        let Self { unfinished, writer, rows } = self;
        let closed = writer.into_inner().and_then(|mut file| Ok(file.flush()?));
        closed.map_err(|error| unfinished.cannot(&error))?;
        Ok((unfinished, rows))
    }
}

impl Encoder {
    /// Begins a row group.
    pub fn begin(&self) -> Result<RowGroup, String> {
        let columns = self.factory.create_column_writers(0).map_err(no_encoding)?;
        Ok(RowGroup { columns, rows: 0 })
    }

    /// Encodes the next rows.
    pub fn encode(&self, group: &mut RowGroup, columns: &[ArrayRef]) -> Result<(), String> {
        let mut writers = group.columns.iter_mut();
        for (field, column) in self.schema.fields().iter().zip(columns) {
            for leaf in compute_leaves(field, column).map_err(no_encoding)? {
                if let Some(writer) = writers.next() {
                    writer.write(&leaf).map_err(no_encoding)?;
                }
            }
        }
        group.rows = group.rows.saturating_add(columns.first().map_or(0, |column| column.len()));
        Ok(())
    }
}

impl RowGroup {
    /// Whether it has as many rows as a row group should have.
    pub const fn is_full(&self) -> bool {
        self.rows >= MOST_ROWS
    }

    /// Completes it; `None` where it has no rows.
    pub fn finish(self) -> Result<Option<Encoded>, String> {
        if self.rows == 0 {
            return Ok(None);
        }
        let columns = self.columns.into_iter().map(ArrowColumnWriter::close).collect::<Result<_, _>>();
        Ok(Some(Encoded { columns: columns.map_err(no_encoding)?, rows: self.rows }))
    }
}

fn no_encoding(error: ParquetError) -> String {
    format!("the answers cannot be written as Parquet: {error}.")
}
