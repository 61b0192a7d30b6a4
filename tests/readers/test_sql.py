"""Dumps of databases: rows are columns, and everything else stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.location import CellLocation, LineLocation
from tests.readers.opening import Found, is_sound, opened

COPY = "SET x = 'y';\nCOPY public.people (id, \"SSN\") FROM stdin;\n1\t219-22-9999\n2\t\\N\n3\ta\\tb\\\\c\n\\.\n\n-- the end\n"


def columns(found: Found) -> list[tuple[tuple[str, ...], list[str | None]]]:
    return [(names, values) for _, names, values in found.columns]


def test_rows_of_copy_are_columns() -> None:
    found = opened(COPY.encode(), "a.sql")

    assert found.media_type == "application/sql"
    assert columns(found) == [(("people", "id"), ["1", "2", "3"]), (("people", "SSN"), ["219-22-9999", None, "a\tb\\c"])]
    assert found.column_segments[1].locator.at(2, 0, 3) == CellLocation(3, 2, "people.SSN", start=0, end=3)
    assert found.texts[()] == COPY[: COPY.index("1\t")] + "\n-- the end\n"
    assert found.place("-- the end") == LineLocation(8, 1, 8, 10)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO people (id,ssn) VALUES (1, '219-22-9999');\nINSERT INTO people (id,ssn) VALUES (2, NULL), (3, 'it''s; (x), \\'y\\'');",
        "INSERT INTO `people` (`id`,`ssn`) VALUES\n(1,'219-22-9999'),\n(2,NULL),\n(3,'it''s; (x), ''y''');\n",
        """INSERT INTO "my schema"."people"(id, "ssn")VALUES(1, E'219-22-9999'),
           (2, null), (3, 'it''s; (x), ''y''') ON CONFLICT DO NOTHING;""",
        """CREATE TABLE [dbo].[people] (
             [id] int CHECK (id > 0),
             [ssn] varchar(11) DEFAULT 'a,b',
             PRIMARY KEY (id)
           );
           insert into people values (1,N'219-22-9999'),(2,null),(3,"it's; (x), 'y'");""",
    ],
)
def test_rows_of_insert_are_columns(statement: str) -> None:
    found = opened(statement.encode(), "a.sql")

    assert columns(found) == [(("people", "id"), ["1", "2", "3"]), (("people", "ssn"), ["219-22-9999", None, "it's; (x), 'y'"])]


def test_tables_are_kept_apart_and_rows_may_differ_in_length() -> None:
    found = opened(
        b"INSERT INTO a VALUES (1,2);\nINSERT INTO b (x) VALUES (3);\nINSERT INTO a VALUES (4);\nINSERT INTO a VALUES (5,6,7);\n", "a.sql"
    )

    given = [(segment.key, str(segment.values[0]), segment.locator.at(0, 0, 1)) for segment in found.column_segments]
    assert [(key, value, place.row) for key, value, place in given if isinstance(place, CellLocation)] == [
        ("a.1", "1", 1),
        ("a.2", "2", 1),
        ("a.1", "4", 2),
        ("a.1", "5", 3),
        ("a.2", "6", 3),
        ("a.3", "7", 3),
        ("b.x", "3", 1),
    ]


def test_a_dump_is_known_by_what_it_says() -> None:
    assert opened(COPY.encode(), "dump").media_type == "application/sql"
    assert opened(b"I like to INSERT INTO people VALUES (1)\n", "a.txt").media_type == "text/plain"
    assert opened(COPY.encode(), "a.py").media_type == "text/plain"


def test_a_script_with_remarks_is_text_so_that_they_hold_for_their_lines() -> None:
    text = "INSERT INTO a (b) VALUES ('219-22-9999'); -- dowse:allow\nINSERT INTO a (b) VALUES ('x');\n"

    assert opened(text.encode(), "a.sql").texts[()] == text


def test_what_is_no_row_is_text() -> None:
    text = "INSERT INTO a VALUES (1, 'never closed\nINSERT INTO b SELECT * FROM c;\nCOPY a (b) FROM stdin WITH (FORMAT csv);\n1,2\n"

    assert opened(text.encode(), "a.sql").texts[()] == text


@pytest.mark.parametrize(
    "text", ["INSERT INTO a VALUES ((", "CREATE TABLE a (\n", "INSERT INTO a.", "INSERT INTO a (b", "CREATE TABLE a ('\n"]
)
def test_what_never_closes_is_text_and_takes_no_time(text: str) -> None:
    assert opened((text * 20000).encode(), "a.sql").texts[()] == text * 20000


def test_a_large_dump_comes_in_pieces() -> None:
    rows = [f"({number},'{'x' * 1000}')" for number in range(9000)]
    found = opened(b"INSERT INTO a (b, c) VALUES " + ",".join(rows).encode() + b";\n", "a.sql")

    assert [value for names, values in columns(found) if names == ("a", "b") for value in values] == [str(number) for number in range(9000)]
    numbered = [segment for segment in found.column_segments if segment.names == ("a", "b")]
    assert len(numbered) > 1
    assert all(
        segment.locator.at(0, 0, 1) == CellLocation(int(str(segment.values[0])) + 1, 1, "a.b", start=0, end=1) for segment in numbered
    )


VALUES = st.one_of(st.none(), st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12))
ROWS = st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=6)


@given(ROWS)
def test_all_values_come_back_from_insert(rows: list[tuple[str | None, str | None]]) -> None:
    written = ["NULL" if value is None else "'" + value.replace("\\", "\\\\").replace("'", "''") + "'" for row in rows for value in row]
    tuples = ",\n".join(f"({first}, {second})" for first, second in zip(written[::2], written[1::2], strict=True))
    found = opened(b"INSERT INTO t (a, b) VALUES " + tuples.encode() + b";\n", "a.sql")

    assert columns(found) == [(("t", "a"), [row[0] for row in rows]), (("t", "b"), [row[1] for row in rows])]


@given(ROWS)
def test_all_values_come_back_from_copy(rows: list[tuple[str | None, str | None]]) -> None:
    written = ["\t".join("\\N" if value is None else value.replace("\\", "\\\\") for value in row) for row in rows]
    found = opened(("COPY t (a, b) FROM stdin;\n" + "\n".join(written) + "\n\\.\n").encode(), "a.sql")

    assert columns(found) == [(("t", "a"), [row[0] for row in rows]), (("t", "b"), [row[1] for row in rows])]


STARTS = ["INSERT INTO t VALUES ", "INSERT INTO t (a, b) VALUES", "COPY t (a) FROM stdin;\n", "CREATE TABLE t ("]
MARKS = ["\\.\n", "(1,'x')", "(2,(3))", "NULL", "--", *"()'\"\\,;\n\r\téx"]
PIECES = st.lists(st.sampled_from(STARTS + MARKS), max_size=40)


@given(PIECES)
def test_nothing_is_lost_whatever_it_is(pieces: list[str]) -> None:
    found = opened("".join(pieces).encode() + b"\nleft 219-22-9999 over\n", "a.sql")
    given = [*found.texts.values(), *(value for _, values in columns(found) for value in values if value)]

    assert is_sound(found)
    assert sum("219-22-9999" in one for one in given) == 1
