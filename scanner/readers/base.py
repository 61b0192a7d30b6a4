"""What a reader is: a function from an object's bytes to segments. One file a format; the registry names them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from scanner.model.segment import ReaderItem
from scanner.model.unread import MayHold
from scanner.readers.budget import Budget


@dataclass(frozen=True, slots=True)
class ByteRange:
    """A part of an object: the records (lines, rows, row groups) that *start* in `[start, end)`, whatever their end."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of an object or of a member, with what is known about them.

    :param stream: at its first byte; for members of archives it cannot seek, see `Budget.seekable`
    :param name: file name, a hint only
    :param size: in bytes, None if unknown; never trusted for a member
    :param head: the first bytes of the stream, at most 64 KiB; they are still to be read from `stream`
    :param media_type: what the content was recognised as
    :param part: read only this part (text, CSV, JSON Lines and Parquet); None for all of it
    :param may_hold: tells of columns before they are read (Parquet) whether that could come to anything; None to read all
    """

    stream: BinaryIO
    name: str
    size: int | None
    head: bytes
    media_type: str
    part: ByteRange | None = None
    may_hold: MayHold | None = None


class Reader(Protocol):
    """Reads one format.

    Yields segments in document order, members to be read before it goes on, and problems for what could not be
    read while it can go on. Raises ReadError when it cannot go on; what it yielded before counts.
    """

    def __call__(self, content: Content, budget: Budget) -> Iterator[ReaderItem]:
        """The segments of `content`, read within `budget`."""
