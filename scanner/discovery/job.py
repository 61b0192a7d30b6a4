"""A job that discovers: one run of it looks at everything and reads what is left of the day's budget."""

import os

from scanner.discovery import last
from scanner.discovery.report import DayReport
from scanner.discovery.run import Discovery, DiscoverySurroundings
from scanner.discovery.settings import DiscoverySettings
from scanner.engine.clock import start_clock
from scanner.engine.interrupt import Interrupt
from scanner.errors import ConfigError
from scanner.jobs.filled import filled
from scanner.jobs.run import Came, Reading
from scanner.reports.amounts import of
from scanner.state.store import open_store


def discover_job(reading: Reading) -> Came:
    """Lists the job's targets and reads what the day allows; keeps the scores. Raises as `Discovery` does, and StateError."""
    around = reading.around
    screen = around.screen(reading.run) or (lambda result: result)
    # The state store has the runs by the same clock, and the day's budget goes by what it has.
    now = start_clock(os.environ).started
    surroundings = DiscoverySurroundings(now, reading.interrupt, reading.on_progress, os.environ, scope=reading.source, screen=screen)
    with open_store(reading.state, write=True) as store:
        discovery = Discovery(settings_of(reading), store, surroundings)
        summary = around.deliver(discovery, reading.noted(discovery.results()), reading.run)
    report = discovery.report()
    if discovery.surveyed:
        _keep(report, reading)
    return Came(summary, {"discovery": report.summary}, _detail(report, reading.interrupt))


def settings_of(reading: Reading) -> DiscoverySettings:
    """What the job's file says, for a run."""
    job = reading.entry.job
    said = job.discover
    assert said is not None, "only a job that discovers is run so"
    ignored: dict[str, frozenset[str]] = {}
    for bucket, identifier in said.ignored:
        ignored[bucket] = ignored.get(bucket, frozenset()) | {identifier}
    return DiscoverySettings(
        reading.config,
        said.day_bytes,
        said.day_objects,
        job.schedule.timezone if job.schedule else "UTC",
        said.left_out,
        dict(said.fixed),
        ignored,
        job.name,
    )


def _keep(report: DayReport, reading: Reading) -> None:
    last.keep(report, reading.state)
    job = reading.entry.job
    if job.discover and job.discover.scores:
        path = filled(job.discover.scores, reading.entry, reading.run)
        try:
            last.write(report, path)
        except OSError as error:
            raise ConfigError(f"{path}: the scores cannot be written there: {error.strerror}; correct scores in the job's file") from None


def _detail(report: DayReport, interrupt: Interrupt) -> str:
    unlisted = [str(one["bucketName"]) for one in report.buckets if one["coverage"]["unlisted"]]
    if not unlisted or interrupt.wanted:
        return ""
    return f"{of(len(unlisted), 'bucket')} could not be listed: {', '.join(unlisted[:3])}{' ...' if len(unlisted) > 3 else ''}"
