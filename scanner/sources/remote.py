"""Reads objects of stores that are far away: small ones by one request, large ones by ranges, all of the one version that was opened."""

import io
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

from scanner.errors import ReadError
from scanner.model.objects import StoredObject
from scanner.model.outcome import Reason
from scanner.sources.ranged import BLOCK, MOST, RangedRaw

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
from scanner.sources.traffic import TRAFFIC

_CHUNK: Final = 256 * 1024
_BUFFER: Final = 64 * 1024
# Objects that are sent for at once; a process has but one interpreter and gains nothing beyond.
_AT_ONCE: Final = 16
# How often a body that breaks off is taken up again, and the wait before in seconds, which doubles.
_RESUMPTIONS: Final = 6
_FIRST_WAIT: Final = 0.05


class Body(Protocol):
    """What an answer carries."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""

    def close(self) -> None:
        """Lets go of it, read to its end or not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One request's.

    :param now: the object that answered, with what the store says of it
    :param length: bytes that the body holds if it does not break off; None if nobody knows
    """

    now: StoredObject
    length: int | None
    body: Body


Ask = Callable[[StoredObject, range | None], Answer]
"""One request for some bytes of an object, None for all; on condition that it has the given ETag, time and size.

What is empty of these is no condition. A store that gives no parts answers with all. Raises ReadError; CHANGED if the
condition does not hold.
"""


class RemoteStream(io.BufferedReader):
    """An open object.

    :ivar stored: the object that is read: as listed, or as it was when it was opened if it had been written anew
    """

    def __init__(self, raw: "RangedRaw | ForwardRaw", stored: StoredObject) -> None:
        super().__init__(raw, _BUFFER)
        self.stored = stored
        self._fetched = raw

    @property
    def failure(self) -> ReadError | None:
        """What fetching failed of, whatever a parser made of it."""
        return self._fetched.failure


class ForwardRaw(io.RawIOBase):
    """An object of a store that gives it only whole: read once, from front to back.

    :param broken: what reading raises when it breaks off
    :ivar failure: that it broke off; a parser may have taken it for the end
    """

    def __init__(self, answer: Answer, broken: tuple[type[Exception], ...]) -> None:
        self._body = answer.body
        self._left = answer.length
        self._broken = broken
        self.failure: ReadError | None = None

    def readable(self) -> bool:
        """Always: it is for reading only."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """At least one byte before the end. Raises ReadError."""
        view = memoryview(buffer).cast("B")
        try:
            data = self._body.read(len(view))
        except self._broken as error:
            raise self._broken_off(type(error).__name__) from None
        if not data and self._left:
            raise self._broken_off("it ended early")
        if self._left is not None:
            self._left -= len(data)
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Lets go of what is still to come."""
        if not self.closed:
            self._body.close()
        super().close()

    def _broken_off(self, trouble: str) -> ReadError:
        self.failure = ReadError(Reason.IO_ERROR, f"the store broke off, and gives it only from its beginning ({trouble})")
        return self.failure


class RemoteReader:
    """Opens objects of one store.

    :param ask: sends one request
    :param broken: what reading the body of an answer raises when it breaks off, besides OSError
    """

    def __init__(self, ask: Ask, broken: tuple[type[Exception], ...] = ()) -> None:
        self._ask = ask
        self._broken: tuple[type[Exception], ...] = (*broken, OSError)
        self._pool: ThreadPoolExecutor | None = None
        self._coming: dict[StoredObject, Future[RemoteStream]] = {}
        self._until: int | None = None

    def expect(self, coming: Sequence[StoredObject], until: int | None) -> None:
        """Send for `coming`, if they are several and small; what was expected before is forgotten."""
        for future in self._coming.values():
            future.cancel()
        self._coming, self._until = {}, until
        if len(coming) > 1 and sum(stored.size for stored in coming) <= 2 * MOST:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(_AT_ONCE, "fetch")
            self._coming = {stored: self._pool.submit(self._opened, stored) for stored in coming}

    def open(self, stored: StoredObject) -> RemoteStream:
        """A stream with its first bytes at hand, for small objects with all of them. Raises ReadError."""
        future = self._coming.pop(stored, None)
        return self._opened(stored) if future is None else future.result()

    def _opened(self, stored: StoredObject) -> RemoteStream:
        try:
            answer = self._ask(stored, None if 0 < stored.size <= MOST else range(BLOCK))
        except ReadError as error:
            if error.reason is not Reason.CHANGED:
                raise
            # It was written anew since it was listed: what is there now is read.
            answer = self._ask(replace(stored, size=0, etag="", modified=None), range(BLOCK))
        now = answer.now
        if answer.length is None or answer.length > MOST:
            return RemoteStream(ForwardRaw(answer, self._broken), now)
        head = self._body(now, range(min(now.size, answer.length)), answer)
        return RemoteStream(RangedRaw(now.size, partial(self._fetch, now), head, self._until), now)

    def _fetch(self, stored: StoredObject, start: int, end: int) -> bytes:
        return self._body(stored, range(start, end), self._ask(stored, range(start, end)))

    def _body(self, stored: StoredObject, wanted: range, answer: Answer) -> bytes:
        """The bytes `wanted`; a body that breaks off is taken up where it did. Raises ReadError."""
        data = bytearray()
        trouble = self._append(data, answer.body, len(wanted))
        for attempt in range(_RESUMPTIONS):
            if len(data) >= len(wanted):
                return bytes(data)
            time.sleep(random.uniform(0, _FIRST_WAIT * 2**attempt))  # noqa: S311 - spreads retries, no secret
            rest = range(wanted.start + len(data), wanted.stop)
            TRAFFIC.add(0, 1)
            trouble = self._append(data, self._ask(stored, rest).body, len(wanted))
        if len(data) >= len(wanted):
            return bytes(data)
        raise ReadError(Reason.IO_ERROR, f"the store broke off {_RESUMPTIONS + 1} times ({trouble})")

    def _append(self, data: bytearray, body: Body, most: int) -> str:
        """Read `body` to its end, or until `data` has as many bytes; the kind of error that ended it early, if one did."""
        try:
            while len(data) < most and (chunk := body.read(min(_CHUNK, most - len(data)))):
                data += chunk
        except self._broken as error:
            return type(error).__name__
        finally:
            body.close()
        return "it ended early"


def as_opened(stream: BinaryIO) -> StoredObject:
    """The object as it was when it was opened: nothing else is read, whatever becomes of it meanwhile."""
    return _own(stream).stored


def was_unchanged(stream: BinaryIO) -> bool:
    """Whether no range was refused because the object had been written to. Raises ReadError if fetching failed otherwise."""
    failure = _own(stream).failure
    if failure is not None and failure.reason is not Reason.CHANGED:
        raise failure
    return failure is None


def _own(stream: object) -> RemoteStream:
    assert isinstance(stream, RemoteStream), "opened by a reader of remote objects"
    return stream
