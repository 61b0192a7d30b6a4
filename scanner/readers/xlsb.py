"""Workbooks in binary parts ([MS-XLSB]: xlsb): the same package as xlsx, whose sheets, texts, formats and comments are records.

Read as `xlsx` is, with the same places. Texts in formulas that no result shows, and what data validation says, are not read.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from scanner.model.outcome import Problem, Reason
from scanner.model.segment import Member, ReaderItem
from scanner.readers import zip_archive
from scanner.readers.base import Content
from scanner.readers.budget import Budget
from scanner.readers.docx_links import Links
from scanner.readers.paragraphs import Flow, Paragraph
from scanner.readers.relationships import key
from scanner.readers.xlsb_book import BinaryBook
from scanner.readers.xlsb_sheet import BinarySheet, binary_notes
from scanner.readers.xlsx import kind_of, rows_and_texts, xml_part
from scanner.readers.xlsx_book import stem, texts
from scanner.readers.xlsx_table import quoted, table
from scanner.readers.xlsx_values import Values

_SHEETS = ("/worksheets/", "/macrosheets/", "/dialogsheets/", "/chartsheets/")
_NOTES = ("/comments", "/pivotcache/", "/externallinks/")
_LOOKS = (
    "/calcchain",
    "/pivottables/",
    "/printersettings/",
    "/slicer",
    "/tables/",
    "/metadata",
    "/binaryindex",
    "/querytables/",
    "/persons/",
)
_CUT = "one of its records is not whole"


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """The texts of no cell first, then the parts in the order in which they lie in the package, link targets last."""
    content = replace(content, stream=budget.seekable(content.stream))
    links = Links()
    book = BinaryBook(budget, links)
    yield from book.opening(content)
    values = Values(book.strings, book.formats, epoch_1904=book.epoch_1904)
    seen: set[str] = set()
    for item in zip_archive.read(content, budget):
        if not isinstance(item, Member):
            if not (isinstance(item, Problem) and item.member and item.member[0] in book.read):
                yield item
            continue
        name = key(item.name)
        seen.add(name)
        is_binary = name.endswith(".bin") and any(mark in name for mark in (*_SHEETS, *_NOTES, *_LOOKS))
        kind = "bin" if is_binary else kind_of(item.name)
        if kind == "member" and item.name not in book.read:
            yield item
            continue
        budget.entry()
        if kind == "bin":
            yield from _binary(item, name, book, BinarySheet(values), links)
        elif kind == "xml" and item.name not in book.read:
            yield from xml_part(item, book, values, links, budget)
    if missing := book.missing(seen):
        yield Problem(Reason.MALFORMED, f"{missing} of the sheets that it names are missing")
    yield from texts("sharedStrings", book.strings.unshown())
    yield from links.segments()


def _binary(part: Member, name: str, book: BinaryBook, sheet: BinarySheet, links: Links) -> Iterator[ReaderItem]:
    if any(mark in name for mark in _SHEETS) and not any(mark in name for mark in _LOOKS):
        called = book.sheet(part.name)
        yield from table(called, rows_and_texts(called, sheet.read(part.stream), links))
        if sheet.damaged:
            yield Problem(Reason.MALFORMED, _CUT, (part.name,))
    elif any(mark in name for mark in _NOTES):
        yield from _notes(part.name, part.stream, book, links)


def _notes(name: str, stream: BinaryIO, book: BinaryBook, links: Links) -> Iterator[ReaderItem]:
    flow, sheet = Flow(stem(name)), book.sheet(name)
    for number, note in enumerate(binary_notes(stream), 1):
        if note is None:
            yield Problem(Reason.MALFORMED, _CUT, (name,))
            continue
        text, cell = note
        links.show(text)
        flow.add(Paragraph(text, number, f"{quoted(sheet)}!{cell}" if cell else ""))
        yield from flow.full()
    yield from flow.flush()
