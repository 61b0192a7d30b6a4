"""Findings as people read them: every text in here is safe to show, no value is in the clear."""

from collections.abc import Sequence
from dataclasses import dataclass

from identifiers.model import Severity
from scanner.model.objects import ObjectRef
from scanner.model.occurrence import Occurrence
from scanner.model.result import ObjectResult
from scanner.reports.escape import visible
from scanner.reports.places import in_words
from scanner.reports.severity import Counted, worst


@dataclass(frozen=True, slots=True)
class OccurrenceRow:
    """One place, its masked value, and what speaks for it."""

    place: str
    mask: str
    confidence: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DetectionRow:
    """One identifier in one object.

    :param count: of all occurrences
    :param occurrences: the first ones
    :param capped: there may be more than `count`
    """

    identifier: str
    name: str
    category: str
    severity: Severity
    confidence: str
    count: int
    occurrences: tuple[OccurrenceRow, ...]
    capped: bool = False


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One object with something in it.

    :param root: what holds it: the folder that was the target, the bucket
    :param folder: where it lies in there, ending with `/` unless empty
    :param count: of all occurrences of all identifiers
    :param status: how far it was read; `reason` says why no further
    """

    root: str
    folder: str
    name: str
    severity: Severity
    count: int
    media_type: str
    size: int
    status: str
    reason: str
    detections: tuple[DetectionRow, ...]


def finding_row(result: ObjectResult, counted: Sequence[Counted], *, samples: int) -> FindingRow:
    """The row of an object's finding, with at most `samples` occurrences of each identifier, the most frequent first."""
    folder, name = shown_name(result.object.ref)
    most_first = sorted(counted, key=lambda one: -one.detection.count)
    return FindingRow(
        root=shown_root(result.object.ref),
        folder=folder,
        name=name,
        severity=worst(counted),
        count=sum(one.detection.count for one in counted),
        media_type=visible(result.media_type),
        size=result.object.size or result.bytes_read,
        status=result.outcome.status.value,
        reason=result.outcome.reason.value.replace("_", " ") if result.outcome.reason else "",
        detections=tuple(_detection_row(one, samples) for one in most_first),
    )


def shown_name(ref: ObjectRef) -> tuple[str, str]:
    """The folders of the key, with `/` at their end if there are any, and the name itself; of a folder, its last name."""
    head, _, tail = ref.key.removesuffix("/").rpartition("/")
    return visible(f"{head}/" if head else ""), visible(tail + ("/" if ref.key.endswith("/") else ""))


def shown_root(ref: ObjectRef) -> str:
    """What holds the object: the folder that was the target, the bucket, or standard input."""
    return visible(ref.bucket if ref.store == "file" else f"{ref.store}://{ref.bucket}") if ref.store != "stdin" else "standard input"


def _detection_row(one: Counted, samples: int) -> DetectionRow:
    return DetectionRow(
        identifier=visible(one.identifier.id),
        name=visible(one.identifier.name),
        category=one.identifier.category.value,
        severity=one.severity,
        confidence=one.detection.confidence.name.lower(),
        count=one.detection.count,
        occurrences=tuple(_occurrence_row(occurrence) for occurrence in one.detection.occurrences[:samples]),
        capped=one.detection.capped,
    )


def _occurrence_row(occurrence: Occurrence) -> OccurrenceRow:
    return OccurrenceRow(
        place=visible(" ! ".join((*occurrence.member, in_words(occurrence.location)))),
        mask=visible(occurrence.mask),
        confidence=occurrence.confidence.name.lower(),
        evidence=tuple(visible(phrase) for phrase in occurrence.evidence),
    )
