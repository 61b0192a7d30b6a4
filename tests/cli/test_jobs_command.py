"""`dowse jobs` from end to end, on folders and on a bucket."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from scanner.cli.main import app
from scanner.config import StoreConfig
from scanner.errors import ConfigError
from tests.sources.conftest import credentials, moto, moto_url
from tests.sources.test_s3 import client, fill

__all__ = ["credentials", "moto", "moto_url"]

ROOT = Path(__file__).resolve().parents[2]
LEAK = "name,ssn\nAnn,219-22-9999\n"
JOB = """
name = "{name}"
targets = ["data"]
outputs = ["jsonl={name}-{{run}}.jsonl"]
object_events = "all"
[identifiers]
select = ["USA_SOCIAL_SECURITY_NUMBER"]
"""
EVERY_DAY = '[schedule]\nevery = "day"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    put(tmp_path / "data" / "staff.csv", LEAK)
    put(tmp_path / "data" / "plain.txt", "nothing here")
    return tmp_path


def put(path: Path, text: str) -> None:
    """A file that was not written just now: one that was is read again, for it may be written once more in the same instant."""
    path.write_text(text)
    os.utime(path, (1_700_000_000, 1_700_000_000))


def jobs(*words: str, fails: str = "") -> Result:
    result = CliRunner().invoke(app, ["jobs", *words])
    if fails:
        assert isinstance(result.exception, ConfigError), result.output
        assert fails in str(result.exception)
    else:
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def add(folder: Path, name: str = "nightly", more: str = EVERY_DAY) -> None:
    (folder / f"{name}.toml").write_text(JOB.format(name=name) + more)
    assert jobs("add", str(folder / f"{name}.toml")).exit_code == 0


def shown(*words: str) -> Any:
    return json.loads(jobs(*words, "--format", "json").stdout)


def events(folder: Path, name: str = "nightly") -> list[dict[str, Any]]:
    found = folder / "state" / "dowse" / "jobs" / shown("show", name)["jobId"] / "events.jsonl"
    return [json.loads(line) for line in found.read_text().splitlines()]


def findings(folder: Path, run: int, name: str = "nightly") -> list[str]:
    records = [json.loads(line) for line in (folder / f"{name}-{run}.jsonl").read_text().splitlines()]
    return [os.path.basename(record["path"]) for record in records if record["record"] == "finding"]


def test_a_job_is_added_run_and_run_again_with_only_what_is_new(folder: Path) -> None:
    add(folder)
    assert jobs("due", "--workers", "0").exit_code == 0
    assert jobs("due", "--workers", "0").exit_code == 0
    put(folder / "data" / "new.csv", LEAK)

    assert jobs("run", "nightly", "--workers", "0", "--quiet").stderr == ""

    first, second = shown("history", "nightly")
    assert [one["cause"] for one in (first, second)] == ["initial", "manual"]
    assert (first["summary"]["objects"], first["summary"]["unchanged"]) == (2, 0)
    assert (second["summary"]["objects"], second["summary"]["unchanged"], second["summary"]["bytes_read"]) == (3, 2, len(LEAK))
    assert second["summary"]["life"] == {"new": 1, "unchanged": 1}
    assert (findings(folder, 1), findings(folder, 2)) == (["staff.csv"], ["new.csv", "staff.csv"])
    assert "219-22-9999" not in (folder / "nightly-2.jsonl").read_text()
    record = json.loads((folder / "nightly-2.jsonl").read_text().splitlines()[0])
    assert (record["settings"]["job"]["name"], record["settings"]["job"]["run"]) == ("nightly", 2)
    (folder / "page.toml").write_text(JOB.format(name="page").replace("jsonl=page-{run}.jsonl", "html=page.html"))
    jobs("add", str(folder / "page.toml"))
    assert jobs("run", "page", "--workers", "0").exit_code == 0
    assert (folder / "page.html").exists()


def test_other_commands_ask_the_store_of_a_job_by_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = '[[suppress]]\nid = "x"\npaths = ["known.csv"]\nreason = "made up"\n'
    (folder / "rules.toml").write_text(rules)
    put(folder / "data" / "known.csv", LEAK)
    add(folder)
    (folder / "strict.toml").write_text('suppressions = ["rules.toml"]\n' + JOB.format(name="strict"))
    jobs("add", str(folder / "strict.toml"))

    assert "has not run yet" in refused("findings", "list", "--job", "nightly")
    assert "there is no job 'weekly'" in refused("findings", "list", "--job", "weekly")
    jobs("run", "nightly", "--workers", "0", "--quiet")
    jobs("run", "strict", "--workers", "0", "--quiet")

    assert found("findings", "list", "--job", "nightly") == ["known.csv", "staff.csv"]
    assert found("findings", "list", "--job", "strict") == ["staff.csv"]
    assert found("findings", "list", "--job", "strict", "--status", "suppressed") == ["known.csv"]
    assert found("report", "--job", "strict", "--format", "jsonl") == ["staff.csv"]
    (trend,) = asked("findings", "trend", "--job", "nightly", "--format", "jsonl").splitlines()
    assert json.loads(trend)["job"] == "nightly"
    assert json.loads(asked("findings", "stats", "--job", "nightly", "--format", "jsonl").splitlines()[0])["open"] == 2
    assert "sound" in asked("state", "check", "--job", "nightly")
    assert "both name a store" in refused("findings", "list", "--job", "nightly", "--state", "x.db")
    monkeypatch.setenv("DOWSE_JOBS_FOLDER", str(folder / "elsewhere"))
    assert "known are: none" in refused("findings", "list", "--job", "nightly")


def test_what_a_job_cannot_deliver_is_told_and_kept(folder: Path) -> None:
    # Nobody listens there.
    (folder / "url").write_text("http://127.0.0.1:9/findings")
    outputs = '"jsonl=url-file:url", "jsonl=a.jsonl"'
    (folder / "sent.toml").write_text(JOB.format(name="sent").replace('"jsonl=sent-{run}.jsonl"', outputs) + EVERY_DAY)
    jobs("add", str(folder / "sent.toml"))

    done = jobs("run", "sent", "--workers", "0")

    assert done.exit_code == 4
    assert "not delivered" in done.stderr
    assert "`dowse report --job sent --output FORMAT=...` sends them again" in done.stderr
    assert [one["eventType"] for one in events(folder, "sent")][-1] == "OUTPUT_NOT_DELIVERED"
    assert found("findings", "list", "--job", "sent") == ["staff.csv"]
    first = (folder / "a.jsonl").read_text()
    put(folder / "data" / "more.csv", LEAK)
    assert jobs("run", "sent", "--workers", "0").exit_code == 4
    for text, names in ((first, ["staff.csv"]), ((folder / "a.jsonl").read_text(), ["more.csv", "staff.csv"])):
        records = [json.loads(line) for line in text.splitlines()]
        told = {os.path.basename(one["path"]): one["life"]["finding"] for one in records if one["record"] == "finding"}
        assert told == dict.fromkeys(names, "new")


def test_a_job_has_levels_of_its_own_for_data_catalogues(folder: Path) -> None:
    text = 'data_catalogue = "levels.toml"\n' + JOB.format(name="glue").replace("jsonl=glue-{run}.jsonl", "glue=glue.json")
    (folder / "glue.toml").write_text(text)
    jobs("add", str(folder / "glue.toml"), fails="levels.toml")
    (folder / "levels.toml").write_text(
        '[levels]\norder = ["open", "shut"]\n[levels.severity]\nhigh = "shut"\nmedium = "shut"\nlow = "open"\n'
    )
    assert jobs("add", str(folder / "glue.toml")).exit_code == 0
    assert jobs("run", "glue", "--workers", "0").exit_code == 0
    assert "shut" in (folder / "glue.json").read_text()


def asked(*words: str) -> str:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*words: str) -> str:
    result = CliRunner().invoke(app, words)
    assert isinstance(result.exception, ConfigError), result.output
    return str(result.exception)


def found(*words: str) -> list[str]:
    """Names of the objects of the findings that a command writes."""
    words = words if "--format" in words else (*words, "--format", "jsonl")
    records = [json.loads(line) for line in asked(*words).splitlines()]
    return [os.path.basename(one["path"]) for one in records if one["record"] == "finding"]


def test_adding_what_is_there_already_is_no_error_if_asked_for(folder: Path) -> None:
    add(folder)
    file = str(folder / "nightly.toml")

    jobs("add", file, fails="there is a job 'nightly'")
    assert jobs("add", "--if-missing", file).exit_code == 0
    (folder / "nightly.toml").write_text((folder / "nightly.toml").read_text() + "timezone = 'Europe/Berlin'\n")
    jobs("add", "--if-missing", file, fails="there is a job 'nightly'")
    assert len(shown("list")) == 1


def test_events_have_macies_names_and_tell_of_each_object(folder: Path) -> None:
    add(folder)
    jobs("due", "--workers", "0")
    jobs("run", "nightly", "--workers", "0")
    jobs("pause", "nightly")
    jobs("resume", "nightly")
    jobs("cancel", "nightly")

    told = events(folder)

    assert [one["eventType"] for one in told] == [
        "JOB_CREATED",
        "SCHEDULED_RUN_STARTED",
        "OBJECT_SCANNED",
        "OBJECT_SCANNED",
        "SCHEDULED_RUN_COMPLETED",
        "SCHEDULED_RUN_STARTED",
        "OBJECT_UNCHANGED",
        "OBJECT_UNCHANGED",
        "SCHEDULED_RUN_COMPLETED",
        "JOB_PAUSED_BY_USER",
        "JOB_RESUMED_BY_USER",
        "JOB_CANCELLED",
    ]
    assert {one["jobName"] for one in told} == {"nightly"}
    assert told[3]["affectedResource"] == {"type": "FILE_URI", "value": f"file://{folder}/data/staff.csv"}
    assert told[3]["detections"] == {"USA_SOCIAL_SECURITY_NUMBER": 1}


def test_a_job_that_runs_once_is_complete_and_can_only_be_copied(folder: Path) -> None:
    add(folder, "once", "")
    jobs("due", "--workers", "0")

    assert shown("show", "once")["jobStatus"] == "COMPLETE"
    jobs("run", "once", fails="`dowse jobs copy` makes another")
    jobs("copy", "once", 'again "\\')
    assert jobs("due", "--dry-run").stdout == 'again "\\  initial\n'
    jobs("copy", "once", "third", "--to", str(folder / "third.toml"))
    text = (folder / "third.toml").read_text()
    assert text == f"# Relative paths count from {folder}\n" + JOB.format(name="third").replace("jsonl=third-", "jsonl=once-")
    assert shown("show", 'again "\\')["copiedFrom"] == shown("show", "once")["jobId"]


def test_a_paused_job_is_not_due(folder: Path) -> None:
    add(folder)
    jobs("pause", "nightly")

    assert jobs("due", "--dry-run").stdout == ""
    jobs("run", "nightly", fails="is paused")
    assert "USER_PAUSED" in jobs("list").stdout
    jobs("resume", "nightly")
    assert jobs("due", "--dry-run").stdout == "nightly  initial\n"


def test_fail_on_gives_one_at_or_above_the_severity(folder: Path) -> None:
    add(folder)
    add(folder, "once", "")

    assert jobs("run", "nightly", "--workers", "0", "--fail-on", "high").exit_code == 1
    assert jobs("due", "--workers", "0", "--fail-on", "low").exit_code == 1
    assert jobs("due", "--workers", "0", "--fail-on", "low").exit_code == 0


def test_what_cannot_be_read_gives_three_and_is_told_of(folder: Path) -> None:
    rows = "".join(f"{number},{number * 7919}\n" for number in range(2_000))
    (folder / "data" / "b.csv.gz").write_bytes(gzip.compress(rows.encode(), mtime=0)[:2_000])
    add(folder)

    assert jobs("due", "--workers", "0").exit_code == 3

    [run] = shown("history", "nightly")
    assert run["status"] == "incomplete"
    assert "incomplete" in jobs("history", "nightly").stdout
    assert [one["affectedResource"]["value"][-8:] for one in events(folder) if one["eventType"] in {"OBJECT_FAILED", "OBJECT_PARTIAL"}] == [
        "b.csv.gz"
    ]


def test_a_job_that_cannot_begin_does_not_keep_others_from_running(folder: Path) -> None:
    add(folder, "a")
    add(folder, "b")
    (folder / "a.toml").write_text((folder / "a.toml").read_text().replace('"data"', '"gone"').replace('"a"', '"0"'))
    jobs("add", str(folder / "a.toml"))

    result = jobs("due", "--workers", "0")

    assert result.exit_code == 3
    assert "job 0:" in result.stderr
    assert [shown("history", name)[0]["status"] for name in ("0", "a", "b")] == ["failed", "complete", "complete"]
    assert shown("show", "0")["lastRunErrorStatus"] == {"code": "ERROR"}
    assert [one["eventType"] for one in events(folder, "0")] == ["JOB_CREATED", "SCHEDULED_RUN_STARTED", "RUN_FAILED"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[identifiers]\nselect = ["NOBODY"]', "NOBODY"),
        ('[identifiers]\nfiles = ["missing.toml"]', "missing.toml"),
        ('[allow]\nlists = ["missing.txt"]', "missing.txt: cannot be read"),
        ('outputs = ["sausage=x"]', "sausage"),
        ('suppressions = ["missing.toml"]', "missing.toml"),
        ('baseline = "missing.jsonl"', "missing.jsonl"),
    ],
)
def test_what_a_run_would_stumble_over_is_told_when_a_job_is_added(folder: Path, text: str, message: str) -> None:
    (folder / "a.toml").write_text(f'name = "a"\ntargets = ["data"]\n{text}\n')

    result = CliRunner().invoke(app, ["jobs", "add", "--check", str(folder / "a.toml")])

    assert message in str(result.exception)
    assert jobs("list").stdout == "there are no jobs yet\n"


def dowse(*words: str) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-m", "scanner", "jobs", *words], stderr=subprocess.PIPE, env=environment)


def until(condition: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it does not come about"
        time.sleep(0.1)


def test_a_job_pauses_when_it_has_read_what_it_may_in_a_month(folder: Path) -> None:
    for number in range(300):
        put(folder / "data" / f"{number:04}.csv", f"id,text\n{number},nothing\n")
    text = JOB.format(name="nightly").replace('object_events = "all"', 'bytes_per_month = "1kB"')
    (folder / "nightly.toml").write_text(text + EVERY_DAY)
    jobs("add", str(folder / "nightly.toml"))

    assert jobs("due", "--workers", "0").exit_code == 3

    job = shown("show", "nightly")
    assert job["jobStatus"] == "PAUSED"
    assert job["lastRun"]["detail"] == "the job has read what it may in this month"
    assert job["lastRun"]["summary"]["objects"] < 302
    assert [one["eventType"] for one in events(folder)][-2:] == ["JOB_PAUSED_BY_MACIE_SERVICE_QUOTA_MET", "RUN_INTERRUPTED"]


def test_rules_suppress_and_the_state_of_a_job_is_its_own(folder: Path) -> None:
    (folder / "rules.toml").write_text('[[suppress]]\nid = "known"\npaths = ["staff.csv"]\nreason = "made up"\n')
    with (folder / "rules.toml").open("a") as file:
        file.write('[[suppress]]\nid = "never"\npaths = ["nowhere.csv"]\nreason = "made up"\n')
    text = JOB.format(name="nightly").replace("[identifiers]", 'suppressions = ["rules.toml"]\n[identifiers]')
    (folder / "nightly.toml").write_text(text + EVERY_DAY)
    jobs("add", str(folder / "nightly.toml"))

    told = jobs("due", "--workers", "0").stderr

    assert "rule 'never' suppressed nothing" in told
    assert "rule 'known'" not in told
    assert findings(folder, 1) == []
    assert shown("history", "nightly")[0]["summary"]["hidden"] == {"USA_SOCIAL_SECURITY_NUMBER": 1}
    assert jobs("state", "nightly").stdout == f"{folder}/state/dowse/jobs/{shown('show', 'nightly')['jobId']}/state.db\n"


def test_findings_of_a_job_are_searched_and_suppressed_in_its_own_state(folder: Path) -> None:
    add(folder)
    jobs("due", "--workers", "0")
    state = jobs("state", "nightly").stdout.strip()
    listed = CliRunner().invoke(app, ["findings", "list", "--state", state, "--format", "jsonl"])
    [finding] = map(json.loads, listed.stdout.splitlines())

    CliRunner().invoke(app, ["findings", "suppress", finding["path"], "--state", state, "--reason", "made up", "--owner", "me"])
    jobs("run", "nightly", "--workers", "0")

    assert findings(folder, 2) == []
    trend = CliRunner().invoke(app, ["findings", "trend", "--state", state, "--format", "jsonl"])
    assert [json.loads(line)["job"] for line in trend.stdout.splitlines()] == ["nightly", "nightly"]


def test_serve_runs_what_falls_due_until_it_is_told_to_end(folder: Path) -> None:
    add(folder, more='[schedule]\ncron = "* * * * * *"\n')
    with dowse("serve", "--workers", "0", "--quiet") as serving:
        until(lambda: len(shown("history", "nightly")) > 2)
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(60) == 0
        assert serving.stderr is not None
        assert serving.stderr.read() == b""

    causes = [one["cause"] for one in shown("history", "nightly")]
    assert causes[:3] == ["initial", "schedule", "schedule"]


def test_buckets_by_criteria_and_objects_by_tag(folder: Path, moto: StoreConfig) -> None:
    bucket = fill(moto, {"a.csv": LEAK.encode(), "b.csv": LEAK.encode(), "c.txt": b"nothing"})
    s3 = client(moto)
    s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": "team", "Value": bucket}]})
    s3.put_object_tagging(Bucket=bucket, Key="b.csv", Tagging={"TagSet": [{"Key": "scan", "Value": "no"}]})
    text = f"""
name = "tagged"
outputs = ["jsonl=tagged-{{run}}.jsonl"]
[store]
endpoint_url = "{moto.endpoint_url}"
[[buckets.include]]
field = "tag"
tags = [{{ key = "team", value = "{bucket}" }}]
[[objects.exclude]]
field = "tag"
tags = [{{ key = "scan", value = "no" }}]
[identifiers]
select = ["USA_SOCIAL_SECURITY_NUMBER"]
[schedule]
every = "month"
on = "last"
"""
    (folder / "tagged.toml").write_text(text)
    jobs("add", str(folder / "tagged.toml"))

    assert jobs("due", "--workers", "0").exit_code == 0
    assert jobs("run", "tagged", "--workers", "0").exit_code == 0

    assert (findings(folder, 1, "tagged"), findings(folder, 2, "tagged")) == (["a.csv"], ["a.csv"])
    first, second = (one["summary"] for one in shown("history", "tagged"))
    assert (first["buckets"], first["undecided"], first["reasons"]) == ([bucket], {}, {"skipped:excluded": 1})
    assert (first["unchanged"], second["unchanged"], second["bytes_read"]) == (0, 2, 0)
    assert "BUCKET_MATCHED_THE_CRITERIA" in [one["eventType"] for one in events(folder, "tagged")]


def test_no_bucket_that_meets_the_criteria_is_told_of(folder: Path, moto: StoreConfig) -> None:
    text = f'name = "none"\n[store]\nendpoint_url = "{moto.endpoint_url}"\n[[buckets.include]]\nfield = "name"\nvalues = ["nowhere"]\n'
    (folder / "none.toml").write_text(text)
    jobs("add", str(folder / "none.toml"))

    assert jobs("due", "--workers", "0").exit_code == 0

    assert [one["eventType"] for one in events(folder, "none")] == [
        "JOB_CREATED",
        "ONE_TIME_JOB_STARTED",
        "NO_BUCKETS_MATCHED_THE_CRITERIA",
        "JOB_COMPLETED",
    ]


@pytest.mark.parametrize("kind", ["systemd", "cron", "kubernetes", "eventbridge"])
def test_units_are_printed_for_all_jobs_or_by_the_schedule_of_one(folder: Path, kind: str) -> None:
    add(folder)

    assert "due" in jobs("unit", "--kind", kind).stdout
    assert "due" in jobs("unit", "nightly", "--kind", kind).stdout


def test_a_job_without_a_schedule_has_no_unit_of_its_own(folder: Path) -> None:
    add(folder, "once", "")

    jobs("unit", "once", fails="runs once and has no schedule")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("targets", "target", "odd.toml: target: is no key that is known here; did you mean 'targets'?"),
        ("jsonl=", "jsonx=", "odd.toml: outputs: 'jsonx' is no output format"),
        ('"USA_SOCIAL_SECURITY_NUMBER"', '"USA_SSN"', "odd.toml: identifiers: 'USA_SSN' names no identifier"),
        ("object_events", "data_catalogue = 'nowhere.toml'\nobject_events", "odd.toml: data_catalogue: "),
        ("object_events", "baseline = 'nowhere.jsonl'\nobject_events", "odd.toml: baseline: "),
        ("object_events", "suppressions = ['nowhere.toml']\nobject_events", "odd.toml: suppressions: "),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_file_and_key(folder: Path, old: str, new: str, told: str) -> None:
    (folder / "odd.toml").write_text(JOB.format(name="odd").replace(old, new))

    jobs("add", "--check", "odd.toml", fails=told)


def test_a_target_that_is_not_there_yet_is_warned_of(folder: Path) -> None:
    (folder / "later.toml").write_text(JOB.format(name="later").replace('"data"', '"later", "s3://some-bucket/"'))

    done = jobs("add", "later.toml")

    assert done.exit_code == 0
    assert done.stderr == f"dowse: warning: later.toml: targets: {folder / 'later'} is not there now; a run fails as long as it is not\n"


def test_a_crontab_says_that_it_knows_no_time_zone(folder: Path) -> None:
    add(folder)

    assert jobs("unit", "nightly", "--kind", "cron").stdout.startswith("# A crontab cannot say a job's time zone")
    assert jobs("unit", "--kind", "cron").stdout.startswith("*/5 ")
