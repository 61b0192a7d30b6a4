"""Equally long texts as rows of a matrix of bytes, so that numpy can look at one place of all of them at once."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Bytes = npt.NDArray[np.uint8]
    Places = npt.NDArray[np.int64]

_ZERO: Final = ord("0")


_MOST_LENGTHS: Final = 8


def few_lengths(texts: "pa.Array") -> bool:
    """Whether the texts have so few different lengths that a matrix for each is worth it."""
    import numpy as np

    lengths = np.diff(_offsets(texts))
    low, high = int(lengths.min(initial=0)), int(lengths.max(initial=0))
    return high - low < _MOST_LENGTHS or len(np.unique(lengths)) <= _MOST_LENGTHS


def by_length(texts: "pa.Array") -> "Iterator[tuple[Places, Bytes]]":
    """The texts of each length: their indices, and a row of bytes for each. A column of the rows lies in one piece in memory.

    >>> import pyarrow as pa
    >>> [(places.tolist(), rows.tolist()) for places, rows in by_length(pa.array(["12", "5", "34"]))]
    [([1], [[53]]), ([0, 2], [[49, 50], [51, 52]])]
    """
    import numpy as np

    lengths = np.diff(_offsets(texts))
    if len(lengths) and int(lengths.min()) == int(lengths.max()):
        yield np.arange(len(texts)), _rows(texts, int(lengths[0]))
        return
    for length in np.unique(lengths):
        places = np.flatnonzero(lengths == length)
        yield places, _rows(texts.take(places), int(length))


def _offsets(texts: "pa.Array") -> "npt.NDArray[np.int32]":
    import numpy as np

    return np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]


def _rows(texts: "pa.Array", length: int) -> "Bytes":
    import numpy as np

    if not length or not len(texts):
        return np.zeros((len(texts), 0), dtype=np.uint8)
    start = int(_offsets(texts)[0])
    rows = np.frombuffer(texts.buffers()[2], dtype=np.uint8, count=len(texts) * length, offset=start).reshape(-1, length)
    return np.asfortranarray(rows)


def digit_matrix(texts: "pa.Array") -> "tuple[Bytes, Places]":
    """The digits of each text, flush right in a row of a matrix with zeros before them, and how many there are.

    >>> import pyarrow as pa
    >>> digit_matrix(pa.array(["1-2", "345"]))[0].tolist()
    [[0, 1, 2], [3, 4, 5]]
    """
    import numpy as np

    pieces = [(places, *_digits(rows)) for places, rows in by_length(texts)]
    if len(pieces) == 1:
        return _at_least_one(pieces[0][1]), pieces[0][2]
    width = max((int(counts.max(initial=0)) for _, _, counts in pieces), default=0) or 1
    matrix, found = np.zeros((len(texts), width), dtype=np.uint8, order="F"), np.zeros(len(texts), dtype=np.int64)
    for places, digits, counts in pieces:
        found[places] = counts
        kept = digits[:, max(0, digits.shape[1] - width) :]
        matrix[places, width - kept.shape[1] :] = kept
    return matrix, found


def _at_least_one(digits: "Bytes") -> "Bytes":
    import numpy as np

    return digits if digits.shape[1] else np.zeros((len(digits), 1), dtype=np.uint8)


def _digits(rows: "Bytes") -> "tuple[Bytes, Places]":
    """The digits of each row, flush right, and how many there are."""
    import numpy as np

    digits = rows - np.uint8(_ZERO)
    is_digit = digits < 10
    everywhere = is_digit.all(axis=0)
    if bool((is_digit.any(axis=0) == everywhere).all()):
        return np.asfortranarray(digits[:, everywhere]), np.full(len(rows), int(everywhere.sum()), dtype=np.int64)
    # Digits move to the right past what is none; a stable sort keeps their order.
    order = np.argsort(is_digit, axis=1, kind="stable")
    moved = np.take_along_axis(np.where(is_digit, digits, 0).astype(np.uint8), order, axis=1)
    return np.asfortranarray(moved), is_digit.sum(axis=1, dtype=np.int64)
