"""Counts the requests that this process makes of object stores, attempt by attempt."""

import threading

from scanner.model.traffic import Traffic


class TrafficCounter:
    """A sum that any thread may add to."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sum = Traffic()

    def add(self, attempts: int, repeated: int) -> None:
        """Count some more."""
        with self._lock:
            self._sum += Traffic(attempts, repeated)

    def take(self) -> Traffic:
        """What was counted since this was last asked."""
        with self._lock:
            taken, self._sum = self._sum, Traffic()
        return taken


TRAFFIC = TrafficCounter()
"""Of this process. Clients are one for each process, too; what a worker counts goes home with its results."""
