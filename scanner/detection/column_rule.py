"""A rule in a form that Arrow can match against all values of a column at once."""

from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from identifiers.extent import least_decimal, least_digits, least_length
from identifiers.factor import factor
from identifiers.linear import linear_regex
from identifiers.model import Boundary
from scanner.detection.rules import Rule

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
        return least_length(self.rule.pattern.regex)

    @cached_property
    def shortest_keyword(self) -> int:
        """Characters of the identifier's shortest keyword."""
        return min(map(len, self.rule.identifier.keywords), default=0)

    @cached_property
    def decimal(self) -> int | None:
        """Characters of the shortest match in a decimal number; None if there is none."""
        return least_decimal(self.rule.pattern.regex)

    @cached_property
    def digits(self) -> int:
        """Digits that every match holds close together."""
        return least_digits(self.rule.pattern.regex)

    def whole(self, texts: "pa.Array") -> "npt.NDArray[np.bool_]":
        r"""Which texts match from end to end. `\\A` and `\\z`, since `$` would also match before a line end."""
        return holds(texts, rf"\A(?:{self.shape})\z")

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
        import pyarrow as pa
        import pyarrow.compute as pc

        found = np.zeros(len(texts), dtype=bool)
        for word in self.rule.identifier.ignore_words:
            found |= pc.match_substring(texts, word).to_numpy(zero_copy_only=False)
        if self.rule.identifier.ignore_values:
            # As identifiers.values.comparable; the texts are ASCII.
            bare = pc.ascii_lower(pc.replace_substring_regex(texts, r"[ \t\r\n.\-]", ""))
            examples = pa.array(sorted(self.rule.identifier.ignore_values), pa.string())
            found |= pc.is_in(bare, examples).to_numpy(zero_copy_only=False)
        return found


@cache
def is_known(expression: str) -> bool:
    """Whether Arrow can match `expression`."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        pc.match_substring_regex(pa.array([""]), expression)
    except pa.ArrowInvalid:
        return False
    return True


def holds(texts: "pa.Array", expression: str) -> "npt.NDArray[np.bool_]":
    """Which of `texts` hold a match of `expression`; nulls do not."""
    import pyarrow.compute as pc

    found = pc.match_substring_regex(texts, expression)
    filled = pc.fill_null(found, False) if found.null_count else found  # noqa: FBT003 - the value for nulls
    return filled.to_numpy(zero_copy_only=False)
