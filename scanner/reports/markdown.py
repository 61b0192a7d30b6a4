"""A summary in Markdown: for the summary of a build, a ticket, a chat."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.amounts import duration, grouped, in_bytes, of
from scanner.reports.escape import visible
from scanner.reports.options import SinkOptions
from scanner.reports.overview import Overview
from scanner.reports.policies import LEVELS, BucketFinding
from scanner.reports.rows import FindingRow

_OBJECTS: Final = 50
_REASONS: Final = 20
_POLICIES: Final = 100
_FOUND: Final = 6


class MarkdownSink:
    """Gathers while the run goes on and writes when it is over. What comes from outside stands in code spans, where nothing acts."""

    def __init__(self, out: BinaryIO, options: SinkOptions) -> None:
        self._out = out
        self._overview = Overview(options.identifiers, max_rows=_OBJECTS, samples=0)
        self._policies: dict[str, list[BucketFinding]] = {level: [] for level in reversed(LEVELS)}
        self._policy_count = 0
        self._run: Run | None = None

    def begin(self, run: Run) -> None:
        """Notes the run."""
        self._run = run

    def write(self, result: ObjectResult) -> None:
        """Counts the object in."""
        self._overview.add(result)

    def write_policy(self, finding: BucketFinding) -> None:
        """Keeps the finding on a bucket, of each severity as many as are shown."""
        self._policy_count += 1
        if len(self._policies[finding.severity]) < _POLICIES:
            self._policies[finding.severity].append(finding)

    def finish(self, summary: Summary) -> None:
        """Writes the summary."""
        assert self._run is not None, "finish comes after begin"
        lines = [*_head(self._run, self._overview, summary), *self._buckets(), *_tables(self._overview)]
        self._out.write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
        self._out.flush()

    def _buckets(self) -> Iterator[str]:
        worst = [finding for findings in self._policies.values() for finding in findings][:_POLICIES]
        rows = [(one.severity, code(one.bucket), plain(one.title), code(one.type), plain(one.remedy)) for one in worst]
        yield from _table("Buckets", ("Severity", "Bucket", "Finding", "Type", "Remedy"), rows, self._policy_count - len(rows))


def code(text: str) -> str:
    r"""A code span: text from outside that neither formats, links, mentions nor ends a table's cell.

    Backticks and bars, which would, are written out as `\x60` and `\x7c`.
    """
    return f"`{visible(text).replace('`', chr(92) + 'x60').replace('|', chr(92) + 'x7c')}`" if text else ""


def plain(words: str) -> str:
    """Words of ours with names from outside in them: in a code span unless every character is harmless."""
    harmless = all(one.isalnum() or one in " ,;.:()'" for one in words) and "www." not in words
    return words if harmless else code(words)


def _head(run: Run, overview: Overview, summary: Summary) -> Iterator[str]:
    counts = ", ".join(f"{count} {severity.value}" for severity, count in overview.by_severity.items())
    yield "# Sensitive data"
    yield ""
    if overview.findings:
        yield f"**{of(overview.findings, 'object')}** with sensitive data: {counts}."
    else:
        yield "No sensitive data found in what was read."
    yield ""
    statuses = ", ".join(f"{grouped(volume.objects)} {status.value}" for status, volume in overview.by_status.items() if volume.objects)
    time = f" in {duration(summary.seconds)}" if summary.seconds else ""
    yield f"{of(summary.objects, 'object')}, {in_bytes(summary.bytes_read)} read{time}{': ' if statuses else ''}{statuses}."
    yield ""
    yield _verdict(summary)
    yield ""
    yield f"Started {run.started:%Y-%m-%d %H:%M} UTC; targets: {', '.join(map(code, run.targets))}."


def _verdict(summary: Summary) -> str:
    if summary.interrupted:
        return "**The run was interrupted:** what it had not reached was not scanned."
    return "Everything asked for was scanned." if summary.complete else "**Not everything was scanned:** see what and why below."


def _tables(overview: Overview) -> Iterator[str]:
    found = [
        (total.severity.value, code(identifier.id), identifier.category.value, grouped(total.objects), grouped(total.occurrences))
        for identifier, total in overview.identifiers()
    ]
    yield from _table("What was found", ("Severity", "Identifier", "Category", "Objects", "Occurrences"), found, 0)
    rows = overview.rows()
    objects = [(row.severity.value, code(_name(row)), _found(row)) for row in rows]
    yield from _table("Where", ("Severity", "Object", "Found"), objects, overview.findings - len(rows))
    unread = overview.unread()
    reasons = [(status.value, reason, grouped(volume.objects), _example(volume.examples)) for status, reason, volume in unread[:_REASONS]]
    yield from _table("Not plainly scanned", ("Outcome", "Reason", "Objects", "For example"), reasons, len(unread) - len(reasons))


def _table(title: str, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]], more: int) -> Iterator[str]:
    """:param more: rows that there are besides"""
    rows = list(rows)
    if not rows:
        return
    yield from ("", f"## {title}", "", f"| {' | '.join(headings)} |", f"|{' --- |' * len(headings)}")
    yield from (f"| {' | '.join(row)} |" for row in rows)
    if more > 0:
        yield from ("", f"And {of(more, 'more row')}.")


def _name(row: FindingRow) -> str:
    return f"{row.root}/{row.folder}{row.name}"


def _found(row: FindingRow) -> str:
    named = ", ".join(f"{code(one.identifier)} {grouped(one.count)}" for one in row.detections[:_FOUND])
    return named + (f" and {len(row.detections) - _FOUND} more" if len(row.detections) > _FOUND else "")


def _example(examples: list[tuple[str, str, str]]) -> str:
    return code(f"{examples[0][0]}/{examples[0][1]}") if examples else ""
