"""Messages of Outlook ([MS-OXMSG]): every property that is text, bodies, recipients, and attachments as members.

The body in HTML, or else in RTF, is a member; messages inside of messages are read in place, as `attachment1/message/body`.
"""

import io
from collections.abc import Iterator
from typing import Final

import regex

from scanner.errors import ReadError
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import Member, ReaderItem
from scanner.readers.budget import Budget
from scanner.readers.code_pages import code_page
from scanner.readers.compound import Compound
from scanner.readers.docx_links import Links
from scanner.readers.msg_rtf import unpacked_rtf
from scanner.readers.paper import Paper

_PROPERTY: Final = regex.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})(?:-[0-9A-F]{8})?", regex.IGNORECASE)
_STORAGES: Final = (
    (regex.compile(r"__recip_version1\.0_#([0-9A-F]{1,8})", regex.IGNORECASE), "recipient"),
    (regex.compile(r"__attach_version1\.0_#([0-9A-F]{1,8})", regex.IGNORECASE), "attachment"),
)
_TEXTS: Final = {"001F": True, "001E": False, "101F": True, "101E": False}
"""Types of properties that are text, the last two those with several values; whether their characters have two bytes."""
_BINARY: Final = "0102"
_MESSAGE: Final = "__SUBSTG1.0_3701000D"
"""The storage of a message inside of another."""
_BODY, _HTML, _RTF, _HEADERS, _DATA = "1000", "1013", "1009", "007D", "3701"
_FILE_NAMES: Final = ("3707", "3704", "3001")
_PARTS: Final = {_BODY: "body", _HEADERS: "headers"}
_LABELS: Final = {
    "0037": "subject",
    "0042": "from",
    "0065": "from",
    "0C1A": "from",
    "0C1F": "from",
    "0E02": "bcc",
    "0E03": "cc",
    "0E04": "to",
    "3001": "name",
    "3003": "address",
    "39FE": "address",
    "3A02": "phone",
    "3A05": "name",
    "3A06": "first name",
    "3A08": "phone",
    "3A09": "phone",
    "3A11": "last name",
    "3A15": "address",
    "3A16": "company",
    "3A17": "title",
    "3A1C": "phone",
    "3A26": "country",
    "3A27": "city",
    "3A28": "state",
    "3A29": "street",
    "3A2A": "postal code",
}
"""What stands before the texts of properties that people know ([MS-OXPROPS])."""
_SILENT: Final = frozenset({"001A", "3002", "3704", "3703", "370E", "0075", "0C1E", "0064", "3FFA"})
"""Classes, types of addresses, extensions, and short names of what has a long one."""
_CODE_PAGE: Final = b"\x03\x00\xfd\x3f"
"""Tag of the property that says in which code page texts of one byte a character are."""
_MOST_DEEP: Final = 16
_SPACE: Final = regex.compile(r"[\r\n]+")


def read(compound: Compound, budget: Budget) -> Iterator[ReaderItem]:
    """Texts storage by storage as they lie in the file, and the members of each behind them."""
    page = _page(compound.stream("__properties_version1.0") or b"")
    paper = Paper(Links())
    for path, names in _storages(compound).items():
        if (part := _part(path)) is not None:
            storage = _Storage(compound, path, names, page)
            for number, text in storage.texts():
                _tell(paper, part, number, text)
                yield from paper.taken()
            yield from storage.members(budget)
    yield from paper.rest()
    yield from compound.problems()


class _Storage:
    """The properties of a message, a recipient or an attachment.

    :param path: with a slash at its end, empty for the message itself
    :param names: of its streams
    """

    def __init__(self, compound: Compound, path: str, names: list[str], page: str) -> None:
        self._compound = compound
        self._path = path
        self._page = page
        self._found = [(match[1].upper(), match[2].upper(), name) for name in names if (match := _PROPERTY.fullmatch(name))]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Number and text of each property that is text."""
        for number, kind, name in self._found:
            if kind in _TEXTS and number != _HTML:
                yield number, self._text(kind, name)

    def members(self, budget: Budget) -> Iterator[ReaderItem]:
        """The body in its richest form, and what is attached."""
        html = self._data(_HTML)
        rtf = self._data(_RTF) if not html else b""
        if html:
            yield Member("body.html", io.BytesIO(html), len(html))
        elif rtf:
            yield _unpacked(rtf, budget)
        if data := self._data(_DATA):
            yield Member(self._file_name(), io.BytesIO(data), len(data))

    def _data(self, number: str) -> bytes:
        """The bytes of a property; those of a text as UTF-8."""
        for found, kind, name in self._found:
            if found == number and kind in _TEXTS:
                return self._text(kind, name).encode("utf-8", "replace")
            if found == number and kind == _BINARY:
                return self._compound.stream(self._path + name) or b""
        return b""

    def _text(self, kind: str, name: str) -> str:
        data = self._compound.stream(self._path + name) or b""
        return data.decode("utf-16-le" if _TEXTS[kind] else self._page, "replace").replace("\0", "")

    def _file_name(self) -> str:
        for wanted in _FILE_NAMES:
            for number, kind, name in self._found:
                if number == wanted and kind in _TEXTS and (text := self._text(kind, name).strip()):
                    return text
        return "attachment"


def _unpacked(rtf: bytes, budget: Budget) -> ReaderItem:
    """The body in RTF, or what is wrong with it."""
    try:
        plain = unpacked_rtf(rtf, budget)
    except ReadError as error:
        if error.reason not in {Reason.MALFORMED, Reason.BUDGET_MEMORY}:
            raise
        return Problem(error.reason, error.detail, ("body.rtf",))
    return Member("body.rtf", io.BytesIO(plain), len(plain))


def _tell(paper: Paper, part: str, number: str, text: str) -> None:
    """A line is a paragraph; texts of a line or two have their name before them."""
    if number in _PARTS:
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
            paper.paragraph(f"{part}{_PARTS[number]}", line)
    elif number not in _SILENT and text.strip():
        label = _LABELS.get(number, "")
        said = _SPACE.sub(" ", text.strip())
        paper.paragraph(part.rstrip("/") or "properties", f"{label}: {said}" if label else said)


def _storages(compound: Compound) -> dict[str, list[str]]:
    """The names of streams by the storage in which they lie, the message itself first."""
    found: dict[str, list[str]] = {"": []}
    for path in compound.below(""):
        storage, slash, name = path.rpartition("/")
        found.setdefault(storage + slash, []).append(name)
    return found


def _part(path: str) -> str | None:
    """What locations call a storage, with a slash at its end; None for one that says nothing, or lies too deep."""
    parts = path.split("/")[:-1]
    named = [_named(part) for part in parts]
    return None if None in named or len(parts) > _MOST_DEEP else "".join(f"{name}/" for name in named)


def _named(storage: str) -> str | None:
    for pattern, word in _STORAGES:
        if match := pattern.fullmatch(storage):
            return f"{word}{int(match[1], 16) + 1}"
    return "message" if storage.upper() == _MESSAGE else None if storage.lower().startswith("__nameid") else "other"


def _page(properties: bytes) -> str:
    at = properties.find(_CODE_PAGE)
    return code_page(int.from_bytes(properties[at + 8 : at + 12], "little")) if at >= 0 else "cp1252"
