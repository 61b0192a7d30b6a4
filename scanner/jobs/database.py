"""The file that jobs and their runs are kept in: SQLite, apart from any state store.

A run holds its state store for as long as it takes; pausing it must be possible all the while. So what is asked of a job and what
became of it lie in a file of their own, that nobody holds for longer than a moment.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from scanner.errors import ConfigError

_APPLICATION: Final = 0x444F4A42  # DOJB
_VERSION: Final = 1
_PATIENCE: Final = 30.0
_TABLES: Final = """
CREATE TABLE job (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL,
  folder TEXT NOT NULL,
  created TEXT NOT NULL,
  status TEXT NOT NULL,
  anchor TEXT NOT NULL,
  copied_from TEXT
) WITHOUT ROWID;
CREATE TABLE run (
  job TEXT NOT NULL,
  number INTEGER NOT NULL,
  status TEXT NOT NULL,
  cause TEXT NOT NULL,
  slot TEXT,
  missed INTEGER NOT NULL,
  started TEXT NOT NULL,
  ended TEXT,
  detail TEXT NOT NULL DEFAULT '',
  summary TEXT,
  PRIMARY KEY (job, number)
) WITHOUT ROWID;
"""


def connect(path: str) -> sqlite3.Connection:
    """The database at `path`, made when it is missing, for its owner only.

    :raises ConfigError: if it cannot be used
    """
    with explained(path):
        try:
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        except OSError as error:
            raise ConfigError(f"{path}: cannot be made: {error.strerror}; name another folder with --folder") from None
        connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE)
        connection.row_factory = sqlite3.Row
        try:
            _prepare(path, connection)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def transaction(path: str, connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside is kept together, or none of it. Raises ConfigError for what goes wrong with the file."""
    with explained(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


@contextmanager
def explained(path: str) -> Iterator[None]:
    """What SQLite complains of comes out as a ConfigError that names the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise ConfigError(f"{path}: {error}; see to the file, or name another folder with --folder") from error


def _prepare(path: str, connection: sqlite3.Connection) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > _VERSION:
        raise ConfigError(f"{path}: it was made by a newer Dowse; use that, or name another folder with --folder")
    if application == _APPLICATION and version == _VERSION:
        return
    with transaction(path, connection):
        # Another process may have been faster.
        if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
                raise ConfigError(f"{path}: it is a database of another program; name another folder with --folder")
            return
        for statement in filter(str.strip, _TABLES.split(";")):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {_VERSION}")
