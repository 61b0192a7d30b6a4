"""International bank account numbers, many at once."""

from functools import cache
from typing import TYPE_CHECKING

from identifiers.validators.matrices import by_length

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa


def ibans(texts: "pa.Array") -> "npt.NDArray[np.bool_]":
    """As `iban`."""
    import numpy as np
    import pyarrow.compute as pc

    spaced = pc.any(pc.match_substring_regex(texts, "[^0-9A-Za-z]")).as_py()
    bare = pc.replace_substring_regex(texts, "[^0-9A-Za-z]", "") if spaced else texts
    found = np.zeros(len(texts), dtype=bool)
    for places, rows in by_length(bare):
        if rows.shape[1] > 4:
            found[places] = _hold(rows)
    return found


def _hold(rows: "npt.NDArray[np.uint8]") -> "npt.NDArray[np.bool_]":
    """ISO 7064 MOD 97-10 over each row, its first four characters moved to the end; not for one digit repeated."""
    import numpy as np

    values = _values()[rows]
    remainder = np.zeros(len(rows), dtype=np.int64)
    for place in (*range(4, rows.shape[1]), *range(4)):
        value = values[:, place]
        remainder = (remainder * np.where(value > 9, 100, 10) + value) % 97
    varied = (rows[:, 4:] != rows[:, 4:5]).any(axis=1)
    return np.asarray(varied & (remainder == 1) & (values < 36).all(axis=1))


@cache
def _values() -> "npt.NDArray[np.int64]":
    """For each byte what it counts: digits themselves, letters from A = 10 in either case; 99 for all else."""
    import numpy as np

    values = np.full(256, 99, dtype=np.int64)
    for number, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        values[ord(character)] = values[ord(character.lower())] = number
    return values
