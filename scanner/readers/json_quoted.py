"""Numbers in JSON turned into strings, so that a parser leaves them as they are written."""

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


def with_quoted_numbers(data: bytes) -> bytes | None:
    """`data` with quotes around its numbers; None if one of them is no number of JSON's."""
    import numpy as np

    codes = np.frombuffer(data, np.uint8)
    begins = (codes[1:] - ord("0") < 10) | (codes[1:] == ord("-"))
    before = codes[:-1]
    begins &= (before == ord(":")) | (before == ord(",")) | (before == ord("[")) | (before == ord(" "))
    starts = np.flatnonzero(begins) + 1
    starts = starts[np.flatnonzero(string_edges(codes)).searchsorted(starts) % 2 == 0]
    ends = _ends(codes, starts)
    # Each with the character behind it.
    lengths = ends - starts + 1
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    numbers = codes[(np.repeat(starts, lengths) + within).clip(0, len(codes) - 1)]
    if not _NUMBERS.fullmatch(numbers.tobytes()):
        return None
    return np.insert(codes, np.concatenate((starts, ends)), ord('"')).tobytes()


def _ends(codes: "Codes", starts: "Places") -> "Places":
    """Where the numbers end that begin at `starts`."""
    import numpy as np

    of_number = np.zeros(256, dtype=bool)
    of_number[list(b"0123456789+-.eE")] = True
    ends = starts + 1
    open_ones = np.arange(len(starts))
    while len(open_ones):
        goes_on = (ends[open_ones] < len(codes)) & of_number[codes[ends[open_ones].clip(0, len(codes) - 1)]]
        open_ones = open_ones[goes_on]
        ends[open_ones] += 1
    return ends
