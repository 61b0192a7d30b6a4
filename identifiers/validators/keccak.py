"""Keccak-256, the hash of Ethereum and its kin: SHA-3 before its padding was changed, which `hashlib` does not have.

https://keccak.team/keccak_specs_summary.html
"""

from typing import Final

_RATE, _LANES, _WORD = 136, 25, (1 << 64) - 1
_ROTATIONS = (0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14)
ROUNDS: Final = (
    0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000, 0x000000000000808B, 0x0000000080000001,
    0x8000000080008081, 0x8000000000008009, 0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
    0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
    0x000000000000800A, 0x800000008000000A, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
)  # fmt: skip
"""What is mixed into the first lane in each round."""

MOVES: Final = tuple(
    (place // 5 + 5 * ((2 * (place % 5) + 3 * (place // 5)) % 5), place % 5, turn, 64 - turn) for place, turn in enumerate(_ROTATIONS)
)
"""For each lane: where it goes, its column, how far it turns, how far the other way."""


def keccak_256(data: bytes) -> bytes:
    """The hash of `data`, 32 bytes.

    >>> keccak_256(b"").hex()
    'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'
    """
    padded = bytearray(data + b"\1" + bytes(-(len(data) + 1) % _RATE))
    padded[-1] |= 0x80
    lanes = [0] * _LANES
    for start in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            lanes[lane] ^= int.from_bytes(padded[start + 8 * lane : start + 8 * lane + 8], "little")
        lanes = _permuted(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])


def _permuted(lanes: list[int]) -> list[int]:
    """All rounds. A column of 100,000 addresses asks for as many, so nothing is looked up or called inside that need not be."""
    word = _WORD
    moved = [0] * _LANES
    for constant in ROUNDS:
        zero, one, two, three, four = (lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5))
        mixed = (
            four ^ (one << 1 & word | one >> 63),
            zero ^ (two << 1 & word | two >> 63),
            one ^ (three << 1 & word | three >> 63),
            two ^ (four << 1 & word | four >> 63),
            three ^ (zero << 1 & word | zero >> 63),
        )
        for lane, (target, column, turn, back) in zip(lanes, MOVES, strict=True):
            turned = lane ^ mixed[column]
            moved[target] = turned << turn & word | turned >> back
        lanes = []
        for row in range(0, _LANES, 5):
            zero, one, two, three, four = moved[row : row + 5]
            lanes += (zero ^ ~one & two, one ^ ~two & three, two ^ ~three & four, three ^ ~four & zero, four ^ ~zero & one)
        lanes[0] ^= constant
    return lanes
