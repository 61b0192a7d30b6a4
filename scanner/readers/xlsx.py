"""Workbooks (ECMA-376 SpreadsheetML: xlsx, xlsm, xltx, xltm): every sheet as a table, hidden ones too, and all else that holds text.

Cells by the values that they show, formulas by their last results. Beside the sheets: comments, headers and footers, text boxes,
titles of charts, defined names, properties, copies of other tables (pivot caches, external links), connections, link targets,
shared texts that no cell shows, and embedded files. Pictures are not looked at.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final

from scanner.model.outcome import Problem, Reason
from scanner.model.segment import Member, ReaderItem, TextSegment
from scanner.readers import zip_archive
from scanner.readers.base import Content
from scanner.readers.budget import Budget
from scanner.readers.docx_links import Links
from scanner.readers.docx_parts import PICTURES, lines
from scanner.readers.docx_xml import DamagedXmlError, root, root_name, stripped
from scanner.readers.heads import Peeked
from scanner.readers.paragraphs import Flow, Paragraph
from scanner.readers.relationships import key
from scanner.readers.xlsx_book import DAMAGED, STRUCTURE_BYTES, Book, stem, texts
from scanner.readers.xlsx_notes import SILENT, notes
from scanner.readers.xlsx_sheet import Aside, Row, Sheet
from scanner.readers.xlsx_table import quoted, table
from scanner.readers.xlsx_values import Values

SHEETS: Final = frozenset({"worksheet", "dialogsheet", "macrosheet", "chartsheet"})
XML: Final = frozenset({"xml", "rels", "vml"})


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """The texts of no cell first, then the parts in the order in which they lie in the package, link targets last."""
    content = replace(content, stream=budget.seekable(content.stream))
    links = Links()
    book = Book(budget, links)
    yield from book.opening(content)
    values = Values(book.strings, book.formats, epoch_1904=book.epoch_1904)
    seen: set[str] = set()
    for item in zip_archive.read(content, budget):
        if not isinstance(item, Member):
            if not (isinstance(item, Problem) and item.member and item.member[0] in book.read):
                yield item
            continue
        seen.add(key(item.name))
        kind = kind_of(item.name)
        if kind == "member":
            yield item
            continue
        budget.entry()
        if kind == "xml" and item.name not in book.read:
            yield from xml_part(item, book, values, links, budget)
    if missing := book.missing(seen):
        yield Problem(Reason.MALFORMED, f"{missing} of the sheets that it names are missing")
    yield from texts("sharedStrings", book.strings.unshown())
    yield from links.segments()


def kind_of(name: str) -> str:
    """`xml`; `nothing` for pictures, fonts and settings of printers; `member` for any other file."""
    extension = name.rpartition(".")[2].lower()
    if extension in XML:
        return "xml"
    return "nothing" if extension in PICTURES or "/printersettings/" in key(name) else "member"


def xml_part(part: Member, book: Book, values: Values, links: Links, budget: Budget) -> Iterator[ReaderItem]:
    """The segments of one XML part of a workbook."""
    peeked = Peeked(part.stream)
    top = root_name(peeked.head)
    if top in SHEETS:
        yield from _sheet(part.name, peeked.stream, book, Sheet(values), links)
    elif key(part.name).startswith("/docprops/"):
        yield from properties(part, peeked.stream, budget)
    elif top not in SILENT:
        yield from _notes(part, peeked.stream, top, book, links)


def _sheet(part: str, stream: BinaryIO, book: Book, sheet: Sheet, links: Links) -> Iterator[ReaderItem]:
    name = book.sheet(part)
    yield from table(name, rows_and_texts(name, sheet.read(stream), links))
    if sheet.damaged:
        yield Problem(Reason.MALFORMED, DAMAGED, (part,))


def rows_and_texts(name: str, items: Iterator[Row | Aside], links: Links) -> Iterator[Row | TextSegment]:
    """Rows as they are; what stands in no cell as paragraphs of the parts `Sheet1/notes`, `Sheet1/formulas` and `Sheet1/damaged`."""
    flows: dict[str, Flow] = {}
    count = 0
    addresses = links.addresses()
    for item in items:
        if isinstance(item, Row):
            for text in {text for _, text in item.cells} & addresses if addresses else ():
                links.show(text)
            yield item
            continue
        count += 1
        links.show(item.text)
        flow = flows.setdefault(item.part, Flow(f"{name}/{item.part}"))
        flow.add(Paragraph(item.text, count, f"{quoted(name)}!{item.cell}" if item.cell else ""))
        yield from flow.full()
    for flow in flows.values():
        yield from flow.flush()


def properties(part: Member, stream: BinaryIO, budget: Budget) -> Iterator[ReaderItem]:
    """What a workbook, or another document of its family, says about itself in one of the parts `docProps`."""
    most = min(STRUCTURE_BYTES, budget.limits.memory_bytes)
    data = stream.read(most + 1)
    if len(data) > most:
        yield Problem(Reason.BUDGET_MEMORY, f"it has more than {most} bytes", (part.name,))
        return
    try:
        tree = root(data)
        for names in (*tree.iterfind("{*}HeadingPairs"), *tree.iterfind("{*}TitlesOfParts")):
            tree.remove(names)  # those of sheets, which the workbook says too
        yield from texts(stem(part.name), lines(tree, "docProps", stem(part.name)))
    except DamagedXmlError:
        yield Problem(Reason.MALFORMED, DAMAGED, (part.name,))
        yield from texts(stem(part.name), stripped(data, 0))


def _notes(part: Member, stream: BinaryIO, top: str, book: Book, links: Links) -> Iterator[ReaderItem]:
    flow = Flow(stem(part.name))
    sheet = book.sheet(part.name)
    for number, note in enumerate(notes(stream, top, threaded=book.threaded), 1):
        if note is None:
            yield Problem(Reason.MALFORMED, DAMAGED, (part.name,))
            continue
        line, cell = note
        links.show(line)
        flow.add(Paragraph(line, number, f"{quoted(sheet)}!{cell}" if cell else ""))
        yield from flow.full()
    yield from flow.flush()
