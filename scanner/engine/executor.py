"""The seam between what is to be done and where: anything that takes a task and gives a future, local or a cluster."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import Protocol

from scanner.engine.task import Done, Task
from scanner.errors import DowseError
from scanner.model.outcome import Reason


class TaskLostError(DowseError):
    """A task gave no result because the process that did it ended or was ended. The run goes on.

    :param reason: CRASH, TIMEOUT or OUT_OF_MEMORY
    """

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason.value}: {detail}")
        self.reason = reason
        self.detail = detail


class WorkerStartError(DowseError):
    """No worker process can be started, so that nothing can be read safely. Ends the run.

    :param trouble: what happened
    :param by_chance: whether another attempt may go better
    """

    def __init__(self, trouble: str, *, by_chance: bool = False) -> None:
        super().__init__(f"a worker process cannot start: {trouble}; use fewer workers or let them use more memory")
        self.by_chance = by_chance


HandOver = Callable[[Sequence[Done]], None]
"""Takes what the next entries of a task came to; called from whatever thread."""


class Executor(Protocol):
    """Does tasks somewhere."""

    @property
    def slots(self) -> int:
        """How many tasks it does at the same time, at least 1."""

    def submit(self, task: Task, hand_over: HandOver) -> Future[None]:
        """Begin with `task`, and hand over what its entries come to, in their order and soon after each is done.

        When the future is done, what was not handed over is still to be done: the executor wants to be asked again, before it is
        given anything else. The future fails with TaskLostError, MemoryError or WorkerStartError, and nothing else.
        """

    def close(self) -> None:
        """Drops what is not done; nothing of it runs on when this returns."""


class TaskRunner(Protocol):
    """Does one task in the process it is called in; what a worker is built around."""

    def __call__(self, task: Task) -> Iterator[Done]:
        """What each entry of `task` comes to, as soon as it is done; raises MemoryError when memory runs out, and nothing else."""


class Setup(Protocol):
    """Everything that a worker process needs, pickled to it once when it starts."""

    @property
    def memory_bytes(self) -> int:
        """Address space of the process."""

    def build(self) -> TaskRunner:
        """The runner; called once in each worker."""


def limit_of(size: int, seconds: float) -> float:
    """Seconds that reading `size` bytes may take: `seconds`, and one for each MiB."""
    return seconds + size / (1024 * 1024)
