"""Tables of any length."""

import tracemalloc
from collections.abc import Iterator

from scanner.cli.columns import PAGE, columns


def test_columns_are_as_wide_as_what_is_in_them() -> None:
    assert list(columns(("ID", "FOUND", "N"), [("a", "long one", "1"), ("bcd", "", "20")], right=(2,))) == [
        "ID   FOUND      N",
        "a    long one   1",
        "bcd            20",
    ]


def test_without_rows_there_is_no_head() -> None:
    assert list(columns(("ID",), iter(()))) == []


def test_behind_a_page_a_column_may_become_wider_and_never_narrower() -> None:
    rows = [("a", "x")] * PAGE + [("wide", "y")] + [("b", "z")] * PAGE

    lines = list(columns(("ID", "W"), rows))

    assert [lines[0], lines[1], lines[PAGE], lines[PAGE + 1], lines[-1]] == ["ID  W", "a   x", "a   x", "wide  y", "b     z"]


def test_rows_are_printed_as_they_come_and_not_held() -> None:
    def rows() -> Iterator[tuple[str, str]]:
        for number in range(100 * PAGE):
            yield f"{number:032}", "x" * 100

    tracemalloc.start()
    try:
        assert sum(1 for _ in columns(("ID", "W"), rows())) == 100 * PAGE + 1
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 2_000_000
