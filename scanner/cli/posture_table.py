"""What `dowse posture` prints for people, and as CSV."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scanner.posture.changes import Changes
from scanner.posture.exposure import Permission
from scanner.posture.judged import Judged, PostureReport
from scanner.posture.policy_findings import PolicyFinding, PolicySeverity
from scanner.posture.records import Record
from scanner.reports.amounts import of
from scanner.reports.escape import visible

_STYLES: Final = {
    PolicySeverity.CRITICAL: "bold red",
    PolicySeverity.HIGH: "bold red",
    PolicySeverity.MEDIUM: "yellow",
    PolicySeverity.LOW: "cyan",
    PolicySeverity.INFO: "dim",
}
_PUBLIC: Final = {Permission.PUBLIC: ("PUBLIC", "bold red"), Permission.NOT_PUBLIC: ("no", ""), Permission.UNKNOWN: ("unknown", "yellow")}
# Cells that a spreadsheet would take for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS: Final = (
    *("bucket", "account", "region", "public", "public_access", "shared", "replicated", "encryption", "tls_only", "versioning"),
    *("risk", "sensitive", "worst", "findings", "unknowns"),
)


def table_text(report: PostureReport, changes: Changes | None, *, width: int, colour: bool) -> str:
    """A row for each bucket, then what is wrong with each, then what is not known."""
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, highlight=False, markup=False, emoji=False)
    console.print(_buckets(report))
    for one in report.buckets:
        _print_findings(console, one.verdicts.settings.name, one.findings)
    for finding in report.dangling:
        _print_findings(console, f"{finding.bucket} (does not exist)", [finding])
    _print_roles(console, report)
    _print_unknowns(console, report)
    _print_changes(console, changes)
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
            Text(_replicated(row)),
            Text(visible(row["serverSideEncryption"]["type"])),
            Text(row["tlsOnly"]),
            Text(str(one.risk)),
            Text(_sensitive(one)),
            _counts(one),
        )
    return table


def _sensitive(one: Judged) -> str:
    """How many findings of which severity earlier scans had; `not given` if their findings were not."""
    if one.sensitive is None:
        return "not given"
    named = zip(("high", "medium", "low"), one.sensitive.counts, strict=True)
    return ", ".join(f"{count} {name}" for name, count in named if count) or "none"


def _replicated(row: Record) -> str:
    details = row["replicationDetails"]
    if details["replicated"] is None:
        return "unknown"
    if not details["replicated"]:
        return "no"
    return {True: "outside", False: "within", None: "yes, whose unknown"}[details["replicatedExternally"]]


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
    console.print(Text("Since the earlier run", style="bold"))
    named = (("new", sorted(changes.opened)), ("resolved", changes.resolved), ("not known any more", changes.undecided))
    lines = [f"  {word}: {visible(bucket)}  {visible(kind)}" for word, keys in named for bucket, kind in keys]
    console.print(Text("\n".join(lines) or "  nothing has changed"))


def _closing(report: PostureReport) -> Text:
    public = report.summary["bucketCountByEffectivePermission"]
    unknown = f", {public['unknown']} not known" if public["unknown"] else ""
    return Text(f"\n{of(len(report.buckets), 'bucket')}: {public['publiclyAccessible']} public{unknown}.")


def csv_text(report: PostureReport) -> str:
    """One line for each bucket."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_cell(value) for value in _csv_row(one)] for one in report.buckets)
    return out.getvalue()


def _csv_row(one: Judged) -> Iterator[object]:
    row = one.record
    yield from (row["bucketName"], row["accountId"], row["region"])
    yield from (row["publicAccess"]["effectivePermission"], " ".join(sorted(one.verdicts.exposure.public_access)))
    yield from (row["sharedAccess"], _replicated(row), row["serverSideEncryption"]["type"], row["tlsOnly"])
    yield one.verdicts.settings.versioning if row["versioning"] is not None else "unknown"
    yield from (one.risk, _sensitive(one))
    yield one.findings[0].severity.name.lower() if one.findings else ""
    yield " ".join(finding.type for finding in one.findings)
    yield " ".join(sorted({unknown.action or unknown.call for unknown in one.verdicts.unknowns}))


def _cell(value: object) -> str:
    text = "" if value is None else visible(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text
