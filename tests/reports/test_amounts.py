"""Bytes, durations and counts for people."""

import pytest

from scanner.reports.amounts import duration, grouped, in_bytes, of


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1.0 kB"),
        (1_249, "1.2 kB"),
        (9_949, "9.9 kB"),
        (9_950, "10 kB"),
        (35_400_000, "35 MB"),
        (999_400, "999 kB"),
        (999_500, "1.0 MB"),
        (2 * 10**9, "2.0 GB"),
        (5 * 10**18, "5000 PB"),
    ],
)
def test_bytes(count: int, text: str) -> None:
    assert in_bytes(count) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.04, "0.0 s"), (0.44, "0.4 s"), (9.96, "10 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (200, "3 min 20 s"), (7_530, "2 h 5 min")],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_counts() -> None:
    assert grouped(1_234_567) == "1,234,567"
    assert [of(count, "object") for count in (0, 1, 2_000)] == ["0 objects", "1 object", "2,000 objects"]
    assert of(2, "identity", "identities") == "2 identities"
