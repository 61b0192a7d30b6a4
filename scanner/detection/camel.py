"""camelCase words taken apart, so that a keyword in one is found as any other: `employeeSsn`."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Places = npt.NDArray[np.int64]

_SPACE: Final = ord(" ")


def take_apart(text: bytes, reach: int) -> "tuple[bytes, Places] | None":
    """The surroundings of all capitals behind small letters, with a space before each such capital; None if there are none.

    Both letters are ASCII.

    :param reach: bytes of the text on either side of such a capital that come with it
    :return: the text, and for each of its bytes where it stands in `text`; for a space that was put in, where the byte before stands
    """
    import numpy as np

    codes = np.frombuffer(text, dtype=np.uint8)
    edges = _edges(codes)
    if not len(edges):
        return None
    apart = np.flatnonzero(np.diff(edges) > 2 * reach)
    starts = np.maximum(edges[np.concatenate(([0], apart + 1))] - reach, 0)
    sizes = np.minimum(edges[np.concatenate((apart, [len(edges) - 1]))] + reach, len(codes)) - starts
    firsts = np.cumsum(sizes) - sizes
    places = np.repeat(starts - firsts, sizes) + np.arange(int(sizes.sum()))
    spaces = np.union1d(firsts, np.searchsorted(places, edges))
    return np.insert(codes[places], spaces, _SPACE).tobytes(), np.insert(places, spaces, places[spaces] - 1)


def _edges(codes: "npt.NDArray[np.uint8]") -> "Places":
    import numpy as np

    capitals = np.flatnonzero((codes - np.uint8(ord("A"))) < 26)
    capitals = capitals[capitals > 0]
    return capitals[(codes[capitals - 1] - np.uint8(ord("a"))) < 26]
