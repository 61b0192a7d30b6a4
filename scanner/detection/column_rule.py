"""A rule in a form that Arrow can match against all values of a column at once."""

from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

import regex

from identifiers.arrow_regex import holds, is_known
from identifiers.classes import Classes, classes_of
from identifiers.factor import factor
from identifiers.facts import facts_of
from identifiers.linear import linear_regex
from identifiers.model import Boundary
from identifiers.validators.matrices import by_length, few_lengths
from scanner.detection.rules import Rule
from scanner.detection.values import bytes_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

# What may stand beside a match, for engines without look-around. It takes in more than the real guards do.
_BEFORE: Final = r"(?:\A|[^0-9A-Za-z_])"
_BEHIND: Final = r"(?:\z|[^0-9A-Za-z_])"


class ColumnRule:
    """A rule with what is needed to match it against all values of a column at once."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    @cached_property
    def shape(self) -> str | None:
        """The pattern for Arrow; None if it cannot be had."""
        linear = None if self.rule.pattern.boundary is Boundary.NONE else linear_regex(self.rule.pattern.regex)
        return linear if linear and is_known(rf"\A(?:{linear})\z") else None

    @cached_property
    def least(self) -> int:
        """Characters of the shortest match."""
        return facts_of(self.rule.pattern.regex).length

    @cached_property
    def shortest_keyword(self) -> int:
        """Characters of the identifier's shortest keyword."""
        return min(map(len, self.rule.identifier.keywords), default=0)

    @cached_property
    def decimal(self) -> int | None:
        """Characters of the shortest match in a decimal number; None if there is none."""
        return facts_of(self.rule.pattern.regex).decimal

    @cached_property
    def digits(self) -> int:
        """Digits that every match holds close together."""
        return facts_of(self.rule.pattern.regex).digits

    def whole(self, texts: "pa.Array") -> "npt.NDArray[np.bool_]":
        r"""Which texts match from end to end. `\\A` and `\\z`, since `$` would also match before a line end."""
        by_places = _fitting(texts, self.rule.pattern.regex)
        return holds(texts, rf"\A(?:{self.shape})\z") if by_places is None else by_places

    @cached_property
    def part(self) -> str | None:
        """What is in every text that holds a match, for Arrow; None if it cannot be said."""
        if self.shape is not None:
            return f"{_BEFORE}(?:{self.shape}){_BEHIND}"
        found = factor(self.rule.pattern.regex)
        return found if found and is_known(found) else None

    def anywhere(self, texts: "pa.Array") -> "npt.NDArray[np.bool_]":
        """Which texts may hold a match."""
        import numpy as np

        return np.ones(len(texts), dtype=bool) if self.part is None else holds(texts, self.part)

    def ignored(self, texts: "pa.Array") -> "npt.NDArray[np.bool_]":
        """Which texts are documented examples, or hold one of the identifier's ignore words."""
        import numpy as np
        import pyarrow.compute as pc

        found = np.zeros(len(texts), dtype=bool)
        for word in self.rule.identifier.ignore_words:
            found |= pc.match_substring(texts, word).to_numpy(zero_copy_only=False)
        if self.rule.identifier.ignore_values:
            found |= self._examples(texts)
        return found

    def _examples(self, texts: "pa.Array") -> "npt.NDArray[np.bool_]":
        """Which texts are documented examples, compared as `identifiers.values.comparable` does; the texts are ASCII."""
        import numpy as np

        examples = tuple(sorted(self.rule.identifier.ignore_values))
        found = np.zeros(len(texts), dtype=bool)
        places = np.flatnonzero(_beginnings(examples)[_first_two(texts)])
        if len(places):
            found[places] = _are_examples(texts.take(places), examples)
        return found


def _first_two(texts: "pa.Array") -> "npt.NDArray[np.uint16]":
    """The first two bytes of each text as one number; what is missing is 0."""
    import numpy as np

    ends = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    letters = np.append(np.frombuffer(bytes_of(texts), dtype=np.uint8), np.zeros(2, dtype=np.uint8)).astype(np.uint16)
    starts, sizes = ends[:-1] - ends[0], np.diff(ends)
    first, second = np.where(sizes > 0, letters[starts], 0), np.where(sizes > 1, letters[starts + 1], 0)
    return (first * 256 + second).astype(np.uint16)


@cache
def _beginnings(examples: tuple[str, ...]) -> "npt.NDArray[np.bool_]":
    """For all pairs of bytes whether an example can begin with them, however it is spelled."""
    import numpy as np

    table = np.zeros((256, 256), dtype=bool)
    table[[ord(mark) for mark in _DROPPED]] = True
    for example in examples:
        for first in {example[:1].lower(), example[:1].upper()} - {""}:
            behind = {*_DROPPED, "\0", example[1:2].lower(), example[1:2].upper()} - {""}
            table[min(ord(first), 255), [min(ord(second), 255) for second in behind]] = True
    return table.reshape(-1)


def _are_examples(texts: "pa.Array", examples: tuple[str, ...]) -> "npt.NDArray[np.bool_]":
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    expression = _spelled(examples)
    if is_known(expression):
        return holds(texts, expression)
    bare = pc.ascii_lower(pc.replace_substring_regex(texts, r"[ \t\r\n.\-]", ""))
    return np.asarray(pc.is_in(bare, pa.array(examples, pa.string())))


_DROPPED: Final = " \t\r\n.-"


@cache
def _spelled(examples: tuple[str, ...]) -> str:
    """Matches any of `examples` however it is separated. Nearly all texts differ from all of them in the first few characters."""
    gap = r"[ \t\r\n.\-]*"
    forms = (gap.join(regex.escape(letter) for letter in example) for example in examples)
    return rf"\A{gap}(?i:{'|'.join(forms)}){gap}\z"


def _fitting(texts: "pa.Array", shape: str) -> "npt.NDArray[np.bool_] | None":
    """Which texts are a match of `shape` by what stands at each place; None for shapes and columns that cannot be asked so."""
    import numpy as np

    found = np.zeros(len(texts), dtype=bool)
    for places, rows in by_length(texts) if few_lengths(texts) else ():
        classes = classes_of(shape, rows.shape[1])
        if classes is None:
            return None
        for branch in classes:
            found[places] |= _all_fit(rows, branch)
    return found if few_lengths(texts) else None


def _all_fit(rows: "npt.NDArray[np.uint8]", classes: Classes) -> "npt.NDArray[np.bool_]":
    import numpy as np

    fitting = np.ones(len(rows), dtype=bool)
    for place, taken in enumerate(classes):
        fitting &= _table(taken)[rows[:, place]]
    return fitting


@cache
def _table(taken: frozenset[int]) -> "npt.NDArray[np.bool_]":
    import numpy as np

    table = np.zeros(256, dtype=bool)
    table[list(taken)] = True
    return table
