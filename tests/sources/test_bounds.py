"""Sizes, times and shares as people write them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import ConfigError
from scanner.sources.bounds import parse_moment, parse_share, parse_size

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("0", 0),
        ("512", 512),
        ("512B", 512),
        ("1k", 1000),
        ("1K", 1000),
        ("10MB", 10_000_000),
        ("10 mb", 10_000_000),
        ("5GiB", 5 * 1024**3),
        ("5gi", 5 * 1024**3),
        ("2T", 2_000_000_000_000),
        ("1.5 MiB", 1_572_864),
        ("0.1kB", 100),
    ],
)
def test_sizes_as_people_write_them(text: str, size: int) -> None:
    assert parse_size(text) == size


@given(st.integers(0, 10**30))
def test_any_number_of_bytes_is_exact(size: int) -> None:
    assert parse_size(str(size)) == size


@pytest.mark.parametrize("text", ["", "MB", "-1", "1e6", "10 apples", "1,000", "ten", "1..5k", "\u0661k"])
def test_what_is_no_size_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ConfigError, match=r"is no size: .* as in 10MB"):
        parse_size(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01T10:30", datetime(2026, 3, 1, 10, 30, tzinfo=UTC)),
        ("2026-03-01 10:30:05", datetime(2026, 3, 1, 10, 30, 5, tzinfo=UTC)),
        ("2026-03-01T10:30Z", datetime(2026, 3, 1, 10, 30, tzinfo=UTC)),
        ("2026-03-01T10:30+02:00", datetime(2026, 3, 1, 10, 30, tzinfo=timezone(timedelta(hours=2)))),
        ("90s", datetime(2026, 11, 23, 11, 58, 30, tzinfo=UTC)),
        ("30m", datetime(2026, 11, 23, 11, 30, tzinfo=UTC)),
        ("12h", datetime(2026, 11, 23, 0, 0, tzinfo=UTC)),
        ("7d", datetime(2026, 11, 16, 12, 0, tzinfo=UTC)),
        ("2W", datetime(2026, 11, 9, 12, 0, tzinfo=UTC)),
        ("999999w", datetime(1, 1, 1, tzinfo=UTC)),
    ],
)
def test_times_as_people_write_them(text: str, moment: datetime) -> None:
    assert parse_moment(text, NOW) == moment


@pytest.mark.parametrize("text", ["", "yesterday", "7", "7y", "2026-13-01", "1/2/2026", "-7d"])
def test_what_is_no_time_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ConfigError, match=r"is no time: .*12h, 7d, 4w"):
        parse_moment(text, NOW)


@pytest.mark.parametrize(("text", "share"), [("5%", 0.05), ("0.5 %", 0.005), ("0.05", 0.05), ("100%", 1), ("1", 1), ("0", 0)])
def test_shares_as_people_write_them(text: str, share: float) -> None:
    assert parse_share(text) == pytest.approx(share)


@pytest.mark.parametrize("text", ["", "5", "101%", "-5%", "half", "1/2"])
def test_what_is_no_share_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ConfigError, match=r"is no share: write 5% or 0\.05"):
        parse_share(text)
