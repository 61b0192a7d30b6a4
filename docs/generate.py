"""Generates docs/identifiers.md and docs/cli.md: `python -m docs.generate`, with `--check` to only say what is stale."""

import os
import sys
from collections.abc import Iterator

import typer
from typer.testing import CliRunner

from identifiers.catalogues import load_catalogue
from identifiers.model import Identifier
from scanner.cli.main import app

_FOLDER = os.path.dirname(os.path.abspath(__file__))
_COMMANDS = ("", "scan", "identifiers", "identifiers list", "identifiers show", "identifiers check", "identifiers test")


def identifiers_page() -> str:
    """All identifiers, by category and id."""
    catalogue = load_catalogue()
    lines = [
        "# Identifiers",
        "",
        f"The {len(catalogue)} built-in identifiers, generated from `identifiers/catalogue/` by `make docs`. `dowse identifiers show ID`",
        "tells more: patterns, all keywords, examples. `*` marks the default selection.",
        "",
    ]
    for category in ("credentials", "financial", "personal"):
        lines += [
            f"## {category.capitalize()}",
            "",
            "| | id | what | countries | check | keyword | severity |",
            "|---|---|---|---|---|---|---|",
        ]
        lines += [_row(identifier) for identifier in catalogue if identifier.category == category]
        lines.append("")
    return "\n".join(lines)


def _row(identifier: Identifier) -> str:
    checks = sorted({pattern.validator.name for pattern in identifier.patterns if pattern.validator})
    need = "required" if identifier.keyword_required else ("raises confidence" if identifier.keywords else "none")
    severity = "/".join(level.severity.value for level in identifier.severity_levels)
    cells = (
        "*" if identifier.recommended else "",
        f"`{identifier.id}`",
        identifier.name,
        ", ".join(identifier.countries),
        ", ".join(checks),
        need,
        severity,
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def cli_page() -> str:
    """The help of every command."""
    return "\n".join(["# Command line", "", *_intro(), *(line for command in _COMMANDS for line in _section(command))])


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
    for name, text in (("identifiers.md", identifiers_page()), ("cli.md", cli_page())):
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
