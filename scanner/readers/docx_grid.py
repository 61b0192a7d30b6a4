"""Rows and cells of a table in WordprocessingML (ECMA-376 part 1, 17.4)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.readers.docx_xml import attribute, branch, local

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_COLUMNS = 63  # of a table, Word's own limit


def rows(table: "_Element") -> "Iterator[tuple[bool, list[_Element]]]":
    """For each row whether it is marked as a heading, and its cells."""
    for row in _inside(table, "tr"):
        yield _is_marked(row), list(_inside(row, "tc"))


def _inside(element: "_Element", wanted: str) -> "Iterator[_Element]":
    """The elements named `wanted`, also those inside content controls and tracked changes, but not those of inner tables."""
    for child in element:
        name = local(child)
        if name == wanted:
            yield child
        elif name == "AlternateContent":
            for chosen in branch(child):
                yield from _inside(chosen, wanted)
        elif name in {"customXml", "del", "ins", "sdt", "sdtContent"}:
            yield from _inside(child, wanted)


def _is_marked(row: "_Element") -> bool:
    return any(_is_on(mark) for mark in row.iterfind("{*}trPr/{*}tblHeader"))


def spans(cell: "_Element") -> bool:
    """Whether it covers several columns or rows."""
    return width(cell) > 1 or cell.find("{*}tcPr/{*}vMerge") is not None


def width(cell: "_Element") -> int:
    """Columns that it covers."""
    span = cell.find("{*}tcPr/{*}gridSpan")
    text = attribute(span, "val") if span is not None else ""
    return min(max(int(text), 1), MAX_COLUMNS) if text.isdecimal() and len(text) < 4 else 1


def is_bold(cell: "_Element") -> bool:
    """Whether it has text and all of that is bold."""
    runs = [run for run in cell.iter("{*}r") if any(text.text for text in run.iterfind("{*}t"))]
    return bool(runs) and all(any(_is_on(bold) for bold in run.iterfind("{*}rPr/{*}b")) for run in runs)


def _is_on(switch: "_Element") -> bool:
    return attribute(switch, "val") not in {"0", "false", "off"}
