"""A run of a job that is told to stop while it goes on, and one that goes on from there."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from scanner.config import StoreConfig
from scanner.engine.interrupt import Interrupt
from scanner.jobs.entries import Call, Cause, JobEntry, RunEntry, call_of
from scanner.jobs.events import EventLog
from scanner.jobs.lifecycle import JobStatus, RunStatus
from scanner.jobs.registry import Registry
from scanner.jobs.run import Surroundings, Told, run_job
from scanner.model.records import Summary
from scanner.model.result import ObjectResult
from tests.jobs.makers import added, at
from tests.sources.test_s3 import client, fill

ROOT = Path(__file__).resolve().parents[2]
FILES = 640
JOB = """
name = "nightly"
targets = ["data"]
[identifiers]
select = ["USA_SOCIAL_SECURITY_NUMBER"]
[schedule]
every = "day"
"""


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "data").mkdir()
    for number in range(FILES):
        path = tmp_path / "data" / f"{number:04}.txt"
        path.write_text("nothing")
        os.utime(path, (1_700_000_000, 1_700_000_000))
    with Registry(str(tmp_path / "jobs")) as opened:
        yield opened


class Stopping:
    """Takes results, and once does something to the job, or to the process, and waits until it must have been noticed."""

    def __init__(self, registry: Registry, entry: JobEntry, what: str) -> None:
        self.registry = registry
        self.entry = entry
        self.what = what
        self.interrupt = Interrupt()

    def deliver(self, scan: Told, results: Iterator[ObjectResult], _run: RunEntry) -> Summary:
        for _ in results:
            if self.what == "signal":
                self.interrupt.signal = 2
            elif self.what:
                getattr(self.registry, self.what)(self.entry)
                time.sleep(1.1)
            self.what = ""
        return scan.summary()

    def run(self, call: Call) -> RunEntry:
        around = Surroundings(lambda: at(0), self.interrupt, self.deliver, lambda _progress: None, workers=0)
        return run_job(self.registry, self.entry, call, EventLog(StringIO(), self.entry, lambda: at(0)), around)


@pytest.mark.parametrize(
    ("what", "detail", "after"),
    [
        ("pause", "somebody paused the job", JobStatus.USER_PAUSED),
        ("cancel", "somebody cancelled the job", JobStatus.CANCELLED),
        ("signal", "SIGINT", JobStatus.IDLE),
    ],
)
def test_a_run_ends_early_and_the_next_one_reads_only_the_rest(
    registry: Registry, tmp_path: Path, what: str, detail: str, after: JobStatus
) -> None:
    entry = added(registry, JOB, tmp_path)

    first = Stopping(registry, entry, what).run(Call(Cause.INITIAL))

    entry = registry.job(entry.id)
    assert (first.status, first.detail, entry.status) == (RunStatus.INTERRUPTED, detail, after)
    done = int(str(first.summary["objects"]))
    assert 0 < done < FILES
    if after is JobStatus.CANCELLED:
        assert call_of(entry, at(9)) is None
        return
    entry = registry.resume(entry) if after is JobStatus.USER_PAUSED else entry
    call = call_of(entry, at(0))
    assert call == Call(Cause.RESUMED)
    second = Stopping(registry, entry, "").run(call)
    assert (second.status, second.summary["objects"]) == (RunStatus.COMPLETE, FILES)
    assert done <= int(str(second.summary["unchanged"])) < FILES
    assert registry.job(entry.id).status is JobStatus.IDLE


def test_of_a_bucket_what_was_done_is_not_even_listed_again(moto: StoreConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    bucket = fill(moto, {f"{number:03}.txt": b"nothing" for number in range(300)})
    where = f'targets = ["s3://{bucket}/"]\n[store]\nendpoint_url = "{moto.endpoint_url}"'
    with Registry(str(tmp_path / "jobs")) as registry:
        entry = added(registry, JOB.replace('targets = ["data"]', where), tmp_path)
        first = Stopping(registry, entry, "signal").run(Call(Cause.INITIAL))
        client(moto).put_object(Bucket=bucket, Key="000.csv", Body=b"nothing")

        second = Stopping(registry, registry.job(entry.id), "").run(Call(Cause.RESUMED))
        third = Stopping(registry, registry.job(entry.id), "").run(Call(Cause.MANUAL))

    assert 0 < int(str(first.summary["objects"])) < 300
    assert (second.summary["objects"], second.status) == (300, RunStatus.COMPLETE)
    assert (third.summary["objects"], third.summary["unchanged"]) == (301, 300)


_KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from io import StringIO
from scanner.engine.interrupt import Interrupt
from scanner.jobs.entries import Call, Cause
from scanner.jobs.events import EventLog
from scanner.jobs.registry import Registry
from scanner.jobs.run import Surroundings, Told, run_job

def deliver(scan, results, run):
    for number, _ in enumerate(results):
        if number == 200:
            os.kill(os.getpid(), signal.SIGKILL)

def now():
    return datetime(2026, 3, 1, 12, tzinfo=UTC)

with Registry(sys.argv[1]) as registry:
    entry = registry.job("nightly")
    around = Surroundings(now, Interrupt(), deliver, lambda _progress: None, workers=0)
    run_job(registry, entry, Call(Cause.INITIAL), EventLog(StringIO(), entry, now), around)
"""


def test_after_a_kill_the_next_run_goes_on_and_reports_everything_as_new(registry: Registry, tmp_path: Path) -> None:
    for number in (0, 100, 300):
        path = tmp_path / "data" / f"{number:04}.txt"
        path.write_text("SSN: 219-22-9999")
        os.utime(path, (1_700_000_000, 1_700_000_000))
    entry = added(registry, JOB, tmp_path)
    done = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path / "jobs")], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == -9

    entry = registry.job(entry.id)
    call = call_of(entry, at(0))
    assert call == Call(Cause.RESUMED)
    run = Stopping(registry, entry, "").run(call)

    assert [one.status for one in registry.runs(entry)] == [RunStatus.DIED, RunStatus.COMPLETE]
    assert 0 < int(str(run.summary["unchanged"])) < FILES
    # What the killed run had found was told to nobody.
    assert run.summary["life"] == {"new": 3}
    assert run.summary["occurrences"] == {"USA_SOCIAL_SECURITY_NUMBER": 3}
