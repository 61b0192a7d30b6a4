"""What the scan of one object gives; the only thing that crosses back from a worker."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scanner.model.exposure import ObjectExposure
from scanner.model.life import ObjectLife
from scanner.model.objects import StoredObject
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.outcome import Outcome, Problem
from scanner.model.traffic import Traffic


@dataclass(frozen=True, slots=True)
class ColumnCount:
    """How much of one column an identifier was found in.

    :param name: the header, or the JSON path with `[*]` for indices (`$.orders[*].card`); empty where a table has no header.
        Values in it are masked.
    :param position: number of the column in its table, from 1; 0 for a path
    :param count: occurrences in it; a value may hold several
    :param values: rows of the table, or values at the path
    :param confidence: the highest of an occurrence in it
    :param member: path of the member it is in, outermost first
    """

    name: str
    position: int
    count: int
    values: int
    confidence: Confidence
    member: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Detection:
    """All that was found of one identifier in one object.

    :param count: exact, however many occurrences are listed
    :param capped: it was not looked for to the end: there may be more than `count`
    :param occurrences: the first ones in document order, at most as many as the user asked for
    :param columns: those in which it was found, in the order of their numbers or paths; at most 1,000, those with the most
        occurrences
    :param raised: by how many steps it is worse than its count says, for who can have the object
    """

    identifier: str
    count: int
    confidence: Confidence
    occurrences: tuple[Occurrence, ...]
    columns: tuple[ColumnCount, ...] = ()
    capped: bool = False
    raised: int = 0


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
    :param exposure: who besides those it is meant for can have it; None where that is not known, or nobody can
    :param traffic: requests that were made meanwhile: of objects that are sent for together, the first may have those of all
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
    exposure: ObjectExposure | None = None
    traffic: Traffic = field(default=Traffic(), compare=False)
