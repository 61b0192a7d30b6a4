"""Sizes, times and shares as people write them: `10MB`, `5GiB`, `7d`, `2026-03-01`, `5%`."""

from datetime import UTC, datetime, timedelta
from typing import Final

import regex

from scanner.errors import ConfigError

# Decimal and binary units as IEC 80000-13 names them; a bare `k` is decimal, as in SI.
_UNITS: Final = (
    {"": 1}
    | {
        prefix + infix + end: (1000 if not infix else 1024) ** power
        for power, prefix in enumerate("kmgtp", start=1)
        for infix, end in (("", ""), ("", "b"), ("i", "b"), ("i", ""))
    }
    | {"b": 1}
)
_SIZE: Final = regex.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>[a-z]*)", regex.IGNORECASE)
_AGE: Final = regex.compile(r"(?P<number>[0-9]{1,6})\s*(?P<unit>[smhdw])", regex.IGNORECASE)
_SHARE: Final = regex.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)\s*(?P<percent>%?)")
_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def parse_size(text: str) -> int:
    """The bytes in `text`: `512`, `1k` and `10MB` (powers of 1000), `5GiB` (powers of 1024), `1.5 MB`; case does not matter.

    Raises ConfigError for anything else.
    """
    found = _SIZE.fullmatch(text.strip())
    unit = _UNITS.get(found["unit"].lower()) if found else None
    if not found or unit is None:
        raise ConfigError(f"{text!r} is no size: write bytes, or a number with k, MB, GB, KiB, MiB or GiB behind it, as in 10MB")
    return int(float(found["number"]) * unit) if "." in found["number"] else int(found["number"]) * unit


def parse_share(text: str) -> float:
    """The share in `text`, 0 to 1: `5%` or `0.05`. Raises ConfigError for anything else."""
    found = _SHARE.fullmatch(text.strip())
    share = float(found["number"]) / (100 if found["percent"] else 1) if found else -1.0
    if not 0 <= share <= 1:
        raise ConfigError(f"{text!r} is no share: write 5% or 0.05")
    return share


def parse_moment(text: str, now: datetime) -> datetime:
    """The time in `text`: an ISO 8601 date or time (UTC unless it says otherwise), or an age like `12h`, `7d`, `4w` before `now`.

    Raises ConfigError for anything else.
    """
    stripped = text.strip()
    if found := _AGE.fullmatch(stripped):
        return _before(now, timedelta(seconds=int(found["number"]) * _SECONDS[found["unit"].lower()]))
    try:
        moment = datetime.fromisoformat(stripped)
    except ValueError:
        raise ConfigError(f"{text!r} is no time: write a date (2026-03-01), a time (2026-03-01T12:00Z) or an age (12h, 7d, 4w)") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _before(now: datetime, age: timedelta) -> datetime:
    try:
        return now - age
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)
