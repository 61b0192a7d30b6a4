"""Tasks and the processes that may die of them."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing

import pytest

from scanner.engine.executor import HandOver, TaskLostError, WorkerStartError
from scanner.engine.in_process import InProcess
from scanner.engine.interrupt import Interrupt
from scanner.engine.scheduler import Scheduler
from scanner.engine.task import PAUSE, Done, Entry, Pause, Reading, Settled, Task
from scanner.model.outcome import SCANNED, Outcome, Problem, Reason, Status
from scanner.model.result import ObjectResult
from scanner.readers.base import ByteRange
from tests.engine.doubles import stored


class Fragile:
    """An executor that loses tasks: those with an object `fatal` always, those with an object `batchmate` unless it is alone."""

    slots = 1

    def __init__(self) -> None:
        self.attempts: Counter[str] = Counter()

    def submit(self, task: Task, hand_over: HandOver) -> Future[None]:
        keys = [entry.stored.ref.key for entry in task.entries]
        self.attempts.update(keys)
        future: Future[None] = Future()
        if "fatal" in keys or ("batchmate" in keys and len(keys) > 1):
            future.set_exception(TaskLostError(Reason.CRASH, "its process was ended by SIGSEGV"))
        elif "greedy" in keys:
            future.set_exception(MemoryError())
        else:
            hand_over([ObjectResult(entry.stored, SCANNED) for entry in task.entries])
            future.set_result(None)
        return future

    def close(self) -> None:
        pass


class Stuck(Fragile):
    """An executor that never gets anything done."""

    def submit(self, task: Task, hand_over: HandOver) -> Future[None]:  # noqa: ARG002 - whatever it is
        return Future()


class Sluggish(Fragile):
    """An executor that gets one task done after another, each after a while."""

    def __init__(self) -> None:
        super().__init__()
        self._thread = ThreadPoolExecutor(1)

    def submit(self, task: Task, hand_over: HandOver) -> Future[None]:
        return self._thread.submit(self._slowly, task, hand_over)

    def _slowly(self, task: Task, hand_over: HandOver) -> None:
        time.sleep(0.005)
        super().submit(task, hand_over).result()

    def close(self) -> None:
        self._thread.shutdown()


class Breaking(Fragile):
    """An executor that does one object and dies at the next, as long as there are several."""

    def submit(self, task: Task, hand_over: HandOver) -> Future[None]:
        first = super().submit(task.first(1), hand_over)
        if len(task.entries) == 1:
            return first
        future: Future[None] = Future()
        future.set_exception(TaskLostError(Reason.CRASH, "its process was ended by SIGSEGV"))
        return future


def task(*keys: str) -> Task:
    return Task(tuple(Entry(position, stored(key)) for position, key in enumerate(keys)))


def scheduler(executor: Fragile | InProcess, *, interrupt: Interrupt | None = None, room: bool = True, slots: int = 1) -> Scheduler:
    return Scheduler(lambda _task: executor, slots, has_room=lambda: room, interrupt=interrupt or Interrupt(), drain_seconds=0.3)


def outcomes(executor: Fragile, *tasks: Task) -> dict[str, Outcome]:
    found: dict[str, Outcome] = {}
    for step in scheduler(executor).run(iter(tasks)):
        assert not isinstance(step, Settled)
        assert not isinstance(step[1], Reading)
        for result in step[1]:
            assert result.object.ref.key not in found
            found[result.object.ref.key] = result.outcome
    return found


def test_an_object_that_kills_twice_fails_and_its_neighbours_are_scanned() -> None:
    executor = Fragile()
    assert outcomes(executor, task("a", "fatal", "b"), task("c")) == {
        "a": SCANNED,
        "fatal": Outcome(Status.FAILED, Reason.CRASH, "twice: its process was ended by SIGSEGV"),
        "b": SCANNED,
        "c": SCANNED,
    }
    assert executor.attempts == {"a": 2, "fatal": 2, "b": 2, "c": 1}


def test_what_was_handed_over_before_a_death_is_not_done_again() -> None:
    executor = Breaking()
    assert outcomes(executor, task("a", "b", "c")) == dict.fromkeys("abc", SCANNED)
    assert executor.attempts == {"a": 1, "b": 1, "c": 1}


def test_in_the_calling_process_each_object_is_given_out_before_the_next_is_begun() -> None:
    begun = []

    def run(task: Task) -> Iterator[Done]:
        for entry in task.entries:
            begun.append(entry.stored.ref.key)
            yield ObjectResult(entry.stored, SCANNED)

    told = []
    for step in scheduler(InProcess(run), slots=2).run(iter([task("a", "b", "c"), task("d")])):
        assert not isinstance(step, Settled)
        told.append((step[0].entries[0].stored.ref.key, list(begun)))
    assert told == [("a", ["a"]), ("b", ["a", "b"]), ("c", ["a", "b", "c"]), ("d", ["a", "b", "c", "d"])]


def test_an_object_that_dies_only_in_company_is_scanned_alone() -> None:
    assert outcomes(Fragile(), task("a", "batchmate")) == {"a": SCANNED, "batchmate": SCANNED}


def test_an_object_that_uses_up_the_memory_twice_fails() -> None:
    assert outcomes(Fragile(), task("greedy")) == {"greedy": Outcome(Status.FAILED, Reason.OUT_OF_MEMORY, "twice: memory ran out")}


def test_a_part_that_is_lost_twice_breaks_off_there() -> None:
    part = Task((Entry(0, stored("fatal", 9)),), part=ByteRange(3, 6), number=1)
    ((_, result),) = scheduler(Fragile()).run(iter([part]))  # type: ignore[misc]  # only a Settled could not be unpacked
    assert result == Reading(stored("fatal", 9), stop=Problem(Reason.CRASH, "twice: its process was ended by SIGSEGV"))


def test_few_tasks_are_taken_up_ahead_of_those_that_are_done() -> None:
    taken = 0

    def steps() -> Iterator[Task | Settled]:
        nonlocal taken
        for number in range(20):
            taken += 1
            yield task(str(number))

    with closing(Sluggish()) as slow:
        ahead = [taken - done for done, _ in enumerate(scheduler(slow, slots=2).run(steps()))]
    assert len(ahead) == 20
    assert max(ahead) == 4


def test_nothing_new_is_taken_up_while_there_is_no_room() -> None:
    taken: list[Task | Settled] = []

    def steps() -> Iterator[Task | Settled]:
        for number in range(3):
            taken.append(task(str(number)))
            yield taken[-1]

    ahead = [len(taken) - done for done, _ in enumerate(scheduler(Fragile(), room=False, slots=2).run(steps()))]
    assert ahead == [1, 1, 1]


def test_what_is_settled_comes_at_once() -> None:
    done = Settled(0, ObjectResult(stored("x"), SCANNED))
    assert next(scheduler(Stuck()).run(iter([done, task("a")]))) == done


def test_what_is_asked_for_first_comes_first() -> None:
    order = []
    with closing(Sluggish()) as slow:
        one = scheduler(slow)
        for step in one.run(iter([task("a"), task("b"), task("c"), task("d")])):
            assert not isinstance(step, Settled)
            order.append(step[0].entries[0].stored.ref.key)
            if order == ["a"]:
                one.first([task("urgent")])
    assert order == ["a", "b", "urgent", "c", "d"]


def test_after_an_interrupt_what_is_in_hand_is_finished_and_nothing_else() -> None:
    interrupt = Interrupt()
    done = 0
    with closing(Sluggish()) as slow:
        for _ in scheduler(slow, interrupt=interrupt).run(task(str(number)) for number in range(10)):
            done += 1
            interrupt.signal = 2
    assert done == 2


def test_after_an_interrupt_nothing_is_waited_for_beyond_its_time() -> None:
    began = time.monotonic()
    assert list(scheduler(Stuck(), interrupt=Interrupt(signal=15)).run(iter([task("a")]))) == []
    interrupt = Interrupt()
    one = scheduler(Stuck(), interrupt=interrupt)
    steps: list[Task | Settled] = [Settled(0, ObjectResult(stored("x"), SCANNED)), task("a")]
    for _ in one.run(iter(steps)):
        interrupt.signal = 2
    assert time.monotonic() - began < 2


def test_the_oldest_task_tells_what_is_in_hand() -> None:
    one = scheduler(Stuck())
    assert one.current is None
    run = one.run(iter([task("a"), Settled(0, ObjectResult(stored("x"), SCANNED))]))
    next(run)
    assert one.current == stored("a").ref


def test_when_no_worker_can_be_started_the_run_ends() -> None:
    class Closed(Fragile):
        def submit(self, task: Task, hand_over: HandOver) -> Future[None]:  # noqa: ARG002 - nothing is
            future: Future[None] = Future()
            future.set_exception(WorkerStartError(f"no memory for {task.id}"))
            return future

    with pytest.raises(WorkerStartError, match="a worker process cannot start: no memory for 5dbb8bae88739a08; use fewer"):
        list(scheduler(Closed()).run(iter([task("a")])))


def test_a_pause_lets_results_out_and_ends_nothing() -> None:
    taken: list[str] = []

    def steps() -> Iterator[Task | Pause]:
        for key in ("a", "b"):
            taken.append(key)
            yield task(key)
            yield PAUSE
            yield PAUSE

    given = []
    for step in scheduler(Fragile()).run(steps()):
        assert not isinstance(step, Settled)
        given.append((step[0].entries[0].stored.ref.key, list(taken)))
    assert given == [("a", ["a"]), ("b", ["a", "b"])]


def test_an_interrupt_ends_a_run_that_waits_for_more() -> None:
    interrupt = Interrupt()

    def steps() -> Iterator[Pause]:
        yield PAUSE
        interrupt.signal = 15
        while True:
            yield PAUSE

    assert list(scheduler(Fragile(), interrupt=interrupt).run(steps())) == []
