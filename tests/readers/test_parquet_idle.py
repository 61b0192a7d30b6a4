"""Columns of a Parquet file that are not read, because its footer tells that nothing could be found in them."""

import datetime as dt
import io
from functools import cache
from typing import Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from identifiers import load_catalogue
from identifiers.selection import select
from scanner.detection.detector import Detector
from scanner.detection.settings import DetectionSettings
from scanner.model.segment import ColumnSegment, ShortColumns
from scanner.model.unread import MayHold, UnreadColumn, Values
from scanner.readers.budget import Limits
from scanner.readers.dispatch import read_object

# Of few values and of many: short columns are looked at together.
ROWS = (60, 2500)


@cache
def detector() -> Detector:
    return Detector(select(load_catalogue(), ["recommended", "DATE_OF_BIRTH"], ()), DetectionSettings(key=bytes(32)))


class Recording(io.BytesIO):
    """Notes which bytes are read."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.seen = 0

    def readinto(self, buffer: Any, /) -> int:
        self.seen += (count := super().readinto(buffer))
        return count

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.seen += len(data)
        return data


def written(table: pa.Table, **options: Any) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, **{"row_group_size": 1100, "compression": "none", **options})
    return sink.getvalue()


def found(data: bytes, may_hold: MayHold | None) -> tuple[object, int]:
    """What is detected, and how many bytes were read for it."""
    stream = Recording(data)
    opened = read_object(cast("BinaryIO", stream), "t.parquet", len(data), limits=Limits(), may_hold=may_hold)
    segments = ((path, item) for path, item in opened if isinstance(item, (ColumnSegment, ShortColumns)))
    return detector().conclude(detector().tally(segments), "t.parquet"), stream.seen


small = st.integers(-(10**6), 10**6)
wide = st.integers(-(2**53), 2**53)
cells = {
    "small": (small, pa.int64()),
    "tiny": (st.integers(-100, 100), pa.int16()),
    "wide": (wide, pa.int64()),
    "numbers": (st.sampled_from([219229999, 4111111111111111, 78462834, 12]), pa.int64()),
    "ratio": (st.floats(-1000, 1000), pa.float64()),
    "any float": (st.floats(), pa.float64()),
    "whole floats": (st.sampled_from([219229999.0, 4111111111111111.0, 1.5, float("inf"), float("nan")]), pa.float64()),
    "flag": (st.booleans(), pa.bool_()),
    "day": (st.dates(dt.date(1940, 1, 1), dt.date(2020, 1, 1)), pa.date32()),
    "moment": (st.datetimes(), pa.timestamp("us")),
    "duration": (st.timedeltas(dt.timedelta(), dt.timedelta(days=9)), pa.duration("us")),
    "text": (st.sampled_from(["jane.roe@mail.example.net", "nothing", "Anna", "Mueller", "12 Elm Street"]), pa.string()),
}
names = st.sampled_from(
    ["a", "b.c", "ssn", "phone", "date_of_birth", "first_name", "last_name", "zip", "house_number", "card_number", "x", "y", "street"]
)


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    columns, rows = {}, draw(st.sampled_from(ROWS))
    for name in draw(st.lists(names, min_size=1, max_size=6, unique=True)):
        values, kind = cells[draw(st.sampled_from(sorted(cells)))]
        some = draw(st.lists(st.none() | values, min_size=1, max_size=8))
        columns[name] = pa.array((some * rows)[:rows], kind)
    return pa.table(columns)


@settings(max_examples=40)
@given(tables(), st.booleans())
def test_what_is_not_read_would_have_come_to_nothing(table: pa.Table, statistics: bool) -> None:
    data = written(table, write_statistics=statistics)
    assert found(data, detector().may_hold)[0] == found(data, None)[0]


def numbers(**more: pa.Array) -> pa.Table:
    """Three columns of 20 KB and whatever else there is."""
    count = 20_000
    columns = {
        "reading": pa.array([number / 7 for number in range(count)]),
        "total": pa.array(range(count), pa.int64()),
        "taken": pa.array(range(count), pa.timestamp("s")),
    }
    return pa.table({**columns, **more})


def test_numbers_that_are_too_small_and_times_are_not_read() -> None:
    data = written(numbers(mail=pa.array(["jane.roe@mail.example.net"] * 20_000)), row_group_size=20_000, use_dictionary=["mail"])

    detections, seen = found(data, detector().may_hold)

    assert detections == found(data, None)[0]
    # The footer is read, and the first bytes are looked at.
    assert seen < len(data) / 3


@pytest.mark.parametrize(
    "table",
    [
        numbers().rename_columns(["reading", "ssn", "taken"]),
        numbers(large=pa.array([219229999] * 20_000)),
        numbers(large=pa.array([219229999.0] * 20_000)),
    ],
)
def test_a_name_or_a_large_number_has_the_column_read(table: pa.Table) -> None:
    data = written(table, row_group_size=20_000, use_dictionary=False)
    skipped = found(written(numbers(), row_group_size=20_000, use_dictionary=False), detector().may_hold)[1]
    assert found(data, detector().may_hold)[1] > skipped + 150_000


def test_without_statistics_numbers_are_read() -> None:
    data = written(numbers(), row_group_size=20_000, use_dictionary=False, write_statistics=False)
    # Two columns of eight bytes; times need none.
    assert found(data, detector().may_hold)[1] > 2 * 160_000


def test_a_table_in_which_nothing_can_be_is_scanned_all_the_same() -> None:
    data = written(numbers())
    opened = read_object(io.BytesIO(data), "t.parquet", len(data), limits=Limits(), may_hold=lambda _column: False)
    assert len(list(opened)) > 0


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (UnreadColumn(("a",), Values.WHOLE, 9_999_999), False),
        (UnreadColumn(("a",), Values.WHOLE, 10_000_000), True),
        (UnreadColumn(("a",), Values.FLOAT, None), True),
        (UnreadColumn(("a",), Values.MOMENT), False),
        (UnreadColumn(("date_of_birth",), Values.MOMENT), True),
        (UnreadColumn(("ssn",), Values.WHOLE, 3), True),
        (UnreadColumn(("ssn",), Values.MUTE), False),
        (UnreadColumn(("house_number",), Values.WHOLE, 99), True),
        (UnreadColumn(("house_number",), Values.FLOAT, 99), False),
    ],
)
def test_what_is_worth_reading(column: UnreadColumn, expected: bool) -> None:
    assert detector().may_hold(column) is expected


MANY = 20_000
SSNS = [219_229_000 + number for number in range(MANY)]


def said_otherwise(data: bytes, old: bytes, new: bytes) -> bytes:
    """The file with other words in its footer, and its pages as they were."""
    length = int.from_bytes(data[-8:-4], "little")
    footer = data[-8 - length : -8]
    assert old in footer
    assert len(old) == len(new)
    return data[: -8 - length] + footer.replace(old, new) + data[-8:]


def little(number: int) -> bytes:
    return number.to_bytes(8, "little", signed=True)


def test_texts_are_read_whatever_the_footer_says_of_them() -> None:
    mails = pa.array([f"jane.roe{number}@mail.example.net" for number in range(MANY)])
    data = written(numbers().slice(0, MANY).append_column("a", mails), row_group_size=MANY)
    forged = said_otherwise(said_otherwise(data, b"jane.roe0@mail.example.net", b"a" * 26), b"jane.roe9@mail.example.net", b"b" * 26)

    detections, _ = found(forged, detector().may_hold)

    assert detections == found(data, None)[0]
    assert [one.identifier for one in detections] == ["EMAIL_ADDRESS"]  # type: ignore[attr-defined]  # detections


def test_of_numbers_the_largest_is_taken_on_trust_but_not_where_the_name_speaks() -> None:
    for name, read in (("a", False), ("ssn", True)):
        data = written(pa.table({name: pa.array(SSNS), "b": ["x"] * MANY}), row_group_size=MANY, use_dictionary=False)
        forged = said_otherwise(said_otherwise(data, little(SSNS[-1]), little(99)), little(SSNS[0]), little(1))

        spared = found(data, detector().may_hold)[1] - found(forged, detector().may_hold)[1]
        assert (spared < MANY) is read


def test_the_largest_number_is_not_taken_from_a_writer_that_nobody_knows() -> None:
    data = written(numbers(), row_group_size=20_000, use_dictionary=False)
    unknown = said_otherwise(data, b"parquet-cpp-arrow", b"parquet-by-myself")

    read, trusted = found(unknown, detector().may_hold)[1], found(data, detector().may_hold)[1]

    # Two columns of eight bytes; of times the type tells all.
    assert read > trusted + 2 * 160_000 - 4096
