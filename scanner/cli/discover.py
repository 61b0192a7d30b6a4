"""`dowse discover`: how sensitive each bucket is, by a little of it every day."""

import os
import sys
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli import options as flag
from scanner.cli.exit_codes import ExitCode
from scanner.cli.flag_groups import grouped
from scanner.cli.scan_flags import StoreFlags
from scanner.cli.shared_options import option as _option

if TYPE_CHECKING:
    from scanner.config import ScanConfig
    from scanner.discovery.report import DayReport
    from scanner.discovery.settings import DiscoverySettings

_WHAT = "What to read"
_SCORES = "How scores are made and shown"


class Format(StrEnum):
    """How the command answers."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


_Targets = Annotated[
    list[str] | None, typer.Argument(metavar="TARGET...", help="s3:// for all buckets, s3://logs-*, or folders.", show_default=False)
]
_Bytes = Annotated[str, _option("--bytes-per-day", metavar="SIZE", help="Most bytes of objects to read in a day.", rich_help_panel=_WHAT)]
_Objects = Annotated[int, _option("--objects-per-day", min=0, help="Most objects to read in a day.", rich_help_panel=_WHAT)]
_Timezone = Annotated[str, _option("--timezone", help="Whose midnight ends the day.", rich_help_panel=_WHAT)]
_LeftOut = Annotated[
    list[str],
    _option("--exclude-bucket", metavar="NAME", help="Leave these buckets out; a pattern will do. Repeatable.", rich_help_panel=_WHAT),
]
_Survey = Annotated[bool, _option("--survey", help="Only list, and say what is known already; read nothing.", rich_help_panel=_WHAT)]
_Last = Annotated[bool, _option("--last", help="Only show the scores of the last time; list nothing.", rich_help_panel=_WHAT)]
_SetScore = Annotated[
    list[str],
    _option("--set-score", metavar="BUCKET=SCORE", help="A score by hand, 1 to 49 or 51 to 100. Repeatable.", rich_help_panel=_SCORES),
]
_Ignore = Annotated[
    list[str],
    _option("--ignore", metavar="BUCKET=ID", help="An identifier that does not count in a bucket. Repeatable.", rich_help_panel=_SCORES),
]
_Format = Annotated[
    Format | None, _option("--format", help="[default: table on a terminal, jsonl in a pipe]", show_default=False, rich_help_panel=_SCORES)
]
_FailOn = Annotated[
    int | None,
    _option("--fail-on-score", min=1, max=100, help="Exit with 1 if a bucket scores so high.", show_default=False, rich_help_panel=_SCORES),
]
_State = Annotated[
    str | None,
    _option(
        "--state",
        metavar="PATH",
        help="Where it is remembered.  [default: discovery.db where the state of scans is]",
        show_default=False,
        rich_help_panel=_WHAT,
    ),
]
_Job = Annotated[
    str | None, _option("--job", metavar="NAME", help="With --last: the scores of this job.", show_default=False, rich_help_panel=_SCORES)
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFlags:
    """What a day may cost, and what is done now."""

    bytes_per_day: _Bytes = "10GB"
    objects_per_day: _Objects = 10_000
    timezone: _Timezone = "UTC"
    exclude_bucket: _LeftOut = field(default_factory=list)
    survey: _Survey = False
    last: _Last = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LookFlags:
    """Which objects are read, and what for."""

    include: flag.Include = field(default_factory=list)
    exclude: flag.Exclude = field(default_factory=list)
    select: flag.Select = field(default_factory=list)
    deselect: flag.Deselect = field(default_factory=list)
    identifiers: flag.IdentifierFiles = field(default_factory=list)
    allow_list: flag.AllowLists = field(default_factory=list)
    allow_regex: flag.AllowRegexes = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreFlags:
    """How scores are made and shown."""

    set_score: _SetScore = field(default_factory=list)
    ignore: _Ignore = field(default_factory=list)
    format: _Format = None
    fail_on_score: _FailOn = None
    state: _State = None
    job: _Job = None

    def shown_as(self) -> Format:
        """The format that was asked for, or that suits standard output."""
        return self.format or (Format.TABLE if sys.stdout.isatty() else Format.JSONL)

    def place(self) -> str:
        """Path of the state store."""
        from scanner.cli.state_store import state_path

        return self.state or os.path.join(os.path.dirname(state_path(os.environ)), "discovery.db")

    def last_place(self) -> str:
        """Path of the state store that scores were kept beside. Raises ConfigError if there is no such job, or it never ran."""
        from scanner.cli.store_choice import StoreChoice

        return self.place() if self.job is None else StoreChoice(state=self.state, job=self.job).place.path


@grouped
def discover(
    targets: _Targets = None,
    *,
    day: DayFlags,
    look: LookFlags,
    score: ScoreFlags,
    store: StoreFlags,
    workers: flag.Workers = None,
    quiet: flag.Quiet = False,
) -> None:
    """Says how sensitive each bucket is, and reads a little more of it every day.

    Run it daily: it lists everything, reads what the day's budget allows, first a little of everything, then where something is
    likely or not ruled out, and never what has not changed. Exit codes: 0 everything could be listed, 1 a bucket scores at or
    above --fail-on-score, 2 the command line is wrong, 3 something could not be listed, 130 and 143 interrupted.
    """
    from scanner.discovery.last import last
    from scanner.errors import ConfigError

    if day.last:
        report, interrupted = last(score.last_place()), 0
    elif score.job is not None:
        raise ConfigError("--job shows the scores of a job and goes with --last; `dowse jobs run NAME` runs it")
    elif targets:
        settings = _settings(_scan(tuple(targets), look, store, workers), day, score)
        report, interrupted = _discovered(settings, score.place(), reading=not day.survey, quiet=quiet)
    else:
        raise ConfigError("name what to look at: s3:// for all buckets, s3://BUCKET, or a folder; or show the last scores with --last")
    _print(report, score.shown_as())
    raise typer.Exit(interrupted or _exit_code(report, score.fail_on_score))


def _scan(targets: tuple[str, ...], look: LookFlags, store: StoreFlags, workers: int | None) -> "ScanConfig":
    from scanner.config import ScanConfig, SourceConfig, WorkerConfig

    return ScanConfig(
        targets=targets,
        select=tuple(look.select) or ("recommended",),
        deselect=tuple(look.deselect),
        identifier_files=tuple(look.identifiers),
        allow_lists=tuple(look.allow_list),
        allow_regexes=tuple(look.allow_regex),
        sources=SourceConfig(include=tuple(look.include), exclude=tuple(look.exclude), store=store.config()),
        workers=WorkerConfig(processes=workers),
    )


def _settings(scan: "ScanConfig", day: DayFlags, score: ScoreFlags) -> "DiscoverySettings":
    from scanner.discovery.settings import DiscoverySettings, fixed_scores, ignored_identifiers
    from scanner.engine.rulesets import choose_identifiers
    from scanner.errors import ConfigError
    from scanner.jobs.schedule import zone_named
    from scanner.sources.bounds import parse_size

    zone_named(day.timezone)
    try:
        day_bytes = parse_size(day.bytes_per_day)
    except ConfigError as error:
        raise ConfigError(f"--bytes-per-day: {error}") from None
    known = choose_identifiers(scan.select, scan.deselect, scan.identifier_files) if score.ignore else ()
    return DiscoverySettings(
        scan,
        day_bytes,
        day.objects_per_day,
        day.timezone,
        tuple(day.exclude_bucket),
        fixed_scores(tuple(score.set_score)),
        ignored_identifiers(tuple(score.ignore), frozenset(one.id for one in known)),
    )


def _discovered(settings: "DiscoverySettings", place: str, *, reading: bool, quiet: bool) -> "tuple[DayReport, int]":
    """The report, and the exit code of the signal that ended it early, 0 for none."""
    from scanner.cli.progress import progress_bar
    from scanner.cli.run_scan import warn
    from scanner.discovery import last as kept
    from scanner.discovery.run import Discovery, DiscoverySurroundings
    from scanner.engine.clock import start_clock
    from scanner.engine.interrupt import interruptible
    from scanner.state.store import open_store

    with (
        interruptible() as interrupt,
        progress_bar(wanted=False if quiet else None) as draw,
        open_store(place, write=True) as store,
    ):
        around = DiscoverySurroundings(start_clock(os.environ).started, interrupt, on_progress=draw)
        discovery = Discovery(settings, store, around)
        warn(discovery.warnings, quiet=quiet)
        for _ in discovery.results(reading=reading):
            pass
        report = discovery.report()
        if discovery.surveyed:
            kept.keep(report, place)
        else:
            sys.stderr.write("dowse: interrupted while listing: the scores are of what was listed, and are not kept\n")
    return report, interrupt.exit_code


def _print(report: "DayReport", chosen: Format) -> None:
    import json

    from scanner.cli.printing import print_json, print_text

    if chosen is Format.JSON:
        print_json({"buckets": list(report.buckets), "summary": report.summary})
    elif chosen is Format.JSONL:
        for record in (*report.buckets, report.summary):
            print_text(json.dumps(record))
    else:
        print_text(_table(report))


def _table(report: "DayReport") -> str:
    from scanner.cli.drawn_table import drawn_table
    from scanner.reports.amounts import in_bytes, of

    titles = ("BUCKET", "SCORE", "MEANS", "ANALYSED", "OF OBJECTS", "READ NOW", "FOUND")
    rows = []
    for record in report.buckets:
        coverage, found = record["coverage"], [one["identifier"] for one in record["detections"]]
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        amounts = (f"{coverage['analysedObjects']:,}", f"{coverage['objects']:,}", f"{record['readNow']:,}")
        row = (record["bucketName"], str(record["sensitivityScore"]), record["band"], *amounts, ", ".join(found[:3]) + more)
        rows.append(row)
    summary = report.summary
    left = summary["leftOfTheDay"]
    words = f"{of(summary['readObjects'], 'object')} and {in_bytes(summary['readBytes'])} read now"
    rest = f"left of the day: {of(left['objects'], 'object')}, {in_bytes(left['bytes'])}"
    return f"{drawn_table(titles, rows)}\n{words}; {rest}"


def _exit_code(report: "DayReport", fail_on: int | None) -> ExitCode:
    if fail_on is not None and any(record["sensitivityScore"] >= fail_on for record in report.buckets):
        return ExitCode.FINDINGS
    return ExitCode.COMPLETE if report.summary["complete"] else ExitCode.INCOMPLETE
