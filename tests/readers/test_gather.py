"""Short columns side by side come as one group; nothing else changes."""

from collections.abc import Iterator

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import ReadError
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import SHORT_VALUES, ColumnSegment, ReaderItem, ShortColumns, TextSegment
from scanner.readers.gather import gathered
from scanner.readers.locators import CellLocator, LineLocator


def column(number: int, values: list[str]) -> ColumnSegment:
    return ColumnSegment(pa.array(values, pa.string()), str(number), (), CellLocator(1, number))


def apart(items: Iterator[ReaderItem]) -> list[ReaderItem]:
    return [one for item in items for one in (item.columns if isinstance(item, ShortColumns) else (item,))]


TEXT = TextSegment("a", LineLocator(1, 1))
PROBLEM = Problem(Reason.BAD_RECORDS, "x")
ITEMS = st.lists(
    st.just(TEXT) | st.just(PROBLEM) | st.sampled_from([1, 2, SHORT_VALUES - 1, SHORT_VALUES]).map(lambda count: column(1, ["x"] * count)),
    max_size=30,
)


@given(ITEMS)
def test_groups_taken_apart_are_what_came_in(items: list[ReaderItem]) -> None:
    assert all(given_ is item for given_, item in zip(apart(gathered(iter(items))), items, strict=True))


def test_columns_side_by_side_are_one_group_and_long_ones_are_left_alone() -> None:
    short = [column(number, ["a"]) for number in range(3)]
    long = column(4, ["a"] * SHORT_VALUES)
    heavy = column(5, ["a" * 100_000])

    assert list(gathered(iter([*short, long, heavy, short[0], TEXT, short[1]]))) == [
        ShortColumns(tuple(short)), long, heavy, short[0], TEXT, short[1],
    ]  # fmt: skip


def test_groups_are_bounded() -> None:
    many = [column(number, ["a" * 60_000]) for number in range(30)]
    groups = [item for item in gathered(iter(many)) if isinstance(item, ShortColumns)]

    assert len(groups) > 1
    assert all(sum(one.values.nbytes for one in group.columns) < 1_000_000 for group in groups)


def test_what_came_before_a_failure_is_given() -> None:
    def failing() -> Iterator[ReaderItem]:
        yield column(1, ["a"])
        yield column(2, ["a"])
        raise ReadError(Reason.MALFORMED, "broken")

    items = gathered(failing())

    assert isinstance(next(items), ShortColumns)
    with pytest.raises(ReadError):
        next(items)
