"""The summary that a person sees on a terminal when a run is over."""

import io
import locale
import os
from collections.abc import Iterable, Mapping
from typing import BinaryIO, Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from identifiers.model import Severity
from scanner.model.outcome import Status
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.amounts import duration, grouped, in_bytes, of
from scanner.reports.escape import visible
from scanner.reports.options import SinkOptions
from scanner.reports.overview import Overview, Volume
from scanner.reports.policies import LEVELS, BucketFinding
from scanner.reports.rows import FindingRow
from scanner.reports.run_records import rate
from scanner.reports.since import since

_OBJECTS: Final = 15
_REASONS: Final = 12
_FOUND: Final = 4
# Off a terminal nobody knows the reader's width.
_WIDTH: Final = 120
_STYLES: Final = {Severity.HIGH: "bold red", Severity.MEDIUM: "yellow", Severity.LOW: "cyan"}
_STATUS_STYLES: Final = {Status.FAILED: "bold red", Status.PARTIAL: "yellow", Status.SKIPPED: "dim", Status.SCANNED: "green"}

_INTERRUPTED: Final = ("The run was interrupted: what it had not reached was not scanned.", "yellow")
_VERDICTS: Final = {
    True: ("Everything asked for was scanned.", "green"),
    False: ("Not everything was scanned: see the reasons above.", "yellow"),
}


class TableSink:
    """Gathers while the run goes on and draws when it is over. Colours appear on a terminal only, and not under NO_COLOR."""

    def __init__(self, out: BinaryIO, options: SinkOptions) -> None:
        self._out = out
        self._overview = Overview(options.identifiers, max_rows=_OBJECTS, samples=0)
        self._buckets: dict[tuple[str, str], tuple[int, str]] = {}
        self._run: Run | None = None

    def begin(self, run: Run) -> None:
        """Notes the run."""
        self._run = run

    def write(self, result: ObjectResult) -> None:
        """Counts the object in."""
        self._overview.add(result)

    def write_policy(self, finding: BucketFinding) -> None:
        """Counts the finding on a bucket in; those of one type make a row."""
        count, first = self._buckets.get((finding.severity, finding.type), (0, finding.bucket))
        self._buckets[finding.severity, finding.type] = (count + 1, first)

    def finish(self, summary: Summary) -> None:
        """Draws the summary."""
        terminal = self._out.isatty()
        drawn = io.StringIO()
        # Drawn apart and written at once: rich would end the whole program at a broken pipe.
        console = Console(
            file=drawn,
            force_terminal=terminal,
            width=os.get_terminal_size(self._out.fileno()).columns or None if terminal else _WIDTH,
            highlight=False,
            markup=False,
            emoji=False,
        )
        several = self._run is not None and len(self._run.targets) > 1
        if self._buckets:
            console.print()
            console.print(Padding(_policies(self._buckets), (0, 0, 0, 2), expand=False))
        if summary.objects or not self._buckets:
            _draw(console, self._overview, summary, several=several)
        encoding = locale.getpreferredencoding(do_setlocale=False) if terminal else "utf-8"
        self._out.write(drawn.getvalue().encode(encoding, "replace"))
        self._out.flush()


def _draw(console: Console, overview: Overview, summary: Summary, *, several: bool) -> None:
    """:param several: targets, so that names need what holds them"""
    console.print()
    console.print(_headline(overview, summary))
    for section in (_identifiers(overview), _objects(overview, several=several), _unread(overview, several=several)):
        if section.row_count:
            console.print()
            console.print(Padding(section, (0, 0, 0, 2), expand=False))
    console.print()
    console.print(_coverage(overview, summary))


def _headline(overview: Overview, summary: Summary) -> Text:
    if not overview.findings:
        return Text.assemble("  ", ("No sensitive data found", "bold green" if summary.complete else "bold"), " in what was read.")
    verb = " holds" if overview.findings == 1 else " hold"
    counts = _listed([Text(f"{count} {severity}", style=_STYLES[severity]) for severity, count in overview.by_severity.items()])
    return Text.assemble("  ", (of(overview.findings, "object"), "bold"), f"{verb} sensitive data: ", counts)


def _listed(parts: Iterable[Text]) -> Text:
    return Text(", ").join(parts)


def _table(*columns: tuple[str, str]) -> Table:
    """:param columns: heading, and `left`, `right` or `fold` for text that may break anywhere"""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for heading, kind in columns:
        if kind == "fold":
            table.add_column(heading, overflow="fold")
        else:
            table.add_column(heading, justify="right" if kind == "right" else "left", no_wrap=True)
    return table


def _identifiers(overview: Overview) -> Table:
    table = _table(("SEVERITY", "left"), ("IDENTIFIER", "fold"), ("CATEGORY", "left"), ("OBJECTS", "right"), ("OCCURRENCES", "right"))
    for identifier, total in overview.identifiers():
        table.add_row(
            Text(total.severity, style=_STYLES[total.severity]),
            Text(visible(identifier.id)),
            Text(identifier.category),
            Text(grouped(total.objects)),
            Text(grouped(total.occurrences)),
        )
    return table


def _objects(overview: Overview, *, several: bool) -> Table:
    table = _table(("SEVERITY", "left"), ("OBJECT", "fold"), ("FOUND", "fold"))
    rows = overview.rows()
    for row in rows:
        table.add_row(Text(row.severity, style=_STYLES[row.severity]), _name(row, several=several), Text(_found(row)))
    if overview.findings > len(rows):
        table.add_row("", Text(f"and {of(overview.findings - len(rows), 'more object')}", style="dim"), "")
    return table


def _name(row: FindingRow, *, several: bool) -> Text:
    return Text.assemble((f"{row.root}/" if several else "", "dim"), (row.folder, "dim"), row.name)


def _found(row: FindingRow) -> str:
    """`CREDIT_CARD_NUMBER:12 EMAIL_ADDRESS:3`; without a space between, a count never wraps away from its identifier."""
    named = [f"{one.identifier}:{grouped(one.count)}" for one in row.detections[:_FOUND]]
    return " ".join(named) + (f" and {len(row.detections) - _FOUND} more" if len(row.detections) > _FOUND else "")


def _unread(overview: Overview, *, several: bool) -> Table:
    table = _table(("OUTCOME", "left"), ("REASON", "left"), ("OBJECTS", "right"), ("FOR EXAMPLE", "fold"))
    reasons = overview.unread()
    for status, reason, volume in reasons[:_REASONS]:
        table.add_row(
            Text(status, style=_STATUS_STYLES[status]), Text(reason), Text(grouped(volume.objects)), _example(volume, several=several)
        )
    if len(reasons) > _REASONS:
        table.add_row("", Text(f"and {of(len(reasons) - _REASONS, 'more reason')}", style="dim"), "", "")
    return table


def _example(volume: Volume, *, several: bool) -> Text:
    root, name, detail = volume.examples[0]
    return Text.assemble((f"{root}/" if several else "", "dim"), name, (f"  {detail}" if detail else "", "dim"))


def _policies(found: Mapping[tuple[str, str], tuple[int, str]]) -> Table:
    """A row for each type of finding on buckets, the worst first.

    :param found: severity and type -> number of buckets and the first of them
    """
    table = _table(("SEVERITY", "left"), ("FINDING", "fold"), ("BUCKETS", "right"), ("FOR EXAMPLE", "fold"))
    styles = _STYLES | {"critical": _STYLES[Severity.HIGH], "info": "dim"}
    for (severity, kind), (count, first) in sorted(found.items(), key=lambda item: -LEVELS.index(item[0][0])):
        table.add_row(Text(severity, style=styles[severity]), Text(visible(kind)), Text(grouped(count)), Text(visible(first)))
    return table


def _coverage(overview: Overview, summary: Summary) -> Text:
    volumes = overview.by_status.items()
    statuses = _listed(Text(f"{grouped(one.objects)} {status}", style=_STATUS_STYLES[status]) for status, one in volumes if one.objects)
    speed = rate(summary)
    time = f" in {duration(summary.seconds)}" + (f" ({in_bytes(speed)}/s)" if speed else "") if summary.seconds else ""
    head = f"  {of(summary.objects, 'object')}, {in_bytes(summary.bytes_read)} read{time}"
    verdict = _INTERRUPTED if summary.interrupted else _VERDICTS[summary.complete]
    allowed = f" Allowed and not reported: {of(sum(summary.allowed.values()), 'occurrence')}." if summary.allowed else ""
    if summary.hidden:
        allowed += f" Suppressed or known before: {of(sum(summary.hidden.values()), 'occurrence')}."
    life = f"\n  Since earlier runs: {since(summary)}." if summary.life or summary.unchanged else ""
    return Text.assemble(head, ": " if summary.objects else "", statuses, f".{allowed}{life}\n  ", verdict)
