"""Writes SQLite databases."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing


def database(script: str, *fills: tuple[str, Iterable[Sequence[object]]]) -> bytes:
    """The file of a database.

    :param script: SQL that makes it
    :param fills: statements with parameters, and the rows to run them with
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(script)
        for statement, rows in fills:
            connection.execute("BEGIN")
            connection.executemany(statement, rows)
            connection.execute("COMMIT")
        return bytes(connection.serialize())
