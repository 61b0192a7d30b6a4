"""`[discover]` of a job file: a little of everything each day, within a budget."""

import os
from collections.abc import Iterator, Mapping
from typing import Final

from identifiers.fields import Fields
from scanner.errors import ConfigError
from scanner.jobs.model import Discover
from scanner.sources.bounds import parse_size

_DEFAULT: Final = Discover()
# What a day's share of everything makes no sense with, and what is to be used instead.
_INSTEAD: Final = {
    "bytes_per_month": "bytes_per_day in [discover]",
    "sample": "bytes_per_day and objects_per_day in [discover], which choose objects themselves",
    "sampling_percentage": "bytes_per_day and objects_per_day in [discover], which choose objects themselves",
    "initial_run": "[objects] with a condition on last_modified",
}
_UNKNOWN: Final = 50
_HIGHEST: Final = 100


def read_discover(fields: Fields, folder: str) -> Discover | None:
    """What the job's file says of discovery; None if it is no such job. Raises IdentifierError, which names the key.

    :param folder: what relative paths count from
    """
    value = fields.value("discover")
    if value is None:
        return None
    if not isinstance(value, Mapping):
        fields.fail("discover", 'must be a table: [discover], then bytes_per_day = "10GB"')
    for key, instead in _INSTEAD.items():
        if fields.has(key):
            fields.fail(key, f"has no meaning in a job with [discover]; use {instead}")
    table = Fields(value, f"{fields.where}: discover")
    found = Discover(
        day_bytes=_day_bytes(table),
        day_objects=table.whole("objects_per_day", _DEFAULT.day_objects, 1, 10**9),
        left_out=table.texts("exclude_buckets"),
        fixed=tuple(_scores(table)),
        ignored=tuple(_ignored(table)),
        scores=os.path.join(folder, table.text("scores")) if table.has("scores") else None,
    )
    table.finish()
    return found


def _day_bytes(table: Fields) -> int:
    value = table.value("bytes_per_day")
    if value is None:
        return _DEFAULT.day_bytes
    try:
        size = parse_size(str(value))
    except ConfigError as error:
        table.fail("bytes_per_day", str(error))
    if not size:
        table.fail("bytes_per_day", "must be more than nothing")
    return size


def _scores(table: Fields) -> Iterator[tuple[str, int]]:
    for bucket, score in _pairs(table, "set_score", "[discover.set_score], then vault = 100"):
        if isinstance(score, bool) or not isinstance(score, int) or not 1 <= score <= _HIGHEST or score == _UNKNOWN:
            table.fail("set_score", f"{bucket}: must be a whole number from 1 to 49 or from 51 to 100")
        yield bucket, score


def _ignored(table: Fields) -> Iterator[tuple[str, str]]:
    for bucket, identifiers in _pairs(table, "ignore", '[discover.ignore], then staff = ["NAME"]'):
        if not isinstance(identifiers, list) or not all(isinstance(one, str) and one for one in identifiers):
            table.fail("ignore", f'{bucket}: must be a list of identifiers, as in ["NAME"]')
        yield from ((bucket, one) for one in identifiers)


def _pairs(table: Fields, key: str, form: str) -> Iterator[tuple[str, object]]:
    value = table.value(key)
    if value is None:
        return
    if not isinstance(value, Mapping):
        table.fail(key, f"must be a table: {form}")
    yield from value.items()
