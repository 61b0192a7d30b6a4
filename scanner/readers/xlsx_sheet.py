"""A sheet as rows of texts (ECMA-376 part 1, 18.3), however large it is and however far apart its cells are."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import regex

from scanner.readers.xlsx_values import Values
from scanner.readers.xlsx_xml import Source, Walk, local

MOST_COLUMNS: Final = 16384
"""Columns of a sheet; a cell that says it lies farther out is taken for the one behind its neighbour."""
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_LETTERS: Final = 3
_LONGEST_FORMULA: Final = 1024 * 1024
"""Characters; those of spreadsheets have 8192 at most."""
_MOST_KNOWN: Final = 10_000
"""Texts of the formulas of a sheet that are told once, however many formulas have them."""
_NOTES: Final = frozenset(
    {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter", "formula1", "formula2", "formula"}
)
_SPOKEN: Final = {"dataValidation": ("promptTitle", "prompt", "errorTitle", "error"), "hyperlink": ("display", "tooltip")}
"""Attributes in which people write, by element."""
_CODES: Final = regex.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d{1,3}|[A-Z])')


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row that hold something, each under its column; a row with very many cells may come in several.

    :param number: from 1
    :param cells: column, from 1, and text
    """

    number: int
    cells: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Aside:
    """A text of a sheet that stands in no cell.

    :param part: `notes` for headers, footers, hints and conditions; `formulas` for texts in them that their results do not show;
        `damaged` for what did not parse
    :param cell: the cell that it belongs to, as `B6`, if any
    """

    part: str
    text: str
    cell: str = ""


class Sheet:
    """Reads one sheet.

    :ivar damaged: some of it did not parse
    """

    def __init__(self, values: Values) -> None:
        self.damaged = False
        self._values = values

    def read(self, stream: Source) -> Iterator[Row | Aside]:
        """What it holds, in order."""
        listener = _Listener(self._values)
        walk = Walk(stream, listener, ("worksheet", "sheetData"), "row")
        for damage in walk.read():
            yield from listener.taken()
            if damage:
                yield Aside("damaged", damage)
        self.damaged = walk.damaged


class _Listener:
    """Collects rows. Called for every tag of a sheet, so that it does little for each."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._done: list[Row | Aside] = []
        self._row, self._column = 0, 0
        self._cells: list[tuple[int, str]] = []
        self._kind = self._style = ""
        self._pieces: list[str] = []
        self._taking = self._spoken = self._in_formula = False
        self._formula = ""
        self._known: set[str] = set()

    def taken(self) -> list[Row | Aside]:
        """What came since the last time; of a row that is very long what is there of it."""
        if len(self._cells) >= MOST_COLUMNS:
            self._end_row()
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """See Listener."""
        if ":" in name:
            name = local(name)
        if name == "c":
            self._kind = attributes.get("t") or "n"
            self._style = attributes.get("s", "")
            self._pieces = []
            self._column = column_of(attributes.get("r", "")) or min(self._column + 1, MOST_COLUMNS)
        elif name in {"v", "t"}:
            self._taking = True
        elif name == "f":
            self._in_formula, self._formula = True, ""
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 8 else self._row + 1
            self._column = int(self._kind != "")  # a row inside a cell is none, but the cell must lie somewhere
        elif name in _NOTES:
            self._pieces, self._taking = [], True
        elif name in _SPOKEN:
            self._done += [Aside("notes", attributes[key]) for key in _SPOKEN[name] if attributes.get(key)]
        elif name == "rPh":
            self._spoken = True

    def end(self, name: str) -> None:
        """See Listener."""
        if ":" in name:
            name = local(name)
        if name == "c":
            self._end_cell()
        elif name in {"v", "t"}:
            self._taking = False
        elif name == "f":
            self._in_formula = False
        elif name == "row":
            self._end_row()
        elif name in _NOTES:
            self._end_note(name)
        elif name == "rPh":
            self._spoken = False

    def text(self, data: str) -> None:
        """See Listener."""
        if self._taking and not self._spoken:
            self._pieces.append(data)
        elif self._in_formula and len(self._formula) < _LONGEST_FORMULA:
            self._formula += data

    def broken(self) -> None:
        """What is there of the row counts, but for a part of a number that stands for a text."""
        if self._kind not in {"", "s"}:
            self._end_cell()
        self._pieces, self._kind = [], ""
        self._taking = self._spoken = self._in_formula = False
        self._end_row()

    def _end_cell(self) -> None:
        if self._formula:
            self._end_formula("".join(self._pieces))
        if self._pieces:
            value = self._pieces[0] if len(self._pieces) == 1 else "".join(self._pieces)
            if text := self._values.text(self._kind, value, self._style):
                self._cells.append((self._column, text))
        self._kind = ""

    def _end_formula(self, result: str) -> None:
        for text in _quoted(self._formula):
            if text not in result and text not in self._known:
                self._done.append(Aside("formulas", text, f"{letters_of(self._column)}{max(self._row, 1)}"))
                if len(self._known) < _MOST_KNOWN:
                    self._known.add(text)
        self._formula = ""

    def _end_row(self) -> None:
        if self._cells:
            self._done.append(Row(max(self._row, 1), self._cells))
            self._cells = []

    def _end_note(self, name: str) -> None:
        text = "".join(self._pieces).strip()
        self._pieces, self._taking = [], False
        if name.startswith("formula"):
            text = " ".join(_quoted(text))
        elif text:
            text = _CODES.sub(" ", text.replace("&&", "\0")).replace("\0", "&").strip()
        if text:
            self._done.append(Aside("notes", text))


def _quoted(formula: str) -> list[str]:
    return [text for text in formula.split('"')[1::2] if text]


def column_of(reference: str) -> int:
    """The column of a cell, from 1; 0 where the reference is none or lies outside of a sheet.

    >>> column_of("A1"), column_of("XFD1048576"), column_of("XFE1")
    (1, 16384, 0)
    """
    letters = reference.rstrip("0123456789")
    return _column(letters) if len(letters) <= _MOST_LETTERS else 0


@lru_cache(maxsize=MOST_COLUMNS)
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        value = _LETTERS.find(letter) + 1
        if not value:
            return 0
        number = number * len(_LETTERS) + value
    return number if number <= MOST_COLUMNS else 0


def letters_of(column: int) -> str:
    """The letters of a column.

    >>> letters_of(1), letters_of(27), letters_of(16384)
    ('A', 'AA', 'XFD')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, len(_LETTERS))
        letters = _LETTERS[rest] + letters
    return letters
