"""The time of a run, which may be fixed."""

from datetime import UTC, datetime

import pytest

from scanner.engine.clock import start_clock
from scanner.errors import ConfigError


def test_the_clock_starts_now() -> None:
    before = datetime.now(UTC)
    clock = start_clock({})
    assert before <= clock.started <= datetime.now(UTC)
    assert 0 <= clock.seconds < 5


def test_a_fixed_clock_stands_still() -> None:
    clock = start_clock({"SOURCE_DATE_EPOCH": "1700000000"})
    assert (clock.started, clock.seconds) == (datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC), 0.0)


@pytest.mark.parametrize("epoch", ["soon", "1e9", "9" * 30])
def test_what_is_no_time_is_refused(epoch: str) -> None:
    with pytest.raises(ConfigError, match=f"SOURCE_DATE_EPOCH='{epoch}' is no number of seconds since 1970; correct or unset it"):
        start_clock({"SOURCE_DATE_EPOCH": epoch})
