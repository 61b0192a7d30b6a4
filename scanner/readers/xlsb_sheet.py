"""A sheet of a binary workbook as rows of texts, and other parts of it as lines ([MS-XLSB] 2.4)."""

import struct
from collections.abc import Iterator
from typing import Final

import regex

from scanner.readers.xls_records import rk
from scanner.readers.xlsb_records import BinaryPart, wide_string, wide_strings
from scanner.readers.xlsx_sheet import MOST_COLUMNS, Aside, Row, letters_of
from scanner.readers.xlsx_values import Values
from scanner.readers.xlsx_xml import Source

_ROW: Final = 0
_RK, _BOOL, _REAL, _TEXT, _SHARED = 2, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _RICH = 8, 9, 10, 62
_CELLS: Final = frozenset(range(1, 12)) | {_RICH}
_SHORT_CELLS: Final = {13: _RK, 15: _BOOL, 16: _REAL, 17: _TEXT, 18: _SHARED}
"""Cells that stand behind their neighbour and say no column."""
_BLANKS: Final = frozenset({12, 14})
_HEADER, _LINK = 479, 494
_AUTHOR, _COMMENT, _COMMENT_TEXT, _CACHED_TEXT, _EXTERNAL_TEXT = 632, 635, 637, 24, 581
_TRUTH: Final = ("FALSE", "TRUE")
_CODES: Final = regex.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d{1,3}|[A-Z])')


class BinarySheet:
    """Reads one sheet.

    :ivar damaged: it was not whole
    """

    def __init__(self, values: Values) -> None:
        self.damaged = False
        self._values = values
        self._row, self._column = 1, 0
        self._cells: list[tuple[int, str]] = []

    def read(self, stream: Source) -> Iterator[Row | Aside]:
        """What it holds, in order."""
        part = BinaryPart(stream)
        for kind, record in part.records():
            if kind in _CELLS and len(record) >= 8:
                column, style = struct.unpack_from("<II", record)
                self._column = min(column + 1, MOST_COLUMNS)
                self._take(kind, record[8:], style & 0xFFFFFF)
            elif kind in _SHORT_CELLS and len(record) >= 4:
                self._column = min(self._column + 1, MOST_COLUMNS)
                self._take(_SHORT_CELLS[kind], record[4:], int.from_bytes(record[:3], "little"))
            elif kind in _BLANKS:
                self._column = min(self._column + 1, MOST_COLUMNS)
            elif kind == _ROW and len(record) >= 4:
                yield from self._rest()
                self._row, self._column = int.from_bytes(record[:4], "little") + 1, 0
            else:
                yield from _beside(kind, record)
            if len(self._cells) >= MOST_COLUMNS:
                yield from self._rest()
        yield from self._rest()
        self.damaged = part.damaged

    def _take(self, kind: int, value: bytes, style: int) -> None:
        if text := self._text(kind, value, style):
            self._cells.append((self._column, text))

    def _text(self, kind: int, value: bytes, style: int) -> str:
        if kind == _SHARED:
            return self._values.text("s", str(int.from_bytes(value[:4], "little")), "")
        if kind in {_TEXT, _FORMULA_TEXT, _RICH}:
            return wide_string(value, int(kind == _RICH))[0]
        if kind == _RK:
            return self._values.text("n", repr(rk(int.from_bytes(value[:4], "little"))), str(style))
        if kind in {_REAL, _FORMULA_NUMBER} and len(value) >= 8:
            return self._values.text("n", repr(struct.unpack_from("<d", value)[0]), str(style))
        return _TRUTH[value[0] & 1] if kind in {_BOOL, _FORMULA_BOOL} and value else ""

    def _rest(self) -> Iterator[Row]:
        if self._cells:
            yield Row(self._row, self._cells)
            self._cells = []


def _beside(kind: int, record: bytes) -> Iterator[Aside]:
    """Texts of a sheet that stand in no cell: headers and footers, hints of links."""
    found = wide_strings(record, 2, 6) if kind == _HEADER else wide_strings(record, 16, 4) if kind == _LINK else iter(())
    for number, text in enumerate(found):
        if kind == _LINK and not number:
            continue  # the relationship that says where it leads
        if plain := _CODES.sub(" ", text).strip() if kind == _HEADER else text.strip():
            yield Aside("notes", plain)


def binary_notes(stream: Source) -> Iterator[tuple[str, str] | None]:
    """Texts of comments, with the cell that each belongs to, and of copies of other tables; None once where the part was not whole."""
    part, cell = BinaryPart(stream), ""
    for kind, record in part.records():
        if kind == _COMMENT and len(record) >= 20:
            row, _, column = struct.unpack_from("<III", record, 4)
            cell = f"{letters_of(min(column + 1, MOST_COLUMNS))}{row + 1}"
        elif kind in {_AUTHOR, _CACHED_TEXT, _EXTERNAL_TEXT}:
            yield wide_string(record, 0)[0], ""
        elif kind == _COMMENT_TEXT:
            yield wide_string(record, 1)[0], cell
    if part.damaged:
        yield None
