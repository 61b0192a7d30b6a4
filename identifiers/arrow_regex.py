"""Expressions that Arrow can match, asked of all texts of an array at once."""

from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import regex

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

# Arrow compiles an expression at every call, which takes as long as looking through this much with one that is kept.
_FEW: Final = 128
_SHORT_BYTES: Final = 4096
_SELDOM: Final = 12
_MOST_COUNTED: Final = 10_000
_MOST_KEPT: Final = 500
_asked: Counter[str] = Counter()
# White space to one engine only.
_VERTICAL_TAB: Final = "\v"
# `\z`, and not the `z` behind a backslash that is itself escaped.
_END: Final = regex.compile(r"((?<!\\)(?:\\\\)*)\\z")


@cache
def is_known(expression: str) -> bool:
    """Whether Arrow can match `expression`: it uses RE2, which knows no look-around and no back references."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        pc.match_substring_regex(pa.array([""]), expression)
    except pa.ArrowInvalid:
        return False
    return True


def holds(texts: "pa.Array", expression: str) -> "npt.NDArray[np.bool_]":
    """Which of `texts` hold a match of `expression`, which Arrow must know; nulls do not."""
    import pyarrow.compute as pc

    few = _few_plain(texts) if _is_asked_often(expression) else None
    if few is not None:
        return _one_by_one(few, expression)
    found = pc.match_substring_regex(texts, expression)
    filled = pc.fill_null(found, False) if found.null_count else found  # noqa: FBT003 - the value for nulls
    flags: npt.NDArray[np.bool_] = filled.to_numpy(zero_copy_only=False)
    return flags


def _is_asked_often(expression: str) -> bool:
    """Whether keeping `expression` compiled pays: that takes the other engine as long as Arrow takes for a dozen."""
    if len(_asked) > _MOST_COUNTED:
        _asked.clear()
    _asked[expression] += 1
    return _asked[expression] > _SELDOM


def _few_plain(texts: "pa.Array") -> list[str | None] | None:
    """The texts, if they are few and short and ASCII, of which both engines say the same."""
    import pyarrow as pa

    if len(texts) > _FEW or texts.type != pa.string() or texts.nbytes > _SHORT_BYTES:
        return None
    plain: list[str | None] = texts.to_pylist()
    return plain if all(text is None or (text.isascii() and _VERTICAL_TAB not in text) for text in plain) else None


def _one_by_one(texts: list[str | None], expression: str) -> "npt.NDArray[np.bool_]":
    import numpy as np

    search = _kept(expression).search
    return np.fromiter((text is not None and search(text) is not None for text in texts), dtype=bool, count=len(texts))


@lru_cache(maxsize=_MOST_KEPT)
def _kept(expression: str) -> regex.Pattern[str]:
    r"""`expression` for the other engine, which spells `\\z` with a capital and must be told that `\\d` and `\\s` are ASCII."""
    return regex.compile(_END.sub(r"\1\\Z", expression), regex.ASCII)
