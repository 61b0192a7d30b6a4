"""A table for spreadsheets: a row for each identifier in an object; no cell can be taken for a formula."""

import csv
import io
from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from typing import BinaryIO, Final

from scanner.model.outcome import Status
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.flat import FlatRow, detection_rows, outcome_row, policy_row
from scanner.reports.options import SinkOptions
from scanner.reports.policies import BucketFinding
from scanner.reports.severity import count_in

COLUMNS: Final = tuple(field.name for field in fields(FlatRow))
"""The header row."""

_values: Final = attrgetter(*COLUMNS)
# Spreadsheets take cells that begin so for formulas; the wide forms too where East Asian input is set up.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001


def inert(value: object) -> object:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it; everything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA) else value


class CsvSink:
    """RFC 4180 with lines that end in a line feed, UTF-8 without a byte order mark."""

    def __init__(self, out: BinaryIO, options: SinkOptions) -> None:
        self._out = out
        self._options = options
        self._run: Run | None = None

    def begin(self, run: Run) -> None:
        """Writes the header."""
        self._run = run
        self._put([COLUMNS])

    def write(self, result: ObjectResult) -> None:
        """Writes a row for each identifier that counts, and one for an object that was not plainly scanned."""
        assert self._run is not None, "write comes after begin"
        rows = list(detection_rows(result, self._run, count_in(result.detections, self._options.identifiers)))
        if result.outcome.status is not Status.SCANNED or self._options.all_outcomes:
            rows.append(outcome_row(result, self._run))
        self._put(map(_values, rows))

    def write_policy(self, finding: BucketFinding) -> None:
        """Writes the row of a finding on a bucket."""
        assert self._run is not None, "write_policy comes after begin"
        self._put([_values(policy_row(finding, self._run))])

    def finish(self, summary: Summary) -> None:  # noqa: ARG002 - a table has no last word
        """Flushes."""
        self._out.flush()

    def _put(self, rows: Iterable[tuple[object, ...]]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(map(inert, row) for row in rows)
        if text.tell():
            self._out.write(text.getvalue().encode("utf-8", "replace"))
            self._out.flush()
