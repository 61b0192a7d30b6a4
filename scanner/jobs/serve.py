"""Runs jobs as they fall due, one after another."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from scanner.engine.interrupt import Interrupt
from scanner.jobs.entries import Call, JobEntry, call_of, next_due
from scanner.jobs.registry import Registry

_LONGEST_SLEEP: Final = 30.0  # seconds; a job that somebody adds meanwhile is seen by then
_SLICE: Final = 0.5
_PAUSE_AFTER_NOTHING: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class DueJob:
    """A job that is due, and why."""

    entry: JobEntry
    call: Call


def due_jobs(registry: Registry, now: datetime) -> list[DueJob]:
    """The jobs that are due, those that wait for longest first."""
    found = [(entry, call_of(entry, now)) for entry in registry.jobs()]
    due = [DueJob(entry, call) for entry, call in found if call]
    return sorted(due, key=lambda one: (one.call.slot or one.entry.created, one.entry.job.name))


@dataclass(frozen=True, slots=True)
class Server:
    """Waits for jobs to fall due and runs them.

    :param run: runs one job; what goes wrong with it is no concern of the others
    :param now: tells the time
    :param sleep: waits for so many seconds
    """

    registry: Registry
    run: Callable[[DueJob], None]
    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    interrupt: Interrupt
    _held: dict[str, datetime] = field(default_factory=dict)

    def serve(self) -> None:
        """Until the interrupt comes."""
        while not self.interrupt.wanted:
            now = self.now()
            due = [one for one in due_jobs(self.registry, now) if self._held.get(one.entry.id, now) <= now]
            if due:
                # One by one, with a fresh look each time: a run may take hours, and a job be paused meanwhile.
                self._run(due[0])
            else:
                self._wait()

    def _run(self, due: DueJob) -> None:
        """A job that did not even begin (its folder cannot be written, say) is not tried again at once."""
        self.run(due)
        if _runs(self.registry.job(due.entry.id)) == _runs(due.entry):
            self._held[due.entry.id] = self.now() + _PAUSE_AFTER_NOTHING

    def _wait(self) -> None:
        now = self.now()
        due = ((entry, next_due(entry, now)) for entry in self.registry.jobs())
        coming = [max(moment, self._held.get(entry.id, moment)) for entry, moment in due if moment]
        left = min([_LONGEST_SLEEP, *((moment - now).total_seconds() for moment in coming)])
        # In slices, so that a signal is heeded soon.
        until = now.timestamp() + max(left, 0.01)
        while not self.interrupt.wanted and (rest := until - self.now().timestamp()) > 0:
            self.sleep(min(rest, _SLICE))


def _runs(entry: JobEntry) -> int:
    return entry.last_run.number if entry.last_run else 0
