"""The `dowse` command. Each command group has its own module, imported when it is used."""

import os
import sys
from typing import Annotated, NoReturn

import typer

from identifiers.errors import IdentifierError
from scanner.cli import findings, identifiers, jobs, state
from scanner.cli.discover import discover
from scanner.cli.exit_codes import ExitCode
from scanner.cli.posture import posture
from scanner.cli.report import report
from scanner.cli.scan import scan
from scanner.errors import DowseError
from scanner.version import VERSION

app = typer.Typer(
    name="dowse",
    help="Finds sensitive data where it lies: folders, archives and files of every kind.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "DOWSE", "max_content_width": 110},
)
app.command("scan")(scan)
app.command("posture")(posture)
app.command("report")(report)
app.command("discover")(discover)
app.add_typer(identifiers.app, name="identifiers")
app.add_typer(jobs.app, name="jobs")
app.add_typer(findings.app, name="findings")
app.add_typer(state.app, name="state")


def _print_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"dowse {VERSION}\n")
        raise typer.Exit


@app.callback()
def dowse(
    *,
    _version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_print_version, is_eager=True, show_envvar=False)
    ] = False,
) -> None:
    """Finds sensitive data where it lies: folders, archives and files of every kind."""


def main() -> None:
    """Runs the command line; expected errors become one line on standard error."""
    try:
        app()
    except (DowseError, IdentifierError) as error:
        sys.stderr.write(f"dowse: {error}\n")
        sys.exit(ExitCode.USAGE)
    except BrokenPipeError:
        _end_of_pipe()
    except SystemExit:
        # Typer makes exit code 1 of it, which means findings here, and leaves nothing behind but its way to close the streams.
        if type(sys.stdout).__name__ == "PacifyFlushWrapper":
            _end_of_pipe()
        raise


def _end_of_pipe() -> NoReturn:
    """Whoever read our output has seen enough; Python must not complain of it again while it closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    sys.exit(ExitCode.CLOSED_PIPE)
