"""Does tasks in the calling process: for `--workers 0`, and for standard input, which no other process can open."""

from concurrent.futures import Future
from typing import Final

from scanner.engine.executor import TaskRunner
from scanner.engine.task import Task, TaskResult


class InProcess:
    """Does each task at once. A crash or a hang of a parser is a crash or a hang of the whole program."""

    slots: Final = 1

    def __init__(self, runner: TaskRunner) -> None:
        self._run = runner

    def submit(self, task: Task) -> Future[TaskResult]:
        """A future that is done."""
        future: Future[TaskResult] = Future()
        try:
            future.set_result(self._run(task))
        except MemoryError as error:
            future.set_exception(error)
        return future

    def close(self) -> None:
        """Nothing runs on."""
