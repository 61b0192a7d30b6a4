"""Tables in Word documents: those of data become columns, all others stay prose."""

import pytest

from scanner.model.location import ParagraphLocation
from tests.readers.docxs import body, bold, cell, package, paragraph, parts, table
from tests.readers.opening import opened

SSN = "219-22-9999"
OTHER = "219-22-9998"
PEOPLE = (["Name", "SSN", "City"], ["Ann", SSN, "Rome"], ["Bob", OTHER, "Oslo"])


def test_a_table_of_data_becomes_columns_under_their_headings() -> None:
    found = opened(package(body(paragraph("before"), table(*PEOPLE), paragraph("after"))), "x.docx")
    assert parts(found) == {"body": "before\nafter\n"}
    assert [segment.continues for segment in found.segments] == [False, False]
    assert found.columns == [((), ("Name",), ["Ann", "Bob"]), ((), ("SSN",), [SSN, OTHER]), ((), ("City",), ["Rome", "Oslo"])]
    assert [segment.key for segment in found.column_segments] == ["body table 1 column 1", "body table 1 column 2", "body table 1 column 3"]
    place = found.column_segments[1].locator.at(1, 4, 6)
    assert place == ParagraphLocation("body", 9, "table 1, row 3, column 2", 4, 6)


def test_a_cell_of_several_paragraphs_is_one_value_with_places_in_each() -> None:
    many = cell("first line", SSN)
    found = opened(package(body(table(["Name", "Note", "Number"], ["Ann", many, "12345"], ["Bob", "x", "23456"]))), "x.docx")
    assert found.columns[1][2] == [f"first line\n{SSN}", "x"]
    locator = found.column_segments[1].locator
    assert locator.at(0, 11, 22) == ParagraphLocation("body", 6, "table 1, row 2, column 2", 0, 11)
    assert locator.at(0, 0, 5) == ParagraphLocation("body", 5, "table 1, row 2, column 2", 0, 5)


def test_a_form_with_labels_stays_prose_with_label_and_value_side_by_side() -> None:
    found = opened(package(body(table(["Name", "Ann"], ["SSN", SSN], ["Phone", "555-0100"]))), "x.docx")
    assert (parts(found), found.columns) == ({"body": f"Name\tAnn\nSSN\t{SSN}\nPhone\t555-0100\n"}, [])
    assert found.place(SSN) == ParagraphLocation("body", 4, "table 1, row 2, column 2", 0, 11)


@pytest.mark.parametrize(
    "made",
    [
        table(["Name", "SSN"], ["Ann", SSN], marked=True),
        table([cell(f"<w:p>{bold('Name')}</w:p>"), cell(f"<w:p>{bold('SSN')}</w:p>")], ["Ann", SSN]),
        table(["Name", "SSN"], ["Ann", SSN], ["Bob", OTHER]),
    ],
    ids=["repeated first row", "bold first row", "values of one shape"],
)
def test_two_columns_are_data_when_the_first_row_is_set_apart_or_the_values_are_alike(made: str) -> None:
    assert ((), ("SSN",)) in [column[:2] for column in opened(package(body(made)), "x.docx").columns]


@pytest.mark.parametrize(
    "made",
    [
        table(["Name", SSN, "City"], ["Ann", OTHER, "Oslo"], marked=True),
        table(["Name", "Name", "City"], ["Ann", OTHER, "Oslo"], marked=True),
        table(["Name:", "SSN:", "City:"], ["Ann", OTHER, "Oslo"], marked=True),
        table(["Name", "SSN"], ["Ann", OTHER, "Oslo"], marked=True),
        table([cell("Name", properties='<w:gridSpan w:val="2"/>'), "SSN"], ["Ann", OTHER], marked=True),
        table(["Name", "SSN"], [cell(table(["x"])), OTHER], marked=True),
        table(["Name", "SSN"], marked=True),
        table(["Only"], ["one"], marked=True),
    ],
    ids=["value in the head", "same heading twice", "labels", "ragged", "spanning", "nested", "head only", "one column"],
)
def test_other_tables_are_prose_and_lose_nothing(made: str) -> None:
    found = opened(package(body(made)), "x.docx")
    assert found.columns == []
    assert all(word in parts(found)["body"] for word in ("Name", OTHER) if word in made)


def test_tables_in_tables_and_spanning_cells_have_their_own_places() -> None:
    inner = table(["in", SSN])
    outer = table([cell("wide", properties='<w:gridSpan w:val="2"/>'), "last"], ["a", cell(inner), "c"])
    found = opened(package(body(outer)), "x.docx")
    assert parts(found)["body"] == f"wide\tlast\na\tin\n{SSN}\tc\n"
    assert found.place("last") == ParagraphLocation("body", 2, "table 1, row 1, column 3", 0, 4)
    assert found.place(SSN) == ParagraphLocation("body", 5, "table 2, row 1, column 2", 0, 11)


def test_rows_and_cells_inside_content_controls_are_read() -> None:
    row = f"<w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>{cell('a')}</w:sdtContent></w:sdt>{cell(SSN)}</w:tr></w:sdtContent></w:sdt>"
    assert parts(opened(package(body(f"<w:tbl><w:tblPr/>{row}</w:tbl>")), "x.docx")) == {"body": f"a\t{SSN}\n"}
