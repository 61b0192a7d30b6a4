"""Sheets of OpenDocument files as rows of texts (OpenDocument 1.3 part 3, chapter 9)."""

from dataclasses import dataclass
from typing import Final

from scanner.readers.budget import Budget
from scanner.readers.odf_cells import OdfCell
from scanner.readers.paper import Paper
from scanner.readers.xlsx_sheet import MOST_COLUMNS, letters_of
from scanner.readers.xlsx_table import quoted

_MOST_DIGITS: Final = 8
_LEAST_BYTES: Final = 16
"""What a repeated cell costs of the budget, however short its text is."""
_MOST_KNOWN: Final = 10_000
"""Texts of the formulas of a sheet that are told once, however many formulas have them."""


@dataclass(frozen=True, slots=True)
class OdfRows:
    """Rows of a sheet that are all alike, one below the other.

    :param number: of the first one, from 1
    :param cells: column, from 1, and text
    """

    sheet: str
    number: int
    count: int
    cells: list[tuple[int, str]]


class OdfSheets:
    """Collects rows. Cells and rows that stand for many like them count against the budget as if they were written out.

    :ivar cell: the cell that is open
    """

    def __init__(self, paper: Paper, budget: Budget) -> None:
        self.cell: OdfCell | None = None
        self._paper = paper
        self._budget = budget
        self._sheet = ""
        self._row, self._rows, self._column = 1, 1, 1
        self._cells: list[tuple[int, str]] = []
        self._done: list[OdfRows] = []
        self._known: set[str] = set()

    @property
    def place(self) -> str:
        """The cell that is open as formulas name it; empty if none is."""
        return f"{quoted(self._sheet)}!{letters_of(min(self._column, MOST_COLUMNS))}{self._row}" if self.cell else ""

    def taken(self) -> list[OdfRows]:
        """The rows that came since the last time."""
        done, self._done = self._done, []
        return done

    def begin(self, attributes: dict[str, str]) -> None:
        """A sheet begins; one without a name is what is left of the one before, behind damage."""
        name = attributes.get("table:name", "")
        if name or not self._sheet:
            self._sheet, self._row = name or "Sheet", 1
            self._known.clear()

    def begin_row(self, attributes: dict[str, str]) -> None:
        """A row begins."""
        self._rows = count_of(attributes, "table:number-rows-repeated")
        self._column = 1

    def begin_cell(self, attributes: dict[str, str]) -> None:
        """A cell begins."""
        self.cell = OdfCell.of(attributes, count_of(attributes, "table:number-columns-repeated"))

    def end_cell(self) -> None:
        """The cell ends."""
        if self.cell is None:
            return
        text = self.cell.text
        if self.cell.formula:
            self._tell_formula(self.cell.formula, text)
        last = min(self._column + self.cell.repeated, MOST_COLUMNS + 1)
        if text:
            first = min(self._column, MOST_COLUMNS)
            self._budget.expand((last - first - 1) * max(len(text), _LEAST_BYTES))
            self._cells += [(column, text) for column in range(first, max(last, first + 1))]
        self._column = last
        self.cell = None

    def end_row(self) -> None:
        """The row ends."""
        if self._cells:
            self._budget.expand((self._rows - 1) * sum(max(len(text), _LEAST_BYTES) for _, text in self._cells))
            self._done.append(OdfRows(self._sheet, self._row, self._rows, self._cells))
            self._cells = []
        self._row += self._rows
        self._rows = 1

    def broken(self) -> None:
        """What is there of the row counts."""
        self.end_cell()
        if self._cells:
            self.end_row()

    def _tell_formula(self, formula: str, result: str) -> None:
        """Texts in a formula that its result does not show."""
        for text in filter(None, formula.split('"')[1::2]):
            if text not in result and text not in self._known:
                self._paper.paragraph(f"{self._sheet}/formulas", text, self.place)
                if len(self._known) < _MOST_KNOWN:
                    self._known.add(text)


def count_of(attributes: dict[str, str], name: str) -> int:
    """A count in an attribute, at least 1."""
    text = attributes.get(name, "")
    return max(int(text), 1) if text.isdecimal() and len(text) <= _MOST_DIGITS else 1
