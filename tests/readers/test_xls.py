"""Workbooks in binary records, old ones and xlsb: cells, texts beside them, and files that are made to hurt."""

import struct
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_data.binary_workbooks import (
    binary_workbook,
    long_string,
    old_comment,
    old_workbook,
    part_record,
    record,
    short_string,
)
from sample_data.compounds import compound
from scanner.model.location import CellLocation, ParagraphLocation
from scanner.model.outcome import Reason
from scanner.readers.budget import Limits
from scanner.readers.ole_properties import property_texts
from scanner.readers.xls_records import rk
from tests.readers.opening import Found, opened
from tests.readers.test_odf import parts_beside_cells

SSN = "219-22-9999"
OTHER = "219-22-9998"
Make = Callable[..., bytes]
BOTH = pytest.mark.parametrize("make", [old_workbook, binary_workbook])


def columns(found: Found) -> list[tuple[tuple[str, ...], list[str | None]]]:
    return [(names, values) for _, names, values in found.columns]


def cell(kind: int, row: int, column: int, rest: bytes, style: int = 0) -> bytes:
    return record(kind, struct.pack("<HHH", row, column, style) + rest)


@BOTH
def test_a_sheet_is_a_table_under_its_headings(make: Make) -> None:
    found = opened(make({"Staff": [["name", "ssn"], ["Ann", SSN], ["Bob", OTHER]], "My Sheet": [["日本"], ["4111111111111111"]]}), "x")
    assert found.problems == []
    assert columns(found)[:2] == [(("name",), ["Ann", "Bob"]), (("ssn",), [SSN, OTHER])]
    assert found.column_segments[1].locator.at(1, 0, 11) == CellLocation(3, 2, "ssn", "Staff!B3", 0, 11)
    assert found.column_segments[2].locator.at(0, 0, 5) == CellLocation(2, 1, "日本", "'My Sheet'!A2", 0, 5)
    assert columns(found)[2][1] == ["4111111111111111"]


@BOTH
def test_many_texts_and_rows_come_back(make: Make) -> None:
    rows = [["name", "note"], *[[f"Ann {number}", f"{'日本x'[: number % 4]} note {number} " * (number % 40)] for number in range(1500)]]
    found = opened(make({"S": rows}), "x")
    read = {names: [value or "" for n, values in columns(found) if n == names for value in values] for names, _ in columns(found)}
    assert read[("name",)] == [row[0] for row in rows[1:]]
    assert read[("note",)] == [row[1] for row in rows[1:]]


@BOTH
@given(
    rows=st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=6), min_size=2, max_size=3),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_into_cells_is_read_from_them(make: Make, rows: list[list[str]]) -> None:
    found = opened(make({"S": rows}), "x")
    read = "\n".join((*found.texts.values(), *(value for _, values in columns(found) for value in values if value)))
    assert all(text in read for cells in rows for text in cells if not text.isdecimal())


def test_every_kind_of_cell_is_its_text() -> None:
    inside = b"".join(
        (
            cell(0x204, 1, 0, short_string("a label")),
            cell(0x27E, 1, 1, struct.pack("<I", 219229999 << 2 | 2), style=2),
            cell(0xBD, 1, 2, struct.pack("<IHIH", 1 << 2 | 2, 0, 1250 << 2 | 3, 3)),
            cell(0x205, 1, 4, b"\1\0"),
            cell(0x205, 1, 5, b"\x2a\1"),
            cell(0x06, 1, 6, b"\0\0\0\0\0\0\xff\xff" + bytes(8)) + record(0x207, short_string("a result")),
            cell(0x06, 1, 7, struct.pack("<d", 33000.0) + bytes(8), style=1),
            cell(0x06, 1, 8, b"\1\0\1\0\0\0\xff\xff" + bytes(8)),
        )
    )
    found = opened(old_workbook({"S": [[""]]}, {"S": inside}), "x.xls")
    assert found.texts.get((), "").strip().split("\t") == ["a label", SSN, "1", "12.5", "TRUE", "a result", "1990-05-07", "TRUE"] or [
        values for _, values in columns(found)
    ] == [["a label"], [SSN], ["1"], ["12.5"], ["TRUE"], ["a result"], ["1990-05-07"], ["TRUE"]]


def test_cells_of_xlsb_of_every_kind_are_their_texts() -> None:
    cells = [
        (6, long_string("a text")),
        (62, b"\0" + long_string("rich")),
        (2, struct.pack("<I", 1250 << 2 | 3)),
        (4, b"\1"),
        (8, long_string("a result")),
        (9, struct.pack("<d", 33000.0)),
        (11, b"\x2a"),
    ]
    sheet = part_record(0, struct.pack("<I13x", 4))
    sheet += b"".join(
        part_record(kind, struct.pack("<II", column, 1 if kind == 9 else 0) + value) for column, (kind, value) in enumerate(cells)
    )
    sheet += part_record(17, b"\0\0\0\0" + long_string("behind"))
    found = opened(binary_workbook({"S": []}, {"xl/worksheets/sheet1.bin": sheet}), "x.xlsb")
    read = found.texts.get((), "").strip().split("\t") if found.texts else [value for _, values in columns(found) for value in values]
    assert read == ["a text", "rich", "12.5", "TRUE", "a result", "1990-05-07", "behind"]
    assert found.problems == []


@pytest.mark.parametrize(("number", "value"), [(0x3FF00000, 1.0), (0xFFFFFFFE, -1.0), (0xFFFFFFFF, -0.01)])
def test_numbers_in_the_short_form(number: int, value: float) -> None:
    assert rk(number) == value


def test_comments_headers_hints_and_links_are_read() -> None:
    hints = record(0x1BE, bytes(4) + b"".join(map(short_string, ("choose", "Wrong", "enter a name", "no such name"))))
    link = record(0x1B8, bytes(32) + "https://x.example/a\0".encode("utf-16-le"))
    inside = record(0x14, short_string("&Lpage &P of the report")) + old_comment(1, 1, f"was {SSN}") + hints + link
    found = opened(old_workbook({"S": [["name", "x"], ["Ann", "y"]]}, {"S": inside}), "x.xls")
    assert parts_beside_cells(found) == {
        "S/notes": "page   of the report\nchoose\nWrong\nenter a name\nno such name\n",
        "S/comments": f"was {SSN}\n",
        "links": "https://x.example/a\n",
    }
    assert found.place(SSN) == ParagraphLocation("S/comments", 2, "S!B2", 4, 15)


def test_comments_and_headers_of_xlsb_are_read() -> None:
    comment = part_record(632, long_string("Ann Author")) + part_record(635, struct.pack("<IIIII16x", 0, 1, 1, 1, 1))
    comment += part_record(637, b"\0" + long_string(f"was {SSN}"))
    relations = b'<Relationships><Relationship Id="r1" Target="../comments1.bin"/></Relationships>'
    found = opened(
        binary_workbook({"S": [["name"], ["Ann"]]}, {"xl/comments1.bin": comment, "xl/worksheets/_rels/sheet1.bin.rels": relations}),
        "x.xlsb",
    )
    assert found.place(SSN) == ParagraphLocation("comments1", 2, "S!B2", 4, 15)


def test_what_a_workbook_says_about_itself_is_read() -> None:
    title, named = b"A title\0", ["ssn", "12"]
    first = struct.pack("<IIIIIII", 0, 2, 1, 24, 2, 32, 2) + struct.pack("<I", 65001) + struct.pack("<II", 0x1E, len(title)) + title
    stream = bytes(24) + struct.pack("<I", 1) + bytes(16) + struct.pack("<I", 48) + first
    assert list(property_texts(stream)) == ["A title"]
    dictionary = struct.pack("<III", 1, 2, len(named[0]) + 1) + named[0].encode() + b"\0"
    second = struct.pack("<IIIIII", 0, 2, 0, 24, 2, 24 + len(dictionary)) + dictionary + struct.pack("<II", 0x1E, 3) + b"12\0"
    stream = bytes(24) + struct.pack("<I", 1) + bytes(16) + struct.pack("<I", 48) + second
    assert list(property_texts(stream)) == ["ssn: 12"]


@given(st.binary(max_size=300))
def test_any_bytes_as_properties_are_texts(made: bytes) -> None:
    assert all(text for text in property_texts(bytes(24) + b"\2\0\0\0" + made))


def test_a_workbook_of_excel_5_is_read_in_its_code_page() -> None:
    said = "Анна".encode("cp1251")
    stream = record(0x809, struct.pack("<HH4x", 0x500, 5)) + record(0x42, struct.pack("<H", 1251))
    stream += record(0x85, struct.pack("<IH", 0, 0) + b"\4Book") + record(0x0A, b"") + record(0x809, struct.pack("<HH4x", 0x500, 0x10))
    stream += cell(0x204, 0, 0, struct.pack("<H", len(said)) + said) + record(0x0A, b"")
    assert "Анна" in str(opened(compound({"Book": stream}), "x.xls").columns) + str(opened(compound({"Book": stream}), "x.xls").texts)


def test_a_workbook_with_a_password_is_encrypted() -> None:
    failure = opened(old_workbook({"S": [["a"]]}, head=record(0x2F, bytes(6))), "x.xls").failure
    assert failure is not None
    assert failure.reason is Reason.ENCRYPTED


@BOTH
def test_cells_at_the_far_ends_of_many_sheets_cost_nothing(make: Make) -> None:
    far = cell(0x204, 65535, 255, short_string(SSN))
    binary = part_record(0, struct.pack("<I13x", 1048575)) + part_record(6, struct.pack("<II", 16383, 0) + long_string(SSN))
    sheets = {f"S{number}": [["a"]] for number in range(20)}
    if make is old_workbook:
        found = opened(old_workbook(sheets, dict.fromkeys(sheets, far)), "x.xls")
    else:
        found = opened(binary_workbook(sheets, {f"xl/worksheets/sheet{number}.bin": binary for number in range(1, 21)}), "x.xlsb")
    assert sum(values.count(SSN) for _, values in columns(found)) + "".join(found.texts.values()).count(SSN) == 20


def test_shared_texts_that_do_not_fit_are_told() -> None:
    rows = [[f"text {number}", SSN] for number in range(50)]
    assert (Reason.BUDGET_MEMORY, ("xl/sharedStrings.bin",)) in opened(
        binary_workbook({"S": rows}), "x.xlsb", Limits(memory_bytes=2000)
    ).reasons


def test_a_bomb_of_a_part_is_stopped() -> None:
    bomb = part_record(0, bytes(17)) * 500_000
    found = opened(binary_workbook({"S": []}, {"xl/worksheets/sheet1.bin": bomb}), "x.xlsb", Limits(ratio_after=100_000))
    assert found.failure is not None
    assert found.failure.reason is Reason.BUDGET_RATIO


@given(
    st.lists(
        st.tuples(
            st.sampled_from([0x06, 0x0A, 0x1C, 0x5D, 0x85, 0xBD, 0xFC, 0xFD, 0x14, 0x1B6, 0x1B8, 0x1BE, 0x204, 0x207, 0x3C, 0x809]),
            st.binary(max_size=30),
        ),
        max_size=20,
    )
)
def test_any_records_are_survived(made: list[tuple[int, bytes]]) -> None:
    stream = record(0x809, struct.pack("<HH12x", 0x600, 5)) + record(0x0A, b"") + record(0x809, struct.pack("<HH12x", 0x600, 0x10))
    stream += b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in made)
    assert opened(compound({"Workbook": stream}), "x.xls").failure is None


@given(
    st.lists(
        st.tuples(st.sampled_from([0, 1, 2, 5, 6, 7, 8, 9, 17, 19, 62, 156, 479, 494, 635, 637, 16000]), st.binary(max_size=30)),
        max_size=20,
    )
)
def test_any_records_of_xlsb_are_survived(made: list[tuple[int, bytes]]) -> None:
    part = b"".join(part_record(kind, data) for kind, data in made)
    found = opened(
        binary_workbook(
            {"S": []}, dict.fromkeys(("xl/worksheets/sheet1.bin", "xl/workbook.bin", "xl/styles.bin", "xl/comments1.bin"), part)
        ),
        "x.xlsb",
    )
    assert found.failure is None
