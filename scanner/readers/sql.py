"""Dumps of databases: SQL as `pg_dump`, `mysqldump` and others write it.

Rows of `COPY` and `INSERT` are columns, with the names that the statement or `CREATE TABLE` gives them; a cell's row counts the rows of
its table in the dump, from 1. Everything else is text; so is all behind the first remark that allows something on its line, since a
program that dumps leaves none.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from scanner.model.remarks import ALLOW
from scanner.model.segment import ColumnSegment, ReaderItem, TextSegment
from scanner.readers import text as plain
from scanner.readers.base import Content
from scanner.readers.budget import MIB, Budget
from scanner.readers.locators import CellLocator, LineLocator
from scanner.readers.sql_syntax import HEAD, ROW, copied, defined, inserted, listed, plain_name
from scanner.readers.text import Place

_HELD_CHARACTERS: Final = 4 * MIB
# What a value takes besides.
_CHARACTERS_OF_A_VALUE: Final = 16
# A longer row is read as text.
_LONGEST_ROW: Final = 16 * MIB
# After so many brackets that do not close, it is not the SQL that is known here: all else is text.
_MOST_UNCLOSED: Final = 8
_END_OF_COPY: Final = "\\."


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """The columns of the tables in `content`, some MiB at a time, and the text between."""
    dump = _Dump()
    for item in plain.read(content, budget):
        if isinstance(item, TextSegment):
            yield from dump.add(item.text)
    yield from dump.rest()


class _Table:
    """Rows of one table that were not given yet.

    :ivar size: characters of them, about
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.size = 0
        self._given = 0
        self._names: tuple[str, ...] = ()
        self._columns: tuple[list[str | None], ...] = ()
        self._pieces: list[ColumnSegment] = []

    def call(self, names: tuple[str, ...]) -> None:
        """Rows from here on have these columns."""
        if names != self._names:
            self._cut()
            self._names = names

    def add(self, values: Sequence[str | None]) -> None:
        """One more row."""
        if len(values) != len(self._columns):
            self._cut()
            self._columns = tuple([] for _ in values)
        for column, value in zip(self._columns, values, strict=True):
            column.append(value)
            self.size += len(value or "") + _CHARACTERS_OF_A_VALUE

    def rest(self) -> Iterator[ColumnSegment]:
        """What was not given yet."""
        self._cut()
        yield from self._pieces
        self._pieces, self.size = [], 0

    def _cut(self) -> None:
        """Makes segments of the rows that have the same columns."""
        self._pieces += map(self._column, range(len(self._columns)))
        self._given += len(self._columns[0]) if self._columns else 0
        self._columns = ()

    def _column(self, number: int) -> ColumnSegment:
        import pyarrow as pa

        name = self._names[number] if number < len(self._names) else ""
        place = f"{self.name}.{name or number + 1}"
        names = (self.name, name) if name else (self.name,)
        values = pa.array(self._columns[number], pa.string())
        return ColumnSegment(values, place, names, CellLocator(self._given + 1, number + 1, place))


class _Dump:
    """One object on its way: text up to a head, then rows up to their end."""

    def __init__(self) -> None:
        self._tables: dict[str, _Table] = {}
        self._defined: dict[str, tuple[str, ...]] = {}
        self._text = ""
        self._at = 0
        self._place = Place()
        self._told_up_to = Place(0)
        self._head = ""
        self._table: _Table | None = None
        self._copies = False
        self._unclosed = 0
        self._is_remarked = False

    def add(self, text: str) -> Iterator[ReaderItem]:
        """Takes more of the object; gives what can be given."""
        self._text = self._text[self._at :] + text
        self._at = 0
        self._is_remarked |= ALLOW in text
        yield from self._read(last=False)
        if sum(table.size for table in self._tables.values()) > _HELD_CHARACTERS:
            yield from self._columns()

    def rest(self) -> Iterator[ReaderItem]:
        """The end of the object."""
        yield from self._read(last=True)
        yield from self._columns()

    def _columns(self) -> Iterator[ReaderItem]:
        for table in self._tables.values():
            yield from table.rest()

    def _read(self, *, last: bool) -> Iterator[ReaderItem]:
        while self._at < len(self._text):
            if self._table is None:
                yield from self._read_text()
                continue
            start = self._at
            is_over = (self._read_lines if self._copies else self._read_rows)(self._table, last=last)
            self._pass(start)
            if not is_over:
                return
            self._table = None

    def _read_text(self) -> Iterator[ReaderItem]:
        """Up to the rows behind the next head. A head that is repeated for each row says nothing new."""
        is_text = self._is_remarked or self._unclosed >= _MOST_UNCLOSED
        found = None if is_text else HEAD.search(self._text, self._at)
        start, self._at = self._at, found.end() if found else len(self._text)
        if found is None or found[0] != self._head or self._text[start : found.start()].strip():
            yield self._told(start)
        self._pass(start)
        if found is None:
            return
        if found["made"]:
            columns = defined(self._text, found.end())
            self._defined[plain_name(found["made"])] = columns or ()
            self._unclosed += columns is None
            return
        self._head, self._copies = found[0], found["copied"] is not None
        name = plain_name(found["copied"] or found["filled"])
        self._table = self._tables.setdefault(name, _Table(name))
        self._table.call(listed(found["of_copied"] or found["of_filled"] or "") or self._defined.get(name, ()))

    def _read_lines(self, table: _Table, *, last: bool) -> bool:
        """Rows of `COPY`; whether they are over."""
        while self._at < len(self._text):
            end = self._text.find("\n", self._at)
            if end < 0 and not last and len(self._text) - self._at < _LONGEST_ROW:
                return False
            end = len(self._text) if end < 0 else end
            line = self._text[self._at : end].removesuffix("\r")
            self._at = min(end + 1, len(self._text))
            if line == _END_OF_COPY:
                return True
            table.add(tuple(copied(line)))
        return False

    def _read_rows(self, table: _Table, *, last: bool) -> bool:
        """Rows of `INSERT`; whether they are over."""
        while self._at < len(self._text):
            found = ROW.match(self._text, self._at, partial=not last)
            if found is None or (found.partial and len(self._text) - self._at > _LONGEST_ROW):
                self._unclosed += 1
                return True
            if found.partial or (found.end() == len(self._text) and not found["behind"] and not last):
                return False
            table.add(tuple(inserted(found["values"])))
            self._at = found.end()
            if found["behind"] != ",":
                return True
        return False

    def _told(self, start: int) -> TextSegment:
        """What stands between `start` and here, as text."""
        text, continues = self._text[start : self._at], self._place == self._told_up_to
        self._told_up_to = _behind(self._place, text)
        return TextSegment(text, LineLocator(self._place.line, self._place.column), continues=continues)

    def _pass(self, start: int) -> None:
        """Go on from here, behind what began at `start`."""
        self._place = _behind(self._place, self._text[start : self._at])


def _behind(place: Place, text: str) -> Place:
    feeds = text.count("\n")
    return place.behind(text, feeds + text.count("\r") - text.count("\r\n") if "\r" in text else feeds)
