"""A server of jobs by a clock of the test's own."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scanner.engine.interrupt import Interrupt
from scanner.jobs.entries import Cause
from scanner.jobs.lifecycle import RunStatus
from scanner.jobs.registry import Registry
from scanner.jobs.serve import DueJob, Server, due_jobs
from tests.jobs.makers import DAILY, LATER, ONCE, START, added, at

HOURLY = 'name = "hourly"\ntargets = ["data"]\n[schedule]\ncron = "0 * * * *"\n'


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with Registry(str(tmp_path / "jobs")) as opened:
        yield opened


@dataclass(slots=True)
class Day:
    """A clock that runs only while somebody sleeps or a job runs, and stops everything at its end."""

    registry: Registry
    end: datetime
    takes: timedelta
    time: datetime = START
    interrupt: Interrupt = field(default_factory=Interrupt)
    done: list[tuple[str, Cause, datetime, int]] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        # Sleeping is in slices; nothing is lost by taking many at once.
        self.time += timedelta(seconds=seconds)
        if self.time >= self.end:
            self.interrupt.signal = 15

    def run(self, due: DueJob) -> None:
        with self.registry.running(due.entry, due.call, self.time) as begun:
            self.done.append((due.entry.job.name, due.call.cause, self.time, due.call.missed))
            self.sleep(self.takes.total_seconds())
            self.registry.finish(due.entry, replace(begun, status=RunStatus.COMPLETE, ended=self.time))

    def served(self) -> list[tuple[str, Cause, datetime, int]]:
        Server(self.registry, self.run, lambda: self.time, self.sleep, self.interrupt).serve()
        return [(name, cause, moment.replace(microsecond=0), missed) for name, cause, moment, missed in self.done]


def test_jobs_run_when_they_fall_due_one_after_another(registry: Registry) -> None:
    for text in (DAILY, ONCE, HOURLY):
        added(registry, text)

    done = Day(registry, end=at(0, 3, 30), takes=timedelta(minutes=1)).served()

    assert [(name, cause, moment) for name, cause, moment, _ in done] == [
        ("daily", Cause.INITIAL, at(0, 0, 0)),
        ("hourly", Cause.INITIAL, at(0, 0, 1)),
        ("once", Cause.INITIAL, at(0, 0, 2)),
        ("hourly", Cause.SCHEDULE, at(0, 1)),
        ("hourly", Cause.SCHEDULE, at(0, 2)),
        ("hourly", Cause.SCHEDULE, at(0, 3)),
    ]


def test_what_falls_due_while_another_job_runs_is_made_good_by_one_run(registry: Registry) -> None:
    added(registry, HOURLY)

    done = Day(registry, end=at(0, 4, 30), takes=timedelta(minutes=150)).served()

    assert done == [("hourly", Cause.INITIAL, at(0), 0), ("hourly", Cause.SCHEDULE, at(0, 2, 30), 1)]


def test_those_that_wait_for_longest_come_first(registry: Registry) -> None:
    added(registry, LATER)
    added(registry, LATER.replace("later", "a").replace("03:00", "04:00"))
    added(registry, ONCE, now=at(0, 16, 30))

    assert [one.entry.job.name for one in due_jobs(registry, at(0, 17))] == ["later", "a", "once"]
    assert due_jobs(registry, at(0, 14)) == []
    assert [one.entry.job.name for one in due_jobs(registry, at(0, 15))] == ["later"]


def test_a_job_that_cannot_even_begin_is_not_tried_over_and_over(registry: Registry) -> None:
    added(registry, ONCE)
    day = Day(registry, end=at(0, 0, 10), takes=timedelta(0))
    tried: list[datetime] = []

    def fail(_due: DueJob) -> None:
        tried.append(day.time)

    Server(registry, fail, lambda: day.time, day.sleep, day.interrupt).serve()

    assert 8 <= len(tried) <= 10
