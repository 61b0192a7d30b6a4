"""Tables of labels and values: each value is read under the label to the left of it."""

import pytest

from scanner.model.location import CellLocation
from scanner.model.segment import ColumnSegment
from scanner.readers.delimited import read
from scanner.readers.label_cells import label_headings
from tests.readers.reading import items

FORM = "Name,Greta Eklund\nSSN,762-69-6870\nDate of birth,1993-05-17\nE-mail,greta@mail.example.org\nOrder no.,17\n"


def rows(text: str) -> list[list[str]]:
    return [line.split(",") for line in text.splitlines()]


@pytest.mark.parametrize(
    ("text", "above"),
    [
        (FORM, 0),
        (f"field,value\n{FORM}", 1),
        (f"Property Name,Value\n{FORM}", 1),
        ("Merkmal,Wert\nKartennummer,4\n", 1),
        ("Vorgang,Greta\nSozialversicherungsnummer,65 170839 J 008\nGeburtsdatum,17.05.1993\nOrt,Bern\n", 0),
        ("name,ssn\nAnn,219-22-9999\nBob,219-22-9998\n", None),
        ("name,e-mail\nAnn,ann@mail.example.org\nBob,bob@mail.example.org\nCy,none\n", None),
        ("Ann,219-22-9999\nBob,219-22-9998\nCy,219-22-9997\n", None),
        ("field,value\nssn,1\nssn,2\n", None),
        ("key,value\n17,1\n18,2\n", None),
        ("key,value\n", None),
        ("country,city\nname,Rome\n", None),
    ],
)
def test_forms_are_told_from_tables(text: str, above: int | None) -> None:
    assert label_headings(rows(text)) == above


@pytest.mark.parametrize("heading", ["", "field,value\n"])
def test_a_value_stands_under_its_label(heading: str) -> None:
    found = [item for item in items(read, f"{heading}{FORM}".encode()) if isinstance(item, ColumnSegment)]

    labels, name, ssn = found[:3]
    outer = ("value",) if heading else ()
    assert labels.values.to_pylist() == ["Name", "SSN", "Date of birth", "E-mail", "Order no."]
    assert (name.names, name.key, name.values.to_pylist()) == ((*outer, "Name"), "2", ["Greta Eklund"])
    assert (ssn.names, ssn.key, ssn.values.to_pylist()) == ((*outer, "SSN"), "2", ["762-69-6870"])
    assert ssn.locator.at(0, 0, 11) == CellLocation(3 if heading else 2, 2, "".join(outer), "", 0, 11)


def test_a_row_with_too_many_fields_has_its_label_over_all_of_them() -> None:
    found = [item for item in items(read, FORM.encode() + b"Account no.,1,2\n") if isinstance(item, ColumnSegment)]

    assert [(item.key, item.values.to_pylist()) for item in found if item.names == ("Account no.",)] == [("2", ["1"]), ("3", ["2"])]


def test_a_long_table_is_read_by_columns() -> None:
    text = "".join(f"name {chr(number)},{number}\n" for number in range(0x4E00, 0x4E00 + 300))

    found = [item for item in items(read, f"field,value\n{text}".encode()) if isinstance(item, ColumnSegment)]

    assert [(item.names, len(item.values)) for item in found] == [(("field",), 300), (("value",), 300)]
