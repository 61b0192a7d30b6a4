"""Runs a scan for the command line: outputs, progress, the closing words on standard error."""

import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass

from scanner.cli.event_commits import bounded, commits_as_it_goes
from scanner.cli.outputs import choose_outputs, open_outputs
from scanner.cli.progress import progress_bar
from scanner.config import ScanConfig
from scanner.engine.interrupt import interruptible
from scanner.engine.scan import Scan
from scanner.model.records import Summary
from scanner.reports.amounts import duration, in_bytes, of
from scanner.reports.options import SinkOptions


@dataclass(frozen=True, slots=True)
class ScanRequest:
    """What the command line asks for.

    :param format: for standard output; None lets the terminal decide
    :param outputs: `FORMAT=PATH` each
    :param progress: None draws a bar on a terminal only
    """

    config: ScanConfig
    format: str | None
    outputs: tuple[str, ...]
    all_outcomes: bool
    quiet: bool
    progress: bool | None


def run(request: ScanRequest) -> tuple[Summary, int]:
    """The summary, and the exit code of the signal that ended the run early, 0 for none."""
    outputs = choose_outputs(request.format, request.outputs)
    config = bounded(request.config, outputs)
    as_it_goes = commits_as_it_goes(outputs)
    with interruptible() as interrupt, progress_bar(wanted=False if request.quiet else request.progress) as draw:
        scan = Scan(config, interrupt=interrupt, on_progress=draw)
        _warn(scan.warnings, quiet=request.quiet)
        options = SinkOptions({one.id: one for one in scan.identifiers}, request.all_outcomes, config.reveal)
        with closing(scan):
            with open_outputs(outputs, options) as sink:
                sink.begin(scan.run)
                for result in scan:
                    sink.write(result)
                    scan.written(result)
                    if as_it_goes:
                        scan.committed()
                summary = scan.summary()
                sink.finish(summary)
            scan.committed()
    if not request.quiet and not any(output.format == "table" and output.path == "-" for output in outputs):
        sys.stderr.write(_closing(summary))
    return summary, interrupt.exit_code


def _warn(warnings: Iterable[str], *, quiet: bool) -> None:
    if not quiet:
        sys.stderr.writelines(f"dowse: warning: {warning}\n" for warning in warnings)


def _closing(summary: Summary) -> str:
    """One or two lines: what was read and found, and what was not read."""
    found = ", ".join(f"{summary.findings[level]} {level}" for level in ("high", "medium", "low") if summary.findings.get(level))
    read = f"{of(summary.objects, 'object')}, {in_bytes(summary.bytes_read)} read in {duration(summary.seconds)}"
    lines = [f"dowse: {read}; findings: {found or 'none'}\n"]
    if summary.allowed:
        lines.append(f"dowse: allowed and not reported: {of(sum(summary.allowed.values()), 'occurrence')}\n")
    unread = [f"{count} {reason.replace(':', ' ').replace('_', ' ')}" for reason, count in summary.reasons.items()]
    if unread:
        lines.append(f"dowse: not plainly scanned: {', '.join(unread)}\n")
    if summary.interrupted:
        lines.append("dowse: interrupted: what the run had not reached was not scanned and has no record\n")
    elif not summary.complete:
        lines.append("dowse: not everything was scanned (exit code 3); the outcome records say what and why\n")
    return "".join(lines)
