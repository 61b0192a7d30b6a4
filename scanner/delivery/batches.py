"""Lines gathered into what one request may carry."""

from abc import ABC, abstractmethod
from typing import Self


class Batches(ABC):
    """A stream that is written to in lines and sends them on in requests.

    :param most_lines: in one request
    :param most_bytes: in one request; what is written at once and is more goes alone
    """

    def __init__(self, most_lines: int, most_bytes: int) -> None:
        self._most_lines = most_lines
        self._most_bytes = most_bytes
        self._lines: list[bytes] = []
        self._bytes = 0
        self._rest = b""

    @abstractmethod
    def send(self, lines: list[bytes]) -> None:
        """Sends lines, each without its line feed.

        :raises DeliveryError: if they are not taken
        """

    def finish(self) -> None:  # noqa: B027 - most have nothing to say then
        """Everything has been sent.

        :raises DeliveryError: if something was refused on the way
        """

    def write(self, data: bytes) -> int:
        """Takes whole and broken lines; those that are written together go in one request together."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._take(lines)
        return len(data)

    def flush(self) -> None:  # noqa: B027 - as its text says
        """Nothing: a request for each record would be far too many."""

    def isatty(self) -> bool:
        """Nobody watches."""
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # What a broken run has gathered is sent too: some findings are better than none.
        if self._rest:
            self._take([self._rest])
        self._send()
        if kind is None:
            self.finish()

    def _take(self, lines: list[bytes]) -> None:
        size = sum(map(len, lines)) + len(lines)
        if self._lines and (len(self._lines) + len(lines) > self._most_lines or self._bytes + size > self._most_bytes):
            self._send()
        self._lines += lines
        self._bytes += size

    def _send(self) -> None:
        lines, self._lines, self._bytes = self._lines, [], 0
        if lines:
            self.send(lines)
