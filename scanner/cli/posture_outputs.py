"""Where `dowse posture` writes to: buckets in its own formats, findings in those of every report."""

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO, Final

from scanner.cli.outputs import Output, check_places, choose_outputs, open_stream

if TYPE_CHECKING:
    from scanner.cli.posture_written import Written

OWN: Final = ("table", "json", "jsonl", "csv", "html")
"""Formats that tell of each bucket; all others tell of findings only."""


def choose(format_name: str | None, outputs: Sequence[str]) -> tuple[Output, ...]:
    """What the flags come down to, as for a scan.

    :raises ConfigError: for an unknown format, or one that has no place for findings on buckets
    """
    chosen = choose_outputs(format_name, outputs, also=("json",))
    check_places([output for output in chosen if output.format not in OWN])
    return chosen


def write(written: "Written", outputs: Sequence[Output]) -> Mapping[str, str]:
    """Writes the report to each of `outputs`; gives the targets that it could not be delivered to, with reasons."""
    failures: dict[str, str] = {}
    for output in outputs:
        with open_stream(output, failures) as out:
            _write(written, output, out)
    return failures


def _write(written: "Written", output: Output, out: BinaryIO) -> None:
    if output.format == "html":
        _write_page(written, out)
    elif output.format not in OWN:
        _write_findings(written, output.format, out)
    elif output.path == "-":
        _print(_text(written, output.format, on_terminal=sys.stdout.isatty()))
    else:
        out.write(_text(written, output.format, on_terminal=False).encode("utf-8", "backslashreplace"))


def _write_page(written: "Written", out: BinaryIO) -> None:
    from scanner.reports.html.posture_page import write_posture_page

    write_posture_page(out, written.buckets, written.roles, written.summary, written.started)


def _write_findings(written: "Written", format_name: str, out: BinaryIO) -> None:
    from scanner.reports.options import SinkOptions
    from scanner.reports.policies import PolicySink, ResolvingSink, bucket_findings
    from scanner.reports.read_run import posture_run, posture_summary
    from scanner.reports.registry import open_sink

    sink = open_sink(format_name, out, SinkOptions({}))
    assert isinstance(sink, PolicySink), "checked when it was chosen"
    sink.begin(posture_run(written.targets, written.started))
    for record in (*written.buckets, written.summary):
        for finding in bucket_findings(record):
            sink.write_policy(finding)
    if isinstance(sink, ResolvingSink):
        for finding in written.ended:
            sink.resolve_policy(finding)
    sink.finish(posture_summary(complete=written.report.complete))


def _print(text: str) -> None:
    from scanner.cli.printing import print_text

    print_text(text.rstrip("\n"))


def _text(written: "Written", format_name: str, *, on_terminal: bool) -> str:
    if format_name == "table":
        return _table(written, on_terminal=on_terminal)
    if format_name == "csv":
        from scanner.cli.posture_csv import csv_text

        return csv_text(written.report)
    if format_name == "json":
        return json.dumps({"buckets": written.buckets, "roles": written.roles or [], "summary": written.summary}, indent=2) + "\n"
    return "".join(f"{json.dumps(record)}\n" for record in (*written.buckets, *(written.roles or ()), written.summary))


def _table(written: "Written", *, on_terminal: bool) -> str:
    from scanner.cli.posture_table import table_text

    width = shutil.get_terminal_size((120, 24)).columns if on_terminal else 120
    return table_text(written, width=width, colour=on_terminal)
