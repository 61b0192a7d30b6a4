"""Markdown: text, with its tables (GitHub Flavored Markdown 4.10) as columns under their headings."""

from collections.abc import Iterator, Sequence
from typing import Final

import regex

from scanner.model.remarks import ALLOW
from scanner.model.segment import ReaderItem
from scanner.readers import text as plain
from scanner.readers.base import Content
from scanner.readers.budget import Budget
from scanner.readers.embedded_tables import LONGEST_HELD, Found, Span, TextTable, with_tables

_RULE: Final = regex.compile(r"^[ >]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+\r?$", regex.MULTILINE)
"""The line below the headings."""
_BAR: Final = regex.compile(r"(?<!\\)\|")
_LINK: Final = regex.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_MARKS: Final = "`*_~ \t"
_LONGEST_LINE: Final = 64 * 1024
_MOST_COLUMNS: Final = 1000


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """Text as `scanner.readers.text.read` gives it, but for the cells of tables."""
    return with_tables(plain.read(content, budget), MarkdownTables())


class MarkdownTables:
    """Finds the tables of one document."""

    def __init__(self) -> None:
        self._number = 0

    def find(self, text: str, *, last: bool) -> Found:
        """See TableFinder."""
        tables: list[TextTable] = []
        behind = 0
        for rule in _RULE.finditer(text):
            start = text.rfind("\n", 0, max(rule.start() - 1, 0)) + 1
            if "|" not in rule[0] or start < behind or rule.start() == 0:
                continue
            end, is_whole = _end(text, rule.end())
            if not (is_whole or last) and len(text) - start < LONGEST_HELD:
                return Found([column for table in tables for column in table.columns()], _spans(tables), start)
            self._number += 1
            behind = end
            table = _table(text, self._number, (start, rule.start(), rule.end(), end))
            if ALLOW not in text[start:end] and table.holds_data:
                tables.append(table)
        keep = len(text) if last else text.rfind("\n", 0, max(len(text) - 1, 0)) + 1  # its last line may head a table
        keep = keep if 0 < len(text) - keep < _LONGEST_LINE and "|" in text[keep:] and keep >= behind else len(text)
        return Found([column for table in tables for column in table.columns()], _spans(tables), keep)


def _spans(tables: list[TextTable]) -> list[Span]:
    return [span for table in tables for span in table.spans]


def _end(text: str, at: int) -> tuple[int, bool]:
    """Where the rows end that follow the rule which ends at `at`, and whether that is known."""
    at = min(at + 1, len(text))
    while at < len(text):
        feed = text.find("\n", at)
        line = text[at : feed if feed >= 0 else len(text)]
        if "|" not in line:
            return at, True
        if feed < 0:
            return len(text), False
        at = feed + 1
    return at, False


def _table(text: str, number: int, at: tuple[int, int, int, int]) -> TextTable:
    start, rule_start, rule_end, end = at
    head = _row(text, start, rule_start, _MOST_COLUMNS)
    rows = [head]
    place = rule_end + 1
    while place < end:
        feed = text.find("\n", place, end)
        behind = feed + 1 if feed >= 0 else end
        cells = _row(text, place, behind, len(head))[: len(head)]
        rows.append(cells if len(cells) == len(head) else [*cells, *[(place, place)] * (len(head) - len(cells))])
        place = behind
    return TextTable(number, text, rows, _CELLS, marked=True)


def _row(text: str, start: int, end: int, most: int) -> list[Span]:
    """Where the cells of the line between `start` and `end` stand, about `most` of them at most."""
    line = text[start:end].rstrip("\r\n")
    pieces = line.split("|", most + 2) if "\\|" not in line else _BAR.sub("\n", line, most + 2).split("\n")
    cells = []
    at = start
    for piece in pieces:
        cells.append((at, at + len(piece)))
        at += len(piece) + 1
    if len(cells) > 1 and not pieces[0].strip(" >\t"):
        del cells[0]
    if len(cells) > 1 and not pieces[-1].strip():
        del cells[-1]
    return cells


class MarkdownCells:
    """How cells of Markdown are written: marks around a value are no part of it; where its links lead stays in the text."""

    def value(self, text: str, start: int, end: int) -> str:
        """See CellSyntax."""
        raw = text[start:end]
        if "](" in raw:
            raw = _LINK.sub(lambda link: link[1], raw)
        return raw.strip(_MARKS).replace("\\|", "|")

    def spans(self, text: str, start: int, end: int) -> Sequence[Span]:
        """See CellSyntax."""
        if text.find("](", start, end) < 0:
            return ((start, end),) if start < end else ()
        found: list[Span] = []
        for link in _LINK.finditer(text, start, end):
            found.append((start, link.end(1)))
            start = link.end()
        return [*found, (start, end)]


_CELLS: Final = MarkdownCells()
