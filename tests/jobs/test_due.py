"""Whatever the times at which somebody looks: every slot that has passed is run or made good, once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scanner.jobs.entries import Call, Cause, JobEntry, RunEntry, call_of, next_due
from scanner.jobs.lifecycle import JobStatus, RunStatus
from scanner.jobs.loader import parse_job
from scanner.jobs.schedule import Schedule
from tests.jobs.makers import START

SCHEDULES = ("30 2 * * *", "0 * * * *", "*/20 * * * *", "0 3 31 * *", "15 1 * * 0")
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")


def entry_of(cron: str, zone: str, *, initial: bool) -> JobEntry:
    text = f'name = "a"\ntargets = ["x"]\ninitial_run = {str(initial).lower()}\n[schedule]\ncron = "{cron}"\ntimezone = "{zone}"\n'
    return JobEntry("1", parse_job(text, "a.toml", "/"), text, "/", START, JobStatus.IDLE, START)


def after(entry: JobEntry, call: Call, now: datetime, status: RunStatus) -> JobEntry:
    """The job when its run is over, as the registry keeps it."""
    number = entry.last_run.number + 1 if entry.last_run else 1
    run = RunEntry(number, status, call.cause, call.slot, call.missed, now, now)
    return replace(entry, anchor=now, last_run=run)


@given(
    cron=st.sampled_from(SCHEDULES),
    zone=st.sampled_from(ZONES),
    initial=st.booleans(),
    looks=st.lists(st.tuples(st.integers(1, 3 * 24 * 60), st.sampled_from([RunStatus.COMPLETE, RunStatus.DIED])), min_size=1, max_size=12),
)
def test_every_slot_is_run_or_made_good_exactly_once(cron: str, zone: str, *, initial: bool, looks: list[tuple[int, RunStatus]]) -> None:
    entry, now, told, resumed = entry_of(cron, zone, initial=initial), START, 0, False
    for minutes, status in looks:
        now += timedelta(minutes=minutes)
        expected = next_due(entry, now)
        call = call_of(entry, now)
        assert (call is not None) is (expected == now)
        if call is None:
            assert expected is not None
            assert expected > now
            continue
        assert call.cause is not Cause.RESUMED or resumed
        # One that goes on makes good for what fell due meanwhile, without a word.
        told += (call.cause is Cause.SCHEDULE) * (1 + call.missed)
        if call.cause is not Cause.SCHEDULE:
            told += passed(entry, now)
        entry, resumed = after(entry, call, now, status), status is RunStatus.DIED

    assert told == passed(replace(entry, anchor=START), entry.anchor)


def passed(entry: JobEntry, now: datetime) -> int:
    """How many slots lie behind the anchor and not behind `now`; counted one by one."""
    schedule, count, slot = entry.job.schedule, 0, entry.anchor
    assert isinstance(schedule, Schedule)
    while (slot := schedule.next(slot)).astimezone(UTC) <= now:
        count += 1
    return count
