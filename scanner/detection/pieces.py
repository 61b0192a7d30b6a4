"""Several pieces of bytes as one."""

from collections.abc import Sequence
from typing import Final

_LENGTH_BYTES: Final = 8


def joined(pieces: Sequence[bytes]) -> bytes:
    """`pieces` one behind the other, each with its length before it.

    >>> split(joined([b"one", b"", b"three"]))
    [b'one', b'', b'three']
    """
    return b"".join(len(piece).to_bytes(_LENGTH_BYTES, "big") + piece for piece in pieces)


def split(whole: bytes) -> list[bytes]:
    """The pieces that `joined` put together."""
    pieces, at = [], 0
    while at < len(whole):
        start = at + _LENGTH_BYTES
        at = start + int.from_bytes(whole[at:start], "big")
        pieces.append(whole[start:at])
    return pieces
