"""What docs/jobs.md says is so: its files load, its keys are all there are, its schedules and commands exist."""

import itertools
import os
import tomllib
from pathlib import Path

import pytest
import regex
from typer.main import get_command
from typer.testing import CliRunner

from scanner.cli.main import app
from scanner.errors import ConfigError
from scanner.jobs.events import Event
from scanner.jobs.lifecycle import JobStatus, RunStatus
from scanner.jobs.loader import parse_job
from scanner.jobs.model import BucketField, Comparator, ObjectField
from scanner.jobs.schedule import Schedule

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "jobs.md").read_text("utf-8")
SCORES = (ROOT / "docs" / "sensitivity-scores.md").read_text("utf-8")
FILES = regex.findall(r"```toml\n(.*?)```", PAGE, regex.DOTALL)
SCHEDULES = regex.findall(r"^\| (`(?:every|cron|timezone) = .*?`) \| ", PAGE, regex.MULTILINE)


@pytest.mark.parametrize("text", FILES, ids=lambda text: tomllib.loads(text)["name"])
def test_the_files_are_jobs(text: str) -> None:
    job = parse_job(text, "page.toml", "/srv")

    assert job.objects.conditions


def test_the_first_file_means_what_the_page_says() -> None:
    job = parse_job(FILES[0], "page.toml", "/srv")

    assert job.targets == ("/srv/exports", "s3://sales-exports/2026/")
    assert job.schedule == Schedule("30 2 * * *", "Europe/Berlin")


@pytest.mark.parametrize("said", SCHEDULES)
def test_the_schedules_can_be_read(said: str) -> None:
    lines = "\n".join(regex.findall(r"`([^`]+)`", said))
    text = f'name = "a"\ntargets = ["x"]\n[schedule]\n{lines}\n' + ('every = "day"\n' if "timezone" in lines else "")

    assert parse_job(text, "page.toml", "/").schedule is not None


def test_the_table_names_every_key() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_job('name = "a"\ntargets = ["x"]\nzzzz = 1\n', "a.toml", "/")

    known = set(str(caught.value).rpartition("known are ")[2].split(", "))
    told = set(regex.findall(r"`\[?([a-z_]+)\]?`", PAGE))
    assert known >= {"name", "targets", "schedule", "objects"}
    assert known <= told


def test_the_page_names_the_keys_of_discovery() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_job('name = "a"\ntargets = ["x"]\n[discover]\nzzzz = 1\n', "a.toml", "/")

    part = PAGE.partition("## Discovery as a job")[2].partition("## ")[0]
    known = set(str(caught.value).rpartition("known are ")[2].split(", "))
    assert len(known) == 6
    assert known <= set(regex.findall(r"`([a-z_]+)`", part))


@pytest.mark.parametrize("table", ["identifiers", "allow", "store", "limits"])
def test_the_table_names_the_keys_of_each_table(table: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_job(f'name = "a"\ntargets = ["x"]\n[{table}]\nzzzz = 1\n', "a.toml", "/")

    [row] = [line for line in PAGE.splitlines() if line.startswith(f"| `[{table}]`")]
    assert set(str(caught.value).rpartition("known are ")[2].split(", ")) <= set(regex.findall(r"`([a-z_]+)`", row))


def test_every_field_comparator_state_and_event_is_named() -> None:
    words = set(regex.findall(r"[A-Za-z_]+", PAGE))

    named = (*BucketField, *ObjectField, *Comparator, *JobStatus, *Event, *RunStatus)
    assert {one.value for one in named if one is not RunStatus.RUNNING} <= words


def test_the_commands_are_those_there_are(tmp_path: Path) -> None:
    group = get_command(app).commands["jobs"]  # type: ignore[attr-defined]
    assert set(regex.findall(r"^\| `dowse jobs ([a-z-]+)", PAGE, regex.MULTILINE)) == set(group.commands)

    (tmp_path / "nightly.toml").write_text(FILES[0])
    for block in regex.findall(r"```console\n(.*?)```", PAGE, regex.DOTALL):
        for words in (line.removeprefix("$ dowse ").split() for line in block.splitlines() if line.startswith("$ dowse ")):
            command = itertools.takewhile(lambda word: not word.startswith("-"), words[:2])
            assert CliRunner().invoke(app, [*command, "--help"]).exit_code == 0
    checked = CliRunner().invoke(app, ["jobs", "add", "--check", str(tmp_path / "nightly.toml")])
    assert (checked.exit_code, checked.stdout) == (0, "")


def test_the_flags_of_discovery_that_its_page_names_are_there() -> None:
    shown = CliRunner().invoke(app, ["discover", "--help"], terminal_width=200, env={**os.environ, "NO_COLOR": "1"}).output

    named = set(regex.findall(r"--[a-z][a-z-]+", SCORES)) - {"--incremental"}
    assert len(named) > 8
    assert named <= set(regex.findall(r"--[a-z][a-z-]+", shown))
