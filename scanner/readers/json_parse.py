"""JSON text to Python values such that nothing is lost.

Python's own parser, since it alone can leave numbers as they are written, show both of two members of the same name, and
accept NaN, control characters and halves of surrogate pairs. Strings and numbers become `str`.
"""

import gc
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, cast

import regex

from scanner.readers.json_columns import Members


def _object(pairs: Sequence[tuple[str, object]]) -> object:
    members = dict(pairs)
    return members if len(members) == len(pairs) else Members(pairs)


Scan = Callable[[str, int], tuple[object, int]]
"""Gives the value at a place and where it ends; raises StopIteration where there is none."""


def _scanner(hook: Callable[[list[tuple[str, object]]], object] | None) -> Scan:
    decoder = json.JSONDecoder(strict=False, object_pairs_hook=hook, parse_int=str, parse_float=str, parse_constant=lambda _: None)
    scan: Scan = decoder.scan_once  # type: ignore[attr-defined]  # documented only by its use in `raw_decode`
    return scan


_FAST: Final = _scanner(None)
_WITH_REPEATED_NAMES: Final = _scanner(_object)
_JOINED: Final = regex.compile(r"""[^\]}"][^ \t\r\n\[\]{},"]""")
_SPACE: Final = regex.compile(r"[ \t\r\n]*")
_SPACED_NAME: Final = regex.compile(r'"[ \t\r\n]+:')


def parse_all(text: str, *, repeated_names: bool) -> list[object]:
    """The values that stand one after the other in `text`, mostly a single one.

    :param repeated_names: give objects in which a name is repeated as `Members`; else only the last such member is seen
    :raises ValueError: it is no JSON
    :raises RecursionError: it is nested too deeply
    """
    scan = _WITH_REPEATED_NAMES if repeated_names else _FAST
    values, place = [], _behind_space(text, 0)
    with _without_collector():
        while place < len(text):
            try:
                value, place = scan(text, place)
            except StopIteration as error:
                raise ValueError("no JSON value where one should be") from error
            if _JOINED.match(text, place - 1):
                raise ValueError("two values that nothing parts")
            values.append(value)
            place = _behind_space(text, place)
    return values


def parse_each(lines: Sequence[str], *, repeated_names: bool) -> list[list[object] | None]:
    """The values of each line: mostly one, none if it is blank, None if it is no JSON or nested too deeply. See `parse_all`."""
    scan = _WITH_REPEATED_NAMES if repeated_names else _FAST
    parsed: list[list[object] | None] = []
    with _without_collector():
        for line in lines:
            try:
                value, end = scan(line, 0)
                parsed.append([value] if end == len(line) else _parsed(line, repeated_names=repeated_names))
            except (StopIteration, ValueError, RecursionError):
                parsed.append(_parsed(line, repeated_names=repeated_names))
    return parsed


def _parsed(line: str, *, repeated_names: bool) -> list[object] | None:
    try:
        return parse_all(line, repeated_names=repeated_names)
    except (ValueError, RecursionError):
        return None


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keeps the garbage collector from looking again and again through millions of new values, none of which is garbage."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _behind_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    assert match, "the pattern matches nothing as well"
    return match.end()


def most_members(text: str) -> int:
    """How many members the objects in `text` have at most; just as many, unless strings hold quotes or begin with a colon.

    When fewer were parsed, some may have been dropped because their name is repeated.
    """
    count = text.count('":')
    if any(pair in text for pair in (" :", "\t:", "\n:", "\r:")):
        count += sum(1 for _ in _SPACED_NAME.finditer(text))
    return count


def string_at(text: str, place: int) -> tuple[str, int]:
    """The string whose opening quote stands before `place`, and the place behind it. Raises JSONDecodeError."""
    string, end = cast("tuple[str, int]", _FAST(text, place - 1))
    return string, end
