"""Contacts (vCard: RFC 6350 and before it) and calendars (iCalendar: RFC 5545): lines unfolded, values decoded.

Properties of contacts are columns under their names; calendars and notes are text. What is attached is a member; pictures and sounds are
not looked at.
"""

import io
from collections.abc import Iterator
from typing import Final

import regex

from scanner.model.segment import Member, ReaderItem
from scanner.readers import text as plain
from scanner.readers.base import Content
from scanner.readers.budget import Budget
from scanner.readers.property_lines import Collected, Mapped, from_base64, from_quoted_printable, joined, physical_lines, unfolded

_HELD_CHARACTERS: Final = 2 * 1024 * 1024
# A name, parameters with values that may be quoted, then the value.
_HEAD: Final = regex.compile(r"(?:[\w-]++\.)?([\w-]++)(;(?:\"[^\"]*+\"|[^:])*+|):")
_CHARSET: Final = regex.compile(r";\s*CHARSET=\"?([\w.-]+)", regex.IGNORECASE)
_BASE64: Final = regex.compile(r";\s*(?:ENCODING=)?\"?(?:B|BASE64)\"?(?=;|$)", regex.IGNORECASE)
_QUOTED: Final = regex.compile(r";\s*(?:ENCODING=)?\"?QUOTED-PRINTABLE", regex.IGNORECASE)
_PLAIN: Final = regex.compile(
    r"(?:;\s*+(?:(?:TYPE|CHARSET|ENCODING|PREF|LANGUAGE|VALUE|PID|ALTID|MEDIATYPE)=)?\"?[A-Z_,/-]{0,24}\d{0,2}\"?)*+", regex.IGNORECASE
)
"""Parameters that nobody writes anything into."""
_ESCAPE: Final = regex.compile(r"\\([nN,;\\:])")
_DAY: Final = regex.compile(r"(\d{4})(\d\d)(\d\d)(?:T.*)?")
_PICTURES: Final = frozenset({"LOGO", "PHOTO", "SOUND"})
_FRAME: Final = frozenset({"BEGIN", "END", "PRODID", "REV", "VERSION"})
_LABELS: Final = {
    "ADR": "address",
    "BDAY": "date of birth",
    "EMAIL": "email",
    "FN": "full name",
    "LABEL": "address",
    "N": "name",
    "ORG": "company",
    "TEL": "phone",
    "TITLE": "job title",
}
_LISTS: Final = frozenset({"ADR", "N", "ORG"})
"""Properties whose values are several, with `;` between them."""


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """The columns and texts, some MiB at a time, and what is attached where it stands."""
    collected = Collected()
    for line in unfolded(physical_lines(plain.read(content, budget)), " \t", soft_breaks=True):
        attached = _take(line, collected)
        if attached or collected.size >= _HELD_CHARACTERS:
            yield from collected.taken()
        if attached:
            yield Member("attachment", io.BytesIO(attached), len(attached))
    yield from collected.taken()


def _take(line: Mapped, collected: Collected) -> bytes:
    """Takes a line; what is attached in it."""
    head = _HEAD.match(line.text)
    if head is None:
        collected.say(line)
        return b""
    name, parameters, value = head[1].upper(), head[2], line.part(head.end())
    if _BASE64.search(parameters):
        if name in _PICTURES:
            return b""
        decoded, data = from_base64(value)
        if data and not decoded.text:
            return data
        value = decoded
    elif _QUOTED.search(parameters):
        charset = _CHARSET.search(parameters)
        value = from_quoted_printable(value, charset[1] if charset else "")
    else:
        value = _unescaped(value)
    if name in _LABELS or name.startswith("X-"):
        collected.add((_LABELS.get(name) or name[2:].lower(),), _parts(value, name))
        if not _PLAIN.fullmatch(parameters):
            collected.say(line.part(0, head.end()))
    elif name not in _FRAME:
        collected.say(joined((line.part(0, head.end()), value)))
    return b""


def _unescaped(value: Mapped) -> Mapped:
    if "\\" not in value.text:
        return value
    pieces, at = [], 0
    for found in _ESCAPE.finditer(value.text):
        pieces += [value.part(at, found.start()), value.part(found.start(), found.end()).as_one("\n" if found[1] in "nN" else found[1])]
        at = found.end()
    return joined((*pieces, value.part(at)))


def _parts(value: Mapped, name: str) -> Mapped:
    """A value as people write it: parts of names and addresses side by side, days with their hyphens."""
    if name == "BDAY" and (day := _DAY.fullmatch(value.text)):
        return value.as_one("-".join(day.groups()))
    if name in _LISTS:
        start = len(value.text) - len(value.text.lstrip("; "))
        plain_text = value.part(start)
        return Mapped(plain_text.text.replace(";", "," if name == "ADR" else " ").rstrip(", "), plain_text.marks)
    return value
