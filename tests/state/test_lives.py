"""How a detection goes on: the rules one by one."""

from dataclasses import replace

import pytest

from identifiers.model import Severity
from scanner.model.life import Life, Resolution
from scanner.model.location import LineLocation
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.outcome import SCANNED, Outcome, Reason, Status
from scanner.model.result import Detection
from scanner.state.lives import Found, Look, Moment, Row, found, life_of, look_of, missed, recalled, same


def occurrence(number: int, line: int = 1) -> Occurrence:
    return Occurrence(LineLocation(line, 1, line, 3), Confidence.HIGH, (), "***", f"{number:032x}")


def detection(*numbers: int, count: int | None = None) -> Detection:
    return Detection("A", len(numbers) if count is None else count, Confidence.HIGH, tuple(map(occurrence, numbers)))


def moment(run: int, *untold: int) -> Moment:
    return Moment(run, float(run), frozenset(untold))


FIRST = found(moment(1), None, Found(detection(1, 2), Severity.HIGH))


def life(run: int, row: Row | None) -> Life | None:
    told = life_of(run, row) if row else None
    return told.life if told else None


def test_found_again() -> None:
    again = found(moment(2), FIRST, Found(detection(2, 1), Severity.HIGH))
    assert life(1, FIRST) is Life.NEW
    assert life(2, again) is Life.UNCHANGED
    assert (again.first_seen, again.last_seen) == (1.0, 2.0)
    assert life(2, found(moment(2), FIRST, Found(detection(1, 3), Severity.HIGH))) is Life.CHANGED
    assert life(2, found(moment(2, 1), FIRST, Found(detection(1, 3), Severity.HIGH))) is Life.NEW


@pytest.mark.parametrize(
    ("look", "told", "is_open"),
    [(Look.WHOLE, Life.RESOLVED, False), (Look.GONE, Life.RESOLVED, False), (Look.PART, Life.UNSEEN, True), (Look.AWAY, Life.UNSEEN, True)],
)
def test_not_found(look: Look, told: Life, is_open: bool) -> None:
    row = missed(moment(2), FIRST, look, Resolution.REMOVED)
    assert row is not None
    assert (life(2, row), row.is_open) == (told, is_open)
    # It is told once, and again only if the run that told it was broken off.
    later = missed(moment(3), row, Look.WHOLE, Resolution.DELETED)
    assert later is not None
    assert life(3, later) is (Life.RESOLVED if is_open else None)
    untold = missed(moment(3, 2), row, Look.WHOLE, Resolution.DELETED)
    assert life(3, untold) is Life.RESOLVED


def test_recalled() -> None:
    assert life(2, recalled(moment(2), FIRST)) is Life.UNCHANGED
    assert life(2, recalled(moment(2, 1), FIRST)) is Life.NEW
    unseen = missed(moment(2), FIRST, Look.PART, Resolution.REMOVED)
    assert unseen is not None
    assert life(3, recalled(moment(3), unseen)) is Life.UNSEEN
    away = missed(moment(2), FIRST, Look.AWAY, Resolution.REMOVED)
    assert away is not None
    back = recalled(moment(3), away)
    assert (life(3, back), back.last_seen) == (Life.UNCHANGED, 3.0)


def test_too_few_to_be_told() -> None:
    few = found(moment(1), None, Found(detection(1), None))
    assert life(1, few) is None
    assert missed(moment(2), few, Look.WHOLE, Resolution.REMOVED) is None
    assert life(2, found(moment(2), few, Found(detection(1, 2), Severity.LOW))) is Life.NEW
    ended = found(moment(2), FIRST, Found(detection(1), None))
    assert (life(2, ended), ended.resolution, ended.present) == (Life.RESOLVED, Resolution.BELOW_THRESHOLD, True)
    assert life(3, recalled(moment(3), ended)) is None


def test_what_is_the_same() -> None:
    assert same(FIRST, detection(2, 1))
    assert not same(FIRST, detection(1, 2, count=3))
    assert not same(FIRST, replace(detection(1, 2), confidence=Confidence.LOW))
    # Listed to different lengths: as many are compared as both have.
    assert same(found(moment(1), None, Found(detection(1, count=9), Severity.LOW)), detection(1, 2, 3, count=9))
    assert not same(found(moment(1), None, Found(detection(1, count=9), Severity.LOW)), detection(4, 1, 3, count=9))


@pytest.mark.parametrize(
    ("outcome", "look"),
    [
        (SCANNED, Look.WHOLE),
        (Outcome(Status.SKIPPED, Reason.EMPTY), Look.WHOLE),
        (Outcome(Status.SKIPPED, Reason.GONE), Look.GONE),
        (Outcome(Status.PARTIAL, Reason.TIMEOUT), Look.PART),
        (Outcome(Status.SKIPPED, Reason.ENCRYPTED), Look.PART),
        (Outcome(Status.FAILED, Reason.MALFORMED), Look.PART),
        (Outcome(Status.FAILED, Reason.ACCESS_DENIED), Look.AWAY),
        (Outcome(Status.SKIPPED, Reason.EXCLUDED), Look.AWAY),
        (Outcome(Status.FAILED, Reason.CRASH), Look.AWAY),
    ],
)
def test_looks(outcome: Outcome, look: Look) -> None:
    assert look_of(outcome) is look
