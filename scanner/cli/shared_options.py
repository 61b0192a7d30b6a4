"""Flags that several commands have, in the same words. Each command says under which heading of its help they stand."""

from functools import partial
from typing import Any

import typer

from scanner.cli.completion import output_starts

# Each flag can also be set by DOWSE_...; said once in docs/cli.md instead of at each.
option = partial(typer.Option, show_envvar=False)
"""A flag as all commands declare it."""


def outputs(example: str, heading: str | None = None) -> Any:  # noqa: ANN401 - as typer.Option
    """`--output`: where findings go besides.

    :param example: a format with its path
    """
    return option(
        "--output",
        metavar="FORMAT=PATH",
        autocompletion=output_starts,
        help=f"Also write or send it ({example}). Repeatable.",
        rich_help_panel=heading,
    )


def fail_on(words: str, heading: str | None = None) -> Any:  # noqa: ANN401 - as typer.Option
    """`--fail-on`: how bad a finding must be to show in the exit code."""
    return option("--fail-on", help=f"Exit with 1 if a finding is at least {words}.", show_default=False, rich_help_panel=heading)


def remembered_in(heading: str | None = None) -> Any:  # noqa: ANN401 - as typer.Option
    """`--state`: the state store of runs that remember."""
    return option(
        "--state",
        metavar="PATH",
        help="Where that is remembered; means --incremental.  [default: dowse/state.db below XDG_STATE_HOME]",
        show_default=False,
        rich_help_panel=heading,
    )
