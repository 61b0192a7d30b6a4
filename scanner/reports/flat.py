"""What a run says as rows of one table: for spreadsheets and data frames."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanner.model.records import Run
from scanner.model.result import ObjectResult
from scanner.reports.escape import visible
from scanner.reports.finding import finding_id
from scanner.reports.places import place_of
from scanner.reports.policies import BucketFinding
from scanner.reports.severity import Counted
from scanner.reports.times import timestamp


@dataclass(frozen=True, slots=True)
class FlatRow:
    """One identifier in one object, one finding on a bucket, or one object that was not plainly scanned. All text is safe to show.

    :param record: `finding`, `policy` or `outcome`
    :param id: of the finding, shared by all rows of an object; empty in outcomes
    :param type: the identifier, or the type of the finding on a bucket
    :param count: of occurrences
    :param uri: finds the object again; percent-encoded
    :param place: of the first occurrence, in words
    :param mask: the first occurrence, masked
    :param evidence: of the first occurrence, separated by semicolons
    :param status: how far the object was read; `reason` says why no further
    """

    record: str
    id: str
    severity: str
    category: str
    type: str
    name: str
    confidence: str
    count: int
    uri: str
    path: str
    media_type: str
    size: int
    modified: str
    place: str
    mask: str
    evidence: str
    status: str
    reason: str
    detail: str
    remedy: str
    run: str
    started: str


def detection_rows(result: ObjectResult, run: Run, counted: Sequence[Counted]) -> Iterator[FlatRow]:
    """A row for each identifier that makes the object's finding."""
    identity = finding_id(result.object, run)
    for one in counted:
        first = one.detection.occurrences[:1]
        yield _object_row(
            result,
            run,
            record="finding",
            id=identity,
            severity=one.severity.value,
            category=one.identifier.category.value,
            type=visible(one.identifier.id),
            name=visible(one.identifier.name),
            confidence=one.detection.confidence.name.lower(),
            count=one.detection.count,
            place="".join(visible(place_of(occurrence)) for occurrence in first),
            mask="".join(visible(occurrence.mask) for occurrence in first),
            evidence="".join("; ".join(map(visible, occurrence.evidence)) for occurrence in first),
        )


def outcome_row(result: ObjectResult, run: Run) -> FlatRow:
    """The row of an object that was not plainly scanned."""
    return _object_row(result, run, record="outcome")


def policy_row(finding: BucketFinding, run: Run) -> FlatRow:
    """The row of a finding on a bucket."""
    return FlatRow(
        record="policy",
        id=finding.id,
        severity=finding.severity,
        category="posture",
        type=visible(finding.type),
        name=visible(finding.title),
        confidence="",
        count=1,
        uri=visible(finding.uri),
        path=visible(finding.uri),
        media_type="",
        size=0,
        modified="",
        place="",
        mask="",
        evidence="",
        status="",
        reason="",
        detail=visible(finding.detail),
        remedy=visible(finding.remedy),
        run=visible(run.id),
        started=timestamp(run.started),
    )


def _object_row(
    result: ObjectResult,
    run: Run,
    *,
    record: str,
    id: str = "",  # noqa: A002 - the column's name
    severity: str = "",
    category: str = "",
    type: str = "",  # noqa: A002 - the column's name
    name: str = "",
    confidence: str = "",
    count: int = 0,
    place: str = "",
    mask: str = "",
    evidence: str = "",
) -> FlatRow:
    stored, outcome = result.object, result.outcome
    return FlatRow(
        record=record,
        id=id,
        severity=severity,
        category=category,
        type=type,
        name=name,
        confidence=confidence,
        count=count,
        uri=stored.ref.uri,
        path=visible(stored.ref.path),
        media_type=visible(result.media_type),
        size=stored.size or result.bytes_read,
        modified=timestamp(stored.modified) if stored.modified else "",
        place=place,
        mask=mask,
        evidence=evidence,
        status=outcome.status.value,
        reason=outcome.reason.value if outcome.reason else "",
        detail=visible(outcome.detail),
        remedy="",
        run=visible(run.id),
        started=timestamp(run.started),
    )
