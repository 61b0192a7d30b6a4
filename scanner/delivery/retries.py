"""Trying again, ever more slowly."""

import time
from collections.abc import Callable, Iterator
from typing import Final

ATTEMPTS: Final = 5
"""Over about a quarter of a minute."""

LONGEST_WAIT: Final = 60.0
"""Seconds that a server may ask for."""

Pause = Callable[[float], None]


def waits(pause: Pause = time.sleep) -> Iterator["Wait"]:
    """A wait for each attempt; all but the last may be waited before the next one."""
    for attempt in range(ATTEMPTS):
        yield Wait(pause, float(2**attempt), last=attempt == ATTEMPTS - 1)


class Wait:
    """The time between two attempts.

    :param seconds: unless the server asks for more
    """

    def __init__(self, pause: Pause, seconds: float, *, last: bool) -> None:
        self._pause = pause
        self._seconds = seconds
        self.last = last

    def wait(self, asked: float = 0.0) -> None:
        """:param asked: seconds that the server asks for"""
        self._pause(min(max(self._seconds, asked), LONGEST_WAIT))
