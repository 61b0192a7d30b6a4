"""A Parquet table for DuckDB, Athena, Spark and pandas: the rows of the CSV, with all listed occurrences nested in each."""

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final

from scanner.model.location import CellLocation, LineLocation, Location, PageLocation, RecordLocation
from scanner.model.occurrence import Occurrence
from scanner.model.outcome import Status
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.escape import visible
from scanner.reports.flat import FlatRow, detection_rows, outcome_row, policy_row
from scanner.reports.options import SinkOptions
from scanner.reports.places import in_words
from scanner.reports.policies import BucketFinding
from scanner.reports.severity import count_in

Json = dict[str, Any]

# What one row group holds at most: enough to compress well, little enough to keep in memory.
_ROWS: Final = 20_000
_OCCURRENCES: Final = 50_000
# Of the flat rows; here they are in the nested ones.
_NESTED: Final = ("place", "mask", "evidence")
_FLAT: Final = tuple(field.name for field in fields(FlatRow) if field.name not in _NESTED)
_MOMENTS: Final = ("modified", "started")


class ParquetSink:
    """Compressed with Zstandard; the file is readable only when it is whole."""

    def __init__(self, out: BinaryIO, options: SinkOptions) -> None:
        self._out = out
        self._options = options
        self._rows: list[Json] = []
        self._occurrences = 0
        self._run: Run | None = None
        self._writer: Any = None

    def begin(self, run: Run) -> None:
        """Opens the table."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._run = run
        # Without a way to seek it counts what it writes by itself, so pipes will do.
        self._writer = pq.ParquetWriter(pa.PythonFile(_Unclosed(self._out), mode="w"), schema(), compression="zstd")

    def write(self, result: ObjectResult) -> None:
        """Takes a row for each identifier that counts, and one for an object that was not plainly scanned."""
        assert self._run is not None, "write comes after begin"
        counted = count_in(result.detections, self._options.identifiers)
        for row, one in zip(detection_rows(result, self._run, counted), counted, strict=True):
            self._take(row, [_nested(occurrence) for occurrence in one.detection.occurrences])
        if result.outcome.status is not Status.SCANNED or self._options.all_outcomes:
            self._take(outcome_row(result, self._run), [])

    def write_policy(self, finding: BucketFinding) -> None:
        """Takes the row of a finding on a bucket."""
        assert self._run is not None, "write_policy comes after begin"
        self._take(policy_row(finding, self._run), [])

    def finish(self, summary: Summary) -> None:  # noqa: ARG002 - a table has no last word
        """Writes what is left, and the footer."""
        self._flush()
        self._writer.close()
        self._out.flush()

    def _take(self, row: FlatRow, occurrences: list[Json]) -> None:
        values = {name: getattr(row, name) for name in _FLAT}
        moments = {name: _moment(values[name]) for name in _MOMENTS}
        self._rows.append(values | moments | {"occurrences": occurrences})
        self._occurrences += len(occurrences)
        if len(self._rows) >= _ROWS or self._occurrences >= _OCCURRENCES:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema()))
        self._rows, self._occurrences = [], 0


class _Unclosed:
    """The stream as Arrow wants it: it is not ours to close, and cannot be read."""

    closed = False

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._written = 0

    def write(self, data: bytes) -> int:
        self._written += self._out.write(data)
        return len(data)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        self._out.flush()

    def close(self) -> None:
        """Left to whoever opened it."""


def schema() -> Any:  # noqa: ANN401 - Arrow ships no types
    """The columns, as an Arrow schema."""
    import pyarrow as pa

    moment = pa.timestamp("ms", tz="UTC")
    types = {"count": pa.int64(), "size": pa.int64(), "modified": moment, "started": moment}
    occurrence = {
        "place": pa.string(),
        "member": pa.string(),
        "kind": pa.string(),
        "row": pa.int64(),
        "line": pa.int64(),
        "page": pa.int64(),
        "column": pa.string(),
        "json_path": pa.string(),
        "confidence": pa.string(),
        "mask": pa.string(),
        "fingerprint": pa.string(),
        "evidence": pa.list_(pa.string()),
    }
    flat = [pa.field(name, types.get(name, pa.string())) for name in _FLAT]
    return pa.schema([*flat, pa.field("occurrences", pa.list_(pa.struct(occurrence)))])


def _nested(occurrence: Occurrence) -> Json:
    return {
        "place": visible(in_words(occurrence.location)),
        "member": visible("!".join(occurrence.member)) or None,
        **_numbers(occurrence.location),
        "confidence": occurrence.confidence.name.lower(),
        "mask": visible(occurrence.mask),
        "fingerprint": occurrence.fingerprint,
        "evidence": [visible(phrase) for phrase in occurrence.evidence],
    }


def _numbers(location: Location) -> Json:
    """Those parts of a place that queries ask for; the others are null."""
    match location:
        case CellLocation():
            return {"kind": "cell", "row": location.row, "column": visible(location.column_name) or None}
        case LineLocation():
            return {"kind": "line", "line": location.start}
        case PageLocation():
            return {"kind": "page", "page": location.page, "line": location.line}
        case RecordLocation():
            return {"kind": "record", "row": location.record_index, "json_path": visible(location.json_path) or None}
        case _:
            return {"kind": "paragraph"}


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None
