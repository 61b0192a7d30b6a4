"""What the documents say is so."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import regex

from docs.generate import cli_page, identifiers_page

DOCS = Path(__file__).resolve().parents[2] / "docs"
CONSOLE = regex.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", regex.DOTALL)
CODE = regex.compile(r"^ *```.*?^ *```$|`[^`\n]*`", regex.DOTALL | regex.MULTILINE)
TOML = regex.compile(r"```toml\n(?P<text>.*?)```", regex.DOTALL)
PAGE = (DOCS / "custom-identifiers.md").read_text("utf-8")


def test_generated_documents_are_up_to_date() -> None:
    assert (DOCS / "identifiers.md").read_text("utf-8") == identifiers_page()
    assert (DOCS / "cli.md").read_text("utf-8") == cli_page()


def test_every_command_has_help() -> None:
    page = cli_page()

    for command in ("scan", "identifiers list", "identifiers show", "identifiers check", "identifiers test"):
        assert f"## dowse {command}\n\n```\nUsage: dowse {command} " in page


@pytest.mark.parametrize("shown", list(CONSOLE.finditer(PAGE)), ids=lambda shown: shown["command"][:60])
def test_commands_of_the_walk_through_print_what_is_shown(shown: "regex.Match[str]", tmp_path: Path) -> None:
    text = TOML.search(PAGE)
    assert text
    (tmp_path / "employee.toml").write_text(text["text"], "utf-8")
    words = shlex.split(shown["command"])
    assert words[0] == "dowse"

    done = subprocess.run(
        [sys.executable, "-m", "scanner", *words[1:]], cwd=tmp_path, capture_output=True, text=True, check=True, env=ENVIRONMENT
    )

    assert done.stdout == shown["output"]


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(DOCS.parent)}


def test_links_between_documents_lead_somewhere() -> None:
    for page in [*DOCS.glob("**/*.md"), DOCS.parent / "README.md"]:
        prose = CODE.sub("", page.read_text("utf-8"))
        for target in regex.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
