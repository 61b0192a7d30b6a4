"""Each format has a page with what it really writes, and the manual page has every command and option."""

import shutil
import subprocess
from pathlib import Path

import pytest
import regex
from typer.main import get_command

from docs.generate import commands
from docs.generate_man import man_page
from docs.generate_outputs import output_pages
from docs.output_samples import sample
from scanner.cli.main import app
from scanner.reports.registry import SINKS

DOCS = Path(__file__).resolve().parents[2] / "docs"
INDEX = (DOCS / "outputs.md").read_text()


@pytest.mark.parametrize("name", sorted(SINKS))
def test_every_format_is_in_the_index(name: str) -> None:
    assert f"`{name}`" in INDEX


def test_links_of_the_pages_lead_somewhere() -> None:
    for page in (DOCS / "outputs.md", DOCS / "recipes.md", *(DOCS / "outputs").iterdir()):
        for link in regex.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert (page.parent / link).exists(), (page, link)


def test_samples_are_what_the_program_writes() -> None:
    stale = [name for name, text in output_pages() if (DOCS / name).read_text() != text]
    assert stale == [], "run `make docs`"


# Those have their own documents, or no page of their own.
ELSEWHERE = {"html", "jsonl", "macie-response"}


def test_every_format_has_a_sample() -> None:
    shown = {name for page in (DOCS / "outputs").iterdir() for name in regex.findall(r"<!-- sample: ([a-z-]+) -->", page.read_text())}
    assert shown >= set(SINKS) - ELSEWHERE


def test_a_sample_is_one_block_even_with_a_fence_in_it() -> None:
    language, text = sample("csv")
    assert language == "csv"
    assert text.startswith("record,id,")


def test_the_manual_page_has_every_command_and_option() -> None:
    page = man_page().replace("\\-", "-")
    command = get_command(app)
    for name in commands():
        inner = command
        for word in name.split():
            inner = inner.commands[word]  # type: ignore[attr-defined]  # a group
        if not hasattr(inner, "commands"):
            assert f".SS dowse {name} " in page
            for parameter in inner.params:
                assert all(flag in page for flag in parameter.opts if flag.startswith("--")), (name, parameter.name)


def test_troff_has_nothing_to_say_of_it(tmp_path: Path) -> None:
    troff = shutil.which("groff")
    if not troff:
        pytest.skip("groff is not installed")
    (tmp_path / "dowse.1").write_text(man_page())
    done = subprocess.run([troff, "-man", "-Tutf8", "-ww", str(tmp_path / "dowse.1")], capture_output=True, check=True)
    assert done.stderr == b""
    assert b"--fail-on" in done.stdout
