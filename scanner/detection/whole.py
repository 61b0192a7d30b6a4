"""Values that are matches from end to end, many at a time."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scanner.detection.column_rule import ColumnRule
from scanner.detection.match import Match, Standing, Support
from scanner.detection.rules import Rule
from scanner.model.occurrence import Confidence

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Places = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Whole:
    """Values that are matches from end to end, all with the same rule, support, confidence and evidence.

    :param places: indices into the distinct texts, ascending
    """

    rule: Rule
    support: Support
    confidence: Confidence
    evidence: tuple[str, ...]
    verified: bool
    places: "Places"

    @property
    def standing(self) -> Standing:
        """The rank of its matches but for their length."""
        return self.match(1).standing

    def match(self, size: int) -> Match:
        """The match of a value with `size` characters."""
        return Match(self.rule, 0, size, 0, size, self.support, self.confidence, self.evidence, self.verified)

    def at(self, chosen: "Flags") -> "Whole":
        """The same for a part of its places."""
        return replace(self, places=self.places[chosen])


def as_whole(match: Match, place: int) -> Whole:
    """What `match` says of the text at `place`, as if it filled it."""
    import numpy as np

    return Whole(match.rule, match.support, match.confidence, match.evidence, match.verified, np.array([place], dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Tried:
    """A rule of the column with the texts that have its shape as a whole, documented examples left out.

    :param mask: for each text whether it has the shape, documented examples included
    """

    rule: ColumnRule
    support: Support
    keyword: str
    mask: "Flags"
    places: "Places"

    def ignores_as(self, other: ColumnRule) -> bool:
        """Whether both rules leave the same texts out."""
        mine, its = self.rule.rule.identifier, other.rule.identifier
        return mine.ignore_words == its.ignore_words and mine.ignore_values == its.ignore_values
