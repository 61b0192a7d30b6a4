"""Addresses of Ethereum, many at once: one by one a column of 100,000 would take a minute. Says what `ethereum` says."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Bytes = npt.NDArray[np.uint8]
    Words = npt.NDArray[np.uint64]

_ADDRESS = r"\A(?:0x)?(?:[0-9A-Fa-f]{40})\z"
_DIGITS, _RATE = 40, 136
# The bit that tells small letters from capitals, and letters from digits.
_SMALL, _LETTER = 0x20, 0x40


def ethereum_rows(texts: "pa.Array") -> "npt.NDArray[np.bool_]":
    """For each of `texts`, which are ASCII, whether its capitals are where the hash of the address wants them."""
    import numpy as np
    import pyarrow.compute as pc

    found = np.zeros(len(texts), dtype=bool)
    rows = np.flatnonzero(pc.match_substring_regex(texts, _ADDRESS).to_numpy(zero_copy_only=False))
    if not len(rows):
        return found
    digits = pc.utf8_slice_codeunits(texts.take(rows), -_DIGITS, None)
    written = np.frombuffer(b"".join(map(str.encode, digits.to_pylist())), dtype=np.uint8).reshape(len(rows), _DIGITS)
    letters = (written & _LETTER) > 0
    capitals = letters & ((written & _SMALL) == 0)
    hashed = _keccak_rows(written | (letters * np.uint8(_SMALL)))[:, : _DIGITS // 2]
    nibbles = np.stack((hashed >> 4, hashed & 15), axis=2).reshape(len(rows), _DIGITS)
    mixed = capitals.any(axis=1) & (letters & ~capitals).any(axis=1)
    found[rows] = mixed & (capitals == (letters & (nibbles >= 8))).all(axis=1)
    return found


def _keccak_rows(rows: "Bytes") -> "Bytes":
    """Keccak-256 of each row, which has fewer bytes than a block."""
    import numpy as np

    from identifiers.validators.keccak import MOVES, ROUNDS

    block = np.zeros((len(rows), 25 * 8), dtype=np.uint8)
    block[:, : rows.shape[1]] = rows
    block[:, rows.shape[1]] = 1
    block[:, _RATE - 1] |= 0x80
    lanes: list[Words] = list(np.ascontiguousarray(block.view("<u8").T))
    for constant in ROUNDS:
        columns = [lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5)]
        mixed = [columns[x - 1] ^ _turned(columns[(x + 1) % 5], 1) for x in range(5)]
        moved = list(lanes)
        for lane, (target, column, turn, _) in zip(lanes, MOVES, strict=True):
            moved[target] = _turned(lane ^ mixed[column], turn)
        lanes = [moved[p] ^ (~moved[p - p % 5 + (p + 1) % 5] & moved[p - p % 5 + (p + 2) % 5]) for p in range(25)]
        lanes[0] = lanes[0] ^ np.uint64(constant)
    return np.ascontiguousarray(np.stack(lanes[:4], axis=1)).view(np.uint8)


def _turned(words: "Words", by: int) -> "Words":
    import numpy as np

    return words << np.uint64(by) | words >> np.uint64(64 - by) if by else words
