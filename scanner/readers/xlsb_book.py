"""What a binary workbook says of itself before its cells can be read ([MS-XLSB] 2.1.7): texts, formats, names of sheets, epoch."""

from collections.abc import Iterator
from typing import Final

from scanner.model.outcome import Problem, Reason
from scanner.model.segment import Member, ReaderItem
from scanner.readers.relationships import key
from scanner.readers.xlsb_records import BinaryPart, wide_string
from scanner.readers.xlsx_book import UNFIT, Book
from scanner.readers.xlsx_styles import Formats

_SHARED_TEXT, _FORMAT, _STYLE, _SHEET, _PROPERTIES = 19, 44, 47, 156, 153
_BEGIN_STYLES, _END_STYLES = 617, 618
_NAMES: Final = ("/sharedstrings.bin", "/styles.bin", "/workbook.bin")


class BinaryBook(Book):
    """As `Book`, whose parts are records."""

    def _part(self, part: Member) -> Iterator[ReaderItem]:
        name = key(part.name)
        if not name.endswith(_NAMES):
            yield from super()._part(part)
            return
        self.read.add(part.name)
        binary = BinaryPart(part.stream)
        if name.endswith("/sharedstrings.bin"):
            yield from self._take_texts(binary, part.name)
        elif name.endswith("/styles.bin"):
            self.formats = _formats(binary)
        else:
            self._take_workbook(binary)
        if binary.damaged:
            yield Problem(Reason.MALFORMED, "one of its records is not whole", (part.name,))

    def _take_texts(self, part: BinaryPart, name: str) -> Iterator[ReaderItem]:
        for kind, record in part.records():
            if kind == _SHARED_TEXT and not self.strings.add(wide_string(record, 1)[0]):
                yield Problem(Reason.BUDGET_MEMORY, UNFIT, (name,))
                return

    def _take_workbook(self, part: BinaryPart) -> None:
        for kind, record in part.records():
            if kind == _SHEET:
                relation, behind = wide_string(record, 8)
                self.name_sheet(relation, wide_string(record, behind)[0])
            elif kind == _PROPERTIES:
                self.epoch_1904 = bool(record[:1] and record[0] & 1)


def _formats(part: BinaryPart) -> Formats:
    codes: dict[int, str] = {}
    styles: list[int] = []
    in_styles = False
    for kind, record in part.records():
        if kind in {_BEGIN_STYLES, _END_STYLES}:
            in_styles = kind == _BEGIN_STYLES
        elif kind == _FORMAT:
            codes[int.from_bytes(record[:2], "little")] = wide_string(record, 2)[0]
        elif kind == _STYLE and in_styles:
            styles.append(int.from_bytes(record[2:4], "little"))
    return Formats.numbered(codes, styles)
