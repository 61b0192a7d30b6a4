"""`dowse identifiers`: what can be found, and whether identifiers of one's own work."""

from enum import StrEnum
from typing import Annotated

import typer

app = typer.Typer(help="What can be found, and whether your own identifiers work.", no_args_is_help=True, rich_markup_mode=None)


class Form(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    JSON = "json"


FormFlag = Annotated[Form, typer.Option("--format", help="How the answer is written.", show_envvar=False)]
Files = Annotated[
    list[str], typer.Option("--identifiers", metavar="FILE", help="Custom identifiers, a TOML file. Repeatable.", show_envvar=False)
]
Words = Annotated[
    list[str],
    typer.Option("--select", metavar="WORD", help="As of `dowse scan`. Repeatable.  [default: all]", show_default=False, show_envvar=False),
]


@app.command("list")
def list_identifiers(
    *,
    select: Words = [],  # noqa: B006 - read by typer, never changed; so below
    identifiers: Files = [],  # noqa: B006
    form: FormFlag = Form.TABLE,
) -> None:
    """List identifiers: id, name, category, countries, and whether they are in the default selection."""
    from scanner.cli.identifier_views import as_json, as_list
    from scanner.engine.rulesets import choose_identifiers

    chosen = choose_identifiers(select or ["all"], [], identifiers)
    typer.echo(as_json(chosen) if form is Form.JSON else as_list(chosen), nl=False)


@app.command()
def show(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="The id of an identifier.")],
    *,
    identifiers: Files = [],  # noqa: B006
    form: FormFlag = Form.TABLE,
) -> None:
    """Show one identifier: patterns, checks, keywords, severities, examples."""
    from scanner.cli.identifier_views import as_json, as_page
    from scanner.engine.rulesets import choose_identifiers

    chosen = [one for one in choose_identifiers([identifier], [], identifiers) if one.id == identifier]
    typer.echo(as_json(chosen) if form is Form.JSON else as_page(chosen[0]), nl=False)


@app.command()
def check(
    files: Annotated[
        list[str], typer.Argument(metavar="[FILE]...", help="Your identifier files; without any, the built-in ones.", show_default=False)
    ] = [],  # noqa: B006
    *,
    form: FormFlag = Form.TABLE,
) -> None:
    """Check identifiers against their own examples, edges, distances, names, look-alikes and the clock.

    Exit codes: 0 all is well, 1 something failed, 2 a file cannot be used.
    """
    from scanner.cli.identifier_checks import check_files, write_failures

    failures = check_files(files)
    write_failures(failures, as_json=form is Form.JSON)
    raise typer.Exit(any(not failure.warning for failure in failures))


@app.command("test")
def try_sample(
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="A sample; - for standard input.", show_default=False)] = "",
    *,
    file: Annotated[str, typer.Option("--file", metavar="FILE", help="Take the sample from a file.", show_envvar=False)] = "",
    select: Words = [],  # noqa: B006
    identifiers: Files = [],  # noqa: B006
    name: Annotated[
        list[str],
        typer.Option("--name", metavar="NAME", help="What stands over the sample: a header, a JSON key. Repeatable.", show_envvar=False),
    ] = [],  # noqa: B006
    form: FormFlag = Form.TABLE,
) -> None:
    """Try identifiers on a sample: what is found, where, and why."""
    from scanner.cli.identifier_samples import read_sample, write_found
    from scanner.engine.rulesets import choose_identifiers

    # With files of one's own and no word, only those are tried.
    chosen = choose_identifiers(select or (["none"] if identifiers else ["all"]), [], identifiers)
    write_found(read_sample(text, file), tuple(name), chosen, as_json=form is Form.JSON)
