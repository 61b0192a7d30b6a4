"""SQLite databases: the tables as they lie in the file, read from memory, with nothing in them run.

A database can hold code: views, triggers, generated columns, and tables that are modules of the library. Only rows that are
stored are read, straight from the table's own tree, and an authorizer refuses all else. What a journal or a write-ahead log
beside the file holds is not in the file, and not read.

https://sqlite.org/security.html, https://sqlite.org/fileformat2.html
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import BinaryIO, Final

from scanner.errors import ReadError
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import ReaderItem
from scanner.readers.base import Content
from scanner.readers.budget import MIB, Budget
from scanner.readers.encoding import UTF_8
from scanner.readers.sqlite_rows import Batches

_VERSIONS: Final = slice(18, 20)
"""Of the format; 2 stands for a write-ahead log, without whose file SQLite does not open it."""
_SETTINGS: Final = "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY"
_SCHEMA: Final = "sqlite_master"
_IS_STORED: Final = frozenset({0, 3})
"""What `table_xinfo` has for columns whose values lie in the file: plain ones, and generated ones that are stored."""
_PRAGMAS: Final = frozenset({"index_info", "index_list", "table_xinfo"})
_BROKEN: Final = (sqlite3.Error, UnicodeError, ValueError)
"""What comes of a damaged database, and of names that are no UTF-8 or have a NUL in them."""
_TABLE: Final = "CREATE TABLE "
_INDEXES: Final = ("CREATE INDEX ", "CREATE UNIQUE INDEX ")
"""How definitions begin, whatever was written: SQLite puts them so. Those of indexes that it makes by itself are null."""


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """The columns of all tables, the definitions of the database among them.

    What is damaged costs the rest of its table. Raises ReadError where nothing can be read, and for a database that is too large
    to be held.
    """
    held = _held(content.stream, budget.limits.memory_bytes)
    missing = _missing_bytes(held)
    with closing(_opened(held)) as connection:
        del held
        try:
            names, others = _tables(connection)
        except _BROKEN:
            raise ReadError(Reason.MALFORMED, "its list of tables cannot be read") from None
        tables = [_Table(connection, name, budget) for name in (_SCHEMA, *names)]
        for table in tables:
            yield from table.columns()
    yield from _problems(tables, others, missing)


class _Table:
    """One table on its way.

    :ivar batches: its rows
    :ivar is_damaged: whether they could not be read to the end
    """

    def __init__(self, connection: sqlite3.Connection, name: str, budget: Budget) -> None:
        self._connection = connection
        self._name = name
        self.batches = Batches(name, budget)
        self.is_damaged = False

    def columns(self) -> Iterator[ReaderItem]:
        """Its columns, as far as they can be read."""
        try:
            yield from self.batches.of(*_rows(self._connection, self._name))
        except _BROKEN:
            self.is_damaged = True
        yield from self.batches.rest()


def _problems(tables: Sequence[_Table], others: int, missing: int) -> Iterator[Problem]:
    if missing:
        yield Problem(Reason.MALFORMED, f"{missing} bytes are missing at its end")
    if damaged := [table.batches.rows for table in tables if table.is_damaged]:
        detail = f"{len(damaged)} of {len(tables)} tables cannot be read to the end, the first behind row {damaged[0]}"
        yield Problem(Reason.MALFORMED, detail)
    if others:
        yield Problem(Reason.MALFORMED, f"{others} tables are not read, since their definitions are none of a table")
    if binary := sum(table.batches.binary for table in tables):
        yield Problem(Reason.UNSUPPORTED_TYPE, f"{binary} binary values are no text and not read")


def _opened(held: bytearray) -> sqlite3.Connection:
    if held[_VERSIONS] == b"\x02\x02":
        held[_VERSIONS] = b"\x01\x01"
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.text_factory = _text
    try:
        connection.deserialize(held)
        connection.executescript(_SETTINGS)
    except _BROKEN:
        connection.close()
        raise ReadError(Reason.MALFORMED, "it cannot be opened") from None
    # No value can be longer than the whole file.
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(len(held), MIB))
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.set_authorizer(_allowed)
    return connection


def _held(stream: BinaryIO, most: int) -> bytearray:
    held = bytearray()
    while piece := stream.read(MIB):
        held += piece
        if len(held) > most:
            raise ReadError(Reason.BUDGET_MEMORY, f"it must be held in memory to be read, but has more than {most} bytes")
    return held


def _missing_bytes(held: bytearray) -> int:
    """How many of the pages that the head counts are not there; SQLite takes the rest of a page for zeros."""
    page = int.from_bytes(held[16:18], "big")
    pages = int.from_bytes(held[28:32], "big")
    is_counted = held[24:28] == held[92:96]
    return max(0, pages * (65536 if page == 1 else page) - len(held)) if is_counted else 0


def _text(raw: bytes) -> str:
    """Text as it is stored; other bytes than UTF-8 become characters, so that none is lost."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return UTF_8.decode(raw)


def _allowed(action: int, first: str | None, _second: str | None, _database: str | None, inside: str | None) -> int:
    """Asked by SQLite for each thing that a statement would do; `inside` names the view or trigger that wants it."""
    is_read = action in {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ} and inside is None
    is_asked = action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS
    return sqlite3.SQLITE_OK if is_read or is_asked else sqlite3.SQLITE_DENY


def _tables(connection: sqlite3.Connection) -> tuple[list[str], int]:
    """The names of the tables that have a tree of their own, and how many trees belong to something else than a table or an index.

    Views and tables of modules have none; one that claims it could run something. What type it says it is SQLite does not care for.
    """
    names, others = [], 0
    for name, root, definition in connection.execute("SELECT name, rootpage, sql FROM sqlite_master ORDER BY rowid"):
        if not root:
            continue
        if isinstance(name, str) and str(definition).startswith(_TABLE):
            names.append(name)
        elif definition is not None and not str(definition).startswith(_INDEXES):
            others += 1
    return names, others


def _rows(connection: sqlite3.Connection, table: str) -> tuple[list[str], sqlite3.Cursor]:
    """The names of the columns that are stored, and the rows in the order of the table's own tree."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_xinfo({_quoted(table)})") if row[6] in _IS_STORED]
    wanted = ", ".join(f"this.{_quoted(column)}" for column in columns)
    return columns, connection.execute(f"SELECT {wanted} FROM {_quoted(table)} AS this {_tree(connection, table)}")  # noqa: S608 - quoted


def _tree(connection: sqlite3.Connection, table: str) -> str:
    """What keeps SQLite from reading an index instead, which may be damaged, or lie.

    A table without row numbers is itself the index of its primary key; `index_info` knows it by the table's name.
    """
    if connection.execute(f"PRAGMA index_info({_quoted(table)})").fetchone():
        keys = [row[1] for row in connection.execute(f"PRAGMA index_list({_quoted(table)})") if row[3] == "pk"]
        return f"INDEXED BY {_quoted(keys[0])}" if keys else ""
    return "NOT INDEXED"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
