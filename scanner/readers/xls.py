"""Workbooks of Excel 5 to 2003 ([MS-XLS]): every sheet as a table, hidden ones too, and what stands beside cells.

Comments, text boxes, headers and footers, hints, links, properties, pivot caches; cells by the values that they show, formulas by
their last results. Texts in formulas that no result shows, copies of tables of other workbooks, and macros are not read.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final

from scanner.model.outcome import Problem, Reason
from scanner.model.segment import ReaderItem
from scanner.readers.budget import Budget
from scanner.readers.compound import Compound
from scanner.readers.docx_links import Links
from scanner.readers.xls_book import XlsBook
from scanner.readers.xls_records import Cursor, records
from scanner.readers.xlsx import rows_and_texts
from scanner.readers.xlsx_book import UNFIT, texts
from scanner.readers.xlsx_table import table

_SHARED_VALUE: Final = 0x00CD
"""A text of a pivot table's copy of its source ([MS-XLS] 2.4.312)."""


def read(compound: Compound, budget: Budget) -> Iterator[ReaderItem]:
    """The sheets in the order in which they lie in the workbook; what belongs to no cell last."""
    links = Links()
    book = XlsBook(budget.limits.memory_bytes, links)
    for sheet, items in groupby(book.read(compound.first("Workbook", "Book")), key=itemgetter(0)):
        yield from table(sheet, rows_and_texts(sheet, (item for _, item in items), links))
    if not book.strings.fits:
        yield Problem(Reason.BUDGET_MEMORY, UNFIT)
    yield from texts("sharedStrings", book.strings.unshown())
    for number, name in enumerate(compound.below("_SX_DB_CUR"), 1):
        yield from texts(f"pivotCache{number}", _cached(compound.stream(name) or b""))
    yield from texts("properties", compound.properties())
    yield from links.segments()
    yield from compound.problems()


def _cached(stream: bytes) -> Iterator[str]:
    return (text for record in records(stream) if record.kind == _SHARED_VALUE and (text := Cursor(record.pieces).string()))
