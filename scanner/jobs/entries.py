"""What is known of a job and of its runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from scanner.jobs.lifecycle import UNFINISHED, JobStatus, RunStatus
from scanner.jobs.model import Job
from scanner.jobs.schedule import due_since, zone_named

_PAUSE_AFTER_FAILURE: Final = timedelta(minutes=5)


class Cause(StrEnum):
    """Why a run began."""

    INITIAL = "initial"
    SCHEDULE = "schedule"
    # A run before was paused, interrupted or killed.
    RESUMED = "resumed"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class RunEntry:
    """One run of a job.

    :param number: from 1
    :param slot: when it was due; None for what no schedule asked for
    :param missed: slots before it that it makes good
    :param detail: why it failed, was interrupted, or is incomplete; empty if nothing is to say
    :param summary: counts as plain JSON values; empty while it runs, and of what died or failed
    """

    number: int
    status: RunStatus
    cause: Cause
    slot: datetime | None
    missed: int
    started: datetime
    ended: datetime | None = None
    detail: str = ""
    summary: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JobEntry:
    """A job as it is kept.

    :param id: 32 hex digits
    :param text: of its file, as it was when it was added
    :param folder: what relative paths in the text count from
    :param anchor: what was due until then is done with
    :param last_run: None if it never ran
    """

    id: str
    job: Job
    text: str
    folder: str
    created: datetime
    status: JobStatus
    anchor: datetime
    copied_from: str | None = None
    last_run: RunEntry | None = None

    @property
    def unfinished(self) -> bool:
        """Whether its last run is to be taken up again."""
        return self.last_run is not None and self.last_run.status in UNFINISHED


@dataclass(frozen=True, slots=True)
class Call:
    """That a run is to begin now, and why."""

    cause: Cause
    slot: datetime | None = None
    missed: int = 0


def call_of(entry: JobEntry, now: datetime) -> Call | None:
    """Why the job is due now; None if it is not."""
    if entry.status is JobStatus.PAUSED and now >= next_month(entry):
        return Call(Cause.RESUMED)
    if entry.status is not JobStatus.IDLE:
        return None
    if entry.unfinished:
        assert entry.last_run is not None, "unfinished"
        return Call(Cause.RESUMED, entry.last_run.slot)
    if entry.job.schedule is None:
        return Call(Cause.INITIAL) if _may_try(entry) <= now else None
    if entry.last_run is None and entry.job.initial_run:
        return Call(Cause.INITIAL)
    due = due_since(entry.job.schedule, entry.anchor, now)
    return Call(Cause.SCHEDULE, due.slot, due.missed) if due else None


def next_due(entry: JobEntry, now: datetime) -> datetime | None:
    """When the job falls due next: `now` if it is, None if it never does unless somebody acts."""
    if call_of(entry, now):
        return now
    if entry.status in (JobStatus.COMPLETE, JobStatus.CANCELLED, JobStatus.USER_PAUSED):
        return None
    if entry.status is JobStatus.PAUSED:
        return next_month(entry)
    if entry.job.schedule is None:
        return _may_try(entry) if entry.status is JobStatus.IDLE else None
    return entry.job.schedule.next(max(entry.anchor, now))


def month_of(job: Job, moment: datetime) -> datetime:
    """When the month began that `moment` lies in, in the job's time zone."""
    local = moment.astimezone(zone_named(job.schedule.timezone if job.schedule else "UTC"))
    return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0, fold=0)


def next_month(entry: JobEntry) -> datetime:
    """When the month is over in which the job last ran."""
    assert entry.last_run is not None, "only a run reads"
    began = month_of(entry.job, entry.last_run.started)
    return began.replace(year=began.year + began.month // 12, month=began.month % 12 + 1)


def _may_try(entry: JobEntry) -> datetime:
    """When a job that runs once may begin: at once, or a while after an attempt that failed."""
    last = entry.last_run
    return entry.created if last is None else (last.ended or last.started) + _PAUSE_AFTER_FAILURE
