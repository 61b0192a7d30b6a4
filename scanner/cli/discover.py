"""`dowse discover`: how sensitive each bucket is, by a little of it every day."""

import os
import sys
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli import options as flag
from scanner.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from scanner.config import ScanConfig
    from scanner.discovery.report import DayReport
    from scanner.discovery.settings import DiscoverySettings

_option = partial(typer.Option, show_envvar=False)
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


def discover(
    targets: _Targets = None,
    *,
    bytes_per_day: _Bytes = "10GB",
    objects_per_day: _Objects = 10_000,
    timezone: _Timezone = "UTC",
    exclude_bucket: _LeftOut = [],  # noqa: B006 - read by typer, never changed; so below
    survey: _Survey = False,
    last: _Last = False,
    include: flag.Include = [],  # noqa: B006
    exclude: flag.Exclude = [],  # noqa: B006
    select: flag.Select = [],  # noqa: B006
    deselect: flag.Deselect = [],  # noqa: B006
    identifiers: flag.IdentifierFiles = [],  # noqa: B006
    allow_list: flag.AllowLists = [],  # noqa: B006
    allow_regex: flag.AllowRegexes = [],  # noqa: B006
    set_score: _SetScore = [],  # noqa: B006
    ignore: _Ignore = [],  # noqa: B006
    format: _Format = None,  # noqa: A002 - the flag's name
    fail_on_score: _FailOn = None,
    state: _State = None,
    profile: flag.Profile = None,
    region: flag.Region = None,
    role_arn: flag.RoleArn = None,
    external_id: flag.ExternalId = None,
    endpoint_url: flag.EndpointUrl = None,
    requester_pays: flag.RequesterPays = False,
    workers: flag.Workers = None,
    quiet: flag.Quiet = False,
) -> None:
    """Says how sensitive each bucket is, and reads a little more of it every day.

    Run it daily: it lists everything, reads what the day's budget allows, first a little of everything, then where something is
    likely or not ruled out, and never what has not changed. Exit codes: 0 everything could be listed, 1 a bucket scores at or
    above --fail-on-score, 2 the command line is wrong, 3 something could not be listed, 130 and 143 interrupted.
    """
    from scanner.cli.state_store import state_path
    from scanner.config import ScanConfig, SourceConfig, StoreConfig, WorkerConfig
    from scanner.discovery import last as kept
    from scanner.errors import ConfigError

    place = state or os.path.join(os.path.dirname(state_path(os.environ)), "discovery.db")
    chosen = format or (Format.TABLE if sys.stdout.isatty() else Format.JSONL)
    if last:
        _print(kept.last(place), chosen)
        return
    if not targets:
        raise ConfigError("name what to look at: s3:// for all buckets, s3://BUCKET, or a folder; or show the last scores with --last")
    store = StoreConfig(
        profile=profile,
        region=region,
        role_arn=role_arn,
        external_id=external_id,
        endpoint_url=endpoint_url,
        requester_pays=requester_pays,
    )
    scan = ScanConfig(
        targets=tuple(targets),
        select=tuple(select) or ("recommended",),
        deselect=tuple(deselect),
        identifier_files=tuple(identifiers),
        allow_lists=tuple(allow_list),
        allow_regexes=tuple(allow_regex),
        sources=SourceConfig(include=tuple(include), exclude=tuple(exclude), store=store),
        workers=WorkerConfig(processes=workers),
    )
    budget = _Budget(bytes_per_day, objects_per_day, timezone)
    settings = _settings(scan, budget, tuple(exclude_bucket), tuple(set_score), tuple(ignore))
    report, interrupted = _discovered(settings, place, reading=not survey, quiet=quiet)
    _print(report, chosen)
    raise typer.Exit(interrupted or _exit_code(report, fail_on_score))


class _Budget:
    """What the flags say of a day."""

    def __init__(self, size: str, objects: int, timezone: str) -> None:
        from scanner.jobs.schedule import zone_named
        from scanner.sources.bounds import parse_size

        zone_named(timezone)
        self.size = parse_size(size)
        self.objects = objects
        self.timezone = timezone


def _settings(
    scan: "ScanConfig", budget: _Budget, left_out: tuple[str, ...], fixed: tuple[str, ...], ignored: tuple[str, ...]
) -> "DiscoverySettings":
    from scanner.discovery.settings import DiscoverySettings, fixed_scores, ignored_identifiers
    from scanner.engine.rulesets import choose_identifiers

    known = frozenset(one.id for one in choose_identifiers(scan.select, scan.deselect, scan.identifier_files)) if ignored else frozenset()
    return DiscoverySettings(
        scan, budget.size, budget.objects, budget.timezone, left_out, fixed_scores(fixed), ignored_identifiers(ignored, known)
    )


def _discovered(settings: "DiscoverySettings", place: str, *, reading: bool, quiet: bool) -> "tuple[DayReport, int]":
    """The report, and the exit code of the signal that ended it early, 0 for none."""
    from datetime import UTC, datetime

    from scanner.cli.progress import progress_bar
    from scanner.discovery import last as kept
    from scanner.discovery.run import Discovery, DiscoverySurroundings
    from scanner.engine.interrupt import interruptible
    from scanner.state.store import open_store

    with (
        interruptible() as interrupt,
        progress_bar(wanted=False if quiet else None) as draw,
        open_store(place, write=True) as store,
    ):
        around = DiscoverySurroundings(datetime.now(UTC), interrupt, on_progress=draw)
        discovery = Discovery(settings, store, around)
        report = discovery.report(reading=reading)
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
