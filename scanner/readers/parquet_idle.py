"""Columns of a Parquet file that need not be read, by what its footer says: numbers too small for any identifier, times, truth values.

Of a table in a store only the other columns are asked for. What is taken on trust is the type of a column, which decides how its bytes
are read in any case, and of columns of numbers the smallest and the largest: by nobody but a writer that is known to get them right.
Texts, bytes and decimals are always read, and so is every column whose name speaks of something. See docs/s3.md.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final

import regex

from scanner.model.unread import MayHold, UnreadColumn, Values
from scanner.readers.parquet_open import OpenedFile

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

# Beginnings of `created_by`. The wrong numbers that old versions of these wrote were of texts, which are read anyhow.
_EXACT_WRITERS: Final = regex.compile(
    r"parquet-(?:cpp|cpp-arrow|cpp-velox|mr|rs) |duckdb |polars|fastparquet|impala |trino |presto |datafusion |clickhouse |parquet\.net ",
    regex.IGNORECASE,
)


class IdleColumns:
    """Finds them, row group by row group.

    :param columns: indices of plain columns
    :param may_hold: what is worth reading; None for everything
    """

    def __init__(self, opened: OpenedFile, columns: Iterable[int], may_hold: MayHold | None) -> None:
        self._metadata = opened.file.metadata
        self._may_hold = may_hold
        self._exact = bool(_EXACT_WRITERS.match(self._metadata.created_by or ""))
        self._order = opened.file.schema_arrow.names
        self._kinds = {} if may_hold is None else _kinds(opened, columns)

    def of(self, group: int) -> frozenset[int]:
        """Indices of the columns that hold nothing in this row group."""
        if self._may_hold is None or not self._kinds:
            return frozenset()
        rows = self._metadata.row_group(group)
        told = (
            (index, UnreadColumn((rows.column(index).path_in_schema,), kind, _most(rows.column(index), kind) if self._exact else None))
            for index, kind in self._kinds.items()
        )
        return frozenset(index for index, column in told if not self._may_hold(column))

    def filled(self, idle: Collection[int], batch: "pa.RecordBatch | None", rows: int) -> "pa.RecordBatch":
        """`batch`, which lacks the columns `idle`, with nulls in their stead and in their places.

        What stands beside a column tells of names and addresses, so nothing may move.
        """
        import pyarrow as pa

        read = {} if batch is None else dict(zip(batch.schema.names, batch.columns, strict=True))
        # Columns of truth values have no segment; the others have one that holds nothing.
        nothing = {True: pa.nulls(rows), False: pa.nulls(rows, pa.int8())}
        columns = read | {self._metadata.schema.column(index).path: nothing[self._kinds[index] is Values.MUTE] for index in idle}
        names = [name for name in self._order if name in columns]
        return pa.RecordBatch.from_arrays([columns[name] for name in names], names=names)


def _kinds(opened: OpenedFile, columns: Iterable[int]) -> dict[int, Values]:
    """The kinds of those columns that stand for themselves, and are numbers, times or truth values."""
    schema, arrow = opened.file.schema, opened.file.schema_arrow
    paths = Counter(schema.column(index).path for index in range(len(schema)))
    if len(set(arrow.names)) < len(arrow.names):
        return {}
    found = {}
    for index in columns:
        column = schema.column(index)
        # The path of a field in another field may read like the name of a column.
        if column.max_repetition_level == 0 and paths[column.path] == 1 and column.path in arrow.names:
            kind = _kind(arrow.field(column.path).type)
            if kind is not None:
                found[index] = kind
    return found


def _kind(kind: "pa.DataType") -> Values | None:
    import pyarrow as pa

    types = pa.types
    if types.is_boolean(kind) or types.is_null(kind):
        return Values.MUTE
    if types.is_temporal(kind):
        return Values.MOMENT
    if types.is_integer(kind):
        return Values.WHOLE
    return Values.FLOAT if types.is_floating(kind) else None


def _most(chunk: "pq.ColumnChunkMetaData", kind: Values) -> float | None:
    """The largest number without its sign, if the footer tells."""
    if kind not in (Values.WHOLE, Values.FLOAT):
        return None
    told = chunk.statistics
    if told is None or not told.has_min_max:
        return None
    most = max(abs(told.min), abs(told.max))
    # What is no number is neither small nor large.
    return float(most) if most == most else None  # noqa: PLR0124 - asks for NaN
