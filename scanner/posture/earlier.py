"""Records of earlier runs, read from files of JSON or JSON Lines."""

import json
import os
from collections.abc import Iterator
from typing import Any, TextIO

from scanner.errors import ConfigError


def records_in(path: str) -> Iterator[dict[str, Any]]:
    """The records of a file that `dowse posture` or `dowse scan` wrote as `json` or `jsonl`; of the latter one line is held at once.

    :raises ConfigError: if it cannot be read or is no such file
    """
    try:
        with open(path, encoding="utf-8") as file:
            yield from _records(file)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {os.strerror(error.errno or 0)}; check the path and its permissions") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: is no output of dowse with --format json or jsonl") from error


def _records(file: TextIO) -> Iterator[dict[str, Any]]:
    """Raises ValueError for anything else; a text that is no UTF-8 is one, too."""
    first = next((line for line in file if line.strip()), "")
    try:
        record = json.loads(first)
    except ValueError:
        # One value over many lines, if anything.
        yield from _within(json.loads(first + file.read()))
        return
    yield from _within(record)
    for line in file:
        if line.strip():
            yield from _within(json.loads(line))


def _within(value: object) -> Iterator[dict[str, Any]]:
    found = value["buckets"] if isinstance(value, dict) and isinstance(value.get("buckets"), list) else value
    for one in found if isinstance(found, list) else [found]:
        if not isinstance(one, dict):
            raise ValueError("no record")  # noqa: TRY004 - as of any other text that is no record
        yield one
