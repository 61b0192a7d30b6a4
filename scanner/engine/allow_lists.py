"""Reads what the user allows. Whatever is wrong with it ends the run before it starts: a list that is not used is a false alarm."""

import os
from collections.abc import Iterator, Sequence
from typing import Final

from identifiers.errors import IdentifierError
from identifiers.lint import check_regex
from identifiers.model import Pattern
from scanner.detection.allowed import AllowList, folded
from scanner.errors import ConfigError

# Macie's limits: https://docs.aws.amazon.com/macie/latest/user/allow-lists-options.html
_MOST_BYTES: Final = 35 * 1024 * 1024
_MOST_ENTRIES: Final = 100_000
_LONGEST_ENTRY: Final = 90
_LONGEST_REGEX: Final = 512


def load_allowed(paths: Sequence[str], regexes: Sequence[str]) -> AllowList:
    """What the files at `paths` and the `regexes` allow.

    :raises ConfigError: if one cannot be used; the place is named
    """
    for number, expression in enumerate(regexes, start=1):
        _check_regex(expression, number)
    entries = (entry for path in dict.fromkeys(paths) for entry in _entries(path))
    return AllowList(frozenset(map(folded, entries)), tuple(dict.fromkeys(regexes)))


def _check_regex(expression: str, number: int) -> None:
    where = f"--allow-regex {number}"
    if len(expression) > _LONGEST_REGEX:
        raise ConfigError(f"{where}: has {len(expression)} characters; at most {_LONGEST_REGEX} are allowed, so split it")
    try:
        check_regex(Pattern(expression, max_length=_LONGEST_REGEX), where)
    except IdentifierError as error:
        raise ConfigError(str(error)) from error


def _entries(path: str) -> Iterator[str]:
    """The lines of the file that are not blank."""
    lines = [(number, line.strip()) for number, line in enumerate(_text(path).split("\n"), start=1)]
    filled = [(number, line) for number, line in lines if line]
    if not filled:
        raise ConfigError(f"{path}: holds no entry; write one value a line, or leave the list out")
    if len(filled) > _MOST_ENTRIES:
        raise ConfigError(f"{path}: has {len(filled)} entries; a list has at most {_MOST_ENTRIES}, so split it")
    for number, line in filled:
        if len(line) > _LONGEST_ENTRY:
            raise ConfigError(f"{path}: line {number}: has {len(line)} characters; an entry has at most {_LONGEST_ENTRY}")
        yield line


def _text(path: str) -> str:
    try:
        with open(path, "rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({os.strerror(error.errno or 0)})") from error
    if len(content) > _MOST_BYTES:
        raise ConfigError(f"{path}: has more than {_MOST_BYTES} bytes; split it")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 at byte {error.start}; save it as UTF-8") from error
