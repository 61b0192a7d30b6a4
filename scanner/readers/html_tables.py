"""Tables of HTML (living standard, 4.9): those whose first row names what stands below it are columns.

Tables inside of tables, as mails have them for their layout, are each looked at by themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Final

import regex

from scanner.model.remarks import ALLOW
from scanner.readers.embedded_tables import LONGEST_HELD, Found, Span, TextTable

_TABLE: Final = regex.compile(r"<table[\s/>]", regex.IGNORECASE)
# Attributes hold no `<`, and quoted ones of them may hold `>`; each character is looked at once from each `<`.
_REST: Final = r"(?P<rest>(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+'|[\"'])*+)>"
_HIDDEN: Final = r"<!--(?s:.*?)(?:-->|\Z)|<(?:script|style)\b(?s:.*?)(?:</(?:script|style)[^<>]*+>?|\Z)"
_FRAME: Final = regex.compile(rf"{_HIDDEN}|<(?P<end>/?)(?P<name>table|thead|td|th|tr)(?![\w:-]){_REST}", regex.IGNORECASE)
_INLINE: Final = regex.compile(rf"{_HIDDEN}|</?(?P<name>[a-zA-Z][\w:-]*+){_REST}", regex.IGNORECASE)
_SPAN: Final = regex.compile(r"\b(?:col|row)span\s*=\s*[\"']?\s*0*(?:[2-9]|1\d)", regex.IGNORECASE)
_BREAKS: Final = frozenset({"br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "li", "p"})
_SPACE: Final = regex.compile(r"[ \t\r\n\f]+")
_LINE: Final = regex.compile(r" ?\v[\v ]*")
_DEEPEST: Final = 64
"""Tables inside each other; deeper ones are text."""
_MOST_COLUMNS: Final = 1000


class HtmlCells:
    """How cells of HTML are written: tags inside of them are no part of the value, and stay in the text."""

    def value(self, text: str, start: int, end: int) -> str:
        """See CellSyntax."""
        raw = text[start:end]
        if "<" in raw:
            raw = _INLINE.sub(_instead, raw)
        if "&" in raw:
            raw = unescape(raw)
        plain = _SPACE.sub(" ", raw).strip()
        return _LINE.sub("\n", plain).strip() if "\v" in plain else plain

    def spans(self, text: str, start: int, end: int) -> Sequence[Span]:
        """See CellSyntax."""
        found: list[Span] = []
        if text.find("<", start, end) >= 0:
            for tag in _INLINE.finditer(text, start, end):
                found.append((start, tag.start()))
                start = tag.end()
        found.append((start, end))
        return [(one, other) for one, other in found if one < other]


def _instead(tag: "regex.Match[str]") -> str:
    return "\v" if (tag["name"] or "").lower() in _BREAKS else ""


_CELLS: Final = HtmlCells()


@dataclass(slots=True)
class _Grid:
    """A table that is being read.

    :ivar start: where it begins in the text; -1 where it began before
    :ivar row_start: where its last row begins
    :ivar cell: where the cell that is open begins; -1 if none is
    :ivar headings: for each of the first two rows whether all of its cells are marked as headings
    :ivar plain: no cell spans others or holds a table
    :ivar head: its headings, once rows below them were settled before it ended
    :ivar passed: rows that were
    :ivar is_text: such rows turned out not to be data
    """

    number: int
    start: int
    row_start: int = 0
    cell: int = -1
    marked: bool = False
    in_head: bool = False
    plain: bool = True
    headings: list[bool] = field(default_factory=list)
    rows: list[list[Span]] = field(default_factory=list)
    head: tuple[str, ...] = ()
    passed: int = 0
    is_text: bool = False

    def close(self, at: int) -> None:
        """The cell that is open, if any, ends."""
        if self.cell >= 0:
            self.rows[-1].append((self.cell, at))
            self.cell = -1

    def table(self, text: str) -> TextTable:
        """What there is of it."""
        rows = [row for row in self.rows if row]
        marked = self.marked or self.headings[:2] == [True, False]
        return TextTable(self.number, text, rows, _CELLS, marked=marked, head=self.head, passed=self.passed)

    def rest(self, table: TextTable | None) -> "_Grid":
        """The same table when its rows so far were settled: as `table`, or as text."""
        if table is None:
            return _Grid(self.number, -1, is_text=True)
        passed = self.passed + len(table.rows) - (not self.head)
        return _Grid(self.number, -1, head=table.headings, passed=passed)


class HtmlTables:
    """Finds the tables of one document."""

    def __init__(self) -> None:
        self._grids: list[_Grid] = []
        self._deeper = self._number = 0
        self._begun: list[int] = []
        self._settled: list[tuple[int, TextTable]] = []

    def find(self, text: str, *, last: bool) -> Found:
        """See TableFinder."""
        first = None if self._grids else _TABLE.search(text)
        if not self._grids and first is None:
            return Found((), (), len(text))
        before, self._begun, self._settled = self._number, [], []
        self._read(text, first.start() if first else 0)
        keep = len(text)
        if self._grids and not last:
            keep = self._kept(text)
        while self._grids and last:
            self._settle(text, self._grids.pop(), len(text))
        self._number = before + sum(start < keep for start in self._begun)
        tables = [table for start, table in self._settled if start < keep]
        columns = [column for table in tables for column in table.columns()]
        return Found(columns, sorted(span for table in tables for span in table.spans), keep)

    def _kept(self, text: str) -> int:
        """From where on the text is needed again, for the outermost table that is open."""
        outer, self._grids, self._deeper = self._grids[0], [], 0
        begin = max(outer.start, 0)
        if len(text) - begin < LONGEST_HELD:
            if outer.start < 0:
                self._grids = [_Grid(outer.number, -1, head=outer.head, passed=outer.passed, is_text=outer.is_text)]
            return begin
        if len(outer.rows) < 3:
            return len(text)
        outer.rows.pop()
        outer.cell = -1
        is_data = self._settle(text, outer, outer.row_start)
        self._grids = [outer.rest(self._settled[-1][1] if is_data else None)]
        return outer.row_start

    def _settle(self, text: str, grid: _Grid, end: int) -> bool:
        """Whether the rows of a table are data; they are then noted. A remark that allows something leaves its table text."""
        grid.close(end)
        table = grid.table(text)
        if grid.is_text or not grid.plain or ALLOW in text[max(grid.start, 0) : end] or not table.holds_data:
            return False
        self._settled.append((grid.start, table))
        return True

    def _read(self, text: str, at: int) -> None:
        for found in _FRAME.finditer(text, at):
            if name := found["name"]:
                self._tag(text, found, name.lower())

    def _tag(self, text: str, found: "regex.Match[str]", name: str) -> None:
        is_end = bool(found["end"])
        if name == "table":
            self._end_table(text, found.start()) if is_end else self._begin_table(found.start())
            return
        if not self._grids or self._deeper:
            return
        grid = self._grids[-1]
        if name == "thead":
            grid.in_head = not is_end
            return
        grid.close(found.start())
        if is_end:
            return
        if name == "tr":
            _begin_row(grid, found.start())
        else:
            _begin_cell(grid, found, is_heading=name == "th")

    def _begin_table(self, start: int) -> None:
        if len(self._grids) >= _DEEPEST:
            self._deeper += 1
            return
        if self._grids and self._grids[-1].cell >= 0:
            self._grids[-1].plain = False
        self._number += 1
        self._begun.append(start)
        self._grids.append(_Grid(self._number, start))

    def _end_table(self, text: str, end: int) -> None:
        if self._deeper:
            self._deeper -= 1
        elif self._grids:
            self._settle(text, self._grids.pop(), end)


def _begin_row(grid: _Grid, start: int) -> None:
    grid.marked |= grid.in_head and not grid.rows
    grid.row_start = start
    grid.rows.append([])


def _begin_cell(grid: _Grid, found: "regex.Match[str]", *, is_heading: bool) -> None:
    if not grid.rows:
        grid.rows.append([])
    row = grid.rows[-1]
    if len(grid.rows) <= 2:
        if not row:
            grid.headings.append(True)
        grid.headings[-1] &= is_heading
    grid.plain &= len(row) < _MOST_COLUMNS and (not found["rest"] or _SPAN.search(found["rest"]) is None)
    if len(row) < _MOST_COLUMNS:
        grid.cell = found.end()
