"""What the scan of one object gives; the only thing that crosses back from a worker."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scanner.model.objects import StoredObject
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.outcome import Outcome, Problem
from scanner.model.traffic import Traffic


@dataclass(frozen=True, slots=True)
class Detection:
    """All that was found of one identifier in one object.

    :param count: exact, however many occurrences are listed
    :param occurrences: the first ones in document order, at most as many as the user asked for
    """

    identifier: str
    count: int
    confidence: Confidence
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class ObjectResult:
    """Everything known about one object after its scan.

    :param media_type: as the content shows, e.g. `text/csv`; empty when nothing was read
    :param bytes_read: bytes of the object itself, not of what it expanded to
    :param detections: sorted by identifier id
    :param problems: what could not be read inside it, in the order met
    :param allowed: identifier id -> occurrences that are no detections because the user allows them
    :param traffic: requests that were made meanwhile: of objects that are sent for together, the first may have those of all
    """

    object: StoredObject
    outcome: Outcome
    media_type: str = ""
    bytes_read: int = 0
    detections: tuple[Detection, ...] = ()
    problems: tuple[Problem, ...] = ()
    allowed: Mapping[str, int] = field(default_factory=dict)
    traffic: Traffic = field(default=Traffic(), compare=False)
