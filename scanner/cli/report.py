"""`dowse report`."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from scanner.cli.completion import format_names, output_starts
from scanner.cli.exit_codes import ExitCode
from scanner.cli.options import Level

if TYPE_CHECKING:
    from scanner.reports.replay import Input

_option = partial(typer.Option, show_envvar=False)

_Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE...", help="Written by dowse scan or dowse posture as jsonl; may end in .gz; - is standard input."),
]
_Format = Annotated[
    str | None,
    _option(
        "--format",
        metavar="FORMAT",
        autocompletion=format_names,
        help="For standard output (docs/outputs.md).  [default: table]",
        show_default=False,
    ),
]
_Outputs = Annotated[
    list[str],
    _option("--output", metavar="FORMAT=PATH", autocompletion=output_starts, help="Also write or send it (html=report.html). Repeatable."),
]
_AllOutcomes = Annotated[bool, _option("--all-outcomes", help="Also say of each object that has a record that it was scanned.")]
_FailOn = Annotated[Level | None, _option("--fail-on", help="Exit with 1 if a finding is at least this severe.", show_default=False)]


def report(
    files: _Files,
    *,
    format: _Format = None,  # noqa: A002 - the flag's name
    output: _Outputs = [],  # noqa: B006 - read by typer, never changed
    all_outcomes: _AllOutcomes = False,
    fail_on: _FailOn = None,
) -> None:
    """Writes what was found earlier in other formats.

    Several files make one report; findings of scans and of dowse posture may be joined. Exit codes: 0 everything had been read,
    1 a finding is at or above --fail-on, 2 the command line or a file is wrong, 3 something had not been read, or a file was
    broken off, 4 an output could not be delivered.
    """
    from identifiers.catalogues import load_catalogue
    from scanner.cli.outputs import choose_outputs, open_outputs, tell_failures
    from scanner.engine.clock import start_clock
    from scanner.reports.options import SinkOptions
    from scanner.reports.replay import Learned, Replay

    outputs = choose_outputs(format or (None if output else "table"), output)
    learned = Learned({one.id: one for one in load_catalogue()})
    with ExitStack() as stack:
        replay = Replay(list(_inputs(files, stack)), learned)
        with open_outputs(outputs, SinkOptions(learned.known, all_outcomes)) as sink:
            summary = replay.into(sink, start_clock(os.environ).started)
    tell_failures(sink.failures)
    if sink.failures:
        raise typer.Exit(ExitCode.UNDELIVERED)
    levels = ["low", "medium", "high", "critical"]
    if fail_on and any(replay.severities[level] for level in levels[levels.index(fail_on.value) :]):
        raise typer.Exit(ExitCode.FINDINGS)
    raise typer.Exit(ExitCode.COMPLETE if summary.complete else ExitCode.INCOMPLETE)


def _inputs(paths: Sequence[str], stack: ExitStack) -> Iterator["Input"]:
    from scanner.reports.replay import open_input

    for path in paths:
        yield open_input("standard input" if path == "-" else path, sys.stdin.buffer if path == "-" else _opened(path, stack))


def _opened(path: str, stack: ExitStack) -> BinaryIO:
    """:raises ConfigError: if there is no such file"""
    import gzip
    from typing import cast

    from scanner.errors import ConfigError

    try:
        file = stack.enter_context(open(path, "rb"))  # noqa: SIM115 - the stack closes it
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    return cast("BinaryIO", stack.enter_context(gzip.open(file))) if path.endswith(".gz") else file
