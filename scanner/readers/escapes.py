"""Which characters are escaped: have an escape character before them that is not escaped itself."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


def escaped_places(codes: "npt.NDArray[np.unsignedinteger[Any]]", escape: int) -> "npt.NDArray[np.bool_]":
    """For each code unit whether an escape character stands before it that is not escaped itself."""
    import numpy as np

    places = np.flatnonzero(codes == escape)
    starts = np.flatnonzero(np.diff(places, prepend=-2) != 1)
    lengths = np.diff(np.append(starts, len(places)))
    behind = places[starts] + lengths
    escaped = np.zeros(len(codes) + 1, dtype=bool)
    # Of a run of escape characters every second one is escaped, and what follows it if the run is odd.
    rank = np.arange(len(places)) - np.repeat(starts, lengths)
    escaped[places[rank % 2 == 1]] = True
    escaped[behind[lengths % 2 == 1]] = True
    return escaped[:-1]
