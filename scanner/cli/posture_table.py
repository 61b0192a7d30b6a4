"""What `dowse posture` prints for people."""

import io
from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scanner.cli.posture_words import replicated_word, sensitive_words
from scanner.cli.posture_written import Written
from scanner.posture.change_first import change_first
from scanner.posture.changes import Changes, Key
from scanner.posture.exposure import Permission
from scanner.posture.finding_kinds import PolicyFinding, PolicySeverity
from scanner.posture.judged import Judged, PostureReport
from scanner.reports.amounts import of
from scanner.reports.escape import visible

_STYLES: Final = {
    PolicySeverity.CRITICAL: "bold red",
    PolicySeverity.HIGH: "bold red",
    PolicySeverity.MEDIUM: "yellow",
    PolicySeverity.LOW: "cyan",
    PolicySeverity.INFO: "dim",
}
_FIRST: Final = 10
_PUBLIC: Final = {Permission.PUBLIC: ("PUBLIC", "bold red"), Permission.NOT_PUBLIC: ("no", ""), Permission.UNKNOWN: ("unknown", "yellow")}


def table_text(written: Written, *, width: int, colour: bool) -> str:
    """A row for each bucket, then what is wrong with each, what is not known, what changed, and what to change first."""
    out, report = io.StringIO(), written.report
    console = Console(file=out, width=width, force_terminal=colour, highlight=False, markup=False, emoji=False)
    console.print(_buckets(report))
    for one in report.buckets:
        _print_findings(console, one.verdicts.settings.name, one.findings)
    for finding in report.dangling:
        _print_findings(console, f"{finding.bucket} (does not exist)", [finding])
    _print_roles(console, report)
    _print_unknowns(console, report)
    _print_changes(console, written.changes)
    _print_first(console, report)
    console.print(_closing(report))
    return out.getvalue()


def _buckets(report: PostureReport) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for heading in ("BUCKET", "PUBLIC", "SHARED", "REPLICATED", "ENCRYPTION", "TLS ONLY", "RISK", "SENSITIVE", "FINDINGS"):
        table.add_column(heading, overflow="fold")
    for one in report.buckets:
        row = one.record
        word, style = _PUBLIC[one.verdicts.exposure.permission]
        table.add_row(
            Text(visible(row["bucketName"])),
            Text(word, style=style),
            Text(row["sharedAccess"].lower().replace("_", " ")),
            Text(replicated_word(row)),
            Text(visible(row["serverSideEncryption"]["type"])),
            Text(row["tlsOnly"]),
            Text(str(one.risk)),
            Text(sensitive_words(one)),
            _counts(one),
        )
    return table


def _counts(one: Judged) -> Text:
    counted = [(level, sum(finding.severity is level for finding in one.findings)) for level in reversed(PolicySeverity)]
    return Text(", ").join(Text(f"{count} {level.name.lower()}", style=_STYLES[level]) for level, count in counted if count)


def _print_findings(console: Console, name: str, findings: Sequence[PolicyFinding]) -> None:
    if not findings:
        return
    console.print()
    console.print(Text(visible(name), style="bold"))
    for finding in findings:
        head = Text(f"  {finding.severity.name.lower():<9}", style=_STYLES[finding.severity])
        console.print(Text.assemble(head, visible(finding.title), (f"  {finding.type}", "dim")))
        console.print(Text(f"           {visible(finding.detail)}"))
        console.print(Text(f"           {visible(finding.remedy)}", style="dim"))


def _print_roles(console: Console, report: PostureReport) -> None:
    if report.roles is None:
        return
    console.print()
    console.print(Text("Roles that outsiders may assume", style="bold"))
    for one in report.roles:
        used = f"last used {one.last_used[:10]}" if one.last_used else "never used, as far as IAM remembers"
        console.print(Text(f"  {visible(one.arn)}: {visible(', '.join(one.outsiders))}; {used}"))
        console.print(Text(f"    {', '.join(sorted(one.access))} on {visible(', '.join(one.buckets))}", style="dim"))
    if not report.roles:
        console.print(Text("  none that reaches a bucket"))


def _print_unknowns(console: Console, report: PostureReport) -> None:
    reasons: dict[tuple[str, str], list[str]] = {}
    for unknown in report.unknowns:
        reasons.setdefault((unknown.call, unknown.reason), [])
    for one in report.buckets:
        for unknown in one.verdicts.unknowns:
            reasons.setdefault((unknown.call, unknown.reason), []).append(one.verdicts.settings.name)
    if reasons:
        console.print()
        console.print(Text("Not known", style="bold"))
    for (call, reason), buckets in reasons.items():
        where = f" ({visible(buckets[0])}{f' and {len(buckets) - 1} more' if len(buckets) > 1 else ''})" if buckets else ""
        console.print(Text(f"  {call}: {visible(reason)}{where}", style="yellow"))


def _print_changes(console: Console, changes: Changes | None) -> None:
    if changes is None:
        return
    console.print()
    console.print(Text("Since earlier runs", style="bold"))
    named = (
        ("new", sorted(changes.opened)),
        ("changed", sorted(changes.changed)),
        ("resolved", changes.resolved),
        ("not known any more", changes.undecided),
    )
    lines = [line for word, keys in named for line in _some(word, keys)]
    console.print(Text("\n".join(lines) or "  nothing has changed"))
    if changes.still_open:
        console.print(Text(f"  {of(len(changes.still_open), 'finding')} as before", style="dim"))


def _some(word: str, keys: Sequence[Key]) -> Iterator[str]:
    """A line for each of the first, and one that says how many there are besides."""
    yield from (f"  {word}: {visible(key.bucket)}  {visible(key.type)}" for key in keys[:_FIRST])
    if len(keys) > _FIRST:
        yield f"  {word}: {len(keys) - _FIRST} more, which --format json has"


def _print_first(console: Console, report: PostureReport) -> None:
    changes = change_first(report.buckets)
    if not changes:
        return
    console.print()
    console.print(Text("What to change first", style="bold"))
    for number, one in enumerate(changes[:_FIRST], 1):
        console.print(Text(f"  {number}. {visible(one.bucket)}: {one.what} (risk {one.before} -> {one.after})"))
    if len(changes) > _FIRST:
        console.print(Text(f"  and {of(len(changes) - _FIRST, 'bucket')} more: --format json has all", style="dim"))


def _closing(report: PostureReport) -> Text:
    public = report.summary["bucketCountByEffectivePermission"]
    unknown = f", {public['unknown']} not known" if public["unknown"] else ""
    return Text(f"\n{of(len(report.buckets), 'bucket')}: {public['publiclyAccessible']} public{unknown}.")
