"""Findings exactly as Macie gives them: one a line, as the answer of its API, or as the events that it sends."""

from typing import BinaryIO, Final

from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.encode import encode_line
from scanner.reports.finding import macie_finding
from scanner.reports.macie_policy import MACIE_TYPES, macie_policy
from scanner.reports.options import SinkOptions
from scanner.reports.policies import BucketFinding
from scanner.reports.severity import count_in

Json = dict[str, object]

# Those that Macie's events hold as null where there are none.
_ARRAYS: Final = ("cells", "lineRanges", "offsetRanges", "pages", "records")


class MacieSink:
    """Writes findings and nothing else: no outcomes, no summary. What was not scanned does not show here.

    Of findings on buckets those that Macie has a type for.
    """

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
            self._put(macie_finding(result, self._run, counted))

    def write_policy(self, finding: BucketFinding) -> None:
        """Writes the finding on a bucket if Macie has its type."""
        assert self._run is not None, "write_policy comes after begin"
        if finding.type.startswith(MACIE_TYPES):
            self._put(macie_policy(finding, self._run))

    def finish(self, summary: Summary) -> None:  # noqa: ARG002 - Macie has no such record
        """Flushes."""
        self._out.flush()

    def _put(self, finding: Json) -> None:
        self._out.write(encode_line(finding))
        self._out.flush()


class MacieResponseSink(MacieSink):
    """One JSON document, as the API answers GetFindings; all findings on one page."""

    _count = 0

    def begin(self, run: Run) -> None:
        """Opens the document."""
        super().begin(run)
        self._out.write(b'{"findings":[')

    def finish(self, summary: Summary) -> None:
        """Closes the document."""
        self._out.write(b"\n]}\n")
        super().finish(summary)

    def _put(self, finding: Json) -> None:
        self._out.write((b",\n" if self._count else b"\n") + encode_line(finding).rstrip())
        self._count += 1


class MacieEventsSink(MacieSink):
    """One event of Amazon EventBridge a line."""

    def _put(self, finding: Json) -> None:
        super()._put(event(finding))


def event(finding: Json) -> Json:
    """Macie's event about a finding: what it lacks is null."""
    identity = str(finding["id"])
    return {
        "version": "0",
        "id": "-".join((identity[:8], identity[8:12], identity[12:16], identity[16:20], identity[20:])),
        "detail-type": "Macie Finding",
        "source": "aws.macie",
        "account": finding["accountId"],
        "time": str(finding["createdAt"])[:19] + "Z",
        "region": finding["region"],
        "resources": [],
        "detail": {"classificationDetails": None, "policyDetails": None} | {name: _nulled(item) for name, item in finding.items()},
    }


def _nulled(value: object) -> object:
    match value:
        case dict():
            parts = {name: _nulled(item) for name, item in value.items()}
            if "occurrences" in parts and isinstance(parts["occurrences"], dict):
                parts["occurrences"] = dict.fromkeys(_ARRAYS) | parts["occurrences"]
            return parts
        case list():
            return [_nulled(item) for item in value]
        case _:
            return value
