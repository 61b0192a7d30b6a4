"""Keeps an executor busy with few tasks in flight, and gives every lost task a second, lonely attempt."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Final

from scanner.engine.executor import Executor, TaskLostError
from scanner.engine.interrupt import Interrupt
from scanner.engine.judge import unread
from scanner.engine.task import Pause, Reading, Settled, Task, TaskResult
from scanner.model.objects import ObjectRef
from scanner.model.outcome import Problem, Reason
from scanner.model.result import ObjectResult

# One task in hand and one waiting for each worker, so that none idles while results are written.
_TASKS_PER_SLOT: Final = 2
# How soon an interrupt is noticed.
_POLL_SECONDS: Final = 0.2
_DRAIN_SECONDS: Final = 5.0


class Scheduler:
    """Runs tasks.

    :param executor_of: where a task is to be done
    :param slots: tasks that are done at the same time
    :param has_room: asked before a new task is taken up; False while too many results wait for an earlier one
    :param drain_seconds: how long tasks in hand may go on after an interrupt
    """

    def __init__(
        self,
        executor_of: Callable[[Task], Executor],
        slots: int,
        *,
        has_room: Callable[[], bool],
        interrupt: Interrupt,
        drain_seconds: float = _DRAIN_SECONDS,
    ) -> None:
        self._executor_of = executor_of
        self._most = _TASKS_PER_SLOT * slots
        self._has_room = has_room
        self._interrupt = interrupt
        self._drain_seconds = drain_seconds
        self._deadline: float | None = None
        self._paused = False
        self._first: deque[Task] = deque()
        self._pending: dict[Future[TaskResult], Task] = {}

    @property
    def current(self) -> ObjectRef | None:
        """The object that has been in hand for longest."""
        task = next(iter(self._pending.values()), None)
        return task.entries[0].stored.ref if task else None

    def first(self, tasks: Iterable[Task]) -> None:
        """Take up `tasks` before all others."""
        self._first.extend(tasks)

    def run(self, steps: Iterator[Task | Settled | Pause]) -> Iterator[tuple[Task, TaskResult] | Settled]:
        """Each task with its result, in the order in which they are done.

        After an interrupt nothing more is taken up, and what is not done in time is left out.
        """
        while True:
            yield from self._fill(steps)
            if self._overdue() or not (self._pending or self._paused):
                return
            if self._pending:
                yield from self._collect()

    def _fill(self, steps: Iterator[Task | Settled | Pause]) -> Iterator[Settled]:
        self._paused = False
        while not self._interrupt.wanted and self._may_take():
            step = self._first.popleft() if self._first else next(steps, None)
            if step is None:
                return
            if isinstance(step, Pause):
                self._paused = True
                return
            if isinstance(step, Settled):
                yield step
            else:
                self._pending[self._executor_of(step).submit(step)] = step

    def _may_take(self) -> bool:
        return not self._pending or (len(self._pending) < self._most and (bool(self._first) or self._has_room()))

    def _overdue(self) -> bool:
        if not self._interrupt.wanted:
            return False
        if self._deadline is None:
            self._deadline = time.monotonic() + self._drain_seconds
        return time.monotonic() > self._deadline

    def _collect(self) -> Iterator[tuple[Task, TaskResult]]:
        done, _ = wait(self._pending, timeout=_POLL_SECONDS, return_when=FIRST_COMPLETED)
        for future in [each for each in self._pending if each in done]:
            task = self._pending.pop(future)
            result = self._result(task, future)
            if result is not None:
                yield task, result

    def _result(self, task: Task, future: Future[TaskResult]) -> TaskResult | None:
        """What came of `task`; None when it is to be tried again."""
        try:
            return future.result()
        except TaskLostError as error:
            lost = error
        except MemoryError:
            lost = TaskLostError(Reason.OUT_OF_MEMORY, "memory ran out")
        if task.alone:
            return _given_up(task, lost)
        self.first(task.apart())
        return None


def _given_up(task: Task, lost: TaskLostError) -> TaskResult:
    stored = task.entries[0].stored
    detail = f"twice: {lost.detail}"
    if task.part is not None:
        return Reading(stored, stop=Problem(lost.reason, detail))
    return (ObjectResult(stored, unread(lost.reason, detail)),)
