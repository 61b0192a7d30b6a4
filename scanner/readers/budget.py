"""How much reading an object may cost. One budget covers an object and everything inside it, so that nesting gains nothing."""

import io
from dataclasses import dataclass
from typing import BinaryIO, Final

from scanner.errors import ReadError
from scanner.model.outcome import Reason

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one object may cost.

    :param depth: containers inside containers
    :param entries: members of all containers together, pages of documents included
    :param expanded_bytes: bytes that come out of all containers together
    :param ratio: bytes out for each byte of the object, once `ratio_after` bytes came out
    :param memory_bytes: largest member or document that must be held in memory to be read
    """

    depth: int = 10
    entries: int = 100_000
    expanded_bytes: int = 10 * 1024 * MIB
    ratio: int = 200
    ratio_after: int = 64 * MIB
    memory_bytes: int = 256 * MIB


class Budget:
    """Counts what is spent on one object and raises ReadError when it is used up.

    :param size: bytes of the object itself, the base of the ratio; None when unknown: then `consume` makes up the base
    """

    def __init__(self, limits: Limits, size: int | None) -> None:
        self.limits = limits
        self._size = size
        self._consumed = 0
        self._expanded = 0
        self._entries = 0
        self._depth = 0

    def consume(self, count: int) -> None:
        """Note that `count` bytes of the object itself were read; matters only where its size is not known beforehand."""
        self._consumed += count

    def expand(self, count: int) -> None:
        """Note that a container gave `count` bytes."""
        self._expanded += count
        if self._expanded > self.limits.expanded_bytes:
            raise ReadError(Reason.BUDGET_BYTES, f"more than {self.limits.expanded_bytes} bytes come out of it")
        base = self._consumed if self._size is None else self._size
        if self._expanded > max(self.limits.ratio_after, base * self.limits.ratio):
            raise ReadError(Reason.BUDGET_RATIO, f"more than {self.limits.ratio} bytes come out for each byte of it")

    def entry(self) -> None:
        """Note that a container has one more member."""
        self._entries += 1
        if self._entries > self.limits.entries:
            raise ReadError(Reason.BUDGET_ENTRIES, f"more than {self.limits.entries} members")

    def enter(self) -> None:
        """Note that a member is opened; every `enter` that does not raise has its `leave`."""
        if self._depth >= self.limits.depth:
            raise ReadError(Reason.BUDGET_DEPTH, f"more than {self.limits.depth} containers inside each other")
        self._depth += 1

    def leave(self) -> None:
        """Note that a member is done."""
        self._depth -= 1

    def seekable(self, stream: BinaryIO) -> BinaryIO:
        """`stream` itself if it can seek, else its bytes in memory; raises BUDGET_MEMORY for more than `memory_bytes`."""
        if stream.seekable():
            return stream
        held = stream.read(self.limits.memory_bytes + 1)
        if len(held) > self.limits.memory_bytes:
            raise ReadError(
                Reason.BUDGET_MEMORY, f"it must be held in memory to be read, but has more than {self.limits.memory_bytes} bytes"
            )
        return io.BytesIO(held)
