"""Values that the user declares harmless, as Macie's allow lists do: a value is compared as a whole."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import regex

from identifiers.arrow_regex import holds
from identifiers.linear import linear_regex
from scanner.detection.plain_marks import plain_text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

# What `str.split` takes for white space in ASCII.
_BLANKS: Final = r"[\t-\r\x1c-\x20]+"
_ODD_BLANKS: Final = r"[\t-\r\x1c-\x1f]|\x20\x20|\A\x20|\x20\z"


@dataclass(frozen=True, slots=True)
class AllowList:
    """What is allowed.

    :param texts: in any case, as `folded` gives them
    :param regexes: in the syntax of the `regex` module with its ASCII flag; their case counts
    """

    texts: frozenset[str] = frozenset()
    regexes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is allowed."""
        return bool(self.texts or self.regexes)


def folded(text: str) -> str:
    r"""`text` as allowed texts are compared: in any case, and over line ends, since prose is broken anywhere.

    >>> folded("Ann\n  MILLER") == folded("Ann Miller")
    True
    """
    return " ".join(plain_text(text).split()).casefold()


class AllowedValues:
    """Asks whether values are allowed, one or many at a time."""

    def __init__(self, allow: AllowList) -> None:
        self._texts = allow.texts
        self._sources = allow.regexes
        self._regexes = [regex.compile(source, regex.ASCII) for source in allow.regexes]

    def __contains__(self, value: str) -> bool:
        """Whether `value` as a whole is allowed."""
        return folded(value) in self._texts or any(allowed.fullmatch(value) for allowed in self._regexes)

    def among(self, texts: "pa.Array") -> "npt.NDArray[np.bool_]":
        """Which of `texts`, all of them ASCII and none of them null, are allowed."""
        import numpy as np

        found = self._listed(texts) if self._texts else np.zeros(len(texts), dtype=bool)
        for source, allowed in zip(self._sources, self._regexes, strict=True):
            found |= _matched(texts, source, allowed)
        return found

    def _listed(self, texts: "pa.Array") -> "npt.NDArray[np.bool_]":
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        lower = pc.ascii_lower(texts)
        if holds(texts, _ODD_BLANKS).any():
            lower = pc.ascii_trim(pc.replace_substring_regex(lower, _BLANKS, " "), " ")
        return np.asarray(pc.is_in(lower, pa.array(sorted(self._texts), pa.string())))


def allowed_values(allow: AllowList) -> AllowedValues | None:
    """What answers for `allow`; None where nothing is allowed, so that nobody asks."""
    return AllowedValues(allow) if allow else None


def _matched(texts: "pa.Array", source: str, allowed: "regex.Pattern[str]") -> "npt.NDArray[np.bool_]":
    import numpy as np

    linear = linear_regex(source)
    if linear is not None:
        return holds(texts, rf"\A(?:{linear})\z")
    return np.array([allowed.fullmatch(text) is not None for text in texts.to_pylist()], dtype=bool)
