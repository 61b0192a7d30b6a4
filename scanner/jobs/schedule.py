"""When a job falls due: a cron expression in a time zone, and the arithmetic over it.

What `cronsim` does is what Debian's cron does (cron(8), "Daylight Saving Time"): a time of day that a change of the clock
leaves out falls due as soon as the clock is past it; one that comes twice falls due the first time only; what is due every
few minutes or hours goes by elapsed time. Months without the day are passed over, as Macie does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from scanner.errors import ConfigError

MOST_COUNTED: Final = 10_000
"""Slots are counted up to here; a schedule by the minute has so many in a week."""

_NICKNAMES: Final = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a job falls due. Building it checks it.

    :param cron: five fields as in crontab(5), six with seconds in front; `L` is the last day of a month; or `@daily` and the like
    :param timezone: of the IANA database, `Europe/Berlin` for one
    :raises ConfigError: if one of them cannot be used, or the expression names no day that ever comes
    """

    cron: str
    timezone: str = "UTC"

    def __post_init__(self) -> None:
        zone = zone_named(self.timezone)
        try:
            next(CronSim(self.expression, datetime(2024, 1, 1, tzinfo=zone)))
        except CronSimError as error:
            raise ConfigError(f"cron expression {self.cron!r} cannot be used: {error}; write five fields, as in 30 2 * * 1-5") from None
        except StopIteration:
            raise ConfigError(f"cron expression {self.cron!r} names a day that never comes; correct it") from None

    @property
    def expression(self) -> str:
        """The fields, nicknames written out."""
        return _NICKNAMES.get(self.cron.strip().lower(), self.cron)

    def after(self, moment: datetime) -> Iterator[datetime]:
        """The slots later than `moment`, in their order, each once, in the schedule's time zone.

        :param moment: with time zone
        """
        last = moment
        for slot in CronSim(self.expression, moment.astimezone(zone_named(self.timezone))):
            # In an hour that comes twice, and behind one that is left out, the same moment can come up again.
            if slot.astimezone(UTC) > last.astimezone(UTC):
                last = slot
                yield slot

    def next(self, moment: datetime) -> datetime:
        """The first slot later than `moment`."""
        return next(self.after(moment))


@dataclass(frozen=True, slots=True)
class Due:
    """Slots that have passed and were not run.

    :param slot: the latest of them
    :param missed: how many came before it; all of them are made good by one run
    :param more: there were more than were counted
    """

    slot: datetime
    missed: int
    more: bool = False


def due_since(schedule: Schedule, last: datetime, now: datetime) -> Due | None:
    """What has fallen due later than `last` and until `now`, itself included; None if nothing has.

    :param last: the slot that was run last, or when the schedule began to count
    """
    found, count = None, 0
    for slot in schedule.after(last):
        if slot.astimezone(UTC) > now.astimezone(UTC):
            break
        if count == MOST_COUNTED:
            return Due(_latest(schedule, now), count - 1, more=True)
        found, count = slot, count + 1
    return Due(found, count - 1) if found else None


def zone_named(name: str) -> ZoneInfo:
    """The time zone. Raises ConfigError if the system's database does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        remedy = "write one as in Europe/Berlin; where the system has no time zones, pip install tzdata"
        raise ConfigError(f"time zone {name!r} is not known: {remedy}") from None


def _latest(schedule: Schedule, now: datetime) -> datetime:
    """The last slot that is not later than `now`."""
    back = CronSim(schedule.expression, now.astimezone(zone_named(schedule.timezone)), reverse=True)
    at_now = next(schedule.after(datetime.fromtimestamp(now.timestamp() - 1, UTC)))
    return at_now if at_now.astimezone(UTC) <= now.astimezone(UTC) else next(back)
