"""A stream over an object that is fetched in ranges, for stores that are reached over a network.

What is read from front to back is fetched ahead in ever larger ranges, the next one while the last is being read. What
is read here and there is fetched in just the blocks that are asked for. Of an object whose end is read first (a Parquet
file, an archive) little is fetched that nobody asked for: half as much again as was read in one go.
"""

import io
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from scanner.errors import ReadError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK: Final = 128 * 1024
"""Least that is fetched at once."""
MOST: Final = 8 * 1024 * 1024
"""Most that is fetched at once."""
# Blocks at the end of an object where formats keep their directories.
_TAIL: Final = 8
_KEPT: Final = 3 * MOST // BLOCK

Fetch = Callable[[int, int], bytes]
"""The bytes `[start, end)` of the object; raises ReadError."""


@dataclass(frozen=True, slots=True)
class _Coming:
    """Blocks that are being fetched in the background."""

    blocks: range
    data: "Future[bytes]"


class RangedRaw(io.RawIOBase):
    """Unbuffered; used by one thread. Holds about 40 MiB at most.

    :param head: the first bytes, whole blocks of them or all, which are at hand already
    :param until: no byte from here on is fetched ahead of being asked for; None for the end of the object
    :ivar failure: what fetching failed of; a parser may have taken it for damage
    """

    def __init__(self, size: int, fetch: Fetch, head: bytes = b"", until: int | None = None) -> None:
        self._size = size
        self._fetch = fetch
        self._head = head
        self._limit = _blocks(min(until or size, size))
        self._at = 0
        self._blocks: OrderedDict[int, bytes] = OrderedDict()
        self._next = _blocks(len(head))
        self._ahead = 1
        self._run = self._next
        self._end_first = False
        self._coming: _Coming | None = None
        self._pool: ThreadPoolExecutor | None = None
        self.failure: ReadError | None = None

    def readable(self) -> bool:
        """Always: it is for reading only."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go elsewhere; costs nothing by itself."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError(f"negative seek position {base + offset}")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """As much as is at hand of what is wanted, at least one byte before the end. Raises ReadError."""
        view = memoryview(buffer).cast("B")
        wanted = min(len(view), self._size - self._at)
        if wanted <= 0:
            return 0
        data = self._at_hand(wanted)
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        """Lets go of what is held; a fetch that is under way ends by itself."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
        self._coming = None
        self._blocks.clear()
        super().close()

    def _at_hand(self, wanted: int) -> memoryview:
        if self._at < len(self._head):
            return memoryview(self._head)[self._at : self._at + wanted]
        number, inside = divmod(self._at, BLOCK)
        if number not in self._blocks:
            self._bring(range(number, _blocks(self._at + wanted)))
        self._blocks.move_to_end(number)
        return memoryview(self._blocks[number])[inside : inside + wanted]

    def _bring(self, wanted: range) -> None:
        """Fetch `wanted`, or its beginning; what lies behind it too when the object is read from front to back."""
        number = wanted.start
        coming, self._coming = self._coming, None
        in_order = number == self._next
        self._reckon(number, in_order=in_order)
        if coming is not None and number in coming.blocks:
            self._put(coming.blocks, self._noted(coming.data.result))
        else:
            stop = max(wanted.stop, min(number + self._ahead, self._limit))
            blocks = range(number, min(stop, number + MOST // BLOCK))
            self._put(blocks, self._noted(partial(self._fetch, *self._bytes_of(blocks))))
        if in_order and not self._end_first:
            self._send_for(range(self._next, min(self._next + self._ahead, self._limit)))

    def _reckon(self, number: int, *, in_order: bool) -> None:
        """Settle how many blocks are fetched from `number` on."""
        if in_order:
            self._ahead = min(self._run // 2 if self._end_first else 2 * self._ahead, MOST // BLOCK)
            return
        self._ahead, self._run = 1, 0
        self._end_first |= number >= _blocks(self._size) - _TAIL

    def _send_for(self, blocks: range) -> None:
        """Have `blocks` fetched while what is at hand is read."""
        if not blocks or blocks.start in self._blocks:
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, "fetch-ahead")
        self._coming = _Coming(blocks, self._pool.submit(self._fetch, *self._bytes_of(blocks)))

    def _put(self, blocks: range, data: bytes) -> None:
        for number, offset in zip(blocks, range(0, len(data), BLOCK), strict=True):
            self._blocks[number] = data[offset : offset + BLOCK]
        self._next = blocks.stop
        self._run += len(blocks)
        while len(self._blocks) > _KEPT:
            self._blocks.popitem(last=False)

    def _bytes_of(self, blocks: range) -> tuple[int, int]:
        return blocks.start * BLOCK, min(blocks.stop * BLOCK, self._size)

    def _noted(self, fetch: Callable[[], bytes]) -> bytes:
        try:
            return fetch()
        except ReadError as error:
            self.failure = error
            raise


def _blocks(size: int) -> int:
    return (size + BLOCK - 1) // BLOCK
