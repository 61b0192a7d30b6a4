"""Events for Splunk's HTTP Event Collector, one a line; the body of a request may hold many."""

from typing import Any, BinaryIO, Final

from scanner.model.outcome import Status
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.encode import encode_line
from scanner.reports.finding import own_members
from scanner.reports.identity import object_id
from scanner.reports.options import SinkOptions
from scanner.reports.policies import BucketFinding
from scanner.reports.run_records import outcome_record, run_record, summary_record
from scanner.reports.severity import SCORES, count_in, worst

Json = dict[str, Any]

MAX_OCCURRENCES: Final = 3
"""Of each identifier in one event, since Splunk cuts long events; `occurrencesOmitted` counts the others."""


class SplunkSink:
    """Sourcetypes `dowse:finding`, `dowse:policy`, `dowse:outcome` and `dowse:run`; the index is that of the token."""

    def __init__(self, out: BinaryIO, options: SinkOptions) -> None:
        self._out = out
        self._options = options
        self._run: Run | None = None

    def begin(self, run: Run) -> None:
        """Notes the run."""
        self._run = run

    def write(self, result: ObjectResult) -> None:
        """Writes the event about the object's finding, and about its outcome if it was not plainly scanned."""
        counted = count_in(result.detections, self._options.identifiers)
        if counted:
            severity = worst(counted)
            head = {"id": object_id(result.object.ref), "severity": severity.value, "severityScore": SCORES[severity]}
            members = own_members(result, counted, reveal=False)
            facts = {"size": result.object.size or result.bytes_read, "mediaType": result.media_type}
            self._put("finding", head | members | facts | {"detections": [_shortened(one) for one in _detections(members)]})
        if self._options.all_outcomes or result.outcome.status is not Status.SCANNED:
            self._put("outcome", _without_record(outcome_record(result)))

    def write_policy(self, finding: BucketFinding) -> None:
        """Writes the event about a bucket."""
        members = {
            "id": finding.id,
            "severity": finding.severity,
            "type": finding.type,
            "title": finding.title,
            "detail": finding.detail,
            "remedy": finding.remedy,
            "bucket": finding.bucket,
            "accountId": finding.account,
            "region": finding.region,
        }
        self._put("policy", members)

    def finish(self, summary: Summary) -> None:
        """Writes the event about the run."""
        assert self._run is not None, "finish comes after begin"
        self._put("run", _without_record(run_record(self._run) | summary_record(summary)))
        self._out.flush()

    def _put(self, kind: str, event: Json) -> None:
        assert self._run is not None, "after begin"
        moment = round(self._run.started.timestamp(), 3)
        envelope = {"time": moment, "source": "dowse", "sourcetype": f"dowse:{kind}", "event": {"runId": self._run.id} | event}
        self._out.write(encode_line(envelope))
        self._out.flush()


def _detections(members: Json) -> list[Json]:
    listed = members["detections"]
    assert isinstance(listed, list), "made by own_members"
    return listed


def _shortened(detection: Json) -> Json:
    listed = detection["occurrences"][:MAX_OCCURRENCES]
    return detection | {"occurrences": listed, "occurrencesOmitted": detection["count"] - len(listed)}


def _without_record(record: Json) -> Json:
    return {name: item for name, item in record.items() if name != "record"}
