"""Locations, as JSON members and as words."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Final, assert_never

import regex

from scanner.model.location import CellLocation, LineLocation, Location, PageLocation, ParagraphLocation, RecordLocation
from scanner.model.occurrence import Occurrence

Json = dict[str, object]

_KINDS: Final[Mapping[type, str]] = {
    LineLocation: "line",
    CellLocation: "cell",
    RecordLocation: "record",
    PageLocation: "page",
    ParagraphLocation: "paragraph",
}
_WORD: Final = regex.compile(r"_([a-z])")
# For each kind of location the names of its fields, in camelCase and as they are.
_MEMBERS: Final[Mapping[type, list[tuple[str, str]]]] = {
    kind: [(_WORD.sub(lambda found: found[1].upper(), field.name), field.name) for field in fields(kind)] for kind in _KINDS
}


def as_json(location: Location) -> Json:
    """The location's own fields in camelCase with its `kind` first; empty texts are left out."""
    values: Json = {"kind": _KINDS[type(location)]}
    for name, field in _MEMBERS[type(location)]:
        value = getattr(location, field)
        if value != "":
            values[name] = value
    return values


def place_of(occurrence: Occurrence) -> str:
    """The path of members and the location, for people: `inner.zip ! a.txt ! line 4, column 7`."""
    return " ! ".join((*occurrence.member, in_words(occurrence.location)))


def in_words(location: Location) -> str:
    """The location for people: `row 2, column 3 (ssn)`, `line 4, column 7`, `page 1, line 2`."""
    match location:
        case LineLocation():
            return f"line {location.start}, column {location.start_column}"
        case CellLocation():
            name = f" ({location.column_name})" if location.column_name else ""
            return location.reference + name if location.reference else f"row {location.row}, column {location.column}{name}"
        case RecordLocation():
            return f"record {location.record_index}, {location.json_path}" if location.json_path else f"record {location.record_index}"
        case PageLocation():
            return f"page {location.page}, line {location.line}"
        case ParagraphLocation():
            return f"{location.part}, paragraph {location.paragraph}" + (f" ({location.cell})" if location.cell else "")
        case _:
            assert_never(location)
