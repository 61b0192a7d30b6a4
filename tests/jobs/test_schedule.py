"""When jobs fall due: month ends, leap years, clocks that are put forward and back, and runs that were missed."""

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import ConfigError
from scanner.jobs.schedule import MOST_COUNTED, Due, Schedule, due_since, zone_named

EXPRESSIONS = ("30 2 * * *", "0 * * * *", "*/20 * * * *", "15 1,2,3 * * *", "0 0 * * 0", "59 23 L * *", "0 3 29-31 * *", "0 12 * 2 mon")
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kolkata")


def slots(cron: str, zone: str, start: str, count: int) -> list[str]:
    moment = datetime.fromisoformat(start).replace(tzinfo=zone_named(zone))
    return [slot.isoformat() for slot in islice(Schedule(cron, zone).after(moment), count)]


@pytest.mark.parametrize(
    ("cron", "start", "expected"),
    [
        ("0 4 31 * *", "2026-01-31T04:00", ["2026-03-31", "2026-05-31", "2026-07-31", "2026-08-31", "2026-10-31"]),
        ("0 4 30 * *", "2026-01-15T00:00", ["2026-01-30", "2026-03-30", "2026-04-30"]),
        ("0 4 29 * *", "2026-01-30T00:00", ["2026-03-29", "2026-04-29"]),
        ("0 4 29 * *", "2028-01-30T00:00", ["2028-02-29", "2028-03-29"]),
        ("0 4 29 2 *", "2026-01-01T00:00", ["2028-02-29", "2032-02-29"]),
        ("0 4 29 2 *", "2096-03-01T00:00", ["2104-02-29"]),
        ("0 4 L * *", "2027-01-31T05:00", ["2027-02-28", "2027-03-31", "2027-04-30"]),
        ("0 4 L * *", "2028-01-31T05:00", ["2028-02-29", "2028-03-31"]),
        ("0 4 * * 1", "2026-12-29T00:00", ["2027-01-04", "2027-01-11"]),
        ("0 4 * * 5L", "2026-01-01T00:00", ["2026-01-30", "2026-02-27"]),
        ("@monthly", "2026-01-01T00:00", ["2026-02-01", "2026-03-01"]),
    ],
)
def test_months_without_the_day_are_passed_over(cron: str, start: str, expected: list[str]) -> None:
    assert [slot[:10] for slot in slots(cron, "UTC", start, len(expected))] == expected


@pytest.mark.parametrize(
    ("cron", "zone", "start", "expected"),
    [
        # 2026-03-29: 02:00 becomes 03:00; 2026-10-25: 03:00 becomes 02:00.
        ("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00", ["2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"]),
        ("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00", ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]),
        ("0 2,3 * * *", "Europe/Berlin", "2026-03-28T12:00", ["2026-03-29T03:00:00+02:00", "2026-03-30T02:00:00+02:00"]),
        (
            "0 * * * *",
            "Europe/Berlin",
            "2026-10-25T01:30",
            ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T03:00:00+01:00"],
        ),
        ("*/30 * * * *", "Europe/Berlin", "2026-03-29T01:30", ["2026-03-29T03:00:00+02:00", "2026-03-29T03:30:00+02:00"]),
        # 2026-03-08 and 2026-11-01.
        ("30 2 * * *", "America/New_York", "2026-03-07T12:00", ["2026-03-08T03:00:00-04:00", "2026-03-09T02:30:00-04:00"]),
        ("30 1 * * *", "America/New_York", "2026-10-31T12:00", ["2026-11-01T01:30:00-04:00", "2026-11-02T01:30:00-05:00"]),
        # Half an hour: 2026-10-04 02:00 becomes 02:30; 2027-04-04 02:00 becomes 01:30.
        ("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00", ["2026-10-04T02:30:00+11:00", "2026-10-05T02:15:00+11:00"]),
        ("45 1 * * *", "Australia/Lord_Howe", "2027-04-03T12:00", ["2027-04-04T01:45:00+11:00", "2027-04-05T01:45:00+10:30"]),
        # A midnight that is not there.
        ("0 0 * * *", "Africa/Cairo", "2026-04-23T12:00", ["2026-04-24T01:00:00+03:00", "2026-04-25T00:00:00+03:00"]),
    ],
)
def test_a_time_that_is_left_out_comes_as_soon_as_it_is_past_and_one_that_comes_twice_counts_once(
    cron: str, zone: str, start: str, expected: list[str]
) -> None:
    assert slots(cron, zone, start, len(expected)) == expected


def test_in_the_second_of_two_equal_hours_nothing_is_due_that_was_due_in_the_first() -> None:
    again = datetime(2026, 11, 1, 1, 10, fold=1, tzinfo=zone_named("America/New_York"))

    assert Schedule("30 1 * * *", "America/New_York").next(again).isoformat() == "2026-11-02T01:30:00-05:00"


@given(
    cron=st.sampled_from(EXPRESSIONS),
    zone=st.sampled_from(ZONES),
    seconds=st.integers(0, 6 * 366 * 86_400),
)
def test_slots_are_later_and_later_and_do_not_depend_on_where_one_looks_from(cron: str, zone: str, seconds: int) -> None:
    schedule, start = Schedule(cron, zone), datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    found = [slot.astimezone(UTC) for slot in islice(schedule.after(start), 6)]

    assert all(before < after for before, after in pairwise([start, *found]))
    assert [schedule.next(slot).astimezone(UTC) for slot in found[:-1]] == found[1:]
    between = start + (found[0] - start) / 2
    assert schedule.next(between).astimezone(UTC) == found[0]


@given(zone=st.sampled_from(ZONES), day=st.integers(0, 1500))
def test_a_daily_job_falls_due_exactly_once_on_every_day_of_its_zone(zone: str, day: int) -> None:
    schedule = Schedule("30 1 * * *", zone)
    found = list(islice(schedule.after(datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=day)), 8))

    assert [(after.date() - before.date()).days for before, after in pairwise(found)] == [1] * 7


def test_runs_that_were_missed_are_made_good_by_one() -> None:
    daily = Schedule("0 3 * * *", "Europe/Berlin")
    last = datetime(2026, 3, 26, 2, tzinfo=UTC)

    assert due_since(daily, last, datetime(2026, 3, 27, 1, 59, 59, tzinfo=UTC)) is None
    first = due_since(daily, last, datetime(2026, 3, 27, 2, tzinfo=UTC))
    assert first == Due(datetime(2026, 3, 27, 3, tzinfo=zone_named("Europe/Berlin")), 0)
    late = due_since(daily, last, datetime(2026, 3, 31, 12, tzinfo=UTC))
    assert late == Due(datetime(2026, 3, 31, 3, tzinfo=zone_named("Europe/Berlin")), 4)
    assert due_since(daily, late.slot, datetime(2026, 3, 31, 12, tzinfo=UTC)) is None


@pytest.mark.parametrize("now", ["2026-03-01T00:00:00+00:00", "2026-03-01T00:00:30.5+00:00"])
def test_of_very_many_missed_runs_the_latest_is_found_and_the_count_says_that_it_stopped(now: str) -> None:
    found = due_since(Schedule("* * * * *"), datetime(2026, 1, 1, tzinfo=UTC), datetime.fromisoformat(now))

    assert found == Due(datetime(2026, 3, 1, tzinfo=zone_named("UTC")), MOST_COUNTED - 1, more=True)


@pytest.mark.parametrize(
    ("cron", "zone", "message"),
    [
        ("61 * * * *", "UTC", "Bad minute"),
        ("0 0 * *", "UTC", "five fields"),
        ("0 0 30 2 *", "UTC", "day"),
        ("0 0 * * *", "Europe/Atlantis", "not known"),
        ("0 0 * * *", "../../etc/passwd", "not known"),
    ],
)
def test_what_can_never_fall_due_is_refused(cron: str, zone: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Schedule(cron, zone)
