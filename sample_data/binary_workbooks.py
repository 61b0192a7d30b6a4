"""Writes workbooks in binary records by hand: those of Excel 97 to 2003 ([MS-XLS]), and xlsb ([MS-XLSB])."""

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sample_data.compounds import compound
from sample_data.zips import zipped

Cells = Sequence[Sequence[str]]
_MAIN: Final = "application/vnd.ms-excel"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, data: bytes) -> bytes:
    """A record of an old workbook; what does not fit goes on in others."""
    pieces = [data[at : at + 8224] for at in range(0, len(data), 8224)] or [b""]
    return b"".join(struct.pack("<HH", kind if not number else 0x3C, len(piece)) + piece for number, piece in enumerate(pieces))


def short_string(text: str, width: int = 2) -> bytes:
    """A string of an old workbook, in characters of two bytes."""
    units = text.encode("utf-16-le")
    return (len(units) // 2).to_bytes(width, "little") + b"\1" + units


def old_workbook(sheets: Mapping[str, Cells], inside: Mapping[str, bytes] | None = None, head: bytes = b"") -> bytes:
    """An xls file. Digits are stored as numbers, all else as texts that cells share.

    :param inside: further records of sheets by the sheets' names
    :param head: further records of the workbook
    """
    shared: dict[str, int] = {}
    bodies = {name: _old_sheet(rows, shared) + (inside or {}).get(name, b"") for name, rows in sheets.items()}
    texts = b"".join(map(short_string, shared))
    strings = record(0xFC, struct.pack("<II", len(shared), len(shared)) + texts) if len(texts) < 8000 else _long_strings(shared)
    formats = record(0x41E, struct.pack("<H", 164) + short_string("000-00-0000"))
    styles = b"".join(record(0xE0, struct.pack("<HH16x", 0, number)) for number in (0, 14, 164))
    opening = record(0x809, struct.pack("<HH12x", 0x600, 5)) + head + formats + styles
    size = len(opening) + sum(len(_old_entry(name, 0)) for name in sheets) + len(strings) + 4
    entries = b""
    for name, body in bodies.items():
        entries += _old_entry(name, size)
        size += len(body) + 24
    framed = b"".join(record(0x809, struct.pack("<HH12x", 0x600, 0x10)) + body + record(0x0A, b"") for body in bodies.values())
    return compound({"Workbook": opening + entries + strings + record(0x0A, b"") + framed})


def _old_entry(name: str, place: int) -> bytes:
    return record(0x85, struct.pack("<IH", place, 0) + short_string(name, 1))


def _long_strings(shared: Mapping[str, int]) -> bytes:
    """Shared texts over several records; one that does not fit is cut, and says anew behind the cut how wide it is."""
    pieces, room = [bytearray(struct.pack("<II", len(shared), len(shared)))], 8224
    for text in shared:
        encoded = short_string(text)
        if room - len(pieces[-1]) < 5:
            pieces.append(bytearray())
        while len(pieces[-1]) + len(encoded) > room:
            fits = room - len(pieces[-1])
            fits -= (fits - 3) % 2 if encoded[:3] == short_string(text)[:3] else (fits - 1) % 2
            pieces[-1] += encoded[:fits]
            encoded = b"\1" + encoded[fits:]
            pieces.append(bytearray())
        pieces[-1] += encoded
    return b"".join(struct.pack("<HH", 0x3C if number else 0xFC, len(piece)) + piece for number, piece in enumerate(pieces))


def _old_sheet(rows: Cells, shared: dict[str, int]) -> bytes:
    return b"".join(_old_cell(row, column, cell, shared) for row, cells in enumerate(rows) for column, cell in enumerate(cells) if cell)


def _old_cell(row: int, column: int, cell: str, shared: dict[str, int]) -> bytes:
    style, value = _number(cell)
    place = struct.pack("<HHH", row, column, style)
    if value is not None:
        return record(0x203, place + struct.pack("<d", value))
    return record(0xFD, place + struct.pack("<I", shared.setdefault(cell, len(shared))))


def _number(cell: str) -> tuple[int, float | None]:
    """The style of a cell, and the number that it is stored as, if it is one."""
    if cell.isdecimal() and len(cell) < 16:
        return 0, float(cell)
    if len(cell) == 11 and cell[3] + cell[6] == "--" and cell.replace("-", "").isdecimal():
        return 2, float(cell.replace("-", ""))
    return 0, None


def old_comment(row: int, column: int, text: str, number: int = 1) -> bytes:
    """The records of a comment on a cell, both from 0."""
    drawn = record(0x5D, struct.pack("<HHHHH12xI", 0x15, 0x12, 0x19, number, 0x4011, 0))
    said = record(0x1B6, struct.pack("<HH6xHHI", 0, 0, len(text), 0, 0)) + record(0x3C, b"\1" + text.encode("utf-16-le"))
    return drawn + said + record(0x1C, struct.pack("<HHHH", row, column, 0, number) + short_string("") + b"\0")


def part_record(kind: int, data: bytes) -> bytes:
    """A record of a part of an xlsb file."""
    return _varying(kind) + _varying(len(data)) + data


def _varying(number: int) -> bytes:
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*found, number))


def long_string(text: str) -> bytes:
    """A string of an xlsb file."""
    units = text.encode("utf-16-le")
    return struct.pack("<I", len(units) // 2) + units


def binary_workbook(sheets: Mapping[str, Cells], parts: Mapping[str, bytes] | None = None) -> bytes:
    """An xlsb file, and further parts by their names."""
    shared: dict[str, int] = {}
    bodies = {name: _binary_sheet(rows, shared) for name, rows in sheets.items()}
    numbers = range(1, len(sheets) + 1)
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATION}/worksheet" Target="worksheets/sheet{number}.bin"/>' for number in numbers
    )
    types = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types += f'<Override PartName="/xl/workbook.bin" ContentType="{_MAIN}.sheet.binary.macroEnabled.main"/>'
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>'.encode(),
        "xl/workbook.bin": _binary_book(sheets),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'.encode(),
        "xl/styles.bin": b"".join(_binary_styles()),
        **{f"xl/worksheets/sheet{number}.bin": body for number, body in enumerate(bodies.values(), 1)},
        "xl/sharedStrings.bin": _framed(
            159, b"".join(part_record(19, b"\0" + long_string(text)) for text in shared), 160, struct.pack("<II", len(shared), len(shared))
        ),
        **(parts or {}),
    }
    return zipped(members)


def _framed(begin: int, inside: bytes, end: int, said: bytes = b"") -> bytes:
    """Records between two that say what they are."""
    return part_record(begin, said) + inside + part_record(end, b"")


def _binary_book(sheets: Mapping[str, Cells]) -> bytes:
    entries = (
        part_record(156, struct.pack("<II", 0, number) + long_string(f"r{number}") + long_string(name))
        for number, name in enumerate(sheets, 1)
    )
    return _framed(131, part_record(153, struct.pack("<III", 0, 0, 0)) + _framed(143, b"".join(entries), 144), 132)


def _binary_styles() -> Iterator[bytes]:
    yield part_record(278, b"")
    yield _framed(615, part_record(44, struct.pack("<H", 164) + long_string("000-00-0000")), 616, struct.pack("<I", 1))
    yield part_record(617, struct.pack("<I", 3))
    yield from (part_record(47, struct.pack("<HH12x", 0, number)) for number in (0, 14, 164))
    yield part_record(618, b"")


def _binary_sheet(rows: Cells, shared: dict[str, int]) -> bytes:
    found = bytearray()
    for row, cells in enumerate(rows):
        found += part_record(0, struct.pack("<I13x", row))
        for column, cell in enumerate(cells):
            style, value = _number(cell)
            place = struct.pack("<II", column, style)
            if value is not None:
                found += part_record(5, place + struct.pack("<d", value))
            elif cell:
                found += part_record(7, place + struct.pack("<I", shared.setdefault(cell, len(shared))))
    width = max(map(len, rows), default=0)
    dimension = part_record(148, struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, max(width - 1, 0)))
    return _framed(129, dimension + _framed(145, bytes(found), 146), 130)
