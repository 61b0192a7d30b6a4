"""SQLite: the stored rows of every table with their cells, and nothing that a database would like to have run."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.model.location import CellLocation
from scanner.model.outcome import Problem, Reason
from scanner.readers.budget import Limits
from scanner.readers.sqlite import read
from tests.readers.opening import Found, opened
from tests.readers.reading import items, problems, values
from tests.readers.sqlites import database

PEOPLE = ("INSERT INTO people VALUES (?, ?, ?)", [(1, "Ann", "219-22-9999"), (2, None, "219-22-9998"), (7, "Bob", None)])
SCRIPT = "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, ssn TEXT)"


def cells(data: bytes) -> list[tuple[str, int, int, str]]:
    """Column, row, number of the column and text of each value but those of the definitions."""
    found = [(value.location, value.text) for value in values(items(read, data, seekable=False)) if value.names[0] != "sqlite_master"]
    return [(place.column_name, place.row, place.column, text) for place, text in found if isinstance(place, CellLocation)]


def columns(found: Found) -> dict[tuple[str, ...], list[str | None]]:
    return {names: texts for _, names, texts in found.columns if names[0] != "sqlite_master"}


def test_every_value_has_its_cell() -> None:
    assert cells(database(SCRIPT, PEOPLE)) == [
        ("people.id", 1, 1, "1"), ("people.id", 2, 1, "2"), ("people.id", 3, 1, "7"),
        ("people.name", 1, 2, "Ann"), ("people.name", 3, 2, "Bob"),
        ("people.ssn", 1, 3, "219-22-9999"), ("people.ssn", 2, 3, "219-22-9998"),
    ]  # fmt: skip


def test_it_is_recognised_by_its_content_wherever_it_lies() -> None:
    one = opened(database(SCRIPT, PEOPLE), "cache", seekable=False)
    assert (one.media_type, one.failure, one.problems) == ("application/vnd.sqlite3", None, [])
    assert columns(one)[("people", "ssn")] == ["219-22-9999", "219-22-9998", None]


def test_rows_are_counted_through_all_batches() -> None:
    rows = [(number, f"name {number}", "x" * 300) for number in range(1, 20_001)]
    found = cells(database(SCRIPT, ("INSERT INTO people VALUES (?, ?, ?)", rows)))
    assert [(row, text) for column, row, _, text in found if column == "people.name"] == [(number, name) for number, name, _ in rows]


def test_values_of_any_type_in_one_column_are_read() -> None:
    mixed = [(4111111111111111,), (1.5,), ("text",), (b"as bytes",), (b"\x89PNG\r\n\x1a\n\0\0\0\r\xff\0\1",), (None,), (b"",)]
    found = items(read, database("CREATE TABLE t (x)", ("INSERT INTO t VALUES (?)", mixed)))
    assert [value.text for value in values(found) if value.names == ("t", "x")] == ["4111111111111111", "1.5", "text", "as bytes"]
    assert problems(found) == [Problem(Reason.UNSUPPORTED_TYPE, "1 binary values are no text and not read")]


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le", "UTF-16be"])
def test_every_encoding_and_every_kind_of_table_is_read(encoding: str) -> None:
    script = f"PRAGMA encoding = '{encoding}';"
    script += """
        CREATE TABLE "odd "" näme" ("a ""b" TEXT, [select] TEXT);
        CREATE TABLE keyed (k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID;
        CREATE TABLE made (a TEXT, shout TEXT AS (upper(a)), kept TEXT AS (lower(a)) STORED);
        CREATE INDEX covering ON keyed (v, k);
        INSERT INTO "odd "" näme" VALUES ('Zürich', '東京');
        INSERT INTO keyed VALUES ('b', '1'), ('a', '2');
        INSERT INTO made VALUES ('Ann');
    """
    assert columns(opened(database(script), "x.db")) == {
        ('odd " näme', 'a "b'): ["Zürich"], ('odd " näme', "select"): ["東京"],
        ("keyed", "k"): ["a", "b"], ("keyed", "v"): ["2", "1"], ("made", "a"): ["Ann"], ("made", "kept"): ["ann"],
    }  # fmt: skip


def test_what_full_text_search_stores_is_read_and_definitions_are() -> None:
    script = (
        "CREATE VIRTUAL TABLE notes USING fts5(body); INSERT INTO notes VALUES ('ssn 219-22-9999'); CREATE VIEW v AS SELECT '219-22-9998'"
    )
    one = opened(database(script), "x.db")
    assert columns(one)[("notes_content", "c0")] == ["ssn 219-22-9999"]
    definitions = next(texts for _, names, texts in one.columns if names == ("sqlite_master", "sql"))
    assert "CREATE VIEW v AS SELECT '219-22-9998'" in definitions


def test_text_that_is_no_utf_8_keeps_every_byte() -> None:
    data = database("CREATE TABLE t (x TEXT); INSERT INTO t VALUES (CAST(x'3231392d32322d3939393920e9' AS TEXT))")
    assert [text for _, _, _, text in cells(data)] == ["219-22-9999 é"]


def test_a_database_in_write_ahead_mode_is_read_and_nothing_is_written_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES ('in the file')")
    connection.close()
    with path.open("rb") as stream:
        data = stream.read()
    assert data[18:20] == b"\x02\x02"
    assert [text for _, _, _, text in cells(data)] == ["in the file"]
    assert [one.name for one in tmp_path.iterdir()] == ["x.db"]


def forged(definition: str) -> bytes:
    """A database whose table `t` has another definition."""
    script = """
        CREATE TABLE t (x); INSERT INTO t VALUES ('stored'); CREATE TABLE u (y); INSERT INTO u VALUES ('other');
        PRAGMA writable_schema = ON
    """
    return database(script, ("UPDATE sqlite_schema SET sql = ? WHERE name = 't'", [(definition,)]))


@pytest.mark.parametrize(
    "definition",
    [
        "CREATE VIEW t AS SELECT group_concat(y) AS x FROM u",
        "CREATE VIRTUAL TABLE t USING fts5(x)",
        "CREATE VIRTUAL TABLE t USING dbstat",
        "CREATE/**/VIEW t AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c",
    ],
)
def test_what_claims_to_be_a_table_is_not_run(definition: str) -> None:
    one = opened(forged(definition), "x.db")
    assert not columns(one).get(("t", "x"))
    assert one.failure or one.reasons == [(Reason.MALFORMED, ())]


def test_views_triggers_and_generated_columns_are_not_run() -> None:
    script = """
        CREATE TABLE t (x, y AS (hex(zeroblob(1000000))));
        CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c;
        INSERT INTO t VALUES ('stored');
        CREATE TRIGGER after AFTER INSERT ON t BEGIN INSERT INTO t VALUES ('run'); END;
    """
    one = opened(database(script), "x.db")
    assert columns(one) == {("t", "x"): ["stored"]}
    assert (one.failure, one.problems) == (None, [])


def test_rows_of_a_damaged_table_are_read_up_to_the_damage_and_the_next_table_is() -> None:
    script = "PRAGMA page_size = 1024; CREATE TABLE t (x); CREATE TABLE u (y)"
    data = bytearray(
        database(
            script,
            ("INSERT INTO t VALUES (?)", [(f"value {number} " + "x" * 100,) for number in range(100)]),
            ("INSERT INTO u VALUES (?)", [("whole",)]),
        )
    )
    middle = data.index(b"value 50 ") // 1024 * 1024
    data[middle : middle + 1024] = b"\xff" * 1024
    one = opened(bytes(data), "x.db")
    seen = columns(one)

    assert [text and text.split()[1] for text in seen[("t", "x")]] == [str(number) for number in range(len(seen[("t", "x")]))]
    assert 20 < len(seen[("t", "x")]) <= 50
    assert seen[("u", "y")] == ["whole"]
    assert [one.detail for one in one.problems] == [
        f"1 of 3 tables cannot be read to the end, the first behind row {len(seen[('t', 'x')])}"
    ]  # fmt: skip


def test_rows_that_share_their_bytes_count_each_time() -> None:
    """Each of the interior pages has the page below it as all its children."""
    size, depth, fan = 512, 12, 50
    data = bytearray(database("PRAGMA page_size = 512; CREATE TABLE t (x); INSERT INTO t VALUES ('leaf')"))
    root = size
    leaf = bytes(data[root : root + size])
    pages = [leaf]
    count = len(data) // size
    for level in range(depth):
        below = (count + level + 1).to_bytes(4, "big")
        cell = below + b"\x01"
        offsets = [size - len(cell) * (number + 1) for number in range(fan)]
        head = b"\x05\0\0" + fan.to_bytes(2, "big") + offsets[-1].to_bytes(2, "big") + b"\0" + below
        body = head + b"".join(offset.to_bytes(2, "big") for offset in offsets)
        pages.append(body.ljust(size - len(cell) * fan, b"\0") + cell * fan)
    data[root : root + size] = pages.pop()
    data += b"".join(pages)
    data[28:32] = (len(data) // size).to_bytes(4, "big")
    one = opened(bytes(data), "x.db", Limits(ratio_after=100_000))
    assert one.failure
    assert one.failure.reason is Reason.BUDGET_RATIO


def test_a_database_that_is_too_large_to_be_held_is_told() -> None:
    one = opened(database(SCRIPT, PEOPLE), "x.db", Limits(memory_bytes=4096))
    assert one.failure
    assert one.failure.reason is Reason.BUDGET_MEMORY


def test_what_is_cut_off_is_read_as_far_as_it_goes_and_told() -> None:
    rows = [(number, "Ann", f"219-22-{number:04}") for number in range(1, 301)]
    data = database("PRAGMA page_size = 1024;" + SCRIPT, ("INSERT INTO people VALUES (?, ?, ?)", rows))
    for end in range(16, len(data), 509):
        one = opened(data[:end], "x.db", seekable=False)
        assert one.failure or one.problems
        assert (one.failure.reason if one.failure else one.problems[0].reason) is Reason.MALFORMED


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_changed_bytes_end_in_values_problems_or_a_read_error(data: st.DataObject) -> None:
    good = bytearray(database("PRAGMA page_size = 512;" + SCRIPT, PEOPLE))
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(16, len(good) - 1))] = data.draw(st.integers(0, 255))
    one = opened(bytes(good), "x.db")
    assert one.media_type == "application/vnd.sqlite3"
    for problem in one.problems:
        assert problem.detail
