"""Results come out in the order of the listing."""

from hypothesis import given
from hypothesis import strategies as st

from scanner.engine.reorder import Reorder
from scanner.model.location import LineLocation
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.outcome import SCANNED
from scanner.model.result import Detection, ObjectResult
from tests.engine.doubles import stored


def result(position: int, occurrences: int = 0) -> ObjectResult:
    found = Occurrence(LineLocation(1, 1, 1, 3), Confidence.HIGH, (), "***", "f")
    detection = Detection("COLOUR", occurrences, Confidence.HIGH, (found,) * occurrences)
    return ObjectResult(stored(str(position)), SCANNED, detections=(detection,))


@given(st.permutations(range(6)))
def test_whatever_the_order_in_they_come_out_in_that_of_the_listing(arrivals: list[int]) -> None:
    reorder, out = Reorder(), list[ObjectResult]()
    for position in arrivals:
        reorder.put(position, result(position))
        out.extend(reorder.ready())
    assert [one.object.ref.key for one in out] == ["0", "1", "2", "3", "4", "5"]


def test_nothing_overtakes_a_missing_one() -> None:
    reorder = Reorder()
    reorder.put(1, result(1))
    assert list(reorder.ready()) == []


def test_the_rest_comes_out_in_order_in_spite_of_gaps() -> None:
    reorder = Reorder()
    for position in (7, 2, 5):
        reorder.put(position, result(position))
    assert [one.object.ref.key for one in reorder.rest()] == ["2", "5", "7"]


def test_there_is_room_until_too_many_occurrences_wait() -> None:
    reorder = Reorder(most_waiting=10)
    room = []
    for position, occurrences in ((1, 5), (2, 3), (0, 0)):
        reorder.put(position, result(position, occurrences))
        room.append(reorder.has_room)
    assert room == [True, False, False]
    assert len(list(reorder.ready())) == 3
    assert reorder.has_room
