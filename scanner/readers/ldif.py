"""Directories as LDIF (RFC 2849): attributes are columns under their names, values in base64 are decoded, folded lines are whole."""

from collections.abc import Iterator
from typing import Final

import regex

from scanner.model.segment import ReaderItem
from scanner.readers import text as plain
from scanner.readers.base import Content
from scanner.readers.budget import Budget
from scanner.readers.property_lines import Collected, Mapped, from_base64, physical_lines, unfolded

_HELD_CHARACTERS: Final = 2 * 1024 * 1024
_HEAD: Final = regex.compile(r"([A-Za-z0-9][A-Za-z0-9.-]*+)((?:;[A-Za-z0-9-]++)*+):(:?)(<?)[ ]*+")
_LABELS: Final = {
    "c": "country",
    "cn": "full name",
    "displayname": "full name",
    "gn": "first name",
    "l": "city",
    "mail": "email",
    "o": "company",
    "ou": "department",
    "sn": "last name",
    "st": "state",
}
"""Names that are too short to say anything by themselves (RFC 4519)."""
_TEXTS: Final = frozenset({"changetype", "control", "description", "dn", "info", "version"})
_SILENT: Final = frozenset({"objectclass"})


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """The columns and texts, some MiB at a time."""
    collected = Collected()
    for line in unfolded(physical_lines(plain.read(content, budget)), " "):
        _take(line, collected)
        if collected.size >= _HELD_CHARACTERS:
            yield from collected.taken()
    yield from collected.taken()


def _take(line: Mapped, collected: Collected) -> None:
    head = None if line.text.startswith("#") else _HEAD.match(line.text)
    if head is None:
        collected.say(line)
        return
    name, value = head[1].lower(), line.part(head.end())
    if head[3]:
        value = from_base64(value)[0]
    if name in _TEXTS or head[4]:
        collected.say(Mapped(f"{head[1]}: {value.text}", ((0, *line.marks[0][1:3], 0),)) if head[3] else line)
    elif name not in _SILENT:
        collected.add((_LABELS.get(name, head[1]),), value)
