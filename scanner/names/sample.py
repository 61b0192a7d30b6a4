"""A few different values of a column, evenly spread, as texts."""

from typing import TYPE_CHECKING, Final

import regex

if TYPE_CHECKING:
    import pyarrow as pa

_MOST: Final = 192
_FEW: Final = 8
_GLANCE: Final = 12
# What nearly all names and addresses have: a letter, and something behind a blank, or a script that needs none.
_WORDY: Final = regex.compile(r"[\p{L}(][^@_{}<>|=\\]*[\s,][^@_{}<>|=\\]*\S|[0-9].*\s\p{L}|[\p{Han}\p{Hangul}\p{Katakana}]{2}")


def sample(texts: "pa.Array", *, wanted: bool) -> list[str]:
    """Different values of `texts`, in the order in which they stand, without blanks around them; no empty ones.

    :param texts: Arrow string array
    :param wanted: the header speaks for a name or an address: then a column that is mostly empty is looked through
    """
    if not wanted and not _worth_looking(texts):
        return []
    values = _spread(texts, _MOST)
    if wanted and len(values) < _FEW and len(texts) > _MOST:
        import pyarrow.compute as pc

        values = _spread(texts.filter(pc.fill_null(pc.greater(pc.binary_length(texts), 0), fill_value=False)), _MOST)
    return values


def _worth_looking(texts: "pa.Array") -> bool:
    """Whether most of a dozen values have more than one word."""
    few = _spread(texts, _GLANCE)
    return bool(few) and sum(_WORDY.match(value) is not None and len(value) < 240 for value in few) * 10 >= len(few) * 7


def _spread(texts: "pa.Array", most: int) -> list[str]:
    import numpy as np
    import pyarrow as pa

    places = pa.array(np.linspace(0, len(texts) - 1, min(most, len(texts))).astype(np.int64))
    return [value for value in dict.fromkeys(value.strip() for value in texts.take(places).to_pylist() if value) if value]
