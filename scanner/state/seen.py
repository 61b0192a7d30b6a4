"""Which objects a run met: a bit for each id."""

import zlib
from collections.abc import Iterator


class Seen:
    """A set of small positive integers that takes an eighth of a byte for each up to the greatest; 125 KB for a million.

    >>> seen = Seen(); seen.add(3); seen.add(17); 3 in seen, 4 in seen, list(Seen(seen.packed()))
    (True, False, [3, 17])
    """

    def __init__(self, packed: bytes = b"") -> None:
        self._bits = bytearray(zlib.decompress(packed)) if packed else bytearray()

    def add(self, number: int) -> None:
        """Take it in."""
        place = number >> 3
        try:
            self._bits[place] |= 1 << (number & 7)
        except IndexError:
            # Room for twice as many, so that growing costs little.
            self._bits.extend(bytes(place + 1))
            self._bits[place] |= 1 << (number & 7)

    def __contains__(self, number: int) -> bool:
        place = number >> 3
        return place < len(self._bits) and bool(self._bits[place] & (1 << (number & 7)))

    def __iter__(self) -> Iterator[int]:
        """In ascending order."""
        for place, byte in enumerate(self._bits):
            if byte:
                yield from (place * 8 + bit for bit in range(8) if byte & (1 << bit))

    def isdisjoint(self, other: "Seen") -> bool:
        """Whether no number is in both."""
        return not self.as_number() & other.as_number()

    def as_number(self) -> int:
        """The number in whose binary form each member is a one."""
        return int.from_bytes(self._bits, "little")

    def packed(self) -> bytes:
        """All of it, for `Seen(...)`."""
        return zlib.compress(self._bits.rstrip(b"\0"), 6)
