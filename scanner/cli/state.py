"""`dowse state`: the store as a file."""

from functools import partial
from typing import Annotated

import typer

app = typer.Typer(help="Check, tidy and export the state store.", no_args_is_help=True)
_option = partial(typer.Option, show_envvar=False)
_State = Annotated[
    str | None,
    _option(
        "--state",
        metavar="PATH",
        help="The store.  [default: DOWSE_STATE, else dowse/state.db below XDG_STATE_HOME]",
        show_default=False,
    ),
]


@app.callback()
def state() -> None:
    """Checks, tidies and exports the state store."""


@app.command("check")
def check(*, state: _State = None) -> None:
    """Looks whether the store is sound. Ends with 3 and says what is wrong if it is not."""
    from scanner.cli.exit_codes import ExitCode
    from scanner.cli.state_upkeep import print_check

    if not print_check(state):
        raise typer.Exit(ExitCode.INCOMPLETE)


@app.command("vacuum")
def vacuum(
    *,
    older_than: Annotated[
        str | None,
        _option("--older-than", metavar="AGE", help="Also forget runs, and findings resolved, before (90d).", show_default=False),
    ] = None,
    state: _State = None,
) -> None:
    """Gives unused space back."""
    from scanner.cli.state_upkeep import tidy

    tidy(state, older_than)


@app.command("export")
def export(
    *,
    run: Annotated[
        str | None, _option("--run", metavar="ID", help="Of the run, or how it begins.  [default: the latest]", show_default=False)
    ] = None,
    state: _State = None,
) -> None:
    """Writes the records of a run as JSON Lines, as the scan did, with an outcome for every object."""
    from scanner.cli.state_upkeep import export_run

    export_run(state, run)
