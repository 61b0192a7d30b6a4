"""Messages as they come: what brings them, and a thread that waits for them so that the scan need not."""

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from scanner.errors import DowseError
from scanner.model.objects import ObjectRef

# What is received and not looked at yet; each may be held back from other consumers.
_MOST_AHEAD: Final = 200
_AT_ONCE: Final = 128


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message.

    :param ref: names the message, for reports
    :param receipt: what its feed knows it by
    """

    ref: ObjectRef
    body: bytes | str
    receipt: str = ""


class Feed(Protocol):
    """Brings messages. All but the iteration is called from another thread than that."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What its user should know before it starts."""

    def __iter__(self) -> Iterator[Delivery]:
        """The messages; waits for each. Ends when no more are to come, and soon after `close`. Raises DowseError."""

    def done(self, delivery: Delivery) -> None:
        """The results of all its objects are written."""

    def failed(self, delivery: Delivery) -> None:
        """It cannot be understood, or an object could not be read: it is to come again, if the feed knows how."""

    def committed(self) -> None:
        """What was written so far is safe; nothing is forgotten before."""

    def close(self) -> None:
        """No more is wanted; what was neither done nor failed is given back. Raises DowseError."""


class Reception:
    """Runs a feed in a thread of its own.

    :param feed: iterated in that thread
    """

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._queue: queue.Queue[Delivery | DowseError | None] = queue.Queue(_MOST_AHEAD)
        self._closed = threading.Event()
        # A read from standard input cannot be called off; the thread must not keep the program alive.
        self._thread = threading.Thread(target=self._receive, name="events", daemon=True)

    def batches(self, seconds: float) -> Iterator[list[Delivery]]:
        """What has come, as soon as something has; an empty list when nothing came for so long. Raises what the feed raises."""
        self._thread.start()
        over = False
        while not over:
            batch: list[Delivery] = []
            for one in self._at_hand(seconds):
                if isinstance(one, DowseError):
                    raise one
                if one is None:
                    over = True
                    break
                batch.append(one)
            if batch or not over:
                yield batch

    def close(self) -> None:
        """End the thread as soon as it can be."""
        self._closed.set()

    def _at_hand(self, seconds: float) -> Iterator[Delivery | DowseError | None]:
        try:
            yield self._queue.get(timeout=seconds)
            for _ in range(_AT_ONCE - 1):
                yield self._queue.get_nowait()
        except queue.Empty:
            if not self._thread.is_alive() and self._queue.empty():
                raise RuntimeError("the thread that receives events has ended early") from None

    def _receive(self) -> None:
        try:
            for delivery in self._feed:
                if not self._put(delivery):
                    return
        except DowseError as error:
            self._put(error)
        else:
            self._put(None)

    def _put(self, one: Delivery | DowseError | None) -> bool:
        while not self._closed.is_set():
            try:
                self._queue.put(one, timeout=0.2)
            except queue.Full:
                continue
            return True
        return False
