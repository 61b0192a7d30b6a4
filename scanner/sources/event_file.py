"""Messages from a file or standard input: one JSON document a line, or one in all."""

import os
import sys
from collections.abc import Iterator
from typing import BinaryIO, Final

import orjson

from scanner.errors import ConfigError, TargetError
from scanner.model.objects import ObjectRef
from scanner.sources.event_feed import Delivery

_MIB: Final = 1024 * 1024
_MOST_BYTES: Final = 64 * _MIB


class FileFeed:
    """Lines of a stream. There is nobody to tell what became of them.

    :param stream: binary; iterated once
    :param name: how reports call it
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name

    @property
    def warnings(self) -> tuple[str, ...]:
        """None."""
        return ()

    def __iter__(self) -> Iterator[Delivery]:
        """Each line that is not blank, or the whole if its first line is no document but all together is.

        Raises ConfigError for lines of more than 64 MiB.
        """
        with self._stream:
            number, first = next(self._lines(1), (1, b""))
            if not first.strip():
                return
            if _is_document(first):
                yield self._delivery(number, first)
                yield from self._deliveries(number + 1)
                return
            rest = self._stream.read(_MOST_BYTES)
            if _is_document(first + rest):
                yield self._delivery(number, first + rest)
                return
            # What was read may have ended within a line.
            begun = first + rest + self._stream.readline(_MOST_BYTES)
            for offset, line in enumerate(begun.split(b"\n")):
                if line.strip():
                    yield self._delivery(number + offset, line)
            yield from self._deliveries(number + begun.count(b"\n"))

    def done(self, delivery: Delivery) -> None:
        """Nothing to do."""

    def failed(self, delivery: Delivery) -> None:
        """Nothing to do."""

    def committed(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""

    def _deliveries(self, number: int) -> Iterator[Delivery]:
        return (self._delivery(at, line) for at, line in self._lines(number))

    def _lines(self, number: int) -> Iterator[tuple[int, bytes]]:
        """Lines that are not blank, with their numbers."""
        while line := self._stream.readline(_MOST_BYTES):
            if len(line) == _MOST_BYTES and not line.endswith(b"\n"):
                raise ConfigError(f"{self._name}: line {number} is longer than {_MOST_BYTES // _MIB} MiB; write one event a line")
            if line.strip():
                yield number, line
            number += 1

    def _delivery(self, number: int, body: bytes) -> Delivery:
        return Delivery(ObjectRef("events", self._name, str(number)), body)


def open_event_file(place: str) -> FileFeed:
    """The messages in the file `place`, `-` for standard input. Raises TargetError if it cannot be opened."""
    if place == "-":
        if sys.stdin is None:
            raise TargetError("--events -: standard input is closed; pipe events into it")
        # A descriptor of our own: the thread that reads it may still wait when the program ends.
        return FileFeed(os.fdopen(os.dup(sys.stdin.fileno()), "rb"), "stdin")
    try:
        return FileFeed(open(place, "rb"), os.path.abspath(place))
    except OSError as error:
        raise TargetError(f"--events {place}: {error.strerror}") from None


def _is_document(data: bytes) -> bool:
    try:
        orjson.loads(data)
    except orjson.JSONDecodeError:
        return False
    return True
