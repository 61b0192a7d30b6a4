"""Parts of an object give together what the whole gives."""

from collections.abc import Sequence
from itertools import accumulate
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.detection.detector import Detector
from scanner.detection.settings import DetectionSettings
from scanner.detection.tally import Tally
from scanner.engine.parts import Assembly
from scanner.engine.plan import in_parts
from scanner.engine.task import Entry, Reading, Task
from scanner.model.location import LineLocation
from scanner.model.objects import StoredObject
from scanner.model.outcome import Outcome, Problem, Reason, Status
from scanner.model.result import ObjectResult
from scanner.model.segment import Extent, TextSegment
from scanner.readers.base import ByteRange
from tests.engine.doubles import COLOUR, stored

DETECTOR = Detector((COLOUR,), DetectionSettings(b"key", max_occurrences=10**6))


class Lines:
    def at(self, text: str, start: int, end: int) -> LineLocation:
        line = text.count("\n", 0, start) + 1
        return LineLocation(line, 1, line, end - start)


def lines(count: int) -> Tally:
    """What is found in so many lines that each hold something."""
    return DETECTOR.tally([((), TextSegment("red\n" * count, Lines()))])


def assembly(size: int, part_bytes: int = 10) -> tuple[Assembly, list[Task]]:
    entry = Entry(0, stored("k", size))
    return Assembly(entry, part_bytes, 10**6, DETECTOR.conclude), list(in_parts(entry, part_bytes))


def reading(start: int, end: int, units: int, *, stored_as: StoredObject | None = None, changed: bool = False) -> Reading:
    extent = Extent(start, end, units)
    facts = stored_as or stored("k", 30)
    return Reading(facts, lines(units), "text/plain", read=True, bytes_read=end - start, changed=changed, extent=extent)


def found_lines(result: ObjectResult) -> list[int]:
    return [one.location.start for one in result.detections[0].occurrences if isinstance(one.location, LineLocation)]


def test_lines_of_later_parts_count_on_from_those_before() -> None:
    whole, (first, second, third) = assembly(30)
    finished = []
    for task, part in ((third, reading(20, 30, 2)), (first, reading(0, 11, 3)), (second, reading(11, 20, 1))):
        assert whole.receive(task, part) == ()
        finished.append(whole.finished)
    assert finished == [False, False, True]
    assert found_lines(whole.result()) == [1, 2, 3, 4, 5, 6]
    assert whole.result().bytes_read == 30
    assert whole.result().outcome.status is Status.SCANNED


def test_a_part_that_began_at_the_wrong_byte_is_read_again_from_the_right_one() -> None:
    whole, (first, second, third) = assembly(30)
    whole.receive(second, reading(11, 20, 5))
    whole.receive(third, reading(20, 30, 1))
    (again,) = whole.receive(first, reading(0, 14, 2))
    assert again == Task(second.entries, part=ByteRange(14, 20), number=1)
    assert whole.receive(again, reading(14, 20, 1)) == ()
    assert found_lines(whole.result()) == [1, 2, 3, 4]


def test_a_second_attempt_of_a_wrong_part_may_again_be_followed_by_a_third() -> None:
    whole, (first, second, _) = assembly(20)[0], assembly(30)[1]
    whole.receive(first, reading(0, 14, 2))
    (again,) = whole.receive(Task(second.entries, part=second.part, number=1, alone=True), reading(11, 20, 1))
    assert not again.alone


def test_a_part_in_which_no_record_begins_is_left_out() -> None:
    whole, (first, second, third) = assembly(30)
    whole.receive(second, reading(15, 20, 7))
    whole.receive(third, reading(25, 30, 1))
    whole.receive(first, reading(0, 25, 1))
    assert found_lines(whole.result()) == [1, 2]


def test_nothing_is_counted_behind_a_part_that_broke_off() -> None:
    whole, (first, second, third) = assembly(30)
    whole.receive(first, reading(0, 10, 2))
    whole.receive(second, Reading(stored("k", 30), lines(1), read=True, bytes_read=4, stop=Problem(Reason.CRASH, "why")))
    whole.receive(third, reading(20, 30, 5))
    assert whole.finished
    assert whole.result().outcome == Outcome(Status.PARTIAL, Reason.CRASH, "why")
    assert (found_lines(whole.result()), whole.result().bytes_read) == ([1, 2, 3], 14)


def test_when_the_first_part_fails_the_object_fails() -> None:
    whole, tasks = assembly(20)
    for task in tasks:
        whole.receive(task, Reading(stored("k", 20), stop=Problem(Reason.ACCESS_DENIED, "why")))
    assert whole.result().outcome == Outcome(Status.FAILED, Reason.ACCESS_DENIED, "why")


def test_an_object_that_changes_is_read_anew_as_it_is_now() -> None:
    whole, (first, second) = assembly(20)
    longer = stored("k", 25, etag="2")
    whole.receive(first, reading(0, 10, 1, stored_as=stored("k", 20)))
    again = whole.receive(second, reading(10, 20, 1, stored_as=longer))
    assert [task.part for task in again] == [ByteRange(0, 10), ByteRange(10, 20), ByteRange(20, 25)]
    for task, units in zip(again, (1, 2, 3), strict=True):
        assert not whole.finished
        assert task.part
        whole.receive(task, reading(task.part.start, task.part.end, units, stored_as=longer))
    assert (whole.result().outcome.status, whole.result().object) == (Status.SCANNED, longer)
    assert found_lines(whole.result()) == [1, 2, 3, 4, 5, 6]


def test_an_object_that_was_already_longer_when_its_parts_were_opened_is_read_to_its_new_end() -> None:
    whole, (first, second) = assembly(20)
    longer = stored("k", 25, etag="2")
    whole.receive(first, reading(0, 10, 1, stored_as=longer))
    again = whole.receive(second, reading(10, 20, 1, stored_as=longer))
    assert [task.part for task in again] == [ByteRange(0, 10), ByteRange(10, 20), ByteRange(20, 25)]


def test_an_object_that_changes_twice_is_partial() -> None:
    whole, (only,) = assembly(8)
    restless = reading(0, 8, 1, stored_as=stored("k", 8), changed=True)
    (again,) = whole.receive(only, restless)
    assert whole.receive(again, restless) == ()
    assert (whole.result().outcome.status, whole.result().outcome.reason) == (Status.PARTIAL, Reason.CHANGED)
    assert found_lines(whole.result()) == [1]


def test_an_object_that_is_emptied_meanwhile_is_empty() -> None:
    whole, (only,) = assembly(8)
    assert whole.receive(only, reading(0, 8, 1, stored_as=stored("k", 0), changed=True)) == ()
    assert whole.finished
    assert whole.result().outcome.reason is Reason.EMPTY


def test_a_reader_that_takes_a_part_for_the_whole_is_believed_once() -> None:
    whole, tasks = assembly(20)
    for task in tasks:
        whole.receive(task, Reading(stored("k", 20), lines(4), read=True, bytes_read=20))
    assert found_lines(whole.result()) == [1, 2, 3, 4]


class Records:
    """An object of records, and a reader that guesses where the first record of a part begins."""

    def __init__(self, lengths: Sequence[int], guesses: Sequence[int]) -> None:
        self._starts = [0, *accumulate(lengths)][:-1]
        self._ends = list(accumulate(lengths))
        self._guesses = guesses
        self.size = sum(lengths)

    def read(self, task: Task) -> Reading:
        part = task.part
        assert part
        guess = min(part.start + self._guesses[task.number % len(self._guesses)], part.end)
        start = part.start if part.start in self._starts else guess
        if start not in self._starts:
            return reading(start, part.end, 3, stored_as=stored("k", self.size))
        inside = [place for place, first in enumerate(self._starts) if start <= first < part.end]
        end = self._ends[inside[-1]] if inside else start
        return reading(start, end, len(inside), stored_as=stored("k", self.size))


@pytest.mark.parametrize("part_bytes", [3, 10])
@given(
    lengths=st.lists(st.integers(1, 25), min_size=1, max_size=15),
    guesses=st.lists(st.integers(0, 5), min_size=1, max_size=4),
    random=st.randoms(use_true_random=False),
)
def test_whatever_was_guessed_every_record_counts_once_and_has_its_number(
    part_bytes: int,
    lengths: list[int],
    guesses: list[int],
    random: Random,
) -> None:
    records = Records(lengths, guesses)
    whole, tasks = assembly(records.size, part_bytes)
    while tasks:
        task = tasks.pop(random.randrange(len(tasks)))
        tasks.extend(whole.receive(task, records.read(task)))
    assert whole.finished
    assert found_lines(whole.result()) == list(range(1, len(lengths) + 1))
