"""Runs a scan for the command line: outputs, progress, the closing words on standard error."""

import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from identifiers.catalogues import load_catalogue
from scanner.cli.event_commits import bounded, commits_as_it_goes
from scanner.cli.exit_codes import ExitCode
from scanner.cli.no_posture import NoPosture
from scanner.cli.outputs import Output, Outputs, choose_outputs, open_outputs, tell_failures
from scanner.cli.progress import Watch, progress_bar
from scanner.cli.sent_where import check_where
from scanner.cli.state_store import NO_STATE, StateRequest, idle, remembering, screen_for
from scanner.config import ScanConfig
from scanner.engine.interrupt import interruptible
from scanner.engine.scan import Scan
from scanner.model.records import Summary
from scanner.reports.amounts import duration, in_bytes, of
from scanner.reports.catalogue_settings import CatalogueSettings, load_catalogue_settings
from scanner.reports.escape import visible
from scanner.reports.options import SinkOptions
from scanner.reports.since import since

if TYPE_CHECKING:
    from scanner.cli.scan_posture import ScanPosture
    from scanner.engine.worker_process import WorkerProcess
    from scanner.state.recorder import Recorder

    Posture = ScanPosture | NoPosture


@dataclass(frozen=True, slots=True)
class ScanRequest:
    """What the command line asks for.

    :param format: for standard output; None lets the terminal decide
    :param outputs: `FORMAT=PATH` each
    :param progress: None draws a bar on a terminal only
    :param into_scanned: outputs may go into buckets that are scanned
    :param data_catalogue: path of a file of sensitivity levels and names for data catalogues
    :param standby: the first worker, already started; ended by whoever started it
    :param posture: words for what counts as ours; None if who can have what is found is not looked at
    """

    config: ScanConfig
    format: str | None
    outputs: tuple[str, ...]
    all_outcomes: bool
    quiet: bool
    progress: bool | None
    memory: StateRequest = NO_STATE
    into_scanned: bool = False
    data_catalogue: str | None = None
    posture: tuple[str, ...] | None = None
    standby: "WorkerProcess | None" = None


def run(request: ScanRequest) -> tuple[Summary, int]:
    """The summary, and the exit code of the signal that ended the run early or of an output that was not delivered, 0 for neither."""
    outputs = choose_outputs(request.format, request.outputs)
    config = bounded(request.config, outputs)
    check_where(outputs, config, into_scanned=request.into_scanned)
    today = datetime.now(UTC).date()
    with (
        interruptible() as interrupt,
        progress_bar(wanted=False if request.quiet else request.progress) as draw,
        remembering(request.memory) as memory,
    ):
        screen, rules = screen_for(request.memory, today)
        posture = posture_of(request)
        scan = Scan(config, interrupt=interrupt, on_progress=draw, memory=memory, screen=posture.over(screen), standby=request.standby)
        with closing(scan):
            warn(scan.warnings, quiet=request.quiet)
            with open_outputs(outputs, _sink_options(request, scan, posture)) as sink:
                _write_results(scan, sink, draw, posture, at_once=commits_as_it_goes(outputs))
                posture.write(sink, outputs, memory, screen)
                summary = posture.whole(scan.summary())
                sink.finish(summary)
            if memory is not None:
                memory.finish(summary, delivered=not sink.failures)
                posture.keep(memory.store, scan.run, delivered=not sink.failures)
            if not sink.failures:
                scan.committed()
    if not request.quiet:
        _tell(summary, outputs, () if summary.interrupted else idle(screen, rules, today))
        sys.stderr.write(posture.closing_words() + _how_to_go_on(summary, memory))
    tell_failures(sink.failures)
    return summary, interrupt.exit_code or (ExitCode.UNDELIVERED if sink.failures else 0)


def posture_of(request: ScanRequest) -> "Posture":
    """How what is scanned is set up, if that is asked for; asked before anything is read."""
    if request.posture is None:
        return NoPosture()
    from scanner.cli.scan_posture_inputs import open_posture

    return open_posture(request.config, request.posture)


def _sink_options(request: ScanRequest, scan: Scan, posture: "Posture") -> SinkOptions:
    identifiers = {one.id: one for one in scan.identifiers}
    catalogues = catalogues_of(request.data_catalogue, identifiers)
    return SinkOptions(identifiers, request.all_outcomes, request.config.reveal, posture=posture.records, catalogues=catalogues)


def _write_results(scan: Scan, sink: Outputs, draw: Watch, posture: "Posture", *, at_once: bool) -> None:
    """The run from its first record to its last result.

    :param at_once: what is written is safe as soon as it is
    """
    identifiers = {one.id: one for one in scan.identifiers}
    sink.begin(scan.run)
    for result in scan:
        sink.write(result)
        draw.count(result, identifiers)
        posture.count(result, identifiers)
        scan.written(result)
        if at_once and not sink.failures:
            scan.committed()


def _tell(summary: Summary, outputs: Iterable[Output], warnings: Iterable[str]) -> None:
    """The last words on standard error; a table on standard output has its own."""
    warn(warnings, quiet=False)
    if not any(output.format == "table" and output.path == "-" for output in outputs):
        sys.stderr.write(closing_words(summary))


def _how_to_go_on(summary: Summary, memory: "Recorder | None") -> str:
    """A line on a run that was broken off, if it can be taken up where it was."""
    if not summary.interrupted or memory is None or memory.mark is None:
        return ""
    return f"dowse: with --resume-listing the same scan goes on listing behind {visible(memory.mark.uri)}\n"


def catalogues_of(path: str | None, identifiers: Iterable[str]) -> CatalogueSettings:
    """What the user's file says of data catalogues; it may name any identifier, selected or not."""
    if path is None:
        return CatalogueSettings()
    return load_catalogue_settings(path, {*identifiers, *(one.id for one in load_catalogue())})


def warn(warnings: Iterable[str], *, quiet: bool) -> None:
    """Tells what the user should know before a run starts."""
    if not quiet:
        sys.stderr.writelines(f"dowse: warning: {warning}\n" for warning in warnings)


def closing_words(summary: Summary) -> str:
    """One or two lines: what was read and found, and what was not read."""
    found = ", ".join(f"{summary.findings[level]} {level}" for level in ("high", "medium", "low") if summary.findings.get(level))
    read = f"{of(summary.objects, 'object')}, {in_bytes(summary.bytes_read)} read in {duration(summary.seconds)}"
    lines = [f"dowse: {read}; findings: {found or 'none'}\n"]
    if summary.allowed:
        lines.append(f"dowse: allowed and not reported: {of(sum(summary.allowed.values()), 'occurrence')}\n")
    if summary.hidden:
        lines.append(f"dowse: suppressed or known before: {of(sum(summary.hidden.values()), 'occurrence')}\n")
    if summary.life or summary.unchanged:
        lines.append(f"dowse: since earlier runs: {since(summary)}\n")
    unread = [f"{count} {reason.replace(':', ' ').replace('_', ' ')}" for reason, count in summary.reasons.items()]
    if unread:
        lines.append(f"dowse: not plainly scanned: {', '.join(unread)}\n")
    if summary.interrupted:
        lines.append("dowse: interrupted: what the run had not reached was not scanned and has no record\n")
    elif not summary.complete:
        lines.append("dowse: not everything was scanned (exit code 3); the outcome records say what and why\n")
    return "".join(lines)
