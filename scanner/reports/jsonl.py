"""JSON Lines: the native stream of records, described in docs/findings.md and docs/finding.schema.json."""

from typing import BinaryIO

from scanner.model.outcome import Status
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.encode import encode_line
from scanner.reports.finding import finding_record
from scanner.reports.macie_policy import policy_record
from scanner.reports.options import SinkOptions
from scanner.reports.policies import BucketFinding
from scanner.reports.run_records import outcome_record, run_record, summary_record


class JsonlSink:
    """Writes `run` first, `finding` and `outcome` as objects are done, `summary` last; each line is flushed at once.

    A stream without `summary` at its end was cut short.
    """

    def __init__(self, out: BinaryIO, options: SinkOptions) -> None:
        self._out = out
        self._options = options
        self._run: Run | None = None

    def begin(self, run: Run) -> None:
        """Writes the `run` record."""
        self._run = run
        self._put(encode_line(run_record(run)))

    def write(self, result: ObjectResult) -> None:
        """Writes the object's `finding`, if it makes one, and its `outcome`, if it was not plainly scanned or lost its finding."""
        assert self._run is not None, "write comes after begin"
        finding = finding_record(result, self._run, self._options)
        told = self._options.all_outcomes or result.outcome.status is not Status.SCANNED or (not finding and _has_life(result))
        lines = [encode_line(finding)] if finding else []
        lines += [encode_line(outcome_record(result))] if told else []
        if lines:
            self._put(b"".join(lines))

    def write_policy(self, finding: BucketFinding) -> None:
        """Writes the `policy` record of a finding on a bucket."""
        assert self._run is not None, "write_policy comes after begin"
        self._put(encode_line(policy_record(finding, self._run)))

    def finish(self, summary: Summary) -> None:
        """Writes the `summary` record."""
        self._put(encode_line(summary_record(summary)))

    def _put(self, lines: bytes) -> None:
        self._out.write(lines)
        self._out.flush()


def _has_life(result: ObjectResult) -> bool:
    """Whether a finding of it ended, or could not be seen again."""
    return result.life is not None and result.life.finding is not None
