"""Findings exactly as Macie's API gives them, one a line: for programs that already read those."""

from typing import BinaryIO

from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.encode import encode_line
from scanner.reports.finding import macie_finding
from scanner.reports.options import SinkOptions
from scanner.reports.severity import count_in


class MacieSink:
    """Writes findings and nothing else: no outcomes, no summary. What was not scanned does not show here."""

    def __init__(self, out: BinaryIO, options: SinkOptions) -> None:
        self._out = out
        self._options = options
        self._run: Run | None = None

    def begin(self, run: Run) -> None:
        """Notes the run, which findings are dated by."""
        self._run = run

    def write(self, result: ObjectResult) -> None:
        """Writes the object's finding if it makes one."""
        assert self._run is not None, "write comes after begin"
        counted = count_in(result.detections, self._options.identifiers)
        if counted:
            self._out.write(encode_line(macie_finding(result, self._run, counted)))
            self._out.flush()

    def finish(self, summary: Summary) -> None:  # noqa: ARG002 - Macie has no such record
        """Flushes."""
        self._out.flush()
