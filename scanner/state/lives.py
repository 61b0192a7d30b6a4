"""How a detection's row goes on when its object was looked at again. Pure rules; docs/state.md tells them in words."""

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum

from identifiers.model import Severity
from scanner.model.life import DetectionLife, Life, Resolution
from scanner.model.occurrence import Occurrence
from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.result import Detection


class Look(Enum):
    """How well a run looked at an object."""

    WHOLE = "whole"  # what is not found is not there
    PART = "part"  # what is not found may be there
    AWAY = "away"  # it was not read, and what was known of it stays
    GONE = "gone"  # there is no such object


# Tomorrow it may be readable, with nothing changed in it.
PASSING = frozenset(
    {
        Reason.CHANGED,
        Reason.RULE_TIMEOUT,
        Reason.EXCLUDED,
        Reason.SYMLINK,
        Reason.SPECIAL_FILE,
        Reason.SIZE_LIMIT,
        Reason.STORAGE_CLASS,
        Reason.ACCESS_DENIED,
        Reason.KMS_DENIED,
        Reason.SSE_C,
        Reason.NO_SUCH_BUCKET,
        Reason.IO_ERROR,
        Reason.CRASH,
        Reason.TIMEOUT,
        Reason.OUT_OF_MEMORY,
    }
)


def look_of(outcome: Outcome) -> Look:
    """How well an object with this outcome was looked at."""
    if outcome.status is Status.SCANNED or (outcome.status is Status.SKIPPED and outcome.reason is Reason.EMPTY):
        return Look.WHOLE
    if outcome.reason is Reason.GONE:
        return Look.GONE
    if outcome.status is Status.PARTIAL or outcome.reason not in PASSING:
        return Look.PART
    return Look.AWAY


@dataclass(frozen=True, slots=True)
class Row:
    """What is kept of one identifier in one object. Runs are named by their sequence numbers, times are seconds since 1970.

    :param severity: of the finding that it makes, or last made; None if it never made one
    :param present: the last reading found it
    :param new: the run since which it is open
    :param changed: the last run that found it otherwise than before
    :param unseen: the run that last looked in vain, unless it was found since
    :param resolved: the run that found it gone; None while it is open
    """

    identifier: str
    count: int
    confidence: int
    severity: Severity | None
    present: bool
    first_seen: float
    last_seen: float
    new: int
    changed: int | None
    unseen: int | None
    resolved: int | None
    resolution: Resolution | None
    occurrences: tuple[Occurrence, ...]

    @property
    def is_open(self) -> bool:
        """Whether it makes a finding, as far as is known."""
        return self.severity is not None and self.resolved is None


@dataclass(frozen=True, slots=True)
class Moment:
    """The run that looks.

    :param untold: runs that never came to their end: what they found was reported to nobody for certain
    """

    run: int
    time: float
    untold: Container[int]

    def fresh(self, run: int | None) -> bool:
        """Whether what happened in `run` is still to be told."""
        return run is not None and (run == self.run or run in self.untold)


@dataclass(frozen=True, slots=True)
class Found:
    """A detection of the run, and the severity of the finding it makes; None if it makes none."""

    detection: Detection
    severity: Severity | None


def found(now: Moment, old: Row | None, one: Found) -> Row:
    """The row of an identifier that was found."""
    begun = old is not None and old.severity is not None
    first = old.first_seen if old is not None and begun else now.time
    row = Row(
        one.detection.identifier,
        one.detection.count,
        int(one.detection.confidence),
        one.severity or (old.severity if old else None),
        present=True,
        first_seen=first,
        last_seen=now.time,
        new=now.run,
        changed=None,
        unseen=None,
        resolved=None,
        resolution=None,
        occurrences=one.detection.occurrences,
    )
    if one.severity is None:
        return _too_few(now, old, row) if old is not None and begun else row
    if old is None or not old.is_open or now.fresh(old.new):
        return row
    changed = now.run if now.fresh(old.changed) or not same(old, one.detection) else old.changed
    return replace(row, new=old.new, changed=changed)


def missed(now: Moment, old: Row, look: Look, why: Resolution) -> Row | None:
    """The row of an identifier that was not found, or not looked for; None if nothing is to be kept of it."""
    if look is not Look.AWAY and old.severity is None:
        return None
    if old.is_open:
        if look in {Look.WHOLE, Look.GONE}:
            return replace(old, present=False, unseen=None, resolved=now.run, resolution=why)
        return replace(old, present=old.present and look is Look.AWAY, unseen=now.run)
    resolved = now.run if now.fresh(old.resolved) else old.resolved
    return replace(old, present=old.present and look is Look.AWAY, resolved=resolved)


def recalled(now: Moment, old: Row) -> Row:
    """The row when its object is known to be as it was: it goes on, and what was told to nobody is told now."""
    if not old.is_open:
        return replace(old, resolved=now.run) if now.fresh(old.resolved) else old
    return replace(
        old,
        new=now.run if now.fresh(old.new) else old.new,
        changed=now.run if now.fresh(old.changed) else old.changed,
        unseen=None if old.present else now.run,
        last_seen=now.time if old.present else old.last_seen,
    )


def life_of(run: int, row: Row) -> DetectionLife | None:
    """What `run` says of a row that it, or a later run that was broken off, left so; None if there is nothing to say."""
    life = _life(run, row)
    if life is None:
        return None
    return DetectionLife(row.identifier, life, _moment(row.first_seen), _moment(row.last_seen), row.resolution)


def same(old: Row, detection: Detection) -> bool:
    """Whether the same values were found as often, wherever they stand now.

    As many occurrences are compared as both list.
    """
    if (old.count, old.confidence) != (detection.count, int(detection.confidence)):
        return False
    least = min(len(old.occurrences), len(detection.occurrences))
    before = [one.fingerprint for one in old.occurrences[:least]]
    now = [one.fingerprint for one in detection.occurrences[:least]]
    return sorted(before) == sorted(now)


def _too_few(now: Moment, old: Row, row: Row) -> Row:
    ended = now.run if old.is_open or now.fresh(old.resolved) else old.resolved
    resolution = Resolution.BELOW_THRESHOLD if old.is_open else old.resolution
    return replace(row, last_seen=old.last_seen, new=old.new, resolved=ended, resolution=resolution)


def _life(run: int, row: Row) -> Life | None:
    if row.severity is None:
        return None
    if row.resolved is not None:
        return Life.RESOLVED if row.resolved >= run else None
    if (row.unseen or 0) >= run:
        return Life.UNSEEN
    if row.new >= run:
        return Life.NEW
    return Life.CHANGED if (row.changed or 0) >= run else Life.UNCHANGED


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
