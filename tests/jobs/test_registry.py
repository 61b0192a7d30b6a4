"""Jobs and runs as they are kept: states, what falls due, processes that die, files that are none."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from scanner.errors import ConfigError
from scanner.jobs.entries import Call, Cause, JobEntry, call_of, month_of, next_due, next_month
from scanner.jobs.lifecycle import JobStatus, RunStatus
from scanner.jobs.registry import Registry
from tests.jobs.makers import DAILY, LATER, ONCE, START, added, at

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with Registry(str(tmp_path / "jobs")) as opened:
        yield opened


def run(registry: Registry, entry: JobEntry, now: datetime, status: RunStatus = RunStatus.COMPLETE) -> JobEntry:
    call = call_of(entry, now) or Call(Cause.MANUAL)
    with registry.running(entry, call, now) as begun:
        return registry.finish(entry, replace(begun, status=status, ended=now, summary={"objects": 1}))


def test_a_job_that_runs_once_is_due_until_it_has_run(registry: Registry) -> None:
    entry = added(registry, ONCE)
    assert call_of(entry, START) == Call(Cause.INITIAL)

    entry = run(registry, entry, at(0))

    assert (entry.status, call_of(entry, at(100)), next_due(entry, at(100))) == (JobStatus.COMPLETE, None, None)
    with pytest.raises(ConfigError, match="is complete; `dowse jobs copy`"), registry.running(entry, Call(Cause.MANUAL), at(1)):
        pass


def test_one_that_could_not_begin_is_tried_again_after_a_while(registry: Registry) -> None:
    entry = run(registry, added(registry, ONCE), at(0), RunStatus.FAILED)

    assert entry.status is JobStatus.IDLE
    assert call_of(entry, at(0, 0, 4)) is None
    assert next_due(entry, at(0, 0, 4)) == at(0, 0, 5)
    assert call_of(entry, at(0, 0, 5)) == Call(Cause.INITIAL)


def test_a_scheduled_job_runs_at_once_and_then_by_its_schedule_and_makes_good_for_what_was_missed(registry: Registry) -> None:
    entry = added(registry, DAILY)
    assert call_of(entry, START) == Call(Cause.INITIAL)

    entry = run(registry, entry, at(0, 1))
    assert (entry.status, call_of(entry, at(0, 14)), next_due(entry, at(0, 14))) == (JobStatus.IDLE, None, at(0, 15))
    call = call_of(entry, at(3, 16))
    assert call == Call(Cause.SCHEDULE, at(3, 15), missed=3)

    entry = run(registry, entry, at(3, 16))
    assert call_of(entry, at(3, 17)) is None
    assert [(one.number, one.cause, one.missed) for one in registry.runs(entry)] == [(1, Cause.INITIAL, 0), (2, Cause.SCHEDULE, 3)]


def test_without_an_initial_run_the_first_one_is_that_of_the_schedule(registry: Registry) -> None:
    entry = added(registry, LATER)

    assert call_of(entry, at(0, 14)) is None
    assert call_of(entry, at(0, 15)) == Call(Cause.SCHEDULE, at(0, 15))


def test_a_run_by_hand_makes_good_for_what_was_due_before_it(registry: Registry) -> None:
    entry = run(registry, added(registry, DAILY), at(0))
    with registry.running(entry, Call(Cause.MANUAL), at(1)) as begun:
        entry = registry.finish(entry, replace(begun, status=RunStatus.COMPLETE, ended=at(1)))

    assert call_of(entry, at(1, 1)) is None
    assert next_due(entry, at(1, 1)) == at(1, 15)


def test_a_paused_job_rests_and_goes_on_with_the_run_that_was_broken_off(registry: Registry) -> None:
    entry = added(registry, DAILY)
    with registry.running(entry, Call(Cause.INITIAL), at(0)) as begun:
        registry.pause(entry)
        assert registry.status(entry) is JobStatus.USER_PAUSED
        entry = registry.finish(entry, replace(begun, status=RunStatus.INTERRUPTED, ended=at(0)))

    assert (entry.status, call_of(entry, at(5)), next_due(entry, at(5))) == (JobStatus.USER_PAUSED, None, None)
    with pytest.raises(ConfigError, match="is paused"), registry.running(entry, Call(Cause.MANUAL), at(5)):
        pass
    entry = registry.resume(entry)
    assert call_of(entry, at(5)) == Call(Cause.RESUMED)
    assert run(registry, entry, at(5)).last_run == registry.runs(entry)[-1]


def test_a_cancelled_job_never_runs_again(registry: Registry) -> None:
    entry = registry.cancel(run(registry, added(registry, DAILY), at(0)))

    assert (entry.status, call_of(entry, at(9)), next_due(entry, at(9))) == (JobStatus.CANCELLED, None, None)
    for move in (registry.pause, registry.resume, registry.cancel):
        with pytest.raises(ConfigError, match="is cancelled"):
            move(entry)


@pytest.mark.parametrize(("move", "message"), [("resume", "is not paused, it is IDLE"), ("pause", "is paused already")])
def test_what_makes_no_sense_is_refused(registry: Registry, move: str, message: str) -> None:
    entry = added(registry, DAILY)
    if move == "pause":
        registry.pause(entry)

    with pytest.raises(ConfigError, match=message):
        getattr(registry, move)(entry)


def test_a_job_runs_in_one_process_at_a_time(registry: Registry, tmp_path: Path) -> None:
    entry = added(registry, DAILY)
    with registry.running(entry, Call(Cause.INITIAL), at(0)), Registry(str(tmp_path / "jobs")) as other:
        assert other.job("daily").status is JobStatus.RUNNING
        assert call_of(other.job("daily"), at(9)) is None
        with pytest.raises(ConfigError, match="is running"), other.running(entry, Call(Cause.MANUAL), at(0)):
            pass


_HOLDER = """
import sys, time
from datetime import UTC, datetime
from scanner.jobs.entries import Call, Cause
from scanner.jobs.registry import Registry
with Registry(sys.argv[1]) as registry, registry.running(registry.job("daily"), Call(Cause.INITIAL), datetime(2026, 3, 1, 12, tzinfo=UTC)):
    print("running", flush=True)
    time.sleep(60)
"""


def test_a_run_whose_process_is_killed_is_found_out_and_taken_up_again(registry: Registry, tmp_path: Path) -> None:
    added(registry, DAILY)
    command = [sys.executable, "-c", _HOLDER, str(tmp_path / "jobs")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"running\n"
        assert registry.job("daily").status is JobStatus.RUNNING
        holder.send_signal(signal.SIGKILL)

    entry = registry.job("daily")
    assert entry.status is JobStatus.IDLE
    assert entry.last_run is not None
    assert (entry.last_run.status, "without a word" in entry.last_run.detail) == (RunStatus.DIED, True)
    assert call_of(entry, at(0)) == Call(Cause.RESUMED)


def test_jobs_are_found_by_name_and_id_and_names_are_taken_once(registry: Registry) -> None:
    entry = added(registry, DAILY)

    assert registry.job(entry.id) == registry.job("daily") == entry
    with pytest.raises(ConfigError, match=r"there is no job 'nightly'; known are: 'daily'"):
        registry.job("nightly")
    with pytest.raises(ConfigError, match=r"job.toml: name: there is a job 'daily'"):
        added(registry, DAILY)


def test_a_job_that_is_of_no_use_here_does_not_hide_the_others_and_can_be_cancelled(registry: Registry, tmp_path: Path) -> None:
    added(registry, DAILY)
    added(registry, ONCE)
    database = sqlite3.connect(tmp_path / "jobs" / "jobs.db")
    database.execute("UPDATE job SET text = replace(text, 'at = ', 'timezone = \"Mars/Base\"\nat = ') WHERE name = 'daily'")
    database.commit()
    database.close()

    assert [one.job.name for one in registry.jobs()] == ["once"]
    assert "Mars/Base" in registry.broken["daily"]
    assert not registry.cancel_broken("once")
    assert registry.cancel_broken("daily")
    assert ([one.job.name for one in registry.jobs()], registry.broken) == (["once"], {})


def test_what_is_kept_is_for_its_owner_only(registry: Registry, tmp_path: Path) -> None:
    folder = registry.folder_of(added(registry, DAILY))

    assert stat.S_IMODE((tmp_path / "jobs" / "jobs.db").stat().st_mode) == 0o600
    assert stat.S_IMODE(os.stat(folder).st_mode) == stat.S_IMODE((tmp_path / "jobs").stat().st_mode) == 0o700


def test_a_file_that_is_no_registry_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "jobs.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(ConfigError, match=r"a/jobs.db: file is not a database"):
        Registry(str(tmp_path / "a"))

    (tmp_path / "b").mkdir()
    other = sqlite3.connect(tmp_path / "b" / "jobs.db")
    other.execute("CREATE TABLE mine (x)")
    other.close()
    with pytest.raises(ConfigError, match="of another program"):
        Registry(str(tmp_path / "b"))

    (tmp_path / "c").write_text("a file")
    with pytest.raises(ConfigError, match="cannot be made"):
        Registry(str(tmp_path / "c"))


def test_one_of_a_newer_dowse_is_left_alone(tmp_path: Path) -> None:
    Registry(str(tmp_path)).__exit__()
    newer = sqlite3.connect(tmp_path / "jobs.db")
    newer.execute("PRAGMA user_version = 99")
    newer.close()

    with pytest.raises(ConfigError, match="newer Dowse"):
        Registry(str(tmp_path))


MONTHLY = 'name = "monthly"\ntargets = ["data"]\nbytes_per_month = "1kB"\n[schedule]\nevery = "day"\ntimezone = "America/New_York"\n'


def test_a_job_that_has_read_what_it_may_rests_until_the_next_month_of_its_zone(registry: Registry) -> None:
    entry = added(registry, MONTHLY)
    with registry.running(entry, Call(Cause.INITIAL), at(0)) as begun:
        registry.out_of_quota(entry)
        entry = registry.finish(entry, replace(begun, status=RunStatus.INTERRUPTED, ended=at(0), summary={"bytes_read": 700}))
    april = datetime.fromisoformat("2026-04-01T00:00:00-04:00")

    assert (entry.status, call_of(entry, at(30)), next_due(entry, at(30))) == (JobStatus.PAUSED, None, april)
    with pytest.raises(ConfigError, match="is paused"), registry.running(entry, Call(Cause.MANUAL), at(30)):
        pass
    assert registry.read_since(entry, month_of(entry.job, at(30))) == 700
    assert registry.read_since(entry, april) == 0
    assert call_of(entry, april) == Call(Cause.RESUMED)
    assert run(registry, entry, april).status is JobStatus.IDLE


def test_the_year_ends_with_december(registry: Registry) -> None:
    december = datetime.fromisoformat("2026-12-31T23:59:00-05:00")
    entry = run(registry, added(registry, MONTHLY), december)

    assert next_month(entry) == datetime.fromisoformat("2027-01-01T00:00:00-05:00")
