"""What must not stand before or behind a match says nothing of whole values; what must stand there does."""

import pytest

from identifiers.linear import linear_regex


@pytest.mark.parametrize("shape", ["(?x) (?<! a ) b (?! c )", "b(?!c)", "(?<!a)b", r"(?x) b (?! : ~?[a-z]*/ )"])
def test_what_must_not_stand_beside_it_is_left_out(shape: str) -> None:
    assert linear_regex(shape) == "b"


@pytest.mark.parametrize("shape", ["b(?=c)", "(?<=a)b", "(?x) (?<= a ) b", "a(?!b)c"])
def test_what_must_stand_beside_it_cannot_be_said(shape: str) -> None:
    assert linear_regex(shape) is None
