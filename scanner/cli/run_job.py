"""Runs jobs for the command line: where their findings, events and words go."""

import os
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TextIO

from identifiers.errors import IdentifierError
from scanner.cli.exit_codes import ExitCode
from scanner.cli.options import Level
from scanner.cli.outputs import Output, choose_outputs, open_outputs, parse_output, tell_failures
from scanner.cli.progress import progress_bar
from scanner.cli.run_scan import catalogues_of, closing_words, warn
from scanner.cli.sent_where import check_where
from scanner.cli.state_store import StateRequest, idle, screen_for
from scanner.config import ScanConfig
from scanner.engine.interrupt import Interrupt
from scanner.errors import ConfigError, DowseError
from scanner.jobs.entries import Call, JobEntry, RunEntry
from scanner.jobs.events import Event, EventLog, open_events
from scanner.jobs.filled import filled
from scanner.jobs.lifecycle import RunStatus
from scanner.jobs.registry import Registry
from scanner.jobs.run import Read, Surroundings, Told, recorded, run_job, scan_job
from scanner.model.records import Summary
from scanner.model.result import ObjectResult
from scanner.reports.escape import visible
from scanner.reports.options import SinkOptions


@dataclass(frozen=True, slots=True)
class RunFlags:
    """What the command line says of runs.

    :param format: for standard output; None leaves it to the job's file
    :param outputs: `FORMAT=PATH` each, besides those of the job
    :param events: where all events go; None is a file for each job, `-` standard error
    :param on_terminal: whether a job that names no output writes to standard output
    :param full: read everything, changed or not
    :param fail_on: a finding at least this severe makes the exit code FINDINGS
    """

    format: str | None = None
    outputs: tuple[str, ...] = ()
    events: str | None = None
    workers: int | None = None
    quiet: bool = False
    on_terminal: bool = True
    full: bool = False
    fail_on: Level | None = None


def run_one(registry: Registry, entry: JobEntry, call: Call, flags: RunFlags, interrupt: Interrupt) -> ExitCode:
    """The exit code for one run: COMPLETE, INCOMPLETE if something was not scanned, FINDINGS if the flags ask for it, or UNDELIVERED.

    :raises DowseError: if it could not begin or not go on
    """
    screening, delivery = _Screening(registry.state_of(entry), entry), _Delivery(entry, flags)
    with opened_log(registry, entry, flags.events) as log, progress_bar(wanted=False if flags.quiet else None) as draw:
        around = Surroundings(utc_now, interrupt, delivery, draw, flags.workers, flags.full, screening, delivery.is_complete)
        run = run_job(registry, entry, call, log, around, read=_read(entry, flags))
        for failure in delivery.failures.values():
            log.write(Event.OUTPUT_NOT_DELIVERED, failure)
    if run.status in (RunStatus.COMPLETE, RunStatus.INCOMPLETE):
        warn(screening.idle(), quiet=flags.quiet)
    if not flags.quiet:
        detail = f" ({visible(run.detail)})" if run.detail else ""
        sys.stderr.write(f"dowse: job {visible(entry.job.name)}: run {run.number} {run.status}{detail}\n")
    if delivery.failures:
        tell_failures(delivery.failures)
        name = shlex.quote(entry.job.name)
        sys.stderr.write(f"dowse: the findings are kept: `dowse report --job {name} --output FORMAT=...` sends them again\n")
        return ExitCode.UNDELIVERED
    findings, levels = run.summary.get("findings"), list(Level)
    if flags.fail_on and isinstance(findings, dict) and any(findings.get(one) for one in levels[levels.index(flags.fail_on) :]):
        return ExitCode.FINDINGS
    return ExitCode.COMPLETE if run.status is RunStatus.COMPLETE else ExitCode.INCOMPLETE


def _read(entry: JobEntry, flags: RunFlags) -> Read:
    """How the job reads: all that it wants, or a little of it each day."""
    if entry.job.discover is None:
        return scan_job
    if flags.full:
        raise ConfigError(f"job {entry.job.name!r} discovers, and reads nothing twice; leave --full out")
    from scanner.discovery.job import discover_job

    return discover_job


def run_apart(registry: Registry, entry: JobEntry, call: Call, flags: RunFlags, interrupt: Interrupt) -> ExitCode:
    """As `run_one`; a job that cannot be run is told of on standard error, and no concern of the others."""
    try:
        return run_one(registry, entry, call, flags, interrupt)
    except (DowseError, IdentifierError) as error:
        sys.stderr.write(f"dowse: job {visible(entry.job.name)}: {error}\n")
        return ExitCode.INCOMPLETE


def utc_now() -> datetime:
    """The time, with time zone."""
    return datetime.now(UTC)


@contextmanager
def opened_log(registry: Registry, entry: JobEntry, path: str | None) -> Iterator[EventLog]:
    """The log of the job's events."""
    if path == "-":
        yield EventLog(sys.stderr, entry, utc_now)
        return
    with _stream(registry, entry, path) as stream:
        yield EventLog(stream, entry, utc_now)


def _stream(registry: Registry, entry: JobEntry, path: str | None) -> TextIO:
    return open_events(path or os.path.join(registry.folder_of(entry), "events.jsonl"))


class _Screening:
    """The rules of a job: those that its file names, and those that lie beside its state store."""

    def __init__(self, state: str, entry: JobEntry) -> None:
        self._request = StateRequest(state, wanted=True, suppressions=entry.job.suppressions, baseline=entry.job.baseline)
        self._idle: Callable[[], Iterable[str]] = tuple

    def __call__(self, run: RunEntry) -> Callable[[ObjectResult], ObjectResult]:
        today = run.started.date()
        screen, rules = screen_for(self._request, today)
        self._idle = partial(idle, screen, rules, today)
        return screen

    def idle(self) -> Iterable[str]:
        """A line for each rule that suppressed nothing; of no use before the run is over."""
        return self._idle()


class _Delivery:
    """Writes what a run of a job finds to where its file and the command line say.

    :ivar failures: what could not be delivered, and why
    """

    def __init__(self, entry: JobEntry, flags: RunFlags) -> None:
        self._entry = entry
        self._flags = flags
        self.failures: Mapping[str, str] = {}

    def __call__(self, scan: Told, results: Iterator[ObjectResult], run: RunEntry) -> Summary:
        job, quiet = self._entry.job, self._flags.quiet
        warn(scan.warnings, quiet=quiet)
        outputs = _outputs(self._entry, run, self._flags)
        check_where(outputs, ScanConfig(scan.run.targets), into_scanned=job.into_scanned_bucket)
        identifiers = {one.id: one for one in scan.identifiers}
        catalogues = catalogues_of(job.data_catalogue, identifiers)
        options = SinkOptions(identifiers, all_outcomes=False, reveal=False, catalogues=catalogues)
        with open_outputs(outputs, options) as sink:
            sink.begin(recorded(scan.run, self._entry, run.number))
            for result in results:
                sink.write(result)
            summary = scan.summary()
            sink.finish(summary)
        self.failures = sink.failures
        if not quiet and not any(one.format == "table" and one.path == "-" for one in outputs):
            sys.stderr.write(closing_words(summary))
        return summary

    def is_complete(self) -> bool:
        """Whether all outputs took it."""
        return not self.failures


def _outputs(entry: JobEntry, run: RunEntry, flags: RunFlags) -> tuple[Output, ...]:
    named = tuple(filled(one, entry, run) for one in (*entry.job.outputs, *flags.outputs))
    if flags.format is None and (named or not flags.on_terminal):
        # What a job names is all that it writes: it runs where nobody looks.
        return tuple(map(parse_output, named))
    return choose_outputs(flags.format, named)
