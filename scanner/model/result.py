"""What the scan of one object gives; the only thing that crosses back from a worker."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scanner.model.life import ObjectLife
from scanner.model.objects import StoredObject
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.outcome import Outcome, Problem


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
class Hidden:
    """Occurrences that are found and kept, and not reported.

    :param count: of the occurrences
    :param rule: id of the rule that suppresses them, or `baseline`
    """

    identifier: str
    count: int
    rule: str


@dataclass(frozen=True, slots=True)
class ObjectResult:
    """Everything known about one object after its scan.

    :param media_type: as the content shows, e.g. `text/csv`; empty when nothing was read
    :param bytes_read: bytes of the object itself, not of what it expanded to
    :param detections: sorted by identifier id
    :param problems: what could not be read inside it, in the order met
    :param allowed: identifier id -> occurrences that are no detections because the user allows them
    :param hidden: what is no part of the detections because the user suppresses it, or knew it before
    :param life: what became of it since earlier runs; None without a state store
    """

    object: StoredObject
    outcome: Outcome
    media_type: str = ""
    bytes_read: int = 0
    detections: tuple[Detection, ...] = ()
    problems: tuple[Problem, ...] = ()
    allowed: Mapping[str, int] = field(default_factory=dict)
    hidden: tuple[Hidden, ...] = ()
    life: ObjectLife | None = None
