"""SIGINT and SIGTERM: the first asks the run to end in good order, the second ends the program at once."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


@dataclass(slots=True)
class Interrupt:
    """Whether the run is to end early.

    :param signal: the number of the signal that asked for it; 0 for none
    """

    signal: int = 0

    @property
    def wanted(self) -> bool:
        """Whether no more work is to be taken up."""
        return self.signal != 0

    @property
    def exit_code(self) -> int:
        """130 for SIGINT, 143 for SIGTERM, as shells report them; 0 for none."""
        return 128 + self.signal if self.signal else 0


@contextmanager
def interruptible() -> Iterator[Interrupt]:
    """An Interrupt that the first signal sets; for the main thread only, and for programs that own their signals."""
    interrupt = Interrupt()

    def note(number: int, _frame: FrameType | None) -> None:
        interrupt.signal = number
        for each in _SIGNALS:
            signal.signal(each, signal.SIG_DFL)

    before = {number: signal.signal(number, note) for number in _SIGNALS}
    try:
        yield interrupt
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
