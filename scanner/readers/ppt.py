"""Presentations of PowerPoint 97 to 2003 ([MS-PPT]): the texts of slides, notes, masters and comments, in the order in which they lie.

A slide has the number that it has among those that lie in the file; what was left of earlier versions by saving fast is read too.
"""

import struct
from collections.abc import Iterator
from typing import Final

from scanner.errors import ReadError
from scanner.model.outcome import Reason
from scanner.model.segment import ReaderItem
from scanner.readers.budget import Budget
from scanner.readers.compound import Compound
from scanner.readers.docx_links import Links
from scanner.readers.paper import Paper
from scanner.readers.xlsx_book import texts

_HEAD: Final = struct.Struct("<HHI")
_CONTAINER: Final = 0xF
_WIDE_TEXT, _NARROW_TEXT, _STRING = 0x0FA0, 0x0FA8, 0x0FBA
_PARTS: Final = {0x03E8: "document", 0x03EE: "slide", 0x03F0: "notes", 0x03F8: "master"}
_ENCRYPTED: Final = 0x2F14


def read(compound: Compound, budget: Budget) -> Iterator[ReaderItem]:  # noqa: ARG001 - every reader has a budget; the compound file keeps it
    """Paragraphs of `slide1`, `notes1`, `master1`, `document`. Raises ReadError (ENCRYPTED) for one with a password."""
    data = compound.first("PowerPoint Document")
    paper = Paper(Links())
    part, part_end, counts = "document", 0, dict.fromkeys(_PARTS.values(), 0)
    at = 0
    while at + _HEAD.size <= len(data):
        version, kind, size = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        if kind == _ENCRYPTED:
            raise ReadError(Reason.ENCRYPTED, "it needs a password")
        if at >= part_end and kind in _PARTS:
            counts[_PARTS[kind]] += 1
            part, part_end = f"{_PARTS[kind]}{counts[_PARTS[kind]]}" if kind != 0x03E8 else "document", at + size
        if version & 0xF == _CONTAINER:
            continue
        if kind in {_WIDE_TEXT, _NARROW_TEXT, _STRING}:
            raw = data[at : at + size]
            text = raw.decode("latin-1" if kind == _NARROW_TEXT else "utf-16-le", "replace")
            for line in text.replace("\x0b", "\n").split("\r"):
                paper.paragraph(part, line)
            yield from paper.taken()
        at += size
    yield from paper.rest()
    yield from texts("properties", compound.properties())
    yield from compound.problems()
