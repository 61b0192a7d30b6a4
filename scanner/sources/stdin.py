"""Standard input: the bytes of one object."""

import io
import sys
from collections.abc import Iterator, Sequence
from typing import BinaryIO, cast

from scanner.errors import ReadError, TargetError
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Reason
from scanner.sources.files import skipped
from scanner.sources.options import SourceOptions


class StdinSource:
    """One object that can be read once, forward only, and only in the process that has the stream.

    Filters do not apply: the user has chosen it by piping it in.

    :param stream: binary and buffered
    """

    def __init__(self, name: str, stream: io.BufferedReader) -> None:
        self._stored = StoredObject(ObjectRef("stdin", "", name), 0)
        self._stream = stream
        self._opened = False

    @property
    def root(self) -> ObjectRef:
        """The object itself."""
        return self._stored.ref

    def objects(self) -> Iterator[StoredObject | Unlisted]:
        """The one object; its size is not known beforehand and given as 0. Waits for the first byte."""
        if self._stream.peek(1):
            yield self._stored
        else:
            yield skipped(self._stored.ref, 0, Reason.EMPTY)

    def portable(self, stored: StoredObject) -> bool:  # noqa: ARG002 - the protocol asks for each object
        """Never: the stream belongs to this process."""
        return False

    def expect(self, coming: Sequence[StoredObject], until: int | None = None) -> None:
        """Nothing to prepare."""

    def open(self, stored: StoredObject) -> BinaryIO:  # noqa: ARG002 - there is only one
        """The stream, without seeking. Raises ReadError the second time."""
        if self._opened:
            raise ReadError(Reason.GONE, "standard input can be read only once")
        self._opened = True
        return io.BufferedReader(_Forward(self._stream), io.DEFAULT_BUFFER_SIZE)

    def current(self, stored: StoredObject, stream: BinaryIO) -> StoredObject:  # noqa: ARG002 - nothing to compare
        """As listed: a stream has no facts."""
        return stored

    def described(self, stored: StoredObject) -> StoredObject:
        """As it is: there is nothing more to say."""
        return stored

    def unchanged(self, stored: StoredObject, stream: BinaryIO) -> bool:  # noqa: ARG002 - nothing to compare
        """Always: what came through the pipe is all there is."""
        return True


class _Forward(io.RawIOBase):
    """Hides that a redirected file could seek: its first byte need not be the object's. Closing it leaves the stream open."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # RawIOBase wants any writable buffer
        return self._stream.readinto1(buffer)


def open_stdin(target: str, options: SourceOptions) -> StdinSource:
    """Standard input as a source, called what the options say. `target` is `-`. Raises TargetError if it is closed."""
    if sys.stdin is None:
        raise TargetError(f"{target}: standard input is closed; pipe something into it")
    return StdinSource(options.name, cast("io.BufferedReader", sys.stdin.buffer))
