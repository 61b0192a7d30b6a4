"""The messages that Arrow's stream and file form are made of, each weighed before Arrow sees it.

A compressed body says itself how large it will be, and Arrow believes it: a few bytes would take all memory. What is
needed of the metadata, which is in FlatBuffers, is read here; Arrow checks all of it again.

https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc
https://flatbuffers.dev/internals/
"""

import struct
from dataclasses import dataclass
from typing import BinaryIO, Final

from scanner.errors import ReadError
from scanner.model.outcome import Reason

SCHEMA: Final = 1
DICTIONARY: Final = 2
BATCH: Final = 3
"""Kinds of messages, `MessageHeader` in Message.fbs."""

_CONTINUES: Final = b"\xff\xff\xff\xff"
"""Stands before the length of the metadata, but for files from before 2019."""
_MAGIC: Final = b"ARROW1"
_ALIGNMENT: Final = 8
_LONGEST_PADDING: Final = 64
_EARLY_COMPRESSION: Final = b"ARROW:experimental_compression"
"""In the metadata of compressed batches from Arrow 0.17, which had no place of their own for that."""
_BUFFER: Final = struct.Struct("<qq")
_LENGTH: Final = struct.Struct("<q")
_TAIL_BYTES: Final = 4 + len(_MAGIC)
_CHUNK: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Weight:
    """What a message would take.

    :param body: bytes of it as it lies in the stream
    :param rows: of a batch
    :param expanded: bytes that come out of its compressed buffers; 0 when there are none
    :param dictionary: for a dictionary which one it is
    :param adds: whether it adds to that one and does not take its place
    """

    body: int
    rows: int = 0
    expanded: int = 0
    dictionary: int | None = None
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it lies in the stream.

    :param kind: `SCHEMA`, `DICTIONARY`, `BATCH` or something else
    :param data: all its bytes, from the length on; None when it was passed over since its body is too long
    """

    kind: int
    data: bytes | None
    weight: Weight


class Messages:
    """The messages in `stream`, which need not be able to seek.

    :param most_bytes: a longer body is passed over
    """

    def __init__(self, stream: BinaryIO, most_bytes: int) -> None:
        self._stream = stream
        self._most = most_bytes
        self._first = b""
        self._is_file = False
        self._has_mark = False
        self._begin()

    def next(self) -> Message | None:
        """The next one; None behind the last. Raises ReadError (MALFORMED) where the stream ends within a message, or has none."""
        prefix = self._first or self._read(4, may_end=True)
        self._first = b""
        if not prefix:
            return None
        if prefix == _CONTINUES:
            prefix += self._read(4)
        length = int.from_bytes(prefix[-4:], "little", signed=True)
        if length == 0:
            self._has_mark = True
            return None
        if not 0 < length <= self._most:
            raise ReadError(Reason.MALFORMED, "what should be a message is none")
        return self._message(prefix, self._read(length))

    def ending(self) -> str:
        """What is wrong with what comes behind the last message; empty when nothing is.

        That is nothing for a stream; for a file the directory of its batches, its length and the mark.
        """
        size, tail = 0, b""
        while piece := self._stream.read(_CHUNK):
            size, tail = size + len(piece), (tail + piece)[-_TAIL_BYTES:]
        if not self._is_file:
            return f"{size} bytes behind its end are not read" if size else ""
        if not (self._has_mark and tail.endswith(_MAGIC)):
            return "its end is missing"
        hidden = size - _TAIL_BYTES - int.from_bytes(tail[:4], "little")
        return f"{hidden} bytes behind its batches are not read" if hidden > _LONGEST_PADDING else ""

    def _begin(self) -> None:
        """Step over the mark of the file form and its padding: writers align the first message to up to 64 bytes."""
        self._first = self._read(4)
        if not _MAGIC.startswith(self._first):
            return
        self._is_file = True
        self._read(_ALIGNMENT - 4)
        for _ in range(_LONGEST_PADDING // 4):
            self._first = self._read(4)
            if self._first != bytes(4):
                return
        raise ReadError(Reason.MALFORMED, "it has no schema")

    def _message(self, prefix: bytes, metadata: bytes) -> Message:
        try:
            header = Header(metadata)
            if header.body_bytes > self._most:
                self._pass_over(header.body_bytes)
                return Message(header.kind, None, Weight(header.body_bytes, header.rows))
            body = self._read(header.body_bytes)
            return Message(header.kind, prefix + metadata + body, header.weight(body))
        except (struct.error, IndexError):
            raise ReadError(Reason.MALFORMED, "what should be a message is none") from None

    def _read(self, count: int, *, may_end: bool = False) -> bytes:
        """`count` bytes, taken in pieces so that a length that is a lie costs nothing; none at the end if it `may_end`."""
        pieces, missing = [], count
        while missing and (piece := self._stream.read(min(missing, _CHUNK))):
            pieces.append(piece)
            missing -= len(piece)
        if missing and (pieces or not may_end):
            raise ReadError(Reason.MALFORMED, "it ends within a message")
        return b"".join(pieces)

    def _pass_over(self, count: int) -> None:
        while count:
            piece = self._stream.read(min(count, _CHUNK))
            if not piece:
                raise ReadError(Reason.MALFORMED, "it ends within a message")
            count -= len(piece)


class Header:
    """The metadata of a message.

    Raises `struct.error` or IndexError, here and later, for bytes that are none.

    :ivar kind: of the message
    :ivar body_bytes: that follow the metadata
    """

    def __init__(self, metadata: bytes) -> None:
        root = _Table(metadata, int.from_bytes(metadata[:4], "little"))
        self._header = root.table(2)
        self._is_early = _EARLY_COMPRESSION in metadata
        self.kind = root.number(1, 1)
        self.body_bytes = root.number(3, 8)
        if self.body_bytes < 0:
            raise IndexError

    @property
    def rows(self) -> int:
        """How many a batch says that it has."""
        return max(self._header.number(0, 8), 0) if self._header and self.kind == BATCH else 0

    def weight(self, body: bytes) -> Weight:
        """What it takes together with `body`."""
        if self._header is None or self.kind not in {DICTIONARY, BATCH}:
            return Weight(len(body))
        if self.kind == BATCH:
            return Weight(len(body), self.rows, self._expanded(self._header, body))
        batch = self._header.table(1)
        expanded = self._expanded(batch, body) if batch else 0
        return Weight(len(body), 0, expanded, self._header.number(0, 8), bool(self._header.number(2, 1)))

    def _expanded(self, batch: "_Table", body: bytes) -> int:
        """What the lengths before the buffers of a `RecordBatch` say; -1 stands for a buffer that is not compressed."""
        if not self._is_early and batch.table(3) is None:
            return 0
        said = [
            _LENGTH.unpack_from(body, offset)[0] if length >= _LENGTH.size else 0
            for offset, length in batch.structs(2, _BUFFER)
            if 0 <= offset <= len(body)
        ]
        return sum(max(count, 0) for count in said)


class _Table:
    """A table of FlatBuffers: numbers and offsets at places that its own `vtable` names."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at
        self._vtable = at - struct.unpack_from("<i", data, at)[0]
        if self._vtable < 0:
            raise IndexError
        self._slots = (struct.unpack_from("<H", data, self._vtable)[0] - 4) // 2

    def _place(self, slot: int) -> int | None:
        """Where the field lies; None for one that is left out."""
        if slot >= self._slots:
            return None
        offset = struct.unpack_from("<H", self._data, self._vtable + 4 + 2 * slot)[0]
        return self._at + offset if offset else None

    def number(self, slot: int, width: int) -> int:
        """A field of `width` bytes, 0 if left out."""
        place = self._place(slot)
        return 0 if place is None else int.from_bytes(self._data[place : place + width], "little", signed=width > 1)

    def table(self, slot: int) -> "_Table | None":
        """A table below this one."""
        place = self._place(slot)
        return None if place is None else _Table(self._data, place + struct.unpack_from("<I", self._data, place)[0])

    def structs(self, slot: int, shape: struct.Struct) -> "list[tuple[int, int]]":
        """A vector of pairs."""
        place = self._place(slot)
        if place is None:
            return []
        start = place + struct.unpack_from("<I", self._data, place)[0]
        count = struct.unpack_from("<I", self._data, start)[0]
        end = start + 4 + count * shape.size
        if end > len(self._data):
            raise IndexError
        return list(shape.iter_unpack(self._data[start + 4 : end]))


def is_schema(head: bytes) -> bool:
    """Whether a stream that begins with `head` begins with a schema, as Arrow's streams do."""
    if not head.startswith(_CONTINUES) or len(head) < 16:
        return False
    length = int.from_bytes(head[4:8], "little", signed=True)
    if length <= 8:
        return False
    try:
        header = Header(head[8 : 8 + length])
    except (struct.error, IndexError):
        return False
    return header.kind == SCHEMA and header.body_bytes == 0
