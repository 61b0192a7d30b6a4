"""The rows of the lists that S3 Inventory writes: CSV, ORC and Parquet."""

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import BinaryIO, Final
from urllib.parse import unquote_plus

import regex

from scanner.errors import ReadError
from scanner.model.outcome import Reason

Row = Mapping[str, object]
"""Column -> value, by the names of ORC and Parquet: `bucket`, `key`, `size` and so on."""

# Rows that are in memory as objects at a time; a key takes up to 1 KiB.
_AT_ONCE: Final = 10_000
_WANTED: Final = (
    "bucket",
    "key",
    "version_id",
    "is_latest",
    "is_delete_marker",
    "size",
    "last_modified_date",
    "e_tag",
    "storage_class",
    "encryption_status",
)
_WORD: Final = regex.compile(r"(?<=[a-z])(?=[A-Z])|(?<=^E)(?=Tag$)")


def rows_in(format_name: str, schema: str, stream: BinaryIO) -> Iterator[Row]:
    """Rows of one list; memory stays flat, however many there are.

    :param format_name: `CSV`, `ORC` or `Parquet`, as the manifest has it
    :param schema: of the manifest: names the columns of CSV, which has no header
    :raises ReadError: if the list is damaged
    :raises KeyError: for a format that is not known
    """
    from pyarrow import ArrowException

    readers: dict[str, Callable[[], Iterator[Row]]] = {
        "CSV": lambda: _of_csv(schema, stream),
        "ORC": lambda: _of_orc(stream),
        "PARQUET": lambda: _of_parquet(stream),
    }
    try:
        yield from readers[format_name.upper()]()
    except (ArrowException, csv.Error, EOFError, OSError, zlib.error, ValueError) as error:
        raise ReadError(Reason.MALFORMED, f"it is damaged ({type(error).__name__})") from None


def _of_csv(schema: str, stream: BinaryIO) -> Iterator[Row]:
    names = [_WORD.sub("_", name.strip()).lower() for name in schema.split(",")]
    with gzip.GzipFile(fileobj=stream) as unpacked:
        for values in csv.reader(io.TextIOWrapper(unpacked, "utf-8", newline=""), strict=True):
            if len(values) < len(names):
                raise ReadError(Reason.MALFORMED, "a row has too few columns")
            yield _typed(dict(zip(names, values, strict=False)))


def _typed(row: dict[str, str]) -> Row:
    """CSV has keys URL-encoded, and all else as text. Raises ValueError."""
    typed: dict[str, object] = {name: row[name] for name in _WANTED if row.get(name)}
    typed["key"] = unquote_plus(row["key"], errors="strict") if "key" in row else None
    for name in ("is_latest", "is_delete_marker"):
        if name in typed:
            typed[name] = row[name].lower() == "true"
    if "size" in typed:
        typed["size"] = int(row["size"])
    if "last_modified_date" in typed:
        typed["last_modified_date"] = datetime.fromisoformat(row["last_modified_date"])
    return typed


def _of_parquet(stream: BinaryIO) -> Iterator[Row]:
    from pyarrow import parquet

    with parquet.ParquetFile(stream) as file:
        columns = [name for name in _WANTED if name in file.schema_arrow.names]
        for batch in file.iter_batches(batch_size=_AT_ONCE, columns=columns):
            yield from map(_in_utc, batch.to_pylist())


def _of_orc(stream: BinaryIO) -> Iterator[Row]:
    import pyarrow as pa
    from pyarrow import dataset

    # A stripe read at once takes all its rows; a fragment gives them in batches.
    fragment = dataset.OrcFileFormat().make_fragment(pa.PythonFile(stream, mode="r"))
    columns = [name for name in _WANTED if name in fragment.physical_schema.names]
    for batch in fragment.to_batches(columns=columns, batch_size=_AT_ONCE, batch_readahead=0, use_threads=False):
        yield from map(_in_utc, batch.to_pylist())


def _in_utc(row: dict[str, object]) -> Row:
    modified = row.get("last_modified_date")
    if isinstance(modified, datetime) and modified.tzinfo is None:
        return {**row, "last_modified_date": modified.replace(tzinfo=UTC)}
    return row
