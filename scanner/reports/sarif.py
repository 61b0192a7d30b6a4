"""SARIF 2.1.0, within the limits of GitHub code scanning. Written as a stream: the worst first, rules and totals at the end."""

from typing import BinaryIO, Final

from scanner.model.outcome import Status
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.amounts import of
from scanner.reports.encode import encode_line
from scanner.reports.options import SinkOptions
from scanner.reports.policies import BucketFinding
from scanner.reports.run_records import summary_record
from scanner.reports.sarif_results import ROOT, artifact, object_results, policy_result, text_of, working_folder
from scanner.reports.sarif_rules import Rules
from scanner.reports.severity import count_in
from scanner.reports.spool import Spool
from scanner.reports.times import timestamp

Json = dict[str, object]

MAX_RESULTS: Final = 25_000
"""In one run; GitHub refuses a file with more."""

MAX_NOTIFICATIONS: Final = 1_000
"""Objects named that were not plainly scanned; all others are counted."""

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Status.FAILED: "error", Status.PARTIAL: "warning", Status.SKIPPED: "note", Status.SCANNED: "note"}


class SarifSink:
    """One log with one run.

    Results of high severity are written as they come; those of lower severity wait on disk, so that what the limit cuts off is
    the least severe. How many were cut off stands in the run's properties and in a notification.
    """

    def __init__(self, out: BinaryIO, options: SinkOptions) -> None:
        self._out = out
        self._options = options
        self._rules = Rules()
        self._waiting = {"medium": Spool(), "low": Spool()}
        self._waits = {"medium": 0, "low": 0}
        self._omitted = {"high": 0, "medium": 0, "low": 0}
        self._written = 0
        self._notifications: list[Json] = []
        self._unnamed = 0
        self._run: Run | None = None
        self._root = ""

    def begin(self, run: Run) -> None:
        """Opens the log."""
        self._run = run
        self._root = working_folder()
        self._out.write(f'{{"$schema":"{_SCHEMA}","version":"2.1.0","runs":[{{"results":['.encode())

    def write(self, result: ObjectResult) -> None:
        """Writes the object's results, and notes an object that was not plainly scanned."""
        if result.outcome.status is not Status.SCANNED:
            self._note(result)
        counted = count_in(result.detections, self._options.identifiers)
        for severity, one in object_results(result, counted, self._rules, self._root):
            self._put(severity, one)

    def write_policy(self, finding: BucketFinding) -> None:
        """Writes the result of a finding on a bucket."""
        self._put(finding.severity, policy_result(finding, self._rules))

    def finish(self, summary: Summary) -> None:
        """Writes what waits, as far as the limit allows, and closes the log."""
        assert self._run is not None, "finish comes after begin"
        for level, spool in self._waiting.items():
            for line in spool.lines():
                self._emit(level, line)
        members = {
            "tool": {"driver": self._driver(self._run)},
            "invocations": [self._invocation(self._run, summary)],
            "originalUriBaseIds": {ROOT: {"uri": self._root}},
            "automationDetails": {"id": f"dowse/{self._run.id}"},
            "columnKind": "unicodeCodePoints",
            "properties": {"summary": summary_record(summary), "resultsOmitted": self._omitted, "resultsLimit": MAX_RESULTS},
        }
        self._out.write(b"]," + encode_line(members).strip()[1:-1] + b"}]}\n")
        self._out.flush()

    def _put(self, severity: str, one: Json) -> None:
        level = {"critical": "high", "info": "low"}.get(severity, severity)
        line = encode_line(one)
        if level == "high":
            self._emit(level, line)
        elif self._waits[level] < MAX_RESULTS:
            self._waits[level] += 1
            self._waiting[level].add(line)
        else:
            self._omitted[level] += 1

    def _emit(self, level: str, line: bytes) -> None:
        """One result into the log, or into the count of those left out."""
        if self._written < MAX_RESULTS:
            self._out.write((b",\n" if self._written else b"\n") + line.rstrip())
            self._written += 1
        else:
            self._omitted[level] += 1

    def _note(self, result: ObjectResult) -> None:
        if len(self._notifications) == MAX_NOTIFICATIONS:
            self._unnamed += 1
            return
        outcome = result.outcome
        reason = outcome.reason.value if outcome.reason else ""
        words = f"{outcome.status.value}: {reason.replace('_', ' ')}{': ' if outcome.detail else ''}{text_of(outcome.detail)}"
        self._notifications.append(
            {
                "descriptor": {"id": reason},
                "level": _LEVELS[outcome.status],
                "message": {"text": words},
                "locations": [{"physicalLocation": {"artifactLocation": artifact(result.object.ref, self._root)}}],
            }
        )

    def _driver(self, run: Run) -> Json:
        return {"name": "Dowse", "semanticVersion": run.version, "rules": self._rules.listed()}

    def _invocation(self, run: Run, summary: Summary) -> Json:
        notifications = list(self._notifications)
        if self._unnamed:
            words = f"not plainly scanned and not named here: {of(self._unnamed, 'more object')}; the summary counts them"
            notifications.append({"descriptor": {"id": "notifications-omitted"}, "level": "warning", "message": {"text": words}})
        if omitted := sum(self._omitted.values()):
            words = f"{of(omitted, 'result')} of the lowest severity left out: GitHub takes {MAX_RESULTS:,} of one run"
            notifications.append({"descriptor": {"id": "results-omitted"}, "level": "warning", "message": {"text": words}})
        return {
            "executionSuccessful": not summary.interrupted,
            "startTimeUtc": timestamp(run.started),
            "toolExecutionNotifications": notifications,
        }
