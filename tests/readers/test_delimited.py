"""Delimited tables come column by column, each cell with its row, however they are written and wherever they are cut."""

import io
from itertools import zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.model.location import CellLocation, LineLocation
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import ColumnSegment, Extent
from scanner.readers.base import ByteRange
from scanner.readers.delimited import read
from scanner.readers.dialect import Dialect
from scanner.readers.encoding import UTF_8
from scanner.readers.layout import Layout
from scanner.readers.table_batch import TableBatches
from scanner.readers.windows import Held, Window, windows
from tests.readers.reading import Value, items, joined, lines, problems, text_of, values

MIB = 1024 * 1024


def cells(data: bytes | str) -> list[tuple[int, str, str]]:
    """(row, name, text) of every cell that is there, in order of rows."""
    found = values(items(read, data.encode() if isinstance(data, str) else data))
    return [(row, name, text) for row, _, name, text in sorted(_places(found))]


def _places(found: list[Value]) -> list[tuple[int, int, str, str]]:
    places = []
    for value in found:
        assert isinstance(value.location, CellLocation)
        places.append((value.location.row, value.location.column, value.location.column_name, value.text))
    return places


def test_every_cell_stands_under_its_header_and_rows_count_the_header() -> None:
    assert cells("id,ssn\n1,219-09-9999\n2,219-09-9998\n") == [
        (2, "id", "1"), (2, "ssn", "219-09-9999"), (3, "id", "2"), (3, "ssn", "219-09-9998"),
    ]  # fmt: skip


def test_without_a_header_rows_count_from_1() -> None:
    assert cells("1,219-09-9999\n2,219-09-9998\n") == [(1, "", "1"), (1, "", "219-09-9999"), (2, "", "2"), (2, "", "219-09-9998")]


def test_the_key_of_a_column_is_its_number_and_its_name_is_its_header() -> None:
    columns = [item for item in items(read, b"id,ssn\n1,219-09-9999\n") if isinstance(item, ColumnSegment)]

    assert [(column.key, column.names) for column in columns] == [("1", ("id",)), ("2", ("ssn",))]


def test_the_header_is_also_text_so_that_data_in_it_is_found() -> None:
    found = items(read, b"name,contact anna@example.com\nBob,1\nCarl,2\n")

    assert lines(found) == [(LineLocation(1, 1, 1, 1), "name,contact anna@example.com\n")]


def test_quoted_delimiters_quotes_and_line_ends_belong_to_the_value() -> None:
    assert cells('id,note\n1,"a, ""b""\r\nc"\n2,d\n') == [(2, "id", "1"), (2, "note", 'a, "b"\r\nc'), (3, "id", "2"), (3, "note", "d")]


def test_an_empty_cell_is_an_empty_text() -> None:
    assert cells("id,a,b\n1,,x\n2,NULL,\n") == [
        (2, "id", "1"), (2, "a", ""), (2, "b", "x"), (3, "id", "2"), (3, "a", "NULL"), (3, "b", ""),
    ]  # fmt: skip


def test_what_a_row_has_too_much_stands_in_columns_without_a_name() -> None:
    assert cells("id,name\n1,Anna\n2,Bob,219-09-9999\n3\n") == [
        (2, "id", "1"), (2, "name", "Anna"), (3, "id", "2"), (3, "name", "Bob"), (3, "", "219-09-9999"), (4, "id", "3"),
    ]  # fmt: skip


def test_lines_without_any_character_are_no_rows() -> None:
    regular, ragged = "id,name\n\n1,Anna\n\r\n2,Bob\n", "id,name\n\n1,Anna\n\r\n2,Bob\n3,Carl,x\n"

    assert [row for row, name, _ in cells(regular) if name == "id"] == [2, 3]
    assert [row for row, name, _ in cells(ragged) if name == "id"] == [2, 3, 4]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_line_ends_and_encodings_do_not_matter(ending: str, encoding: str) -> None:
    text = ending.join(["id,größe", "1,Zürich", '2,"Köln, Müngersdorf"', "3,Lübeck und Gießen", ""])

    assert [(row, text) for row, name, text in cells(text.encode(encoding)) if name == "größe"] == [
        (2, "Zürich"),
        (3, "Köln, Müngersdorf"),
        (4, "Lübeck und Gießen"),
    ]


def test_a_stray_latin_1_byte_far_behind_costs_nothing() -> None:
    found = cells(b"id,city\n" + b"1,Rome\n" * 20_000 + b"2,Z\xfcrich\n")

    assert len(found) == 40_002
    assert found[-1] == (20_002, "city", "Zürich")


def test_nul_characters_are_kept() -> None:
    assert cells("id,a\n1,x\0y\n2,\0\n3,z,\0\n")[1::2][:2] == [(2, "a", "x\0y"), (3, "a", "\0")]


def test_a_quote_that_is_never_closed_takes_one_line_only() -> None:
    found = cells('id,size\n1,2\n2,"5 inch\n3,4\n4,6\n')

    assert [(row, text.rstrip()) for row, name, text in found if name == "size"] == [(2, "2"), (3, "5 inch"), (4, "4"), (5, "6")]


def test_a_quote_inside_of_a_value_is_a_character_like_others() -> None:
    assert [text for _, name, text in cells('id,size\n1,5" disk\n2,"a" b\n3,x\n') if name == "size"] == ['5" disk', "a b", "x"]


def test_twenty_thousand_columns_are_read_though_the_header_is_larger_than_the_head() -> None:
    header = ",".join(f"column_{number}" for number in range(20_000))
    row = ",".join(str(number) for number in range(20_000))
    found = [item for item in items(read, f"{header}\n{row}\n{row}\n".encode()) if isinstance(item, ColumnSegment)]

    assert len(found) == 20_000
    assert (found[-1].key, found[-1].names, found[-1].values.to_pylist()) == ("20000", ("column_19999",), ["19999", "19999"])


def test_large_tables_come_in_segments_whose_rows_go_on() -> None:
    data = b"id,name\n" + b"".join(b"%d,Anna Smith of Rome\n" % number for number in range(300_000))
    found = [item for item in items(read, data) if isinstance(item, ColumnSegment) and item.names == ("id",)]

    assert len(found) == 2
    assert found[1].locator.at(0, 0, 1) == CellLocation(len(found[0].values) + 2, 1, "id", start=0, end=1)
    assert found[1].values[0].as_py() == str(len(found[0].values))


def test_a_field_of_a_megabyte_is_one_value() -> None:
    found = cells("id,note\n1," + "x" * MIB + '\n2,"' + "y\n" * MIB + '"\n')

    assert [len(text) for _, name, text in found if name == "note"] == [MIB, 2 * MIB]


def test_a_quote_that_is_never_closed_does_not_hold_all_rows_behind_it_in_memory() -> None:
    found = [
        item
        for item in items(read, b'id,a\n1,2\n3,"' + b"y" * 99 + b"\n" + (b"y" * 99 + b"\n") * 170_000)
        if isinstance(item, ColumnSegment)
    ]

    assert sum(len(item.values) for item in found if item.key == "1") == 170_002
    assert max(len(item.values) for item in found) <= 4 * MIB // 100


def test_a_row_beyond_all_bounds_is_read_as_text_and_that_is_said() -> None:
    found = items(read, b"id,note\n1,a\n2," + b"x," * 9 * MIB + b"219-09-9999\n3,b\n")

    assert problems(found) == [
        Problem(Reason.BAD_RECORDS, "rows with too many fields or longer than 16777216 bytes were read as text, the first at byte 12")
    ]
    assert text_of(found).endswith("x,219-09-9999\n3,b")
    assert [(row, name, text) for row, _, name, text in _places(values(found))] == [(2, "id", "1"), (2, "note", "a")]


def test_a_part_is_the_rows_that_start_in_it_under_the_header_of_the_whole() -> None:
    data = b"id,name\n1,Anna\n2,Bob\n3,Carl\n"

    found = items(read, data, ByteRange(9, 16))

    assert [(value.names, value.text) for value in values(found)] == [(("id",), "2"), (("name",), "Bob")]
    assert found[-1] == Extent(15, 21, 1)


def test_a_part_that_begins_inside_of_quotes_is_read_again_from_the_right_byte() -> None:
    data = b'id,note\n1,"one\ntwo\nthree"\n2,b\n3,c\n'
    wrong = items(read, data, ByteRange(12, len(data)))[-1]

    assert isinstance(wrong, Extent)
    assert wrong.start == 15
    assert items(read, data, ByteRange(26, len(data)))[-1] == Extent(26, 34, 2)
    assert sorted(joined(read, data, [12]).values) == sorted(values(items(read, data)))


CELL = st.text(alphabet='ab1 ,"\né', max_size=5)
ROW = st.lists(CELL, min_size=1, max_size=3)


def _quoted(cell: str, *, always: bool) -> str:
    return '"' + cell.replace('"', '""') + '"' if always or set(cell) & set(',"\n') else cell


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """Regular and ragged tables with quoted line ends, and now and then what is no table at all."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.text(alphabet='ab,"\n\ré', max_size=40)).encode()
    ending = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    always = draw(st.booleans())
    rows = draw(st.lists(ROW, max_size=8))
    text = ending.join(",".join(_quoted(cell, always=always) for cell in row) for row in rows) + draw(st.sampled_from(["", ending]))
    return text.encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])))


@settings(deadline=None)
@given(tables(), st.lists(st.integers(1, 80), max_size=4))
def test_parts_give_together_what_one_read_gives(data: bytes, borders: list[int]) -> None:
    whole = items(read, data)
    together = joined(read, data, [border for border in borders if border < len(data)])

    assert sorted(together.values) == sorted(values(whole))
    assert text_of(together.items) == text_of(whole)


LAYOUTS = st.sampled_from([Dialect(","), Dialect(",", quote=""), Dialect(",", escape="\\"), Dialect(",", quote="'")])
MESSY = st.text(alphabet="ab,\"'\n\r é\\", max_size=30)


@settings(deadline=None)
@given(LAYOUTS, st.integers(1, 3), MESSY)
def test_arrow_reads_what_the_csv_module_reads_or_refuses(dialect: Dialect, width: int, text: str) -> None:
    table = TableBatches(Layout(dialect, UTF_8, width))._with_arrow(Window(0, memoryview(bytearray(text.encode())), last=True))

    if table is not None:
        rows = list(dialect.rows(text))
        assert table.rows == len(rows)
        if rows:
            assert [column.to_pylist() for column in table.columns] == [list(column) for column in zip_longest(*rows)]


@settings(deadline=None)
@given(st.lists(ROW, min_size=1, max_size=3), st.lists(st.integers(0, 16), min_size=3, max_size=3), st.sampled_from(["\n", "\r\n"]))
def test_a_few_ragged_rows_are_put_back_into_their_places(ragged: list[list[str]], places: list[int], ending: str) -> None:
    rows = [[f"a{number}", f"b\n{number}"] for number in range(16)]
    for row, place in zip(ragged, places, strict=False):
        rows.insert(place, [*row, "x"])
    text = ending.join(",".join(_quoted(cell, always=False) for cell in row) for row in rows)
    table = TableBatches(Layout(Dialect(","), UTF_8, 2))._with_arrow(Window(0, memoryview(bytearray(text.encode())), last=True))

    assert table is not None
    assert [column.to_pylist() for column in table.columns] == [list(column) for column in zip_longest(*rows)]


@settings(deadline=None)
@given(st.sampled_from([Dialect(","), Dialect(",", quote="")]), MESSY, st.integers(1, 16))
def test_no_window_size_changes_the_rows(dialect: Dialect, text: str, size: int) -> None:
    def rows(window_bytes: int) -> list[Value]:
        batches = TableBatches(Layout(dialect, UTF_8, 2))
        found = windows(Held(io.BytesIO(text.encode())), ByteRange(0, 1 << 40), dialect.cut(UTF_8), window_bytes)
        return sorted(values(item for window in found for item in batches.read(window)))

    assert rows(size) == rows(MIB)
