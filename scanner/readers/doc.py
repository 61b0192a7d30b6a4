"""Documents of Word 6 to 2003 ([MS-DOC]): the text of body, notes, headers, comments and text boxes, hidden and deleted text included.

Tables are text, cell by cell: where one ends is not told beside it. Embedded objects are not read, which is told.
"""

import struct
from collections.abc import Iterator
from typing import Final

import regex

from scanner.errors import ReadError
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import ReaderItem
from scanner.readers.budget import Budget
from scanner.readers.compound import Compound
from scanner.readers.doc_pieces import STORIES, Layout, pieces
from scanner.readers.docx_links import Links
from scanner.readers.paper import Paper
from scanner.readers.xlsx_book import texts

_MARK: Final = 0xA5EC
_ENCRYPTED: Final = 0x0100
_SECOND_TABLE: Final = 0x0200
_MARKS: Final = regex.compile(r"[\x07\x0c\x0d\x0e\x13\x14\x15]")
_ENDS: Final = frozenset("\x0c\x0d\x0e")
_OTHERS: Final = str.maketrans(
    {"\x0b": "\n", "\x1e": "-", "\x1f": "", "\x01": "", "\x02": "", "\x05": "", "\x08": "", "\x03": "", "\x04": ""}
)
_LINK: Final = regex.compile(r'\s*HYPERLINK\s+(?:\\\S+\s+)*"([^"]*)"')


def read(compound: Compound, budget: Budget) -> Iterator[ReaderItem]:
    """The stories one after the other, properties, link targets. Raises ReadError (ENCRYPTED) for one with a password."""
    main = compound.first("WordDocument")
    mark, version, flags = struct.unpack_from("<HH6xH", main.ljust(12, b"\0"))
    if flags & _ENCRYPTED:
        raise ReadError(Reason.ENCRYPTED, "it needs a password")
    if mark & 0xFF00 != _MARK & 0xFF00:
        raise ReadError(Reason.MALFORMED, "its head is damaged")
    table = compound.stream("1Table" if flags & _SECOND_TABLE else "0Table") or b""
    links = Links()
    document = _Document(links)
    for story, text in pieces(Layout(main, table, version, flags), budget):
        document.add(story, text)
        yield from document.paper.taken()
    document.end()
    yield from document.paper.rest()
    yield from texts("properties", compound.properties())
    yield from links.segments()
    if objects := {name.split("/")[1] for name in compound.below("ObjectPool") if name.count("/") > 1}:
        yield Problem(Reason.MEMBERS_UNREAD, f"{len(objects)} embedded objects are not read")
    yield from compound.problems()


class _Document:
    """Characters of the stories on their way to paragraphs."""

    def __init__(self, links: Links) -> None:
        self.paper = Paper(links)
        self._links = links
        self._story = STORIES[0]
        self._pieces: list[str] = []
        self._fields: list[list[str] | None] = []
        self._is_cell_end = False

    def add(self, story: str, text: str) -> None:
        """More of a story."""
        if story != self._story:
            self.end()
            self._story = story
        at = 0
        for found in _MARKS.finditer(text):
            self._say(text[at : found.start()])
            self._mark(found[0])
            at = found.end()
        self._say(text[at:])

    def end(self) -> None:
        """The story ends."""
        while self._fields:
            self._mark("\x15")
        self._end_paragraph()

    def _say(self, text: str) -> None:
        if not text:
            return
        self._is_cell_end = False
        instruction = self._fields[-1] if self._fields else None
        (self._pieces if instruction is None else instruction).append(text.translate(_OTHERS))

    def _mark(self, mark: str) -> None:
        if mark == "\x13":
            self._fields.append([])
        elif mark in "\x14\x15":
            self._end_instruction(keeps=mark == "\x14")
        elif mark in _ENDS or self._is_cell_end:
            self._end_paragraph()
        else:
            self._pieces.append("\t")
            self._is_cell_end = True

    def _end_instruction(self, *, keeps: bool) -> None:
        """An instruction of a field ends; its result follows if `keeps`."""
        if not self._fields:
            return
        instruction = self._fields.pop()
        if keeps:
            self._fields.append(None)
        text = "".join(instruction or ())
        if found := _LINK.match(text):
            self._links.lead_to(found[1])
        elif '"' in text:
            self.paper.paragraph(f"{self._story}/notes", text.strip())

    def _end_paragraph(self) -> None:
        text, self._pieces, self._is_cell_end = "".join(self._pieces).rstrip("\t"), [], False
        self.paper.paragraph(self._story, text)
