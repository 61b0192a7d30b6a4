"""Runs a job: finds out what it is to read, reads it, heeds who pauses it, and keeps what became of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Final, Protocol

from identifiers.errors import IdentifierError
from identifiers.model import Identifier
from scanner.config import ScanConfig, SourceConfig, WorkerConfig
from scanner.engine.digest import plain
from scanner.engine.interrupt import Interrupt
from scanner.engine.progress import Progress
from scanner.engine.scan import Scan
from scanner.errors import DowseError
from scanner.jobs.buckets import MatchedBuckets, Undecided, find_buckets
from scanner.jobs.conditions import checks_of
from scanner.jobs.entries import Call, Cause, JobEntry, RunEntry, month_of
from scanner.jobs.events import Event, EventLog
from scanner.jobs.lifecycle import JobStatus, RunStatus
from scanner.jobs.model import Job
from scanner.jobs.object_scope import ObjectScope
from scanner.jobs.registry import Registry
from scanner.jobs.watch import Watch
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.amounts import of
from scanner.sources import az, s3
from scanner.sources.base import Source
from scanner.sources.options import options_of
from scanner.sources.several import open_sources
from scanner.state.recorder import Recorder
from scanner.state.store import open_store

_STOPPED: Final = {JobStatus.USER_PAUSED: "somebody paused the job", JobStatus.CANCELLED: "somebody cancelled the job"}

_QUOTA: Final = "the job has read what it may in this month"


class Told(Protocol):
    """What there is to say of a run besides its results; a `Scan` is such a thing."""

    @property
    def run(self) -> Run:
        """How it was set up."""

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """What is looked for."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the user should know before it starts."""

    def summary(self) -> Summary:
        """What the results that were given out come to."""


Deliver = Callable[[Told, Iterator[ObjectResult], RunEntry], Summary]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a run needs besides its job.

    :param now: tells the time, with time zone
    :param interrupt: asks the run to end early
    :param deliver: takes what is said of the run, its results and the run, writes them out, and gives the summary
    :param on_progress: called whenever something is done
    :param workers: worker processes; None takes one for each processor
    :param full: read everything, changed or not
    :param screen: gives, for a run, what takes out of results what is not to be reported; may raise ConfigError
    :param delivered: asked when everything is written: whether all outputs took it
    """

    now: Callable[[], datetime]
    interrupt: Interrupt
    deliver: Deliver
    on_progress: Callable[[Progress], None]
    workers: int | None = None
    full: bool = False
    screen: Callable[[RunEntry], Callable[[ObjectResult], ObjectResult] | None] = lambda _run: None
    delivered: Callable[[], bool] = lambda: True


@dataclass(frozen=True, slots=True)
class Reading:
    """What a run is to read, and what it needs for that.

    :param targets: at least one
    :param source: gives what the job wants of a source
    :param state: path of the state store
    :param interrupt: tells when the run is to end early
    """

    entry: JobEntry
    run: RunEntry
    targets: tuple[str, ...]
    source: Callable[[Source], Source]
    state: str
    interrupt: Interrupt
    on_progress: Callable[[Progress], None]
    log: EventLog
    around: Surroundings

    @property
    def config(self) -> ScanConfig:
        """The scan of the targets."""
        return config_of(self.entry.job, self.targets, self.around.workers)

    def noted(self, results: Iterable[ObjectResult]) -> Iterator[ObjectResult]:
        """The results, each with its event."""
        for result in results:
            self.log.object(result, self.entry.job.object_events)
            yield result


@dataclass(frozen=True, slots=True)
class Came:
    """What reading came to.

    :param more: to be kept of it besides; plain JSON values
    :param detail: why it is incomplete, if there is something to say
    """

    summary: Summary
    more: Mapping[str, object] = field(default_factory=dict)
    detail: str = ""


Read = Callable[[Reading], Came]


def scan_job(reading: Reading) -> Came:
    """Reads all that the job wants of its targets, and is new or has changed. Raises as `Scan` does, and StateError."""
    job, around = reading.entry.job, reading.around
    config = reading.config
    source = reading.source(open_sources(reading.targets, options_of(config.sources)))
    with open_store(reading.state, write=True) as store:
        # In a store of its own the last run was this job's; in a shared one another scan's mark might be taken for ours.
        go_on = reading.run.cause is Cause.RESUMED and job.state is None
        memory = Recorder(store, full=around.full, job=job.name, go_on=go_on)
        scan = Scan(
            config,
            source=source,
            interrupt=reading.interrupt,
            on_progress=reading.on_progress,
            memory=memory,
            screen=around.screen(reading.run),
        )
        summary = around.deliver(scan, reading.noted(scan), reading.run)
        memory.finish(summary, delivered=around.delivered())
    return Came(summary)


def run_job(registry: Registry, entry: JobEntry, call: Call, log: EventLog, around: Surroundings, *, read: Read = scan_job) -> RunEntry:
    """The run, when it is over.

    :param read: reads the targets that the job turns out to have
    :raises ConfigError: if the job may not be run now
    :raises DowseError: if it could not begin or not go on; so it is kept, too. As IdentifierError
    """
    with registry.running(entry, call, around.now()) as run:
        if entry.status is JobStatus.PAUSED:
            log.write(Event.JOB_RESUMED_BY_QUOTA, "A new month has begun, so the job goes on.")
        log.started(run)
        try:
            ended = _Execution(registry, entry, run, log, around, read=read).ended()
        except (DowseError, IdentifierError) as error:
            registry.finish(entry, replace(run, status=RunStatus.FAILED, ended=around.now(), detail=str(error)))
            log.write(Event.RUN_FAILED, str(error))
            raise
        if ended.detail == _QUOTA:
            registry.out_of_quota(entry)
            log.write(Event.JOB_PAUSED_BY_QUOTA, f"The job was paused until next month: {_QUOTA}.")
        after = registry.finish(entry, ended)
        _tell_end(log, after, ended)
        return ended


def config_of(job: Job, targets: tuple[str, ...], workers: int | None = None) -> ScanConfig:
    """The scan that a run of `job` makes of `targets`."""
    return ScanConfig(
        targets=targets,
        select=job.select,
        deselect=job.deselect,
        identifier_files=job.identifier_files,
        ignore_examples=job.ignore_examples,
        allow_lists=job.allow_lists,
        allow_regexes=job.allow_regexes,
        inline_allow=job.inline_allow,
        min_confidence=job.min_confidence,
        names=job.names,
        names_model=job.names_model,
        names_cap=job.names_cap,
        max_occurrences=job.max_occurrences,
        sources=SourceConfig(follow_symlinks=job.follow_symlinks, sample=job.sample, sample_seed=job.sample_seed, store=job.store),
        limits=job.limits,
        workers=WorkerConfig(processes=workers, timeout=job.timeout),
    )


def recorded(run: Run, entry: JobEntry, number: int) -> Run:
    """The record of a run with what the job has besides a scan: needed to repeat it.

    :param number: of the run
    """
    job = entry.job
    scope = {"objects": plain(job.objects), "since": None if job.initial_run else entry.created.isoformat()}
    return replace(run, settings={**run.settings, "job": {"id": entry.id, "name": job.name, "run": number, **scope}})


class _Execution:
    """One run on its way."""

    def __init__(self, registry: Registry, entry: JobEntry, run: RunEntry, log: EventLog, around: Surroundings, *, read: Read) -> None:
        self._registry = registry
        self._entry = entry
        self._run = run
        self._log = log
        self._around = around
        self._read = read
        stopped = partial(_stopped, registry, entry)
        self._watch = Watch(outer=around.interrupt, look=stopped, over=self._out_of_quota)
        self._left = self._month_left()
        self._bytes = 0

    def ended(self) -> RunEntry:
        """The run with its end."""
        targets, found = self._targets()
        came = self._read(self._reading(targets)) if targets else None
        summary = came.summary if came else None
        undecided = found.undecided if found else ()
        about = {"buckets": list(found.buckets), "undecided": {one.bucket: one.reason for one in undecided}} if found else {}
        counts = plain(summary) if summary else {}
        assert isinstance(counts, dict), "a data class becomes an object"
        return replace(
            self._run,
            status=_status(summary, undecided),
            ended=self._around.now(),
            detail=self._detail(came, undecided),
            summary=counts | about | dict(came.more if came else {}),
        )

    def _targets(self) -> tuple[tuple[str, ...], MatchedBuckets | None]:
        job, log = self._entry.job, self._log
        if job.buckets is None:
            return job.targets, None
        found = find_buckets(job.buckets, job.store, self._run.started)
        for name in found.buckets:
            log.bucket(Event.BUCKET_MATCHED_THE_CRITERIA, name, "The bucket meets the job's criteria.")
        for one in found.undecided:
            reason = f"Whether the bucket meets the job's criteria cannot be told, so it was not read: {one.reason}."
            log.bucket(Event.BUCKET_DETAILS_UNAVAILABLE, one.bucket, reason)
        if not found.buckets:
            log.write(Event.NO_BUCKETS_MATCHED_THE_CRITERIA, "No bucket meets the job's criteria.")
        return tuple(f"s3://{name}/" for name in found.buckets), found

    def _reading(self, targets: tuple[str, ...]) -> Reading:
        job = self._entry.job
        scope = ObjectScope(
            checks_of(job.objects, self._run.started),
            None if job.initial_run else self._entry.created,
            lambda stored: (az if stored.ref.store == "az" else s3).tags_of(job.store, stored),
        )
        state = self._registry.state_of(self._entry)
        return Reading(self._entry, self._run, targets, scope.of, state, self._watch, self._progress, self._log, self._around)

    def _progress(self, progress: Progress) -> None:
        self._bytes = progress.bytes_done
        self._around.on_progress(progress)

    def _out_of_quota(self) -> str:
        return _QUOTA if self._left is not None and self._bytes >= self._left else ""

    def _month_left(self) -> int | None:
        """Bytes that may still be read in this month; None for no bound."""
        most = self._entry.job.month_bytes
        if most is None:
            return None
        return most - self._registry.read_since(self._entry, month_of(self._entry.job, self._run.started))

    def _detail(self, came: Came | None, undecided: tuple[Undecided, ...]) -> str:
        if came and came.summary.interrupted:
            return self._watch.reason
        if undecided:
            return f"of {of(len(undecided), 'bucket')} it cannot be told whether they are meant"
        return came.detail if came else ""


def _stopped(registry: Registry, entry: JobEntry) -> str:
    return _STOPPED.get(registry.status(entry), "")


def _status(summary: Summary | None, undecided: tuple[Undecided, ...]) -> RunStatus:
    if summary and summary.interrupted:
        return RunStatus.INTERRUPTED
    return RunStatus.COMPLETE if (summary is None or summary.complete) and not undecided else RunStatus.INCOMPLETE


def _tell_end(log: EventLog, entry: JobEntry, run: RunEntry) -> None:
    counts = {key: run.summary[key] for key in ("objects", "unchanged", "bytes_read", "findings", "life") if key in run.summary}
    if run.status is RunStatus.INTERRUPTED:
        log.write(Event.RUN_INTERRUPTED, f"Run {run.number} ended early: {run.detail}.", **counts)
        return
    event = Event.JOB_COMPLETED if entry.job.schedule is None else Event.SCHEDULED_RUN_COMPLETED
    log.write(event, f"Run {run.number} is over: {run.status}.", status=run.status, **counts)
