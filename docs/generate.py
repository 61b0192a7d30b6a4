"""Generates what is generated below docs/: `python -m docs.generate`, with `--check` to only say what is stale."""

import os
import sys
from collections.abc import Iterator

import typer
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from docs.generate_identifiers import page_of
from docs.generate_man import man_page
from docs.generate_outputs import output_pages
from identifiers.catalogues import load_catalogue
from scanner.cli.main import app

_FOLDER = os.path.dirname(os.path.abspath(__file__))


def identifiers_page() -> str:
    """All built-in identifiers."""
    return page_of(load_catalogue())


def cli_page() -> str:
    """The help of every command."""
    return "\n".join(["# Command line", "", *_intro(), *(line for command in commands() for line in _section(command))])


def commands() -> Iterator[str]:
    """Each command without the leading `dowse`, groups before their commands."""
    yield from _below("", get_command(app))


def _below(name: str, command: object) -> Iterator[str]:
    yield name
    if isinstance(command, TyperGroup):
        for word, inner in command.commands.items():
            yield from _below(f"{name} {word}".strip(), inner)


def _intro() -> Iterator[str]:
    yield "Generated from the commands' own help by `make docs`."
    yield ""
    yield "Every flag of `dowse scan` can also be set in the environment: `--max-size` as `DOWSE_SCAN_MAX_SIZE`; lists are separated by"
    yield "spaces. `DOWSE_KEY_FILE` names the file with the key of the fingerprints, `SOURCE_DATE_EPOCH` fixes the clock, `NO_COLOR`"
    yield "switches colours off."
    yield ""


def _section(command: str) -> Iterator[str]:
    result = CliRunner().invoke(app, [*command.split(), "--help"], prog_name="dowse", terminal_width=110, color=False)
    if result.exit_code:
        raise typer.Exit(result.exit_code)
    yield f"## dowse {command}".rstrip()
    yield ""
    yield "```"
    yield from (line.rstrip() for line in result.output.strip().splitlines())
    yield "```"
    yield ""


def main() -> None:
    """Writes the documents, or names those that are stale and exits with 1."""
    stale = []
    for name, text in (("identifiers.md", identifiers_page()), ("cli.md", cli_page()), ("dowse.1", man_page()), *output_pages()):
        path = os.path.join(_FOLDER, name)
        if not os.path.exists(path) or _content(path) != text:
            stale.append(name)
            if "--check" not in sys.argv:
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
    if stale and "--check" in sys.argv:
        sys.exit(f"stale: {', '.join(f'docs/{name}' for name in stale)}; run `make docs`")


def _content(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


if __name__ == "__main__":
    main()
