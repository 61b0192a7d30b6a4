"""What a binary workbook says of itself, and its sheets as rows ([MS-XLS] 2.4; Excel 5 to 2003)."""

import struct
from collections.abc import Callable, Iterator
from typing import Final

import regex

from scanner.errors import ReadError
from scanner.model.outcome import Reason
from scanner.readers.code_pages import code_page
from scanner.readers.docx_links import Links
from scanner.readers.xls_records import Cursor, Record, records, rk
from scanner.readers.xlsx_sheet import Aside, Row, letters_of
from scanner.readers.xlsx_strings import SharedStrings
from scanner.readers.xlsx_styles import Formats
from scanner.readers.xlsx_values import Values

_BIFF8: Final = 0x0600
_GLOBALS: Final = 0x0005
_ADDRESS: Final = regex.compile(r"(?:https?|ftp|file|mailto):[^\0\p{C}]+")
_STRING_RESULT: Final = b"\x00\xff\xff"
_CODES: Final = regex.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d{1,3}|[A-Z])')
_BOOL: Final = ("FALSE", "TRUE")

Item = tuple[str, Row | Aside]
"""The sheet in which something stands, and what it is."""


class XlsBook:
    """Reads one workbook from front to back.

    :param links: told where links lead
    :ivar strings: texts that cells share
    :ivar is_whole: its last record was whole, and ended a sheet
    """

    def __init__(self, memory_bytes: int, links: Links) -> None:
        self.strings = SharedStrings(memory_bytes)
        self.names: list[str] = []
        self._links = links
        self._page = ""
        self._epoch_1904 = False
        self._codes: dict[int, str] = {}
        self._styles: list[int] = []
        self._places: dict[int, str] = {}
        self._values: Values | None = None
        self._sheet = ""
        self._depth = 0
        self._row = 0
        self._cells: list[tuple[int, str]] = []
        self._waiting: tuple[int, int, int] | None = None
        self._object = 0
        self._texts: dict[int, str] = {}
        self._globals: dict[int, Callable[[Record], None]] = {
            0x0022: self._take_epoch,
            0x002F: self._refuse,
            0x0042: self._take_page,
            0x0085: self._take_sheet,
            0x00E0: self._take_style,
            0x00FC: self._take_strings,
            0x041E: self._take_format,
        }
        self._contents: dict[int, Callable[[Record], Iterator[Aside]]] = {
            0x0014: self._header,
            0x0015: self._header,
            0x001C: self._note,
            0x005D: self._begin_object,
            0x01B6: self._object_text,
            0x01B8: self._link,
            0x01BE: self._hints,
        }

    def read(self, stream: bytes) -> Iterator[Item]:
        """The rows of all sheets and what stands beside their cells. Raises ReadError (ENCRYPTED)."""
        for record in records(stream):
            if record.kind == 0x0809:
                self._begin(record)
            elif record.kind == 0x000A:
                yield from self._end()
            elif not self._sheet:
                if known := self._globals.get(record.kind):
                    known(record)
            elif record.kind in _CELLS:
                yield from self._cell(record)
            elif aside := self._contents.get(record.kind):
                yield from ((self._sheet, item) for item in aside(record))
        yield from self._end()

    def _begin(self, record: Record) -> None:
        version, what = struct.unpack_from("<HH", record.data.ljust(4, b"\0"))
        self._depth += 1
        if what == _GLOBALS:
            self._page = "" if version == _BIFF8 else "cp1252"
        elif self._depth == 1 or not self._sheet:
            self._depth = 1
            formats = Formats.numbered(self._codes, self._styles)
            self._values = Values(self.strings, formats, epoch_1904=self._epoch_1904)
            self._sheet = self._places.get(record.at) or f"Sheet{len(self._places) + 1}"
            self._row, self._waiting = 0, None

    def _end(self) -> Iterator[Item]:
        self._depth = max(self._depth - 1, 0)
        if self._depth or not self._sheet:
            return
        yield from self._end_row()
        yield from ((self._sheet, Aside("textbox", text)) for text in self._texts.values())
        self._texts.clear()
        self._sheet = ""

    # What holds for the whole workbook.

    def _take_epoch(self, record: Record) -> None:
        self._epoch_1904 = record.data[:1] == b"\x01"

    def _refuse(self, _: Record) -> None:
        raise ReadError(Reason.ENCRYPTED, "it needs a password")

    def _take_page(self, record: Record) -> None:
        if self._page:
            self._page = code_page(int.from_bytes(record.data[:2], "little"))

    def _take_sheet(self, record: Record) -> None:
        cursor = Cursor(record.pieces, self._page)
        place = cursor.number(4)
        cursor.skip(2)
        name = cursor.string(1)
        self._places[place] = name or f"Sheet{len(self._places) + 1}"
        self.names.append(name)

    def _take_style(self, record: Record) -> None:
        self._styles.append(int.from_bytes(record.data[2:4], "little"))

    def _take_format(self, record: Record) -> None:
        cursor = Cursor(record.pieces, self._page)
        number = cursor.number(2)
        self._codes[number] = cursor.string(1 if self._page else 2)

    def _take_strings(self, record: Record) -> None:
        cursor = Cursor(record.pieces, at=8)
        while not cursor.is_over and self.strings.fits:
            self.strings.add(cursor.string())

    # Cells.

    def _cell(self, record: Record) -> Iterator[Item]:
        data = record.data
        if record.kind == 0x0207:  # the text that the formula before it comes to
            if self._waiting:
                yield from self._add(*self._waiting[:2], Cursor(record.pieces, self._page).string())
            return
        if len(data) < 6:
            return
        row, column, style = struct.unpack_from("<HHH", data)
        self._waiting = None
        if record.kind == 0x00BD:
            for number, at in enumerate(range(4, len(data) - 7, 6)):
                style, value = struct.unpack_from("<HI", data, at)
                yield from self._add(row, column + number, self._number(rk(value), style))
        elif record.kind == 0x0006 and len(data) >= 14 and data[6:7] + data[12:14] == _STRING_RESULT:
            self._waiting = (row, column, style)
        else:
            yield from self._add(row, column, self._text(record, style))

    def _text(self, record: Record, style: int) -> str:
        data, kind = record.data, record.kind
        if kind == 0x00FD:
            return self.strings.text(int.from_bytes(data[6:10], "little")) or ""
        if kind in {0x0203, 0x0006} and len(data) >= 14:
            if kind == 0x0006 and data[12:14] == b"\xff\xff":
                return _BOOL[data[8] & 1] if data[6] == 1 else ""
            return self._number(struct.unpack_from("<d", data, 6)[0], style)
        if kind == 0x027E and len(data) >= 10:
            return self._number(rk(int.from_bytes(data[6:10], "little")), style)
        if kind == 0x0205:
            return _BOOL[data[6] & 1] if data[7:8] == b"\0" else ""
        return Cursor(record.pieces, self._page, 6).string() if kind in {0x0204, 0x00D6} else ""

    def _number(self, value: float, style: int) -> str:
        return self._values.text("n", repr(value), str(style)) if self._values else ""

    def _add(self, row: int, column: int, text: str) -> Iterator[Item]:
        if not text:
            return
        if row + 1 != self._row:
            yield from self._end_row()
            self._row = row + 1
        self._cells.append((column + 1, text))

    def _end_row(self) -> Iterator[Item]:
        if self._cells:
            yield self._sheet, Row(self._row, self._cells)
            self._cells = []

    # What stands beside cells.

    def _header(self, record: Record) -> Iterator[Aside]:
        text = Cursor(record.pieces, self._page).string(1 if self._page else 2)
        if text := _CODES.sub(" ", text).strip():
            yield Aside("notes", text)

    def _begin_object(self, record: Record) -> Iterator[Aside]:
        self._object = int.from_bytes(record.data[6:8], "little")
        return iter(())

    def _object_text(self, record: Record) -> Iterator[Aside]:
        """Text of a box or a comment; it stands in the records that continue this one ([MS-XLS] 2.4.329)."""
        count = int.from_bytes(record.data[10:12], "little")
        if count and len(record.pieces) > 1 and record.pieces[1]:
            self._texts[self._object] = Cursor(record.pieces[1:], at=1).characters(count, wide=bool(record.pieces[1][0] & 1))
        return iter(())

    def _note(self, record: Record) -> Iterator[Aside]:
        """A comment: its text came with its object; before Excel 97 it stands here."""
        if len(record.data) < 8:
            return
        row, column, _, number = struct.unpack_from("<HHHH", record.data)
        text = record.data[6:].decode(self._page, "replace") if self._page else self._texts.pop(number, "")
        author = "" if self._page else Cursor(record.pieces, at=8).string()
        cell = f"{letters_of(column + 1)}{row + 1}"
        yield from (Aside("comments", said, cell) for said in (author, text) if said.strip())

    def _link(self, record: Record) -> Iterator[Aside]:
        for at in (0, 1):
            for found in _ADDRESS.finditer(record.data[at:].decode("utf-16-le", "ignore")):
                self._links.lead_to(found[0])
        return iter(())

    def _hints(self, record: Record) -> Iterator[Aside]:
        """What is said when a cell is chosen, or filled wrongly."""
        cursor = Cursor(record.pieces, at=4)
        for _ in range(4):
            if text := cursor.string().strip("\0 "):
                yield Aside("notes", text)


_CELLS: Final = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x0207, 0x027E})
