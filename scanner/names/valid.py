"""Which cells of a column of names or addresses hold one: not the empty ones, and not `n/a`."""

from functools import cache
from typing import TYPE_CHECKING, Final

import regex

from identifiers.arrow_regex import holds
from scanner.names.gazetteer import load
from scanner.names.headers import NAME_ROLES, Role
from scanner.names.people import LONGEST, PLAIN
from scanner.names.places import LONGEST as LONGEST_ADDRESS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

_NAME: Final = rf"\A\s*{PLAIN}\z"
_ADDRESS: Final = r"\pL.*\pL|[\p{Han}\p{Hangul}\p{Katakana}]"


def which_hold_one(texts: "pa.Array", role: Role) -> "npt.NDArray[np.bool_]":
    """For each text of a string array whether it may be a name (or an address) at all; nulls may not.

    :param role: what the column holds
    """
    import pyarrow.compute as pc

    is_name = role in NAME_ROLES
    short = pc.less_equal(pc.utf8_length(texts), LONGEST if is_name else LONGEST_ADDRESS).fill_null(fill_value=False)
    chosen: npt.NDArray[np.bool_] = short.to_numpy(zero_copy_only=False) & holds(texts, _NAME if is_name else _ADDRESS)
    chosen &= ~holds(texts, _blank())
    if is_name:
        chosen &= ~holds(texts, _company())
    return chosen


@cache
def _blank() -> str:
    """Matches what people write for "nothing here"."""
    words = "|".join(regex.escape(word, special_only=True) for word in sorted(load().lists["blank"].folded))
    return rf"(?i)\A\s*(?:{words}|[^\pL\pN]*)\s*\z"


@cache
def _company() -> str:
    """Matches what holds a word that only companies have."""
    words = "|".join(regex.escape(word, special_only=True) for word in sorted(load().lists["company"].folded) if _is_sure(word))
    return rf"(?i)(?:\A|[\s,.(])(?:{words})(?:\z|[\s,.)])"


def _is_sure(word: str) -> bool:
    """Not what is a surname or a particle, too."""
    lists = load().lists
    return len(word) > 1 and word.isascii() and not any(word in lists[name].folded for name in ("given", "surname", "particle", "title"))
