"""A schedule in the words of other schedulers. What they cannot say is refused, never said otherwise."""

from datetime import datetime
from typing import Final

from cronsim import CronSim

from scanner.errors import ConfigError
from scanner.jobs.schedule import Schedule, zone_named

_DAYS: Final = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_REMEDY: Final = "leave the job's name out"


class _Fields:
    """The five fields of an expression as sets of numbers; None stands for all.

    :raises ConfigError: for seconds, and for days of a week in a month
    """

    def __init__(self, schedule: Schedule) -> None:
        parts = schedule.expression.split()
        if len(parts) != 5 or "#" in parts[4] or "L" in parts[4].upper() or "W" in parts[2].upper():
            raise ConfigError(f"{schedule.cron!r} cannot be said in the words of other schedulers; leave the job's name out")
        self.expression = " ".join(parts)
        found = CronSim(self.expression, datetime(2024, 1, 1, tzinfo=zone_named(schedule.timezone)))
        self.last_day = CronSim.LAST in found.days
        self.minutes = _limited(found.minutes, 60)
        self.hours = _limited(found.hours, 24)
        self.days = _limited({day for day in found.days if day > 0}, 31)
        self.months = _limited(found.months, 12)
        weekdays = {day % 7 for day in found.weekdays if isinstance(day, int)}
        self.weekdays = _limited(weekdays, 7)
        self.either_day = not found.day_and and (self.days is not None or self.last_day) and self.weekdays is not None


def systemd_calendar(schedule: Schedule) -> str:
    """For `OnCalendar=`, see systemd.time(7). Raises ConfigError for what it cannot say."""
    fields = _Fields(schedule)
    _refuse_either_day(schedule, fields)
    if fields.last_day and fields.days:
        raise ConfigError(f"{schedule.cron!r}: systemd cannot say the last day beside others; {_REMEDY}")
    days = ",".join(_DAYS[day] for day in fields.weekdays) + " " if fields.weekdays else ""
    month = _joined(fields.months)
    date = f"*-{month}~01" if fields.last_day else f"*-{month}-{_joined(fields.days)}"
    return f"{days}{date} {_joined(fields.hours)}:{_joined(fields.minutes)}:00 {schedule.timezone}"


def kubernetes_cron(schedule: Schedule) -> str:
    """For `schedule:` of a CronJob, beside its `timeZone:`. Raises ConfigError for what it cannot say."""
    fields = _Fields(schedule)
    if fields.last_day:
        raise ConfigError(f"{schedule.cron!r}: Kubernetes cannot say the last day of a month; {_REMEDY}")
    return fields.expression


def eventbridge_cron(schedule: Schedule) -> str:
    """For `ScheduleExpression`, beside its `ScheduleExpressionTimezone`. Raises ConfigError for what it cannot say."""
    fields = _Fields(schedule)
    _refuse_either_day(schedule, fields)
    if fields.weekdays and (fields.days or fields.last_day):
        raise ConfigError(f"{schedule.cron!r}: EventBridge takes a day of the month or of the week; leave the job's name out")
    if fields.last_day and fields.days:
        raise ConfigError(f"{schedule.cron!r}: EventBridge cannot say the last day beside others; {_REMEDY}")
    weekdays = ",".join(_DAYS[day].upper() for day in fields.weekdays) if fields.weekdays else "?"
    days = "L" if fields.last_day else ("?" if fields.weekdays else _joined(fields.days))
    return f"cron({_joined(fields.minutes)} {_joined(fields.hours)} {days} {_joined(fields.months)} {weekdays} *)"


def _limited(numbers: set[int], all_of_them: int) -> tuple[int, ...] | None:
    return None if len(numbers) == all_of_them else tuple(sorted(numbers))


def _joined(numbers: tuple[int, ...] | None) -> str:
    return ",".join(map(str, numbers)) if numbers else "*"


def _refuse_either_day(schedule: Schedule, fields: _Fields) -> None:
    if fields.either_day:
        raise ConfigError(
            f"{schedule.cron!r} means a day of the month or a day of the week, either of them, which other schedulers cannot say; {_REMEDY}"
        )
