"""`dowse state`: the store as a file."""

from typing import Annotated

import typer

from scanner.cli.flag_groups import grouped
from scanner.cli.shared_options import option as _option
from scanner.cli.store_choice import StoreChoice

app = typer.Typer(help="Check, tidy and export the state store.", no_args_is_help=True)


@app.callback()
def state() -> None:
    """Checks, tidies and exports the state store."""


@app.command("check")
@grouped
def check(*, store: StoreChoice) -> None:
    """Looks whether the store is sound. Ends with 3 and says what is wrong if it is not."""
    from scanner.cli.exit_codes import ExitCode
    from scanner.cli.state_upkeep import print_check

    if not print_check(store.place.path):
        raise typer.Exit(ExitCode.INCOMPLETE)


@app.command("vacuum")
@grouped
def vacuum(
    *,
    older_than: Annotated[
        str | None,
        _option("--older-than", metavar="AGE", help="Also forget runs, and findings resolved, before (90d).", show_default=False),
    ] = None,
    store: StoreChoice,
) -> None:
    """Gives unused space back."""
    from scanner.cli.state_upkeep import tidy

    tidy(store.place.path, older_than)


@app.command("export")
@grouped
def export(
    *,
    run: Annotated[
        str | None, _option("--run", metavar="ID", help="Of the run, or how it begins.  [default: the latest]", show_default=False)
    ] = None,
    store: StoreChoice,
) -> None:
    """Writes the records of a run as JSON Lines, as the scan did, with an outcome for every object."""
    from scanner.cli.state_upkeep import export_run

    export_run(store.place.path, run)
