"""Where a JSON document that is too large to be parsed at once can be cut: behind a comma, as far out as possible."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.readers.json_quoted import inside_strings

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Places = npt.NDArray[np.int64]

_LATE: Final = 4
"""Only the last three of so many parts of the window are looked at, so that every cut takes a good part of it away."""


@dataclass(frozen=True, slots=True)
class JsonCut:
    """A place between two members, elements or documents, or at least between two tokens.

    :param size: bytes before it
    :param kinds: `{` or `[` of each container that is open there, from the outermost in
    :param kept: how many of them were open at the beginning already
    :param clean: a member, an element or a document may begin there
    """

    size: int
    kinds: str
    kept: int
    clean: bool


@dataclass(frozen=True, slots=True)
class _Marks:
    """Brackets and commas outside of strings.

    :param places: their offsets
    :param codes: what they are
    :param depths: how many containers are open behind each
    """

    places: "Places"
    codes: "npt.NDArray[np.uint8]"
    depths: "Places"


def find_cut(data: memoryview, kinds: str) -> JsonCut | None:
    """The best place to cut `data`, None if there is not one token border in it.

    :param kinds: of the containers that are open where it begins
    """
    import numpy as np

    marks = _marks(np.frombuffer(data, np.uint8), len(kinds))
    if not len(marks.places):
        return None
    negative = np.flatnonzero(marks.depths < 0)
    if len(negative):  # more is closed than was open: whatever parses this will say so
        return JsonCut(int(marks.places[negative[0]]) + 1, "", 0, clean=True)
    candidates = np.flatnonzero((marks.codes == ord(",")) | (marks.depths == 0))
    clean = len(candidates) > 0
    if clean:
        late = candidates[marks.places[candidates] >= len(data) // _LATE]
        candidates = late if len(late) else candidates
        depths = marks.depths[candidates]
        mark = int(candidates[np.flatnonzero(depths == depths.min())[-1]])
    else:
        mark = len(marks.places) - 1
    return _at(marks, mark, kinds, clean=clean)


def _marks(codes: "npt.NDArray[np.uint8]", depth: int) -> _Marks:
    import numpy as np

    lower = codes | 0x20  # makes { of [ and } of ], and leaves commas alone
    places = np.flatnonzero(((lower == ord("{")) | (lower == ord("}")) | (codes == ord(","))) & ~inside_strings(codes))
    found = codes[places]
    change = np.where(found == ord(","), 0, np.where((found | 0x20) == ord("{"), 1, -1))
    return _Marks(places, found, depth + np.cumsum(change))


def _at(marks: _Marks, mark: int, kinds: str, *, clean: bool) -> JsonCut:
    """The cut behind `mark`."""
    import numpy as np

    depth = int(marks.depths[mark])
    kept = min(len(kinds), int(marks.depths[: mark + 1].min()))
    opening = np.flatnonzero((marks.codes[: mark + 1] | 0x20) == ord("{"))
    # The container that is open at a depth is the last one that was opened to it.
    last_opened = np.full(depth + 1, -1)
    at_depth = marks.depths[opening]
    inner = at_depth <= depth
    last_opened[at_depth[inner]] = opening[inner]
    inside = marks.codes[last_opened[kept + 1 :]].tobytes().decode()
    return JsonCut(int(marks.places[mark]) + 1, kinds[:kept] + inside, kept, clean=clean)
