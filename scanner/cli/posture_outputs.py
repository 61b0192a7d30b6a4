"""Where `dowse posture` writes to: buckets in its own formats, findings in those of every report."""

import io
import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO, Final

from scanner.cli.outputs import Output, check_takes_policies, choose_outputs, open_stream

if TYPE_CHECKING:
    from scanner.posture.changes import Changes
    from scanner.posture.judged import PostureReport

OWN: Final = ("table", "json", "jsonl", "csv")
"""Formats that tell of each bucket; all others tell of findings only."""


def choose(format_name: str | None, outputs: Sequence[str]) -> tuple[Output, ...]:
    """What the flags come down to, as for a scan.

    :raises ConfigError: for an unknown format, or one that has no place for findings on buckets
    """
    chosen = choose_outputs(format_name, outputs, also=("json",))
    for output in chosen:
        if output.format not in OWN:
            _check(output.format)
    return chosen


def _check(format_name: str) -> None:
    from scanner.reports.options import SinkOptions
    from scanner.reports.registry import open_sink

    check_takes_policies(format_name, open_sink(format_name, io.BytesIO(), SinkOptions({})))


def write(report: "PostureReport", changes: "Changes | None", outputs: Sequence[Output], targets: tuple[str, ...]) -> Mapping[str, str]:
    """Writes the report to each of `outputs`; gives the targets that it could not be delivered to, with reasons.

    :param targets: what was asked for, in words
    """
    failures: dict[str, str] = {}
    for output in outputs:
        with open_stream(output, failures) as out:
            if output.format not in OWN:
                _write_findings(report, output.format, out, targets)
            elif output.path == "-":
                _print(_text(report, changes, output.format, colour=sys.stdout.isatty()))
            else:
                out.write(_text(report, changes, output.format, colour=False).encode("utf-8", "backslashreplace"))
    return failures


def _write_findings(report: "PostureReport", format_name: str, out: BinaryIO, targets: tuple[str, ...]) -> None:
    from scanner.engine.clock import start_clock
    from scanner.reports.options import SinkOptions
    from scanner.reports.policies import PolicySink, bucket_findings
    from scanner.reports.read_run import posture_run, posture_summary
    from scanner.reports.registry import open_sink

    sink = open_sink(format_name, out, SinkOptions({}))
    assert isinstance(sink, PolicySink), "checked when it was chosen"
    sink.begin(posture_run(targets, start_clock(os.environ).started))
    for record in (*(one.record for one in report.buckets), report.summary):
        for finding in bucket_findings(record):
            sink.write_policy(finding)
    sink.finish(posture_summary(complete=report.complete))


def _print(text: str) -> None:
    from scanner.cli.printing import print_text

    print_text(text.rstrip("\n"))


def _text(report: "PostureReport", changes: "Changes | None", format_name: str, *, colour: bool) -> str:
    from scanner.cli.posture_table import csv_text, table_text
    from scanner.posture.changes import change_record

    if format_name == "table":
        width = shutil.get_terminal_size((120, 24)).columns if sys.stdout.isatty() else 120
        return table_text(report, changes, width=width, colour=colour)
    if format_name == "csv":
        return csv_text(report)
    summary = report.summary | ({"changes": change_record(changes)} if changes else {})
    buckets, roles = [one.record for one in report.buckets], [one.record for one in report.roles or ()]
    if format_name == "json":
        return json.dumps({"buckets": buckets, "roles": roles, "summary": summary}, indent=2) + "\n"
    return "".join(f"{json.dumps(record)}\n" for record in (*buckets, *roles, summary))
