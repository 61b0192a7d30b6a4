"""What a run says as rows of one table: for spreadsheets and data frames."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scanner.model.records import Run
from scanner.model.result import ObjectResult
from scanner.reports.escape import visible
from scanner.reports.finding import finding_id
from scanner.reports.places import place_of
from scanner.reports.policies import BucketFinding
from scanner.reports.severity import Counted
from scanner.reports.times import timestamp


@dataclass(frozen=True, slots=True, kw_only=True)
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
    id: str = ""
    severity: str = ""
    category: str = ""
    type: str = ""
    name: str = ""
    confidence: str = ""
    count: int = 0
    uri: str = ""
    path: str = ""
    media_type: str = ""
    size: int = 0
    modified: str = ""
    place: str = ""
    mask: str = ""
    evidence: str = ""
    status: str = ""
    reason: str = ""
    detail: str = ""
    remedy: str = ""
    run: str
    started: str


def detection_rows(result: ObjectResult, run: Run, counted: Sequence[Counted]) -> Iterator[FlatRow]:
    """A row for each identifier that makes the object's finding."""
    whole = replace(outcome_row(result, run), record="finding", id=finding_id(result.object, run))
    for one in counted:
        first = one.detection.occurrences[:1]
        yield replace(
            whole,
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
    stored, outcome = result.object, result.outcome
    return FlatRow(
        record="outcome",
        uri=stored.ref.uri,
        path=visible(stored.ref.path),
        media_type=visible(result.media_type),
        size=stored.size or result.bytes_read,
        modified=timestamp(stored.modified) if stored.modified else "",
        status=outcome.status.value,
        reason=outcome.reason.value if outcome.reason else "",
        detail=visible(outcome.detail),
        run=visible(run.id),
        started=timestamp(run.started),
    )


def policy_row(finding: BucketFinding, run: Run) -> FlatRow:
    """The row of a finding on a bucket."""
    return FlatRow(
        record="policy",
        id=finding.id,
        severity=finding.severity,
        category="posture",
        type=visible(finding.type),
        name=visible(finding.title),
        count=1,
        uri=visible(finding.uri),
        path=visible(finding.uri),
        detail=visible(finding.detail),
        remedy=visible(finding.remedy),
        run=visible(run.id),
        started=timestamp(run.started),
    )
