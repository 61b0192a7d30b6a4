"""The states of a job, and what may become of each. Names as in Macie's API (`jobStatus`)."""

from enum import StrEnum

from scanner.errors import ConfigError


class JobStatus(StrEnum):
    """What a job is doing.

    A job without a schedule that has not run yet is IDLE here; Macie, which starts one as soon as it is made, has no such state.
    """

    RUNNING = "RUNNING"
    IDLE = "IDLE"
    # It has read what it may in this month.
    PAUSED = "PAUSED"
    USER_PAUSED = "USER_PAUSED"
    COMPLETE = "COMPLETE"
    CANCELLED = "CANCELLED"


class RunStatus(StrEnum):
    """What became of a run."""

    RUNNING = "running"
    COMPLETE = "complete"
    # It went through, and something could not be scanned.
    INCOMPLETE = "incomplete"
    # It was asked to end early: paused, cancelled, or by a signal.
    INTERRUPTED = "interrupted"
    # Its process ended without a word.
    DIED = "died"
    # It could not begin, or not go on.
    FAILED = "failed"


UNFINISHED = frozenset({RunStatus.INTERRUPTED, RunStatus.DIED})
"""What is taken up again by the next run."""

_OVER = {JobStatus.COMPLETE: "is complete", JobStatus.CANCELLED: "is cancelled"}


def paused(name: str, status: JobStatus) -> JobStatus:
    """The state after `pause`. Raises ConfigError if it cannot be paused."""
    _not_over(name, status)
    if status is JobStatus.USER_PAUSED:
        raise ConfigError(f"job {name!r} is paused already; `dowse jobs resume` lets it go on")
    return JobStatus.USER_PAUSED


def resumed(name: str, status: JobStatus) -> JobStatus:
    """The state after `resume`. Raises ConfigError if it is not paused."""
    _not_over(name, status)
    if status not in (JobStatus.USER_PAUSED, JobStatus.PAUSED):
        raise ConfigError(f"job {name!r} is not paused, it is {status}")
    return JobStatus.IDLE


def cancelled(name: str, status: JobStatus) -> JobStatus:
    """The state after `cancel`, for ever. Raises ConfigError if it is over anyway."""
    _not_over(name, status)
    return JobStatus.CANCELLED


def runnable(name: str, status: JobStatus, *, lifted: bool = False) -> None:
    """Raises ConfigError if a job in this state may not be run now.

    :param lifted: what it may read in a month is not the reason
    """
    _not_over(name, status)
    if lifted and status is JobStatus.PAUSED:
        return
    if status is JobStatus.RUNNING:
        raise ConfigError(f"job {name!r} is running; wait for its end, or pause it")
    if status in (JobStatus.USER_PAUSED, JobStatus.PAUSED):
        raise ConfigError(f"job {name!r} is paused; `dowse jobs resume` lets it go on")


def _not_over(name: str, status: JobStatus) -> None:
    if status in _OVER:
        raise ConfigError(f"job {name!r} {_OVER[status]}; `dowse jobs copy` makes another like it")
