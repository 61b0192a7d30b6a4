"""`dowse identifiers`."""

import typer

app = typer.Typer(help="What can be found.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """What can be found."""
