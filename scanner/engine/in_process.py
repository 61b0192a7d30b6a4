"""Does tasks in the calling process: for `--workers 0`, and for standard input, which no other process can open."""

from collections.abc import Iterator
from concurrent.futures import Future
from typing import Final

from scanner.engine.executor import HandOver, TaskRunner
from scanner.engine.task import Done, Task


class InProcess:
    """Does one object of a task at once, and the next when it is asked again, so that each is safe before the next is begun.

    A crash or a hang of a parser is a crash or a hang of the whole program.
    """

    slots: Final = 1

    def __init__(self, runner: TaskRunner) -> None:
        self._run = runner
        self._rest: Task | None = None
        self._results: Iterator[Done] = iter(())

    def submit(self, task: Task, hand_over: HandOver) -> Future[None]:
        """A future that is done."""
        future: Future[None] = Future()
        if task != self._rest:
            self._results = self._run(task)
        self._rest = task.after(1)
        try:
            hand_over((next(self._results),))
            future.set_result(None)
        except MemoryError as error:
            future.set_exception(error)
        return future

    def close(self) -> None:
        """Nothing runs on."""
