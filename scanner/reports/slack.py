"""A message for Slack and what speaks like it: what a run came to, in a few lines, without any value."""

from typing import BinaryIO, Final

from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.amounts import in_bytes, of
from scanner.reports.encode import encode_line
from scanner.reports.escape import visible
from scanner.reports.options import SinkOptions
from scanner.reports.overview import Overview
from scanner.reports.policies import LEVELS, BucketFinding

_IDENTIFIERS: Final = 8
_OBJECTS: Final = 5


class SlackSink:
    """One JSON document with the member `text`, written when the run is over."""

    def __init__(self, out: BinaryIO, options: SinkOptions) -> None:
        self._out = out
        self._overview = Overview(options.identifiers, max_rows=_OBJECTS, samples=0)
        self._policies = dict.fromkeys(reversed(LEVELS), 0)
        self._run: Run | None = None

    def begin(self, run: Run) -> None:
        """Notes the run."""
        self._run = run

    def write(self, result: ObjectResult) -> None:
        """Counts the object in."""
        self._overview.add(result)

    def write_policy(self, finding: BucketFinding) -> None:
        """Counts the finding on a bucket in."""
        self._policies[finding.severity] += 1

    def finish(self, summary: Summary) -> None:
        """Writes the message."""
        assert self._run is not None, "finish comes after begin"
        lines = [*self._objects(self._run, summary), *self._buckets()]
        self._out.write(encode_line({"text": "\n".join(lines)}))
        self._out.flush()

    def _objects(self, run: Run, summary: Summary) -> list[str]:
        overview = self._overview
        if not summary.objects and any(self._policies.values()):
            return []
        counts = ", ".join(f"{count} {severity.value}" for severity, count in overview.by_severity.items() if count)
        found = f"*{of(overview.findings, 'object')} with sensitive data*: {counts}" if overview.findings else "*No sensitive data found*"
        coverage = "everything was read" if summary.complete else "*not everything was read*"
        if summary.interrupted:
            coverage = "*the run was interrupted*"
        lines = [
            f"{found} in {', '.join(map(escaped, run.targets))}",
            f"{of(summary.objects, 'object')}, {in_bytes(summary.bytes_read)}; {coverage}",
        ]
        listed = overview.identifiers()
        lines += [f"• {escaped(one.id)}: {of(total.objects, 'object')}, {total.severity.value}" for one, total in listed[:_IDENTIFIERS]]
        if len(listed) > _IDENTIFIERS:
            lines.append(f"• and {len(listed) - _IDENTIFIERS} more identifiers")
        rows = overview.rows()
        if rows:
            lines.append(f"Worst: {', '.join(escaped(f'{row.folder}{row.name}') for row in rows)}")
        return lines

    def _buckets(self) -> list[str]:
        counts = ", ".join(f"{count} {level}" for level, count in self._policies.items() if count)
        return [f"*Findings on buckets*: {counts}"] if counts else []


def escaped(text: str) -> str:
    """Text from outside that makes no link, mention or formatting in a message of Slack."""
    safe = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"`{safe.replace('`', chr(39))}`"
