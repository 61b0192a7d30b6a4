"""`[schedule]` of a job file: every day, week or month at a time of day, or a cron expression."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import regex

from identifiers.fields import Fields
from scanner.errors import ConfigError
from scanner.jobs.schedule import Schedule

_DAYS: Final = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_TIME: Final = regex.compile(r"(?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-5][0-9])")
_LAST: Final = "last"


class _Every(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def read_schedule(fields: Fields) -> Schedule | None:
    """The schedule of the job; None without one. Raises IdentifierError, which names the key."""
    value = fields.value("schedule")
    if value is None:
        return None
    if not isinstance(value, Mapping):
        fields.fail("schedule", 'must be a table: [schedule], then every = "day" or cron = "30 2 * * *"')
    table = Fields(value, f"{fields.where}: schedule")
    cron = table.text("cron") if table.has("cron") else _cron(table)
    timezone = table.text("timezone", "UTC")
    table.finish()
    try:
        return Schedule(cron, timezone)
    except ConfigError as error:
        table.fail("timezone" if "time zone" in str(error) else "cron", str(error))


def _cron(table: Fields) -> str:
    if not table.has("every"):
        table.fail("every", 'is missing; write every = "day", "week" or "month", or cron = "30 2 * * *"')
    every = table.choice("every", _Every.DAY)
    found = _TIME.fullmatch(table.text("at", "00:00"))
    if not found:
        table.fail("at", 'must be a time of day, as in at = "02:30"')
    day, weekday = "*", "*"
    if every is _Every.WEEK:
        weekday = str(_DAYS.index(_day_of_week(table)))
    elif every is _Every.MONTH:
        day = _day_of_month(table)
    return f"{int(found['minute'])} {int(found['hour'])} {day} * {weekday}"


def _day_of_week(table: Fields) -> str:
    day = table.text("on", "").lower()
    if day not in _DAYS:
        table.fail("on", 'must be a day of the week, as in on = "monday"')
    return day


def _day_of_month(table: Fields) -> str:
    """Months without the day are passed over, as Macie does; `last` is never."""
    if table.value("on") == _LAST:
        return "L"
    day = table.whole("on", 0, 1, 31)
    if not day:
        table.fail("on", 'must be a day of the month, from 1 to 31, or "last"')
    return str(day)
