"""Workbooks: cells as the texts that they show, at their places."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.location import CellLocation
from scanner.readers.budget import Limits
from scanner.readers.xlsx_sheet import letters_of
from scanner.readers.xlsx_styles import digits_of, is_date
from scanner.readers.xlsx_values import date, with_digits
from scanner.readers.xlsx_values import number as as_number
from tests.readers.opening import Found, opened
from tests.readers.xlsxs import grid, number, row, shared, sheet, strings, styles, text, typed, workbook

SSN = "219-22-9999"


def columns(found: Found) -> dict[str, list[str | None]]:
    """The values of each column by its key."""
    held: dict[str, list[str | None]] = {}
    for segment in found.column_segments:
        held.setdefault(segment.key, []).extend(segment.values.to_pylist())
    return held


def cells(*rows: str, parts: "dict[str, str | bytes] | None" = None) -> list[str | None]:
    """The first column of a sheet."""
    return columns(opened(workbook({"S": sheet(*rows)}, parts), "x.xlsx"))["S!1"]


def test_a_sheet_is_a_table_under_its_headings() -> None:
    found = opened(workbook({"People": grid([["name", "ssn"], ["Anna", SSN], ["Bert", "219-22-9998"]])}), "x.xlsx")
    assert found.failure is None
    assert found.problems == []
    assert [(names, values) for _, names, values in found.columns] == [(("name",), ["Anna", "Bert"]), (("ssn",), [SSN, "219-22-9998"])]
    assert found.texts == {(): "name\tssn\n"}
    assert found.column_segments[1].locator.at(1, 0, 11) == CellLocation(3, 2, "ssn", "People!B3", 0, 11)
    assert found.place("ssn") == CellLocation(1, 2, "", "People!B1", 0, 3)
    assert found.column_segments[1].key == "People!2"


def test_every_kind_of_cell_is_its_text() -> None:
    rich = "<r><t>219-22</t></r><r><rPr><b/></rPr><t>-9999</t></r><rPh><t>spoken</t></rPh>"
    found = cells(
        row(shared(1)), row(text("in & line")), row(typed("str", "result_x000D_")), row(number(12)),
        row(typed("b", "1")), row(typed("e", "#N/A")),
        row(typed("d", "1990-05-12T00:00:00")), row(shared(0)), row(shared(9)),
        parts={"xl/sharedStrings.xml": strings("plain", rich)},
    )  # fmt: skip
    assert found == [SSN, "in & line", "result\r", "12", "TRUE", "#N/A", "1990-05-12", "plain"]


def test_numbers_are_dates_where_their_format_says_so() -> None:
    parts: dict[str, str | bytes] = {"xl/styles.xml": styles(0, 14, "dd/mm/yyyy;@", "000-00-0000", 2)}
    found = cells(*(row(number(*cell)) for cell in ((32874, 0), (32874, 1), (32874.5, 2), (12345678, 3), ("1.5", 4))), parts=parts)
    assert found == ["32874", "1990-01-01", "1990-01-01 12:00:00", "012-34-5678", "1.50"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("4111111111111111", "4111111111111111"),
        ("4.111111111111111E15", "4111111111111111"),
        ("219229999.0", "219229999"),
        ("0.30000000000000004", "0.3"),
        ("-1.50", "-1.5"),
        ("1E-7", "0.0000001"),
        ("1E300", "1E300"),
        ("NaN", "NaN"),
        ("", ""),
        ("x1", "x1"),
    ],
)
def test_a_number_is_written_without_exponent(written: str, shown: str) -> None:
    assert as_number(written) == shown


@pytest.mark.parametrize(
    ("serial", "epoch_1904", "shown"),
    [
        ("1", False, "1900-01-01"),
        ("59", False, "1900-02-28"),
        ("61", False, "1900-03-01"),
        ("2958465", False, "9999-12-31"),
        ("2958466", False, ""),
        ("0", True, "00:00:00"),
        ("31412", True, "1990-01-01"),
        ("2958465.9999999", False, ""),
        ("-1", False, ""),
        ("nan", False, ""),
        ("x", False, ""),
    ],
)
def test_a_serial_number_is_a_date(serial: str, shown: str, *, epoch_1904: bool) -> None:
    assert date(serial, epoch_1904=epoch_1904) == shown


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    parts: dict[str, str | bytes] = {"xl/styles.xml": styles(14)}
    found = opened(workbook({"S": sheet(row(number(31412, 0)))}, parts, inside='<workbookPr date1904="1"/>'), "x.xlsx")
    assert columns(found) == {"S!1": ["1990-01-01"]}


@pytest.mark.parametrize(
    ("code", "dated"),
    [("d.m.yy", True), ("[$-409]mmmm d, yyyy;@", True), ("hh:mm AM/PM", True), ("General", False), ('0 "days"', False),
     ("[Red]0.00", False),     (r"0\d", False), ("[h]:mm", False), ("", False), ("0.00E+00", False)],
)  # fmt: skip
def test_a_format_tells_dates_from_numbers(code: str, *, dated: bool) -> None:
    assert is_date(code) is dated


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("12345678", "000-00-0000", "012-34-5678"),
        ("12345678", r"000\-00\-0000", "012-34-5678"),
        ("501", "00000", "00501"),
        ("2015550123", "[<=9999999]###-####;(###) ###-####", "(201) 555-0123"),
        ("5550123", "[<=9999999]###-####;(###) ###-####", "555-0123"),
        ("4111111111111111", "0000 0000 0000 0000", "4111 1111 1111 1111"),
        ("12345", "000", "12345"),
        ("1234567", "#,##0", "1234567"),
        ("1.239", "0.00", "1.239"),
        ("-5", "000", "-5"),
    ],
)
def test_a_number_has_the_digits_of_its_format(value: str, code: str, shown: str) -> None:
    digits = digits_of(code)
    assert (with_digits(value, digits) if digits else value) == shown


def test_hidden_sheets_are_read_and_each_has_its_name() -> None:
    sheets = {"Open": grid([["ssn"], [SSN]]), "Q1 '24": grid([["ssn"], [SSN]]), "Deep": grid([["ssn"], [SSN]])}
    found = opened(workbook(sheets, states={"Q1 '24": "hidden", "Deep": "veryHidden"}), "x.xlsx")
    references = [segment.locator.at(0, 0, 1) for segment in found.column_segments]
    assert [place.reference for place in references if isinstance(place, CellLocation)] == ["Open!A2", "'Q1 ''24'!A2", "Deep!A2"]
    assert len({segment.key for segment in found.column_segments}) == 3


def test_titles_above_the_table_are_no_headings() -> None:
    rows = [["Staff of 2024"], ["Printed on", "2024-05-12"], [], ["name", "ssn", "phone", "city", "note"]]
    rows += [[f"Anna {n}", f"219-22-{n:04}", f"555-01{n:02}", "Rome", ""] for n in range(5)]
    found = opened(workbook({"S": grid(rows)}), "x.xlsx")
    assert [names for _, names, _ in found.columns] == [("name",), ("ssn",), ("phone",), ("city",), ("note",)]
    assert found.texts[()] == "Staff of 2024\nPrinted on\t2024-05-12\nname\tssn\tphone\tcity\tnote\n"
    assert found.column_segments[1].locator.at(0, 0, 1) == CellLocation(5, 2, "ssn", "S!B5", 0, 1)
    assert found.place("2024-05-12") == CellLocation(2, 2, "", "S!B2", 0, 10)


def test_labels_on_the_left_name_the_cells_beside_them() -> None:
    found = opened(workbook({"S": grid([["Name", "Anna"], ["SSN", SSN], ["Date of birth", "1990-05-12"]])}), "x.xlsx")
    assert [names for _, names, _ in found.columns] == [(), ("Name",), ("SSN",), ("Date of birth",)]
    assert found.column_segments[2].locator.at(0, 0, 11) == CellLocation(2, 2, "", "S!B2", 0, 11)


def test_cells_at_the_far_ends_of_a_sheet_cost_nothing() -> None:
    far = sheet(row(text(SSN, "A1"), at=1), row(text("219-22-9998", "XFD1048576"), at=1048576))
    found = opened(workbook({"S": far}), "x.xlsx")
    assert columns(found) == {"S!1": [SSN, None], "S!16384": [None, "219-22-9998"]}
    assert found.column_segments[1].locator.at(1, 0, 1) == CellLocation(1048576, 16384, "", "S!XFD1048576", 0, 1)


def test_cells_strewn_over_a_sheet_are_a_text_with_their_places() -> None:
    rows = [row(text(f"219-22-{n:04}", f"{letters_of(n)}{n}"), at=n) for n in range(1, 4001)]
    found = opened(workbook({"S": sheet(*rows)}), "x.xlsx")
    assert found.columns == []
    assert found.texts[()].split("\n") == [*(f"219-22-{n:04}" for n in range(1, 4001)), ""]
    assert found.place("219-22-3999") == CellLocation(3999, 3999, "", f"S!{letters_of(3999)}3999", 0, 11)


def test_named_columns_stay_columns_however_few_cells_they_have() -> None:
    heads = row(*(text(f"head {n}", f"{letters_of(n)}1") for n in range(1, 301)), at=1)
    rows = [row(text(f"219-22-{n:04}", f"{letters_of(n)}{n}"), text("far", f"{letters_of(n + 400)}{n}"), at=n) for n in range(2, 301)]
    found = opened(workbook({"S": sheet(heads, *rows)}), "x.xlsx")
    assert {names for _, names, _ in found.columns} == {(f"head {n}",) for n in range(1, 301)}
    assert found.texts[()].endswith("far\nfar\n")


def test_cells_without_places_follow_each_other() -> None:
    found = opened(
        workbook(
            {
                "S": sheet(
                    row("219-22-0001", "219-22-0002"), row(text("219-22-0003", "C2"), "219-22-0004"), row(text("219-22-0005", "ZZZZ9"))
                )
            }
        ),
        "x.xlsx",
    )
    places = {
        value: segment.locator.at(index, 0, 1)
        for segment in found.column_segments
        for index, value in enumerate(segment.values.to_pylist())
    }
    assert {value: place.reference for value, place in places.items() if value and isinstance(place, CellLocation)} == {
        "219-22-0001": "S!A1", "219-22-0002": "S!B1", "219-22-0003": "S!C2", "219-22-0004": "S!D2", "219-22-0005": "S!A3"
    }  # fmt: skip


def test_a_place_that_is_filled_twice_loses_nothing() -> None:
    found = opened(
        workbook(
            {
                "S": sheet(
                    row(text("219-22-0011", "A1"), text("219-22-0012", "A1"), text("219-22-0088", "B1")),
                    row(text("219-22-0013", "A1"), at=1),
                )
            }
        ),
        "x.xlsx",
    )
    assert [value for value in columns(found)["S!1"] if value] == ["219-22-0011", "219-22-0012", "219-22-0013"]


def test_a_row_with_more_cells_than_a_sheet_has_columns_is_read_in_pieces() -> None:
    found = opened(workbook({"S": sheet(row(*[text(str(n), "A1") for n in range(20000)]))}), "x.xlsx", Limits(ratio_after=1 << 30))
    assert sum(value is not None for value in columns(found)["S!1"]) == 20000


def test_another_prefix_and_another_encoding_are_read() -> None:
    plain = grid([["ssn"], [SSN]])
    prefixed = plain.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x=")
    workbooks = (workbook({"S": content}) for content in (prefixed, plain))
    assert [columns(opened(made, "x.xlsx")) for made in workbooks] == [{"S!1": [SSN]}] * 2
    wide = workbook({"S": sheet()}, {"xl/worksheets/sheet1.xml": plain.encode("utf-16")})
    assert columns(opened(wide, "x.xlsx")) == {"S!1": [SSN]}


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=20), min_size=1, max_size=6
        ),
        min_size=1,
        max_size=30,
    )
)
def test_what_is_written_into_cells_is_read_from_them(table: list[list[str]]) -> None:
    found = opened(workbook({"S": grid(table)}), "x.xlsx")
    wanted = Counter(value for line in table for value in line if value)
    heading = Counter(found.texts.get((), "").replace("\n", "\t").split("\t")) - Counter([""])
    data = Counter(value for values in columns(found).values() for value in values if value)
    assert data + heading == wanted
    for segment in found.column_segments:
        for index, value in enumerate(segment.values.to_pylist()):
            place = segment.locator.at(index, 0, 1)
            assert isinstance(place, CellLocation)
            assert value is None or table[place.row - 1][place.column - 1] == value
