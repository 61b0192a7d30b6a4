"""The file: who may open it, and what is said when it cannot be used."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from scanner.errors import StateError
from scanner.state.schema import APPLICATION, MIGRATIONS
from scanner.state.store import Store, explained, open_store, statements
from tests.state.conftest import Desk


def test_a_new_store_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "state.db"
    with open_store(str(path), write=True) as store:
        assert store.writable
        assert store.one("PRAGMA journal_mode") == ("wal",)
        for name in os.listdir(path.parent):
            assert stat.S_IMODE((path.parent / name).stat().st_mode) == 0o600, name
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_one_writer_and_many_readers(tmp_path: Path) -> None:
    path = str(tmp_path / "state.db")
    with open_store(path, write=True) as store:
        with pytest.raises(StateError, match=rf"another run is writing to it \(process {os.getpid()} since 20"):
            open_store(path, write=True)
        with open_store(path) as one, open_store(path) as other:
            with store.transaction():
                store.write("INSERT INTO fact VALUES ('a', 'b')")
            assert list(one.rows("SELECT * FROM fact")) == list(other.rows("SELECT * FROM fact")) == [("a", "b")]
            with pytest.raises(StateError, match="may not be written"):
                one.write("INSERT INTO fact VALUES ('c', 'd')")
    open_store(path, write=True).close()


def twice(store: Store) -> None:
    with store.transaction():
        store.write("INSERT INTO fact VALUES ('a', 'b')")
        store.write("INSERT INTO fact VALUES ('a', 'b')")


def fill(store: Store) -> None:
    with store.transaction():
        for number in range(1000):
            store.write("INSERT INTO fact VALUES (?, ?)", (str(number), "y" * 1000))


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "state.db")
    with open_store(path, write=True) as store:
        with pytest.raises(StateError, match="UNIQUE constraint failed"):
            twice(store)
        assert store.one("SELECT * FROM fact") is None
        with store.transaction():
            store.write("INSERT INTO fact VALUES ('a', 'c')")
    with open_store(path) as store:
        assert store.one("SELECT * FROM fact") == ("a", "c")


def test_a_full_disk_keeps_what_was_committed(desk: Desk) -> None:
    for number in range(300):
        desk.write(f"{number:03}.txt", "red\n" * 50)
    with open_store(str(desk.state), write=True) as store, store.transaction():
        store.write("INSERT INTO fact VALUES ('room', ?)", ("x" * 50_000,))
    # The same as a disk that has so many pages and no more.
    with open_store(str(desk.state), write=True) as store:
        pages = store.one("PRAGMA page_count")
        assert pages is not None
        store.one(f"PRAGMA max_page_count = {pages[0]!r}")
        with pytest.raises(StateError, match="the disk is full; free some space"):
            fill(store)
        assert store.one("SELECT count(*) FROM fact") == (1,)
    ran = desk.run()
    assert len(ran.lives) == 300


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be looked at" * 40, b"x"])
def test_what_is_no_store_is_not_touched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    for write in (True, False):
        with pytest.raises(StateError, match="is no state store"):
            open_store(str(path), write=write)
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE bookmark (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(StateError, match="database of another program"):
        open_store(str(path), write=True)
    assert path.read_bytes() == before


def test_a_store_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = str(tmp_path / "state.db")
    with open_store(path, write=True) as store:
        store.write(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    for write in (True, False):
        with pytest.raises(StateError, match="newer Dowse"):
            open_store(path, write=write)


def test_a_damaged_store_is_named_as_such(desk: Desk) -> None:
    for number in range(200):
        desk.write(f"{number:03}.txt", "red\n")
    desk.run()
    content = bytearray(desk.state.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 100] = b"\xff" * 100
    desk.state.write_bytes(content)
    with pytest.raises(StateError, match="it is damaged; see `dowse state check`"):
        desk.run()


def test_places_that_cannot_hold_a_store(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="/dev/null: cannot be made"):
        open_store("/dev/null/state.db", write=True)
    with pytest.raises(StateError, match=r"cannot be written|may not be"):
        open_store(str(tmp_path), write=True)
    with pytest.raises(StateError, match="there is no state store"):
        open_store(str(tmp_path / "none.db"))


def test_scripts_are_taken_apart() -> None:
    assert [one.split()[:3] for one in statements("-- a; b\nCREATE TABLE a (b); -- c\n\nDROP TABLE a;")] == [
        ["CREATE", "TABLE", "a"],
        ["DROP", "TABLE", "a"],
    ]
    assert APPLICATION.to_bytes(4) == b"DOWS"


def test_what_nobody_foresaw_is_told_as_sqlite_does() -> None:
    assert "datatype mismatch" in str(explained("a.db", sqlite3.IntegrityError("datatype mismatch")))


def test_who_stops_reading_early_may_close_the_store_first(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "state.db"), write=True) as store:
        rows = store.rows("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9) SELECT i FROM n")
        assert next(rows) == (1,)
    rows.close()  # type: ignore[attr-defined]  # it is a generator
