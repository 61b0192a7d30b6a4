"""Generated documents: complete, and known to be stale when they are."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from typer.core import TyperGroup
from typer.main import get_command

from docs.generate import cli_page, commands, identifiers_page
from identifiers import load_catalogue
from scanner.cli.main import app

ROOT = Path(__file__).resolve().parents[2]


def check(folder: Path) -> "subprocess.CompletedProcess[str]":
    """`--check` over the documents in `folder`/docs."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT)))}
    return subprocess.run(
        [sys.executable, "-m", "docs.generate", "--check"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_every_command_has_help_and_is_mentioned() -> None:
    page = cli_page()

    for name in commands():
        command = get_command(app)
        for word in name.split():
            assert isinstance(command, TyperGroup)
            command = command.commands[word]
        assert command.help, name
        assert f"\n## dowse {name}".rstrip() + "\n" in page


def test_every_option_of_every_command_has_help() -> None:
    for name in commands():
        command = get_command(app)
        for word in name.split():
            command = command.commands[word]  # type: ignore[attr-defined]  # a group, as the test above makes sure
        for parameter in command.params:
            assert parameter.help, (name, parameter.name)  # type: ignore[attr-defined]  # typer's own kinds all have it


def test_every_identifier_has_a_section_with_its_patterns_keywords_and_references() -> None:
    page = identifiers_page()

    for identifier in load_catalogue():
        section = page.partition(f"### {identifier.id}\n")[2].partition("\n### ")[0]
        assert identifier.name in section
        assert all(f"`{keyword}`" in section for keyword in identifier.keywords)
        assert all(line.strip() in section for pattern in identifier.patterns for line in pattern.regex.splitlines())
        assert all(f"<{reference}>" in section for reference in identifier.references)


def test_a_document_that_is_not_up_to_date_is_named(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("__pycache__"))
    assert check(tmp_path).returncode == 0

    with (tmp_path / "docs" / "cli.md").open("a", encoding="utf-8") as file:
        file.write("more\n")
    stale = check(tmp_path)

    assert stale.returncode == 1
    assert "docs/cli.md" in stale.stderr
    assert "docs/identifiers.md" not in stale.stderr
