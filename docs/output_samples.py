"""The samples in docs/outputs/: what the program writes of one small run, made here and never by hand."""

import io
import json
from datetime import UTC, datetime
from typing import Any, Final

from identifiers.catalogues import load_catalogue
from scanner.model.location import CellLocation
from scanner.model.objects import ObjectRef, StoredObject
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.outcome import SCANNED, Outcome, Problem, Reason, Status
from scanner.model.records import Run, Summary
from scanner.model.result import Detection, ObjectResult
from scanner.reports.options import SinkOptions
from scanner.reports.policies import BucketFinding, PolicySink, bucket_findings
from scanner.reports.registry import open_sink

_STARTED: Final = datetime(2026, 3, 1, 12, 0, 0, 250_000, UTC)
_FOUND: Final = ("CREDIT_CARD_NUMBER", "USA_SOCIAL_SECURITY_NUMBER")
_RUN: Final = Run(
    id="6f1d2c3b4a5968778695a4b3c2d1e0ff",
    version="0.1.0",
    started=_STARTED,
    targets=("s3://photos/2026",),
    identifiers=_FOUND,
    ruleset_digest="2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    settings={"min_confidence": "medium"},
)
_SUMMARY: Final = Summary(
    objects=2,
    outcomes={"partial": 1, "scanned": 1},
    reasons={"partial:members_unread": 1},
    bytes_listed=53_200,
    bytes_read=53_200,
    findings={"high": 1},
    occurrences={"CREDIT_CARD_NUMBER": 1, "USA_SOCIAL_SECURITY_NUMBER": 12},
    seconds=0.5,
    complete=False,
)
_PUBLIC: Final = {
    "type": "Policy:IAMUser/S3BucketPublic",
    "severity": "high",
    "title": "everybody can read",
    "detail": "policy: statement 0 lets everybody in",
    "remedy": "turn on all four settings of Block Public Access",
}
# Documents that are one long line read better in many; of those that are alike the first few are enough.
_PRETTY: Final = {
    "asff": 1,
    "elastic": 2,
    "macie": 1,
    "macie-events": 1,
    "macie-response": 1,
    "macie-results": 1,
    "ocsf": 1,
    "parquet": 1,
    "sarif": 1,
    "slack": 1,
    "splunk": 1,
}
_WHOLE: Final = ("macie-response", "sarif", "slack")


def sample(format_name: str) -> tuple[str, str]:
    """Language of the block and its text: what the format says of the run, JSON indented and its first documents only."""
    data = _written(format_name)
    if format_name in _PRETTY:
        documents = _documents(format_name, data)[: _PRETTY[format_name]]
        return "json", "\n".join(json.dumps(document, indent=2, ensure_ascii=False, default=str) for document in documents)
    lines = [line.rstrip() for line in data.decode().strip("\n").split("\n")]
    return {"junit": "xml", "csv": "csv", "markdown": "markdown"}.get(format_name, "text"), "\n".join(lines)


def _documents(format_name: str, data: bytes) -> list[Any]:
    if format_name == "parquet":
        import pyarrow.parquet as pq

        return list(pq.read_table(io.BytesIO(data)).to_pylist())
    return [json.loads(data)] if format_name in _WHOLE else [json.loads(line) for line in data.splitlines()]


def _written(format_name: str) -> bytes:
    out = io.BytesIO()
    sink = open_sink(format_name, out, SinkOptions({one.id: one for one in load_catalogue()}))
    sink.begin(_RUN)
    for result in (_customers(), _backup()):
        sink.write(result)
    if isinstance(sink, PolicySink):
        for finding in _policies():
            sink.write_policy(finding)
    sink.finish(_SUMMARY)
    return out.getvalue()


def _policies() -> list[BucketFinding]:
    record = {"record": "bucket", "accountId": "111111111111", "bucketName": "photos", "region": "eu-west-1", "findings": [_PUBLIC]}
    return list(bucket_findings(record))


def _customers() -> ObjectResult:
    card = _seen(3, 5, "card", "**** **** **** 1111", "check:payment_card", "name:card")
    ssns = tuple(_seen(row, 4, "ssn", "***-**-9999", "check:us_ssn", "name:ssn") for row in (2, 3))
    detections = (Detection(_FOUND[0], 1, Confidence.HIGH, (card,)), Detection(_FOUND[1], 12, Confidence.HIGH, ssns))
    return ObjectResult(_stored("2026/customers.csv", 1_200), SCANNED, "text/csv", 1_200, detections)


def _backup() -> ObjectResult:
    outcome = Outcome(Status.PARTIAL, Reason.MEMBERS_UNREAD, "1 member could not be read")
    problem = Problem(Reason.ENCRYPTED, "it needs a password", ("payroll.xlsx",))
    stored = _stored("2026/backup.zip", 52_000)
    return ObjectResult(stored, outcome, "application/zip", 52_000, (), (problem,))


def _stored(key: str, size: int) -> StoredObject:
    return StoredObject(ObjectRef("s3", "photos", key), size, datetime(2026, 1, 1, 8, 30, tzinfo=UTC), "9b2cf535f27731c9", "STANDARD")


def _seen(row: int, column: int, name: str, mask: str, *evidence: str) -> Occurrence:
    fingerprint = f"{row:x}{column:x}" * 16
    return Occurrence(CellLocation(row, column, name, "", 0, len(mask)), Confidence.HIGH, ("pattern", *evidence), mask, fingerprint)
