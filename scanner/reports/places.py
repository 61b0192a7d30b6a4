"""Locations, as JSON members and as words."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
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


def as_json(location: Location) -> Json:
    """The location's own fields in camelCase with its `kind` first; empty texts are left out."""
    values = {_camel_case(field.name): getattr(location, field.name) for field in fields(location)}
    return {"kind": _KINDS[type(location)]} | {name: value for name, value in values.items() if value != ""}


@cache
def _camel_case(name: str) -> str:
    return _WORD.sub(lambda found: found[1].upper(), name)


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
