"""Floats in JSON turned into strings, so that a parser leaves them as they are written."""

from typing import TYPE_CHECKING, Final

import regex

from scanner.readers.escapes import escaped_places

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Codes = npt.NDArray[np.uint8]
    Flags = npt.NDArray[np.bool_]
    Places = npt.NDArray[np.int64]

_NUMBERS: Final = regex.compile(rb"(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?[,\]}\s])*+")


def inside_strings(codes: "Codes") -> "Flags":
    """For each byte of JSON, begun outside of strings, whether it is inside of one; the opening quote counts, the closing one not."""
    import numpy as np

    return np.asarray(np.bitwise_xor.accumulate(string_edges(codes).view(np.uint8)).view(np.bool_))


def string_edges(codes: "Codes") -> "Flags":
    """For each byte of JSON whether it is the quote at the beginning or the end of a string."""
    import numpy as np

    edges = np.equal(codes, ord('"'))
    if (codes == ord("\\")).any():
        edges &= ~escaped_places(codes, ord("\\"))
    return edges


def with_quoted_floats(data: bytes) -> bytes | None:
    """`data` with quotes around the numbers that have a point or an exponent; None if one of them is no number of JSON's."""
    import numpy as np

    codes = np.frombuffer(data, np.uint8)
    points = np.flatnonzero((codes == ord(".")) | ((codes | 0x20) == ord("e")))
    of_numbers = points[_among(codes[points - 1], b"0123456789")]  # not the e of true and false
    of_numbers = of_numbers[np.flatnonzero(string_edges(codes)).searchsorted(of_numbers) % 2 == 0]
    starts = _reach(codes, of_numbers, -1)
    first = np.diff(starts, prepend=-1) > 0  # 1.5e3 is met at its point and at its exponent
    starts, ends = starts[first], _reach(codes, of_numbers[first], 1) + 1
    # Each with the character behind it.
    lengths = ends - starts + 1
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    numbers = codes[(np.repeat(starts, lengths) + within).clip(0, len(codes) - 1)]
    if not _NUMBERS.fullmatch(numbers.tobytes()):
        return None
    return np.insert(codes, np.concatenate((starts, ends)), ord('"')).tobytes()


def _among(codes: "Codes", characters: bytes) -> "Flags":
    import numpy as np

    wanted = np.zeros(256, dtype=bool)
    wanted[list(characters)] = True
    return wanted[codes]


def _reach(codes: "Codes", places: "Places", step: int) -> "Places":
    """How far the number around each place reaches in the direction of `step`."""
    places = places.copy()
    while True:
        beyond = (places + step).clip(0, len(codes) - 1)
        goes_on = _among(codes[beyond], b"0123456789+-.eE")
        goes_on &= beyond != places
        if not goes_on.any():
            return places
        places[goes_on] = beyond[goes_on]
