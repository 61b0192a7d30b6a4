"""Hands over what a worker has done: soon, and very small objects together, since telling of each costs as much as reading some."""

import pickle
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Final

from scanner.engine.task import Done

_MOMENT_SECONDS: Final = 0.02


class Bundle:
    """What is done and not yet handed over. A thread sees to it that nothing waits longer than a moment, whatever is read meanwhile.

    :param pipe: written to by nobody else as long as a task is going on
    """

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._held: list[Done] = []
        self._lock = threading.Lock()
        self._filled = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def add(self, done: Done) -> None:
        """Hand it over within a moment."""
        with self._lock:
            self._held.append(done)
        self._filled.set()

    def send(self) -> None:
        """Hand over what there is now."""
        self._filled.clear()
        with self._lock:
            if self._held:
                self._pipe.send_bytes(pickle.dumps(self._held))
                self._held = []

    def _watch(self) -> None:
        # Where the other end is gone, or memory ran out, the thread that does the task learns of it, too.
        with suppress(OSError, MemoryError):
            while self._filled.wait():
                time.sleep(_MOMENT_SECONDS)
                self.send()
