"""Where in a dense column another rule could match something that stands higher than what covers the whole value."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.detection.candidates import CandidateSearch
from scanner.detection.column_rule import ColumnRule
from scanner.detection.gate import Gate, Heard
from scanner.detection.match import Standing, Support, best_standing
from scanner.detection.names import NameContext
from scanner.detection.whole import Tried, Whole

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Places = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

_UNCOVERED: Final[Standing] = (0, False, False, False)


@dataclass(frozen=True, slots=True)
class Contest:
    """All rules, and a column with what speaks for each of them.

    :param possible: the rules that may match without a keyword in the text itself
    :param heard: the rules that keywords in the texts speak for
    """

    rules: Sequence[ColumnRule]
    gate: Gate
    candidates: CandidateSearch
    texts: "pa.Array"
    context: NameContext
    possible: frozenset[int]
    heard: Heard

    def support(self, rule: int) -> Support:
        """What speaks for `rule` without a keyword in the text."""
        return Support.NAME if rule in self.context.keywords else Support.ALONE

    def beats(self, rule: int, support: Support, standings: Sequence[Standing]) -> int:
        """How many of `standings`, from the lowest, a match of the rule could beat."""
        standing = best_standing(self.rules[rule].rule, support)
        return 0 if standing is None else bisect_left(standings, standing)


@dataclass(frozen=True, slots=True)
class _Rivals:
    """Rules that might match at some places, and how many standings they could beat."""

    rules: frozenset[int]
    places: "Places"
    beaten: int


def contested(contest: Contest, tried: Sequence[Tried], wholes: Sequence[Whole]) -> "Flags":
    """The texts in which a rule might match that none of `wholes` beats.

    :param tried: the column's own rules
    """
    import numpy as np

    standings = sorted({_UNCOVERED, *(whole.standing for whole in wholes)})
    cover = np.zeros(len(contest.texts), dtype=np.int64)
    for whole in wholes:
        np.maximum.at(cover, whole.places, standings.index(whole.standing))
    found = np.zeros(len(contest.texts), dtype=bool)
    shaped = np.flatnonzero(np.logical_or.reduce([one.mask for one in tried]))
    mine = frozenset(one.rule.rule.index for one in tried)
    for rivals in (
        *_seen(contest, shaped, mine, standings),
        *_spoken(contest, shaped, mine, standings, cover),
        *_own(contest, shaped, tried, standings),
    ):
        # Only where what covers the text stands lower.
        places = rivals.places[(cover[rivals.places] < rivals.beaten) & ~found[rivals.places]]
        if len(places):
            found[places[contest.gate.any_match(contest.texts.take(places), rivals.rules)]] = True
    return found


def _seen(contest: Contest, shaped: "Places", mine: frozenset[int], standings: Sequence[Standing]) -> Iterator[_Rivals]:
    """Other rules that need no keyword, all that could beat the same at once."""
    alike: dict[int, set[int]] = {}
    for rule in contest.possible - mine:
        alike.setdefault(contest.beats(rule, contest.support(rule), standings), set()).add(rule)
    return (_Rivals(frozenset(rules), shaped, beaten) for beaten, rules in alike.items() if beaten)


def _spoken(contest: Contest, shaped: "Places", mine: frozenset[int], standings: Sequence[Standing], cover: "Places") -> Iterator[_Rivals]:
    """Other rules that a keyword in the text speaks for, where they could beat anything."""
    loud = {rule: contest.beats(rule, Support.KEYWORD, standings) for rule in contest.heard.rules - mine}
    places = shaped[cover[shaped] < max(loud.values(), default=0)]
    if not len(places):
        return
    heard = Heard(frozenset(rule for rule, beaten in loud.items() if beaten), contest.heard.keywords)
    for rule, inside in contest.candidates.spoken(contest.texts.take(places), heard).items():
        if rule in heard.rules:
            yield _Rivals(frozenset((rule,)), places[inside], loud[rule])


def _own(contest: Contest, shaped: "Places", tried: Sequence[Tried], standings: Sequence[Standing]) -> Iterator[_Rivals]:
    """The column's own rules, which might match a part of what others match as a whole."""
    for one in tried:
        rule = one.rule.rule.index
        yield _Rivals(frozenset((rule,)), shaped[~one.mask[shaped]], contest.beats(rule, one.support, standings))
