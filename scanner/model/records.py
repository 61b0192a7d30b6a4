"""What is said about a whole run: its beginning and its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Run:
    """How a run was set up; everything needed to repeat it.

    :param id: unique for the run; equal for equal input, ruleset and start
    :param targets: as the user gave them
    :param identifiers: ids of the selected identifiers, sorted
    :param ruleset_digest: changes whenever any selected identifier does, or what is allowed
    :param settings: the other settings that decide what is read and reported, as plain JSON values
    """

    id: str
    version: str
    started: datetime
    targets: tuple[str, ...]
    identifiers: tuple[str, ...]
    ruleset_digest: str
    settings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run came to.

    :param outcomes: status -> objects
    :param reasons: `status:reason` -> objects
    :param bytes_read: bytes of the objects themselves
    :param findings: objects with at least one detection, by severity (`high`, `medium`, `low`)
    :param occurrences: identifier id -> count over all objects
    :param allowed: identifier id -> occurrences over all objects that are not reported because the user allows them
    :param seconds: of wall time; 0 when the clock is fixed by SOURCE_DATE_EPOCH
    :param complete: every object was scanned wholly or left out on the user's own word
    :param interrupted: the run ended before every object had its outcome; never together with `complete`
    :param hidden: identifier id -> occurrences over all objects that are not reported because the user suppresses them, or knew
        them before
    :param life: what became of the findings since earlier runs -> objects; empty without a state store
    :param unchanged: objects that were not read because they had not changed; counted in `outcomes` as when they were read
    """

    objects: int
    outcomes: Mapping[str, int]
    reasons: Mapping[str, int]
    bytes_listed: int
    bytes_read: int
    findings: Mapping[str, int]
    occurrences: Mapping[str, int]
    seconds: float
    complete: bool
    interrupted: bool = False
    allowed: Mapping[str, int] = field(default_factory=dict)
    hidden: Mapping[str, int] = field(default_factory=dict)
    life: Mapping[str, int] = field(default_factory=dict)
    unchanged: int = 0
