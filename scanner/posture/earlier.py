"""Records of earlier runs, read from files of JSON or JSON Lines."""

import json
from collections.abc import Iterator
from typing import Any

from scanner.errors import ConfigError


def records_in(path: str) -> Iterator[dict[str, Any]]:
    """The records of a file that `dowse posture` or `dowse scan` wrote as `json` or `jsonl`.

    :raises ConfigError: if it cannot be read or is no such file
    """
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as text in UTF-8") from error
    try:
        yield from _records(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: is no output of dowse with --format json or jsonl") from error


def _records(text: str) -> Iterator[dict[str, Any]]:
    try:
        whole = json.loads(text)
    except ValueError:
        whole = [json.loads(line) for line in text.splitlines() if line.strip()]
    if isinstance(whole, dict):
        whole = whole["buckets"] if isinstance(whole.get("buckets"), list) else [whole]
    if not isinstance(whole, list) or not all(isinstance(one, dict) for one in whole):
        raise ValueError("no records")
    yield from whole
