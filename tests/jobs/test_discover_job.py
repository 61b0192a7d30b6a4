"""Jobs that discover: their table in the file, and runs that keep to the day's budget."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from scanner.cli.main import app
from scanner.config import StoreConfig
from scanner.errors import ConfigError
from scanner.jobs.loader import parse_job
from scanner.jobs.model import Discover
from tests.sources.test_s3 import fill

LEAK = "name,ssn\nAnn,219-22-9999\n"
JOB = """
name = "sensitivity"
targets = ["lake"]
outputs = ["jsonl=found-{run}.jsonl"]

[discover]
objects_per_day = 10
scores = "scores-{run}.json"

[identifiers]
select = ["USA_SOCIAL_SECURITY_NUMBER"]

[schedule]
every = "day"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    for number in range(12):
        put(tmp_path / "lake" / "hr" / f"{number}.csv", LEAK)
        put(tmp_path / "lake" / "web" / f"{number}.txt", "nothing here")
    return tmp_path


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (1_700_000_000, 1_700_000_000))


def dowse(*words: str, day: int = 1) -> Result:
    epoch = str(int(datetime(2026, 3, day, 12, tzinfo=UTC).timestamp()))
    result = CliRunner().invoke(app, list(words), env={"SOURCE_DATE_EPOCH": epoch})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def add(folder: Path, text: str = JOB) -> None:
    (folder / "job.toml").write_text(text)
    assert dowse("jobs", "add", "job.toml").exit_code == 0


def history() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(dowse("jobs", "history", "sensitivity", "--format", "json").stdout)
    return found


def test_it_falls_due_reads_what_the_day_allows_and_keeps_the_scores(folder: Path) -> None:
    add(folder)

    done = dowse("jobs", "due", "--workers", "0")
    assert (done.exit_code, "run 1 complete" in done.stderr) == (0, True)

    (run,) = history()
    assert run["summary"]["objects"] == 10
    assert run["summary"]["discovery"]["leftOfTheDay"]["objects"] == 0
    lines = [json.loads(line) for line in (folder / "found-1.jsonl").read_text().splitlines()]
    assert [lines[0]["record"], lines[-1]["record"]] == ["run", "summary"]
    assert (lines[0]["settings"]["job"]["name"], lines[-1]["complete"]) == ("sensitivity", True)
    assert sum(one["record"] == "finding" for one in lines) == sum(lines[-1]["findings"].values()) > 0
    scores = json.loads((folder / "scores-1.json").read_text())
    assert scores["buckets"][0]["sensitivityScore"] > 50
    state = dowse("jobs", "state", "sensitivity").stdout.strip()
    last = json.loads(dowse("discover", "--last", "--state", state, "--format", "json").stdout)
    assert last == scores == json.loads(dowse("discover", "--last", "--job", "sensitivity", "--format", "json").stdout)
    assert "USA_SOCIAL_SECURITY_NUMBER" in dowse("findings", "list", "--job", "sensitivity", "--format", "jsonl").stdout


def test_another_run_on_the_same_day_reads_nothing_and_the_next_day_goes_on(folder: Path) -> None:
    add(folder, JOB.replace("objects_per_day = 10", "objects_per_day = 16"))

    for day in (1, 1, 2, 3):
        dowse("jobs", "run", "sensitivity", "--workers", "0", "--quiet", day=day)

    assert [one["summary"]["discovery"]["readObjects"] for one in history()] == [16, 0, 8, 0]


def test_objects_that_the_job_does_not_want_and_findings_that_are_suppressed(folder: Path) -> None:
    (folder / "rules.toml").write_text('[[suppress]]\nid = "x"\npaths = ["0.csv"]\nreason = "made up"\n')
    more = '\n[[objects.exclude]]\nfield = "extension"\nvalues = ["txt"]\n'
    add(folder, 'suppressions = ["rules.toml"]\n' + JOB.replace("objects_per_day = 10", "objects_per_day = 100") + more)

    dowse("jobs", "run", "sensitivity", "--workers", "0", "--quiet")

    (run,) = history()
    assert run["summary"]["findings"] == {"high": 11}
    (bucket,) = json.loads((folder / "scores-1.json").read_text())["buckets"]
    assert (bucket["coverage"]["objects"], bucket["coverage"]["leftOut"]) == (12, 12)
    # Suppressed is not reported; it is sensitive all the same.
    assert bucket["statistics"]["totalItemsSensitive"] == 12


def test_buckets_by_criteria_and_one_that_is_not_there(folder: Path, moto: StoreConfig) -> None:
    bucket = fill(moto, {f"{number}.csv": LEAK.encode() for number in range(5)})
    store = f'[store]\nendpoint_url = "{moto.endpoint_url}"\n'
    criteria = f'[[buckets.include]]\nfield = "name"\nvalues = ["{bucket}"]\n'
    add(folder, JOB.replace('targets = ["lake"]\n', "") + criteria + store)

    assert dowse("jobs", "run", "sensitivity", "--workers", "0", "--quiet").exit_code == 0

    (run,) = history()
    assert (run["summary"]["buckets"], run["summary"]["discovery"]["readObjects"]) == ([bucket], 5)

    (folder / "gone.toml").write_text(
        JOB.replace('"lake"', f'"s3://{bucket}/", "s3://{bucket}-gone/"').replace('"sensitivity"', '"gone"') + store
    )
    dowse("jobs", "add", "gone.toml")
    done = dowse("jobs", "run", "gone", "--workers", "0")
    assert done.exit_code == 3
    assert f"1 bucket could not be listed: {bucket}-gone" in done.stderr


def test_the_table_is_read_whole() -> None:
    text = """
name = "a"
targets = ["s3://"]
[discover]
bytes_per_day = "20GB"
objects_per_day = 5000
exclude_buckets = ["logs-*"]
scores = "s.json"
set_score = { vault = 100, "a.b" = 1 }
ignore = { staff = ["NAME", "ADDRESS"] }
"""
    fixed, ignored = (("vault", 100), ("a.b", 1)), (("staff", "NAME"), ("staff", "ADDRESS"))

    assert parse_job(text, "a.toml", "/srv").discover == Discover(20 * 10**9, 5000, ("logs-*",), fixed, ignored, "/srv/s.json")
    assert parse_job('name = "a"\ntargets = ["x"]\n[discover]\n', "a.toml", "/srv").discover == Discover()
    assert parse_job('name = "a"\ntargets = ["x"]\n', "a.toml", "/srv").discover is None


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ("discover = 1", "a.toml: discover: must be a table"),
        ("[discover]\nbytes_per_day = 'much'", "a.toml: discover: bytes_per_day: "),
        ("[discover]\nbytes_per_day = 0", "must be more than nothing"),
        ("[discover]\nobjects_per_day = 0", "a.toml: discover: objects_per_day: must be a whole number from 1"),
        ("[discover]\nset_score = { a = 50 }", "a.toml: discover: set_score: a: must be a whole number from 1 to 49 or from 51 to 100"),
        ("[discover]\nset_score = 7", "must be a table: [discover.set_score]"),
        ("[discover]\nignore = { a = 'NAME' }", "a.toml: discover: ignore: a: must be a list of identifiers"),
        ("[discover]\nper_day = 7", "per_day"),
        ("bytes_per_month = '1TB'\n[discover]", "bytes_per_month: has no meaning in a job with [discover]; use bytes_per_day"),
        ("sample = '5%'\n[discover]", "sample: has no meaning"),
        ("initial_run = false\n[discover]", "initial_run: has no meaning"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(said: str, complaint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_job(f'name = "a"\ntargets = ["x"]\n{said}\n', "a.toml", "/srv")
    assert complaint in str(caught.value)


def test_an_identifier_that_is_not_looked_for_and_full_are_refused(folder: Path) -> None:
    (folder / "job.toml").write_text(JOB + '[discover.ignore]\nlake = ["NAMES"]\n')
    with pytest.raises(ConfigError, match=r"job\.toml: discover: ignore: lake: NAMES is none of the identifiers"):
        CliRunner().invoke(app, ["jobs", "add", "job.toml"], catch_exceptions=False)
    add(folder)
    with pytest.raises(ConfigError, match="leave --full out"):
        CliRunner().invoke(app, ["jobs", "run", "sensitivity", "--full", "--workers", "0"], catch_exceptions=False)


def test_scores_that_cannot_be_written_are_told_with_their_place(folder: Path) -> None:
    add(folder, JOB.replace('"scores-{run}.json"', '"nowhere/scores.json"'))
    with pytest.raises(ConfigError, match=r"nowhere/scores\.json: the scores cannot be written there: No such file"):
        CliRunner().invoke(app, ["jobs", "run", "sensitivity", "--workers", "0", "--quiet"], catch_exceptions=False)
    assert history()[0]["status"] == "failed"
