"""Workbooks: cells as the texts that they show, at their places."""

from scanner.model.location import CellLocation
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
    return columns(opened(workbook({"S": sheet(*rows)}, parts), "x.xlsx"))["S!A"]


def test_a_sheet_is_a_table_under_its_headings() -> None:
    found = opened(workbook({"People": grid([["name", "ssn"], ["Anna", SSN], ["Bert", "219-22-9998"]])}), "x.xlsx")
    assert found.failure is None
    assert found.problems == []
    assert [(names, values) for _, names, values in found.columns] == [(("name",), ["Anna", "Bert"]), (("ssn",), [SSN, "219-22-9998"])]
    assert found.texts == {(): "name\tssn\n"}
    assert found.column_segments[1].locator.at(1, 0, 11) == CellLocation(3, 2, "ssn", "People!B3", 0, 11)
    assert found.place("ssn") == CellLocation(1, 2, "", "People!B1", 0, 3)
    assert found.column_segments[1].key == "People!B"


def test_every_kind_of_cell_is_its_text() -> None:
    rich = "<r><t>219-22</t></r><r><rPr><b/></rPr><t>-9999</t></r><rPh><t>spoken</t></rPh>"
    found = cells(
        row(shared(1)), row(text("in & line")), row(typed("str", "result")), row(number(12)), row(typed("b", "1")), row(typed("e", "#N/A")),
        row(typed("d", "1990-05-12T00:00:00")), row(shared(0)), row(shared(9)),
        parts={"xl/sharedStrings.xml": strings("plain", rich)},
    )  # fmt: skip
    assert found == [SSN, "in & line", "result", "12", "TRUE", "#N/A", "1990-05-12", "plain"]


def test_numbers_are_dates_where_their_format_says_so() -> None:
    parts: dict[str, str | bytes] = {"xl/styles.xml": styles(0, 14, "dd/mm/yyyy;@", "000-00-0000", 2)}
    found = cells(*(row(number(*cell)) for cell in ((32874, 0), (32874, 1), (32874.5, 2), (12345678, 3), ("1.5", 4))), parts=parts)
    assert found == ["32874", "1990-01-01", "1990-01-01 12:00:00", "012-34-5678", "1.50"]
