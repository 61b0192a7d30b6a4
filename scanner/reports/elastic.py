"""The bulk API of Elasticsearch and OpenSearch: an action and a document on each two lines. Sending it again changes nothing."""

from typing import BinaryIO

from scanner.model.life import Life
from scanner.model.outcome import Status
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.encode import encode_line
from scanner.reports.finding import finding_record
from scanner.reports.identity import object_id
from scanner.reports.macie_policy import policy_record
from scanner.reports.options import SinkOptions
from scanner.reports.policies import BucketFinding
from scanner.reports.run_records import outcome_record, run_record, summary_record
from scanner.reports.times import timestamp

Json = dict[str, object]


class ElasticSink:
    """The native records into the indices `dowse-findings`, `dowse-policies`, `dowse-outcomes` and `dowse-runs`.

    An object has one document in each, whatever the run; a later run replaces it. Each names its run in `runId`. What a state store
    knows to be resolved takes the place of the finding, as a record `outcome` with its `life`.
    """

    def __init__(self, out: BinaryIO, options: SinkOptions) -> None:
        self._out = out
        # Values go nowhere but into JSON Lines.
        self._options = SinkOptions(options.identifiers, all_outcomes=options.all_outcomes)
        self._run: Run | None = None

    def begin(self, run: Run) -> None:
        """Notes the run."""
        self._run = run

    def write(self, result: ObjectResult) -> None:
        """Writes the object's finding, if it makes one, and its outcome, if it was not plainly scanned."""
        assert self._run is not None, "write comes after begin"
        identity = object_id(result.object.ref)
        if finding := finding_record(result, self._run, self._options):
            self._put("dowse-findings", identity, finding)
        elif result.life and result.life.finding is Life.RESOLVED:
            self._put("dowse-findings", identity, outcome_record(result))
        if self._options.all_outcomes or result.outcome.status is not Status.SCANNED:
            self._put("dowse-outcomes", identity, outcome_record(result))

    def write_policy(self, finding: BucketFinding) -> None:
        """Writes the finding on a bucket."""
        assert self._run is not None, "write_policy comes after begin"
        self._put("dowse-policies", finding.id, policy_record(finding, self._run))

    def finish(self, summary: Summary) -> None:
        """Writes the run with its summary."""
        assert self._run is not None, "finish comes after begin"
        self._put("dowse-runs", self._run.id, run_record(self._run) | summary_record(summary) | {"record": "run"})
        self._out.flush()

    def _put(self, index: str, identity: str, record: Json) -> None:
        assert self._run is not None, "after begin"
        document = {"@timestamp": timestamp(self._run.started), "runId": self._run.id} | record
        self._out.write(encode_line({"index": {"_index": index, "_id": identity}}) + encode_line(document))
        self._out.flush()
