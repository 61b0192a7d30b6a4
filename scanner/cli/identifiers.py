"""`dowse identifiers`: what can be found, the checks of identifier files, and a trial on a sample."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.exit_codes import ExitCode
from scanner.cli.options import Level
from scanner.cli.shared_options import option as _option

if TYPE_CHECKING:
    from identifiers.model import Identifier
    from scanner.acceptance.failure import Failure

app = typer.Typer(help="List, show, check and try identifiers, built-in and your own.", no_args_is_help=True)


class Format(StrEnum):
    """How a command answers."""

    TABLE = "table"
    JSON = "json"


_Format = Annotated[Format, _option("--format", help="Text for people, or JSON for programs.")]
_Files = Annotated[list[str], _option("--identifiers", metavar="FILE", help="Custom identifiers, a TOML file. Repeatable.")]
_Listed = Annotated[
    list[str],
    _option(
        "--select",
        metavar="WORD",
        help="all, recommended, macie, an id, category:NAME or country:CC. Repeatable.  [default: all]",
        show_default=False,
    ),
]
_Tried = Annotated[
    list[str],
    _option(
        "--select",
        metavar="WORD",
        help="As for scan. Repeatable.  [default: recommended; with --identifiers only those]",
        show_default=False,
    ),
]
_Id = Annotated[str, typer.Argument(metavar="ID", help="As `dowse identifiers list` shows it.", show_default=False)]
_Checked = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE", help="Identifier files; without any the built-in identifiers.", show_default=False),
]
_Sample = Annotated[
    str | None, typer.Argument(metavar="TEXT", help="The sample itself, or - to read it from standard input.", show_default=False)
]
_SampleFile = Annotated[str | None, _option("--file", metavar="FILE", help="Read the sample from a text file in UTF-8.")]
_Names = Annotated[
    list[str],
    _option("--name", metavar="NAME", help="What stands over the sample: a column's header, a JSON key. Repeatable, outermost first."),
]
_MinConfidence = Annotated[Level, _option("--min-confidence", help="What is less sure is not shown.")]


@app.callback()
def identifiers() -> None:
    """Lists, shows, checks and tries identifiers, built-in and your own."""


@app.command("list")
def list_identifiers(
    *,
    select: _Listed = [],  # noqa: B006 - read by typer, never changed; so below
    files: _Files = [],  # noqa: B006
    format: _Format = Format.TABLE,  # noqa: A002 - the flag's name
) -> None:
    """Lists what can be found.

    Of each identifier: id, name, category, countries, and whether it is in the default selection.
    """
    from scanner.cli.identifier_records import brief_record
    from scanner.cli.identifier_tables import table
    from scanner.cli.printing import print_json, print_text
    from scanner.engine.rulesets import choose_identifiers

    chosen = choose_identifiers(tuple(select) or ("all",), (), files)
    if format is Format.JSON:
        print_json([brief_record(identifier) for identifier in chosen])
    else:
        print_text(table(chosen))


@app.command()
def show(
    identifier_id: _Id,
    *,
    files: _Files = [],  # noqa: B006
    format: _Format = Format.TABLE,  # noqa: A002
) -> None:
    """Shows all that one identifier declares.

    Patterns, keywords, check, severity, what it finds and what it leaves alone.
    """
    from scanner.cli.identifier_records import full_record
    from scanner.cli.identifier_tables import page
    from scanner.cli.printing import print_json, print_text

    identifier = _named(identifier_id, files)
    if format is Format.JSON:
        print_json(full_record(identifier))
    else:
        print_text(page(identifier))


@app.command()
def check(
    files: _Checked = None,
    *,
    format: _Format = Format.TABLE,  # noqa: A002
) -> None:
    """Checks your identifier files, or the built-in ones.

    Tries the examples, the keywords inside and outside their distance, names over columns, texts cut anywhere, the longest
    match, the time for long texts, and whether other identifiers claim the same values. One line for each failure. Exit
    codes: 0 no failure, 1 at least one, 2 a file cannot be loaded. A warning is no failure.
    """
    from scanner.acceptance.runner import failures_of
    from scanner.cli.printing import print_json, print_text

    chosen, others = _to_check(files or [])
    failures = []
    for failure in failures_of(chosen, others):
        failures.append(failure)
        if format is Format.TABLE:
            print_text(_told(failure))
    if format is Format.JSON:
        print_json(_checked(chosen, failures))
    else:
        print_text(_counted(len(chosen), failures))
    raise typer.Exit(ExitCode.FINDINGS if any(not failure.warning for failure in failures) else ExitCode.COMPLETE)


@app.command("test")
def try_sample(
    text: _Sample = None,
    *,
    file: _SampleFile = None,
    files: _Files = [],  # noqa: B006
    select: _Tried = [],  # noqa: B006
    name: _Names = [],  # noqa: B006
    min_confidence: _MinConfidence = Level.MEDIUM,
    format: _Format = Format.TABLE,  # noqa: A002
) -> None:
    """Tries identifiers on a sample of text.

    Shows each match in its line with what speaks for it, or why nothing was found. The sample is yours, so it is shown
    unmasked.
    """
    from scanner.cli.printing import print_json, print_text
    from scanner.cli.sample_matches import as_record, as_text
    from scanner.cli.trial import read_sample, tried
    from scanner.engine.rulesets import choose_identifiers
    from scanner.model.occurrence import Confidence

    sample = read_sample(text, file)
    chosen = choose_identifiers(tuple(select) or (("none",) if files else ("recommended",)), (), files)
    found, hints = tried(chosen, sample, tuple(name), Confidence[min_confidence.name])
    if format is Format.JSON:
        print_json(as_record(sample, found, hints))
    else:
        print_text(as_text(sample, found, hints, len(chosen)))


def _named(identifier_id: str, files: Sequence[str]) -> "Identifier":
    from difflib import get_close_matches

    from scanner.engine.rulesets import choose_identifiers
    from scanner.errors import ConfigError

    known = {identifier.id: identifier for identifier in choose_identifiers(("all",), (), files)}
    if identifier_id not in known:
        close = get_close_matches(identifier_id.upper(), known, n=1)
        remedy = f"did you mean {close[0]!r}?" if close else "`dowse identifiers list` shows what there is"
        raise ConfigError(f"{identifier_id!r} names no identifier; {remedy}")
    return known[identifier_id]


def _to_check(files: Sequence[str]) -> "tuple[tuple[Identifier, ...], tuple[Identifier, ...]]":
    """The identifiers to check, and those beside them that could claim the same values."""
    from identifiers import load_catalogue
    from scanner.engine.rulesets import choose_identifiers

    if not files:
        if sys.stderr.isatty():
            sys.stderr.write(f"dowse: checking {len(load_catalogue())} identifiers\n")
        return load_catalogue(), ()
    return choose_identifiers(("none",), (), files), load_catalogue()


def _told(failure: "Failure") -> str:
    from scanner.reports.escape import visible

    return visible(f"{'warning: ' if failure.warning else ''}{failure.identifier}: {failure.check}: {failure.message}")


def _checked(chosen: "Sequence[Identifier]", failures: "Sequence[Failure]") -> dict[str, object]:
    from dataclasses import asdict

    return {"checked": [identifier.id for identifier in chosen], "failures": [asdict(failure) for failure in failures]}


def _counted(checked: int, failures: "Sequence[Failure]") -> str:
    from scanner.reports.amounts import of

    warnings = sum(failure.warning for failure in failures)
    return f"{of(checked, 'identifier')} checked: {of(len(failures) - warnings, 'failure')}, {of(warnings, 'warning')}"
