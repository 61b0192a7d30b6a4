"""When two spellings are the same value."""

import pytest

from identifiers.values import comparable


@pytest.mark.parametrize("spelling", ["078-05-1120", "078 05 1120", "078.05.1120", "\t078051120\n"])
def test_separators_do_not_count(spelling: str) -> None:
    assert comparable(spelling) == "078051120"


def test_case_does_not_count() -> None:
    assert comparable("AbC") == comparable("aBc")


def test_other_characters_do() -> None:
    assert comparable("a/b") != comparable("ab")
