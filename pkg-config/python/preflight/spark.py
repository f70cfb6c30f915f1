"""审计: every past order asked again on Apache Spark, with the same engine in every executor.

``audit`` answers the rows of any data frame, of whatever table. ``audit_parquet`` answers plain Parquet files, which the
executors read themselves: the orders do not pass through the JVM, so that it takes a fraction of the time.

Nothing has to be installed on the executors but Python with pyarrow and this package, which an archive can bring along.
"""

from __future__ import annotations

import inspect
import typing
from concurrent.futures import ThreadPoolExecutor

import pyarrow
import pyarrow.dataset
import pyarrow.fs
import pyarrow.parquet
from pyspark.sql.functions import col
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
from pyspark.sql.types import StructType

from . import Engine

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyspark.sql import DataFrame, SparkSession

    from . import Auditor
    from .types import Question, Terms

__all__ = ["audit", "audit_parquet"]

ROWS_AT_A_TIME = 1 << 16
"""How many rows of a Parquet file are read at a time."""
FOOTERS_AT_A_TIME = 16
"""How many Parquet files are opened at a time to list their row groups."""


def audit(
    df: DataFrame,
    question: Question,
    *,
    engine: Engine | None = None,
    against: Engine | Terms | None = None,
    **options: typing.Any,
) -> DataFrame:
    """Answers every row of a data frame; the arguments are those of ``Engine.audit``.

    Only the columns that are facts or ids leave the JVM. A column may be a structure: ``order`` with a field ``status``
    is the fact ``order.status``.

    Raises FactsError at once, before any row is read, for a column that is misspelt or cannot be what its name says.
    """
    engine = engine or Engine()
    auditor = engine.auditor(question, against, **options)
    schema = arrow_schema(df.schema)
    needed = [df.columns[index] for index in auditor.columns(schema)]
    # Spark takes a dot in a name for a field of a structure, so that the columns cross under other names.
    crossing = df.select([col(quoted(name)).alias(f"column_{index}") for index, name in enumerate(needed)])

    def answers(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        auditor = engine.auditor(question, against, **options)
        for batch in batches:
            yield auditor.run(batch.rename_columns(needed))

    answered = auditor.schema(schema)
    fields = [df.schema[name] if name in needed else field for name, field in zip(answered.names, spark_schema(answered))]
    return crossing.mapInArrow(answers, schema=StructType(fields))


def audit_parquet(
    spark: SparkSession,
    source: str | Iterable[str],
    question: Question,
    *,
    engine: Engine | None = None,
    against: Engine | Terms | None = None,
    **options: typing.Any,
) -> DataFrame:
    """Answers every row of Parquet files; ``source`` is a folder, a file, or a list of files.

    Paths are such as pyarrow opens, local or with ``hdfs://``, ``s3://`` or ``gs://``, and the same on every executor.
    Each row group is a task of its own, which reads only the columns that are facts or ids.
    """
    engine = engine or Engine()
    auditor = engine.auditor(question, against, **options)
    files = files_of(source)
    if not files:
        raise FileNotFoundError(f"no Parquet file is in {source}; pass a folder that has some, or their paths.")
    with ThreadPoolExecutor(FOOTERS_AT_A_TIME) as threads:
        footers = list(threads.map(footer_of, files))
    schema = footers[0].schema.to_arrow_schema()
    ids = auditor.schema(schema).names
    groups = [
        (file, group)
        for file, footer in zip(files, footers)
        for group in range(footer.num_row_groups)
    ]

    def answers(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        auditor = engine.auditor(question, against, **options)
        for batch in batches:
            for group in batch.to_pylist():
                for orders in read_group(auditor, ids, group["file"], group["row_group"]):
                    yield auditor.run(orders)

    tasks = spark.createDataFrame(groups, "file string, row_group int").repartition(max(1, len(groups)))
    return tasks.mapInArrow(answers, schema=spark_schema(auditor.schema(schema)))


def arrow_schema(schema: StructType) -> pyarrow.Schema:
    """The schema of the batches that Spark passes; recent versions want the time zone of times to be said."""
    options: dict[str, typing.Any] = {}
    if "timezone" in inspect.signature(to_arrow_schema).parameters:
        options["timezone"] = "UTC"
    return to_arrow_schema(schema, **options)


def spark_schema(schema: pyarrow.Schema) -> StructType:
    """The same columns as Spark has them."""
    return from_arrow_schema(schema, prefer_timestamp_ntz=True)


def quoted(name: str) -> str:
    """The name of a column as Spark takes it whole."""
    return "`" + name.replace("`", "``") + "`"


def files_of(source: str | Iterable[str]) -> list[str]:
    """The files of a folder, or those given, each with the scheme that it was given with."""
    found = []
    for path in [source] if isinstance(source, str) else source:
        filesystem, inner = pyarrow.fs.FileSystem.from_uri(path) if "://" in path else (pyarrow.fs.LocalFileSystem(), path)
        prefix = path[: len(path) - len(inner)] if path.endswith(inner) else ""
        found += [prefix + file for file in pyarrow.dataset.dataset(inner, format="parquet", filesystem=filesystem).files]
    return found


def opened(file: str) -> pyarrow.NativeFile:
    """A file, wherever it is."""
    if "://" in file:
        filesystem, inner = pyarrow.fs.FileSystem.from_uri(file)
        return filesystem.open_input_file(inner)
    return pyarrow.memory_map(file)


def footer_of(file: str) -> pyarrow.parquet.FileMetaData:
    """What the end of a Parquet file says of its columns and row groups."""
    with opened(file) as source:
        return pyarrow.parquet.read_metadata(source)


def read_group(auditor: Auditor, ids: list[str], file: str, group: int) -> Iterator[pyarrow.RecordBatch]:
    """The columns of a row group that are facts or ids, some rows at a time."""
    with opened(file) as source:
        footer = pyarrow.parquet.read_metadata(source)
        schema = footer.schema.to_arrow_schema()
        names = [schema.field(index).name for index in auditor.columns(schema)]
        # Texts that the file has in a dictionary stay so: each value is then read once, not in every row.
        chunks = [footer.row_group(group).column(index) for index in range(footer.num_columns)]
        texts = [
            chunk.path_in_schema
            for chunk in chunks
            if chunk.physical_type == "BYTE_ARRAY" and chunk.has_dictionary_page and chunk.path_in_schema not in ids
        ]
        reader = pyarrow.parquet.ParquetFile(source, metadata=footer, read_dictionary=texts)
        yield from reader.iter_batches(ROWS_AT_A_TIME, row_groups=[group], columns=names, use_threads=False)
