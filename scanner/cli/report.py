"""`dowse report`."""

from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.completion import format_names
from scanner.cli.exit_codes import ExitCode
from scanner.cli.flag_groups import grouped
from scanner.cli.options import Level
from scanner.cli.shared_options import fail_on, outputs
from scanner.cli.shared_options import option as _option
from scanner.cli.store_choice import StoreChoice

if TYPE_CHECKING:
    from scanner.cli.report_sources import Told


_Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE",
        help="Written by dowse scan or dowse posture as jsonl; may end in .gz; - is standard input. Without any: the state store.",
        show_default=False,
    ),
]
_RunId = Annotated[
    str | None, _option("--run", metavar="ID", help="Of the store this run, by how its id begins.  [default: the last]", show_default=False)
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
_Outputs = Annotated[list[str], outputs("html=report.html")]
_AllOutcomes = Annotated[bool, _option("--all-outcomes", help="Also say of each object that has a record that it was scanned.")]
_Posture = Annotated[
    bool, _option("--posture/--no-posture", help="Of the store: also tell how buckets are set up, if it knows. Files: what is in them.")
]
_FailOn = Annotated[Level | None, fail_on("this severe")]


@grouped
def report(
    files: _Files = None,
    *,
    store: StoreChoice,
    run: _RunId = None,
    format: _Format = None,  # noqa: A002 - the flag's name
    output: _Outputs = [],  # noqa: B006 - read by typer, never changed
    all_outcomes: _AllOutcomes = False,
    posture: _Posture = True,
    fail_on: _FailOn = None,
) -> None:
    """Writes what was found earlier in other formats.

    Several files make one report; findings of scans and of dowse posture may be joined. Exit codes: 0 everything had been read,
    1 a finding is at or above --fail-on, 2 the command line or a file is wrong, 3 something had not been read, or a file was
    broken off, 4 an output could not be delivered.
    """
    from scanner.cli.outputs import choose_outputs, tell_failures
    from scanner.cli.report_sources import from_files
    from scanner.cli.report_store import StoreRequest, from_store
    from scanner.errors import ConfigError

    if files and (store.is_given or run):
        raise ConfigError("--state, --job and --run ask the state store; leave them out, or the files")
    outputs = choose_outputs(format or (None if output else "table"), output)
    if files:
        told = from_files(files, outputs, all_outcomes=all_outcomes)
    else:
        told = from_store(StoreRequest(store.place, run, all_outcomes, posture), outputs)
    tell_failures(told.failures)
    raise typer.Exit(_exit_code(told, fail_on))


def _exit_code(told: "Told", fail_on: Level | None) -> ExitCode:
    if told.failures:
        return ExitCode.UNDELIVERED
    levels = ["low", "medium", "high", "critical"]
    if fail_on and any(told.severities.get(level) for level in levels[levels.index(fail_on.value) :]):
        return ExitCode.FINDINGS
    return ExitCode.COMPLETE if told.summary.complete else ExitCode.INCOMPLETE
