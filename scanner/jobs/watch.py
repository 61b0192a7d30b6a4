"""Tells a run to end early: by a signal, or because somebody paused or cancelled its job."""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from scanner.engine.interrupt import Interrupt

_LOOKED_EVERY: Final = 1.0  # seconds


@dataclass(slots=True)
class Watch(Interrupt):
    """Whether the run is to end early; found out whenever the run asks, and of the job at most once a second.

    :param outer: of the process, set by signals
    :param look: why the job is to stop, for people; empty if it is not
    :param over: the same by what the run itself knows, which costs nothing to ask
    :param reason: why the run ends early; empty as long as it does not
    """

    outer: Interrupt = field(default_factory=Interrupt)
    look: Callable[[], str] = str
    over: Callable[[], str] = str
    reason: str = ""
    _looked: float = field(default_factory=time.monotonic)

    @property
    def wanted(self) -> bool:
        """Whether no more work is to be taken up."""
        if self.reason:
            return True
        if self.outer.wanted:
            self.signal, self.reason = self.outer.signal, signal.Signals(self.outer.signal).name
        elif reason := self.over() or self._seen():
            self.signal, self.reason = signal.SIGTERM, reason
        return bool(self.reason)

    def _seen(self) -> str:
        if time.monotonic() - self._looked < _LOOKED_EVERY:
            return ""
        self._looked = time.monotonic()
        return self.look()
