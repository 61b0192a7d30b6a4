"""Which objects are read together, and which in parts."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from scanner.engine.plan import TaskSizes, plan
from scanner.engine.task import PAUSE, Entry, Pause, Settled, Task
from scanner.model.outcome import SCANNED
from scanner.model.result import ObjectResult
from scanner.readers.base import ByteRange
from tests.engine.doubles import stored

SIZES = TaskSizes(batch_objects=3, batch_bytes=10, part_bytes=100)


def entry(position: int, size: int, *, portable: bool = True) -> Entry:
    return Entry(position, stored(f"k{position}", size), portable)


def tasks(*entries: Entry | Settled | Pause, split: bool = True) -> list[Task | Settled | Pause]:
    return list(plan(entries, SIZES, lambda _entry: split))


def test_small_objects_are_done_together_up_to_a_number() -> None:
    a, b, c, d = (entry(position, 1) for position in range(4))
    assert tasks(a, b, c, d) == [Task((a, b, c)), Task((d,))]


def test_small_objects_are_done_together_up_to_a_size() -> None:
    a, b, c = entry(0, 6), entry(1, 4), entry(2, 1)
    assert tasks(a, b, c) == [Task((a, b)), Task((c,))]


def test_nothing_waits_for_what_has_not_come_yet() -> None:
    a, b, c = (entry(position, 1) for position in range(3))
    assert tasks(PAUSE, a, b, PAUSE, PAUSE, c) == [PAUSE, Task((a, b)), PAUSE, PAUSE, Task((c,))]


def test_an_object_larger_than_a_batch_is_alone() -> None:
    a, b, c = entry(0, 1), entry(1, 50), entry(2, 1)
    assert tasks(a, b, c) == [Task((a,)), Task((b,)), Task((c,))]


def test_an_object_that_stays_here_is_not_mixed_with_others() -> None:
    a, b, c = entry(0, 1), entry(1, 1, portable=False), entry(2, 1)
    assert tasks(a, b, c) == [Task((a,)), Task((b,)), Task((c,))]


def test_what_is_settled_is_passed_on_before_the_batch_it_stands_in() -> None:
    a, done, b = entry(0, 1), Settled(1, ObjectResult(stored("x"), SCANNED)), entry(2, 1)
    assert tasks(a, done, b) == [done, Task((a, b))]


def test_a_large_object_is_cut_at_fixed_bytes() -> None:
    large = entry(0, 250)
    assert tasks(large) == [
        Task((large,), part=ByteRange(0, 100), number=0),
        Task((large,), part=ByteRange(100, 200), number=1),
        Task((large,), part=ByteRange(200, 250), number=2),
    ]


def test_a_huge_object_is_cut_into_larger_parts() -> None:
    assert [task.size for task in tasks(entry(0, 6400)) if isinstance(task, Task)] == [100] * 64
    assert [task.size for task in tasks(entry(0, 6401)) if isinstance(task, Task)] == [400] * 16 + [1]


def test_a_large_object_that_cannot_be_cut_is_one_task() -> None:
    large = entry(0, 250)
    assert tasks(large, split=False) == [Task((large,))]


def test_an_object_just_as_large_as_a_part_is_not_cut() -> None:
    just = entry(0, 100)
    assert tasks(just) == [Task((just,))]


def _entries(planned: list[Task | Settled | Pause]) -> Iterator[Entry]:
    return (entry for task in planned if isinstance(task, Task) for entry in task.entries)


@given(st.lists(st.integers(0, 120)))
def test_every_small_object_is_in_exactly_one_task(sizes: list[int]) -> None:
    entries = [entry(position, size) for position, size in enumerate(sizes)]
    assert list(_entries(tasks(*entries, split=False))) == entries


def test_the_id_of_a_task_is_the_same_in_every_run() -> None:
    large = entry(0, 250)
    assert Task((large,)).id == "ebbe019025f120a8"
    assert [task.id for task in tasks(large) if isinstance(task, Task)] == ["7085a2de6c47aa1b", "122b46fbd383decf", "d915d26a67926836"]


def test_the_id_of_a_task_does_not_depend_on_where_in_the_listing_it_stands() -> None:
    assert Task((Entry(5, stored("k", 3)),)).id == Task((Entry(9, stored("k", 3)),)).id


def test_a_second_attempt_puts_no_other_object_at_risk() -> None:
    a, b = entry(0, 1), entry(1, 1)
    assert Task((a, b)).apart() == (Task((a,), alone=True), Task((b,), alone=True))
