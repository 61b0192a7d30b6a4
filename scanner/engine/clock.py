"""When a run began and how long it took; SOURCE_DATE_EPOCH fixes both, so that equal runs give equal bytes.

https://reproducible-builds.org/specs/source-date-epoch/
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from scanner.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Clock:
    """A started clock.

    :param started: with time zone
    :param fixed: whether time stands still
    """

    started: datetime
    fixed: bool
    _origin: float

    @property
    def seconds(self) -> float:
        """Wall time since the start, to the millisecond; 0 when the clock is fixed."""
        return 0.0 if self.fixed else round(time.monotonic() - self._origin, 3)


def start_clock(environment: Mapping[str, str]) -> Clock:
    """A clock that starts now, or at SOURCE_DATE_EPOCH. Raises ConfigError if that is no time."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return Clock(datetime.now(UTC), fixed=False, _origin=time.monotonic())
    try:
        return Clock(datetime.fromtimestamp(int(epoch), UTC), fixed=True, _origin=0.0)
    except (ValueError, OverflowError, OSError):
        raise ConfigError(f"SOURCE_DATE_EPOCH={epoch!r} is no number of seconds since 1970; correct or unset it") from None
