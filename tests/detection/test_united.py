"""Expressions of several rules as a few: each rule is in one of them, however many there are."""

import pyarrow as pa
import pytest

from identifiers.arrow_regex import holds
from scanner.detection.gate import _united


@pytest.mark.parametrize("count", [1, 3, 4, 5, 8, 59, 60, 61, 121])
def test_each_part_is_found(count: int) -> None:
    parts = [f"key{number}-" for number in range(count)]
    united = _united(parts)
    assert united is not None
    for part in parts:
        assert any(holds(pa.array([f"a {part} b"]), expression).all() for expression in united)


def test_what_cannot_be_said_makes_all_be_looked_at() -> None:
    assert _united(["a", None]) is None
