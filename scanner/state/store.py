"""Opens a state store and speaks with it; what goes wrong in SQLite comes out as a StateError that says what to do."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final, Self
from urllib.parse import quote

from scanner.errors import StateError
from scanner.state.lock import WriterLock
from scanner.state.schema import APPLICATION, MIGRATIONS

Value = str | bytes | int | float | None
Row = tuple[Value, ...]

# How long a reader waits for a writer that is just folding its log into the file, in seconds.
_PATIENCE: Final = 30.0
_HEAD: Final = b"SQLite format 3\0"
_CACHE_KIB: Final = 32 * 1024


class Store:
    """An open store. Made by `open_store`; a context manager that closes it.

    Everything goes through `rows`, `one` and `write`, which raise StateError for whatever SQLite complains of.

    :ivar path: of the file
    :ivar writable: whether it was opened for writing
    """

    def __init__(self, path: str, connection: sqlite3.Connection, lock: WriterLock | None) -> None:
        self.path = path
        self.writable = lock is not None
        self._connection = connection
        self._lock = lock

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Fold the log into the file, and let others write. What was not committed is gone."""
        try:
            self._connection.close()
        finally:
            if self._lock is not None:
                self._lock.release()

    def rows(self, sql: str, values: Sequence[Value] | Mapping[str, Value] = ()) -> Iterator[Row]:
        """The rows of a query, one after another."""
        with self._explained():
            # Not `yield from`: that closes the cursor of whoever stops early, which may be when the store is closed already.
            for row in self._connection.execute(sql, values):  # noqa: UP028 - see above
                yield row

    def one(self, sql: str, values: Sequence[Value] | Mapping[str, Value] = ()) -> Row | None:
        """The first row of a query."""
        try:
            row: Row | None = self._connection.execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise explained(self.path, error) from error
        return row

    def write(self, sql: str, values: Sequence[Value] | Mapping[str, Value] = ()) -> int:
        """Carry out one statement; the id of the row that it inserted."""
        try:
            return self._connection.execute(sql, values).lastrowid or 0
        except sqlite3.Error as error:
            raise explained(self.path, error) from error

    def write_many(self, sql: str, values: Iterable[Sequence[Value]]) -> None:
        """Carry out one statement for each of several sets of values."""
        with self._explained():
            self._connection.executemany(sql, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept together when the block ends well, else none of it."""
        self.write("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._undo()
            raise
        try:
            self.write("COMMIT")
        except StateError:
            self._undo()
            raise

    def _undo(self) -> None:
        # A full disk has SQLite undo it by itself.
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise explained(self.path, error) from error


def open_store(path: str, *, write: bool = False) -> Store:
    """The store in the file `path`.

    For writing it is made when there is none, readable by its owner only, brought up to date when it is older, and locked
    against other writers. Readers need no lock and may come at any time.

    :raises StateError: if it is none, is damaged, is newer than this program, or cannot be opened; if another run writes to it
    """
    if write:
        return _for_writing(path)
    if not os.path.exists(path):
        raise StateError(f"{path}: there is no state store; `dowse scan --incremental` makes one; --state says where it is")
    try:
        _check_head(path)
    except IsADirectoryError:
        raise StateError(f"{path}: it is a folder; name the file of a state store in it") from None
    except OSError as error:
        raise StateError(f"{path}: cannot be read: {error.strerror}; correct its permissions, or choose another --state") from None
    store = Store(path, _connected(path, "ro&immutable=1" if _is_fixed(path) else "ro"), None)
    try:
        version = _version(store)
    except BaseException:
        store.close()
        raise
    if version < len(MIGRATIONS):
        store.close()
        raise StateError(f"{path}: it was made by an older Dowse; the next scan that writes to it brings it up to date")
    return store


def _is_fixed(path: str) -> bool:
    """Whether nobody can be writing: SQLite could not make the files beside it that readers and writers share, and needs none."""
    return not os.access(os.path.dirname(os.path.abspath(path)), os.W_OK) and not os.path.exists(f"{path}-wal")


def _for_writing(path: str) -> Store:
    folder = os.path.dirname(os.path.abspath(path))
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        lock = WriterLock(path)
    except OSError as error:
        raise StateError(f"{folder}: cannot be made: {error.strerror}; choose another place with --state") from None
    try:
        _make_private(path)
        store = Store(path, _connected(path, "rw"), lock)
    except BaseException:
        lock.release()
        raise
    try:
        _prepare(store)
    except BaseException:
        store.close()
        raise
    return store


def _check_head(path: str) -> None:
    """Raises StateError for a file that is no database, before anything is done to it: SQLite takes very short ones for empty."""
    with open(path, "rb") as file:
        head = file.read(len(_HEAD))
    if head not in {b"", _HEAD}:
        raise StateError(f"{path}: {_REMEDIES[sqlite3.SQLITE_NOTADB]}")


def _make_private(path: str) -> None:
    try:
        if os.path.exists(path):
            _check_head(path)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        os.chmod(path, 0o600)
    except OSError as error:
        raise StateError(f"{path}: cannot be written: {error.strerror}; correct its permissions, or choose another --state") from None


def _connected(path: str, mode: str) -> sqlite3.Connection:
    try:
        name = f"file:{quote(os.fsencode(os.path.abspath(path)))}?mode={mode}"
        return sqlite3.connect(name, uri=True, isolation_level=None, timeout=_PATIENCE, cached_statements=256)
    except sqlite3.Error as error:
        raise explained(path, error) from error


def _prepare(store: Store) -> None:
    version = _version(store)
    # A log beside the file lets readers read while a run writes. A process that is killed loses nothing that was committed; a
    # machine that loses its power may lose the last commits, never a part of one.
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", f"cache_size = -{_CACHE_KIB}", "foreign_keys = OFF"):
        store.one(f"PRAGMA {pragma}")
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        with store.transaction():
            for statement in statements(script):
                store.write(statement)
            store.write(f"PRAGMA application_id = {APPLICATION}")
            store.write(f"PRAGMA user_version = {number}")


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, its comments left out; no text in it may hold a semicolon or two dashes."""
    bare = "\n".join(line.partition("--")[0] for line in script.splitlines())
    return (one for one in bare.split(";") if one.strip())


def _version(store: Store) -> int:
    """The version of the tables, 0 for a new file. Raises StateError if it is no store of ours, or a newer one."""
    (version,) = store.one("PRAGMA user_version") or (0,)
    (application,) = store.one("PRAGMA application_id") or (0,)
    assert isinstance(version, int), "the pragma gives a number"
    if application != APPLICATION and store.one("SELECT 1 FROM sqlite_schema"):
        raise StateError(f"{store.path}: it is a database of another program; choose another place with --state")
    if version > len(MIGRATIONS):
        raise StateError(f"{store.path}: it was made by a newer Dowse; use that, or choose another place with --state")
    return version


_REMEDIES: Final[Mapping[int, str]] = {
    sqlite3.SQLITE_FULL: "the disk is full; free some space and run again: what was committed is kept",
    sqlite3.SQLITE_READONLY: "it may not be written; correct its permissions and its folder's, or choose another place with --state",
    sqlite3.SQLITE_PERM: "it may not be opened; correct its permissions and its folder's, or choose another place with --state",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; correct its permissions and its folder's, or choose another place with --state",
    sqlite3.SQLITE_CORRUPT: "it is damaged; see `dowse state check`, and restore it or move it away to begin anew",
    sqlite3.SQLITE_NOTADB: "it is no state store; choose another place with --state, or move it away to begin anew",
    sqlite3.SQLITE_BUSY: "another program holds it; try again when that is done",
}


def explained(path: str, error: sqlite3.Error) -> StateError:
    """What `error` means for the store at `path`, and what can be done."""
    remedy = _REMEDIES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return StateError(f"{path}: {remedy or f'{error}; `dowse state check` tells whether it is sound'}")
