"""Looks up values in records, and compares them as numbers or times where they are such."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from scanner.errors import ConfigError
from scanner.sources.bounds import parse_moment, parse_size


def values_at(record: object, path: Sequence[str]) -> Iterator[object]:
    """The values at a path of member names. Of a list every element counts, so that there may be many; of what is missing, none."""
    if isinstance(record, list | tuple):
        for element in record:
            yield from values_at(element, path)
    elif not path:
        if record is not None:
            yield record
    elif isinstance(record, Mapping) and path[0] in record:
        yield from values_at(record[path[0]], path[1:])


def as_text(value: object) -> str:
    """A value as the query writes it: `true` and `false` for those."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def as_number(value: object) -> float | None:
    """A number, or the milliseconds since 1970 of a timestamp; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    moment = _moment(value)
    return moment.timestamp() * 1000 if moment else None


def bound(text: str, now: datetime) -> float:
    """What a query compares with: a number, a size (`10MB`), a date, a time or an age (`7d`: so long before `now`).

    Raises ConfigError for anything else.
    """
    try:
        return float(text)
    except ValueError:
        pass
    try:
        return float(parse_size(text))
    except ConfigError:
        pass
    try:
        return parse_moment(text, now).timestamp() * 1000
    except ConfigError:
        raise ConfigError(f"{text!r} cannot be compared with: write a number, a size (10MB), a date (2026-03-01) or an age (7d)") from None


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
