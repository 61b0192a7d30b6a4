"""Results and identifiers to write reports of, small and made by hand."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from identifiers.model import Category, Identifier, Pattern, Severity, SeverityLevel
from scanner.model.location import CellLocation, Location
from scanner.model.objects import ObjectRef, StoredObject
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.outcome import SCANNED, Outcome, Problem
from scanner.model.records import Run, Summary
from scanner.model.result import Detection, ObjectResult
from scanner.reports.options import SinkOptions
from scanner.reports.policies import BucketFinding, bucket_findings

STARTED = datetime(2026, 3, 1, 12, 0, 0, 250_000, UTC)

RUN = Run(
    id="6f1d2c3b4a5968778695a4b3c2d1e0ff",
    version="0.1.0",
    started=STARTED,
    targets=("/srv/data",),
    identifiers=("EMAIL_ADDRESS", "USA_SOCIAL_SECURITY_NUMBER"),
    ruleset_digest="2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    settings={"min_confidence": "medium", "max_occurrences": 1000},
)

SUMMARY = Summary(
    objects=3,
    outcomes={"scanned": 2, "skipped": 1},
    reasons={"skipped:empty": 1},
    bytes_listed=2_048,
    bytes_read=2_000,
    findings={"high": 1},
    occurrences={"USA_SOCIAL_SECURITY_NUMBER": 2},
    seconds=0.5,
    complete=True,
)


def identifier(name: str, category: Category, *severities: tuple[int, Severity]) -> Identifier:
    levels = tuple(SeverityLevel(count, severity) for count, severity in severities)
    return Identifier(name, name.replace("_", " ").capitalize(), category, (Pattern(r"\d+"),), levels)


SSN = identifier("USA_SOCIAL_SECURITY_NUMBER", Category.PERSONAL, (1, Severity.HIGH))
EMAIL = identifier("EMAIL_ADDRESS", Category.PERSONAL, (1, Severity.LOW), (2, Severity.MEDIUM), (100, Severity.HIGH))
CARD = identifier("CREDIT_CARD_NUMBER", Category.FINANCIAL, (1, Severity.HIGH))
KEY = identifier("AWS_CREDENTIALS", Category.CREDENTIALS, (1, Severity.HIGH))
EMPLOYEE = identifier("EMPLOYEE_ID", Category.CUSTOM, (3, Severity.LOW), (10, Severity.MEDIUM))

IDENTIFIERS = {one.id: one for one in (SSN, EMAIL, CARD, KEY, EMPLOYEE)}


def options(*, all_outcomes: bool = False, reveal: bool = False, max_rows: int = 5_000) -> SinkOptions:
    return SinkOptions(IDENTIFIERS, all_outcomes=all_outcomes, reveal=reveal, max_rows=max_rows)


def occurrence(location: Location, *, mask: str = "***-**-9999", member: tuple[str, ...] = (), value: str | None = None) -> Occurrence:
    return Occurrence(location, Confidence.HIGH, ("pattern", "check:us_ssn", "name:ssn"), mask, "0123456789abcdef" * 2, member, value)


def cells(count: int, *, column: int = 3, name: str = "ssn") -> tuple[Occurrence, ...]:
    return tuple(occurrence(CellLocation(row, column, name, "", 0, 11)) for row in range(2, 2 + count))


def detection(kind: Identifier, count: int, occurrences: Sequence[Occurrence] | None = None) -> Detection:
    return Detection(kind.id, count, Confidence.HIGH, tuple(cells(count) if occurrences is None else occurrences))


def stored(key: str = "people/customers.csv", *, bucket: str = "/srv/data", size: int = 1_200, store: str = "file") -> StoredObject:
    return StoredObject(ObjectRef(store, bucket, key), size, datetime(2026, 1, 1, 8, 30, tzinfo=UTC), "4b0-18866f3c5a2b4000-1f")


def result(
    *detections: Detection,
    of: StoredObject | None = None,
    outcome: Outcome = SCANNED,
    problems: tuple[Problem, ...] = (),
    media_type: str = "text/csv",
) -> ObjectResult:
    one = of or stored()
    return ObjectResult(one, outcome, media_type, one.size, tuple(detections), problems)


def bucket_record(*findings: dict[str, str], name: str = "photos") -> dict[str, Any]:
    """A record of `dowse posture`, as far as sinks read it."""
    return {"record": "bucket", "accountId": "111111111111", "bucketName": name, "region": "eu-west-1", "findings": list(findings)}


def policy(
    text: str = "everybody can read", *, bucket: str = "photos", kind: str = "IAMUser/S3BucketPublic", severity: str = "high"
) -> BucketFinding:
    finding = {"type": f"Policy:{kind}", "severity": severity, "title": text, "detail": f"seen: {text}", "remedy": f"block {text}"}
    (only,) = bucket_findings(bucket_record(finding, name=bucket))
    return only
