"""AWS Security Finding Format: each line is one request of BatchImportFindings."""

from typing import Any, BinaryIO, Final

from scanner.model.life import Life
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.asff_finding import MAX_BYTES, object_finding, policy_finding, resolved_finding
from scanner.reports.encode import encode_line
from scanner.reports.options import SinkOptions
from scanner.reports.policies import BucketFinding
from scanner.reports.severity import count_in

MAX_FINDINGS: Final = 100
"""In one request."""


class AsffSink:
    """Gathers findings until a request is full: 100 of them, or 240 KB."""

    def __init__(self, out: BinaryIO, options: SinkOptions) -> None:
        self._out = out
        self._options = options
        self._batch: list[bytes] = []
        self._bytes = 0
        self._run: Run | None = None

    def begin(self, run: Run) -> None:
        """Notes the run."""
        self._run = run

    def write(self, result: ObjectResult) -> None:
        """Takes the object's finding if it makes one, or made one that is resolved now."""
        assert self._run is not None, "write comes after begin"
        counted = count_in(result.detections, self._options.identifiers)
        if counted:
            self._take(object_finding(result, self._run, counted))
        elif result.life and result.life.finding is Life.RESOLVED:
            self._take(resolved_finding(result, self._run, self._options.identifiers))

    def write_policy(self, finding: BucketFinding) -> None:
        """Takes the finding on a bucket."""
        assert self._run is not None, "write_policy comes after begin"
        self._take(policy_finding(finding, self._run))

    def resolve_policy(self, finding: BucketFinding) -> None:
        """Takes the finding on a bucket that is gone: it goes into the archive."""
        assert self._run is not None, "resolve_policy comes after begin"
        self._take(policy_finding(finding, self._run) | {"RecordState": "ARCHIVED", "Compliance": {"Status": "PASSED"}})

    def finish(self, summary: Summary) -> None:  # noqa: ARG002 - the format has no such record
        """Writes the last request."""
        self._send()
        self._out.flush()

    def _take(self, finding: dict[str, Any]) -> None:
        line = encode_line(finding).rstrip()
        if len(self._batch) == MAX_FINDINGS or (self._batch and self._bytes + len(line) > MAX_BYTES):
            self._send()
        self._batch.append(line)
        self._bytes += len(line)

    def _send(self) -> None:
        if self._batch:
            self._out.write(b'{"Findings":[' + b",".join(self._batch) + b"]}\n")
            self._out.flush()
        self._batch, self._bytes = [], 0
