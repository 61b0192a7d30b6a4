"""Keeps an executor busy with few tasks in flight, and gives every lost task a second, lonely attempt."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Final

from scanner.engine.executor import Executor, TaskLostError
from scanner.engine.interrupt import Interrupt
from scanner.engine.judge import unread
from scanner.engine.task import Done, Pause, Reading, Settled, Task, TaskResult
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
        # What is left of each task in hand, the oldest first, and what executors say of them, from whatever thread.
        self._pending: dict[int, Task] = {}
        self._begun = 0
        self._news: SimpleQueue[tuple[int, Sequence[Done] | Future[None]]] = SimpleQueue()

    @property
    def current(self) -> ObjectRef | None:
        """The object that has been in hand for longest."""
        return next((task.entries[0].stored.ref for task in self._pending.values() if task.entries), None)

    def first(self, tasks: Iterable[Task]) -> None:
        """Take up `tasks` before all others."""
        self._first.extend(tasks)

    def run(self, steps: Iterator[Task | Settled | Pause]) -> Iterator[tuple[Task, TaskResult] | Settled]:
        """What of each task is done with its results, in the order in which they come: all of a task, or some objects of it.

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
            elif self._begin(step):
                return

    def _begin(self, task: Task) -> bool:
        """Whether it is done already, so that its results can be given out before anything else is taken up."""
        number = self._begun
        self._begun += 1
        self._pending[number] = task
        future = self._executor_of(task).submit(task, lambda done: self._news.put((number, done)))
        future.add_done_callback(lambda ended: self._news.put((number, ended)))
        return future.done()

    def _may_take(self) -> bool:
        return not self._pending or (len(self._pending) < self._most and (bool(self._first) or self._has_room()))

    def _overdue(self) -> bool:
        if not self._interrupt.wanted:
            return False
        if self._deadline is None:
            self._deadline = time.monotonic() + self._drain_seconds
        return time.monotonic() > self._deadline

    def _collect(self) -> Iterator[tuple[Task, TaskResult]]:
        """What has come, waiting a little for the first of it."""
        with suppress(Empty):
            yield from self._heard(*self._news.get(timeout=_POLL_SECONDS))
        for _ in range(self._news.qsize()):
            yield from self._heard(*self._news.get())

    def _heard(self, number: int, news: Sequence[Done] | Future[None]) -> Iterator[tuple[Task, TaskResult]]:
        task = self._pending[number]
        if isinstance(news, Future):
            del self._pending[number]
            if task.entries:
                yield from self._unfinished(task, news)
        else:
            self._pending[number] = task.after(len(news))
            yield task.first(len(news)), _together(news)

    def _unfinished(self, task: Task, ended: Future[None]) -> Iterator[tuple[Task, TaskResult]]:
        """Have what is left of a task done, or give it up."""
        try:
            ended.result()
        except TaskLostError as error:
            lost = error
        except MemoryError:
            lost = TaskLostError(Reason.OUT_OF_MEMORY, "memory ran out")
        else:
            self._first.appendleft(task)
            return
        if task.alone:
            yield task, _given_up(task, lost)
        else:
            self.first(task.apart())


def _together(news: Sequence[Done]) -> TaskResult:
    if isinstance(news[0], Reading):
        return news[0]
    return [one for one in news if isinstance(one, ObjectResult)]


def _given_up(task: Task, lost: TaskLostError) -> TaskResult:
    stored = task.entries[0].stored
    detail = f"twice: {lost.detail}"
    if task.part is not None:
        return Reading(stored, stop=Problem(lost.reason, detail))
    return (ObjectResult(stored, unread(lost.reason, detail)),)
