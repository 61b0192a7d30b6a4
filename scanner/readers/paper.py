"""Paragraphs and tables as a document tells them from front to back, on their way to segments, however they are nested."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from scanner.model.segment import ColumnSegment, TextSegment
from scanner.readers.docx_links import Links
from scanner.readers.docx_tables import Cell, Table, columns, holds_data
from scanner.readers.paragraphs import Flow, Paragraph

PaperSegment = TextSegment | ColumnSegment
_HELD_PLACES: Final = 64 * 1024
"""Cells of one table that are held at once; a longer table goes on under the same headings."""
_HELD_CHARACTERS: Final = 4 * 1024 * 1024


class Paper:
    """Puts a document together.

    A paragraph may begin inside of another (text boxes, notes, comments): each is whole, in the part that it belongs to. Of tables
    inside of tables the outermost decides what is a column; the cells of inner ones have their own places.

    :param links: told the text
    """

    def __init__(self, links: Links) -> None:
        self._links = links
        self._parts: dict[str, _Part] = {}
        self._open: list[_Open] = []
        self._depths: Counter[str] = Counter()
        self._grids: list[_Grid] = []
        self._ready: list[PaperSegment] = []

    @property
    def in_paragraph(self) -> str:
        """The part of the innermost paragraph that is open; empty if none is."""
        return self._open[-1].part if self._open else ""

    def begin(self, part: str, cell: str = "") -> None:
        """A paragraph of `part` begins; inside one of the same part it counts as one of a text box.

        :param cell: as for `paragraph`
        """
        actual = self._actual(part)
        self._depths[actual] += 1
        self._open.append(_Open(actual, cell))

    def text(self, text: str) -> None:
        """More of the innermost paragraph that is open."""
        if self._open:
            self._open[-1].pieces.append(text)

    def end(self) -> None:
        """The innermost paragraph ends."""
        if self._open:
            done = self._open.pop()
            self._depths[done.part] -= 1
            self.paragraph(done.part, "".join(done.pieces), done.cell)

    def paragraph(self, part: str, text: str, cell: str = "") -> None:
        """A whole paragraph.

        :param cell: where it stands, unless in a table that was begun
        """
        known = self._part(part)
        known.paragraphs += 1
        self._links.show(text)
        grid = self._grids[-1] if self._grids and self._grids[0].part == part else None
        if grid and not cell:
            self._grids[0].take(Paragraph(text, known.paragraphs, grid.place), inner=grid is not self._grids[0])
            return
        known.flow.add(Paragraph(text, known.paragraphs, cell))
        self._ready += known.flow.full()

    def begin_table(self, part: str, *, marked: bool = False) -> None:
        """A table begins.

        :param marked: its first row is set apart as one of headings
        """
        part = self._actual(part)
        if self._grids:
            self._grids[0].spoil()
        self._part(part).tables += 1
        self._grids.append(_Grid(part, self._part(part).tables, marked=marked))

    def begin_row(self, *, marked: bool = False) -> None:
        """A row of the innermost table begins."""
        if self._grids:
            self._grids[-1].begin_row(marked=marked)

    def begin_cell(self, span: int = 1, *, plain: bool = True) -> None:
        """The next cell of the row begins.

        :param span: columns that it covers
        :param plain: it covers no other rows
        """
        if self._grids:
            self._grids[-1].begin_cell(span, plain=plain and span == 1)

    def end_row(self) -> None:
        """The row ends."""
        if len(self._grids) == 1 and self._grids[0].is_full:
            self._settle(self._grids[0])

    def end_table(self) -> None:
        """The innermost table ends."""
        if not self._grids:
            return
        grid = self._grids.pop()
        if not self._grids:
            self._settle(grid)

    def break_off(self) -> None:
        """The document is damaged here: what is open ends."""
        while self._open:
            self.end()
        while self._grids:
            self.end_table()

    def taken(self) -> list[PaperSegment]:
        """What is ready since the last time."""
        ready, self._ready = self._ready, []
        return ready

    def rest(self) -> Iterator[PaperSegment]:
        """What was not given yet, at the end of the document."""
        self.break_off()
        yield from self.taken()
        for part in self._parts.values():
            yield from part.flow.flush()

    def _actual(self, part: str) -> str:
        """The part to which a block belongs that begins now."""
        boxed = f"{part}/textbox"
        return boxed if self._depths[part] or self._depths[boxed] else part

    def _part(self, name: str) -> "_Part":
        if name not in self._parts:
            self._parts[name] = _Part(Flow(name))
        return self._parts[name]

    def _settle(self, grid: "_Grid") -> None:
        """The rows of a table that were held: columns under headings, or text."""
        flow = self._part(grid.part).flow
        table = grid.settled()
        if table and holds_data(table):
            self._ready += flow.interrupt()
            self._ready += columns(table, grid.part)
            grid.head = table.rows[0]
        elif table:
            for row in table.rows[1 if grid.head else 0 :]:
                cells = [filled for cell in row if (filled := [paragraph for paragraph in cell.paragraphs if paragraph.text])]
                for cell in cells:
                    for paragraph in cell:
                        flow.add(paragraph, "\t" if paragraph is cell[-1] and cell is not cells[-1] else "\n")
                self._ready += flow.full()


@dataclass(slots=True)
class _Part:
    """What is known of one part."""

    flow: Flow
    paragraphs: int = 0
    tables: int = 0


@dataclass(slots=True)
class _Open:
    """A paragraph that is not whole yet."""

    part: str
    cell: str
    pieces: list[str] = field(default_factory=list)


class _Grid:
    """A table that is not whole yet. Inner tables only count; what they hold belongs to a cell of the outermost one.

    :ivar head: the row of headings, once some rows were columns under it
    """

    def __init__(self, part: str, number: int, *, marked: bool) -> None:
        self.part = part
        self.head: tuple[Cell, ...] = ()
        self._number = number
        self._marked = marked
        self._row = self._column = self._next = 0
        self._rows: list[list[tuple[list[Paragraph], bool]]] = []
        self._places = self._characters = 0

    @property
    def place(self) -> str:
        """The cell that is open."""
        return f"table {self._number}, row {max(self._row, 1)}, column {max(self._column, 1)}"

    @property
    def is_full(self) -> bool:
        """Whether it holds as much as a table may."""
        return self._places >= _HELD_PLACES or self._characters >= _HELD_CHARACTERS

    def begin_row(self, *, marked: bool) -> None:
        """See Paper."""
        self._marked |= marked and not self._row
        self._row += 1
        self._column, self._next = 0, 1
        self._rows.append([])

    def begin_cell(self, span: int, *, plain: bool) -> None:
        """See Paper."""
        if not self._rows:
            self.begin_row(marked=False)
        self._column, self._next = self._next, self._next + span
        self._rows[-1].append(([], plain))
        self._places += 1

    def take(self, paragraph: Paragraph, *, inner: bool) -> None:
        """A paragraph of the open cell; `inner`: of a table inside it."""
        if not self._rows or not self._rows[-1]:
            self.begin_cell(1, plain=False)
        cell, plain = self._rows[-1][-1]
        cell.append(paragraph)
        if inner and plain:
            self.spoil()
        self._characters += len(paragraph.text)

    def spoil(self) -> None:
        """The open cell holds more than text."""
        if self._rows and self._rows[-1]:
            self._rows[-1][-1] = (self._rows[-1][-1][0], False)

    def settled(self) -> Table | None:
        """The rows that were held, below the headings that are known; none are held any more."""
        rows = [tuple(Cell(tuple(paragraphs), plain=plain) for paragraphs, plain in row) for row in self._rows]
        self._rows, self._places, self._characters = [], 0, 0
        if not rows:
            return None
        headed = (self.head, *rows) if self.head else tuple(rows)
        return Table(self._number, headed, marked=self._marked or bool(self.head))
