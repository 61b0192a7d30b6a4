"""Columns full of one kind of value: shape, check and verdict for all values at once, in compiled code.

Whole values only. Another rule can matter only where no match of the column's own rules covers the value, or where it would
stand higher than that match; every value in which it might goes the ordinary way, value by value. The findings are the same.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from identifiers.model import Verdict
from identifiers.validators.vector import vector_verdicts, verdict_code
from scanner.detection.candidates import CandidateSearch
from scanner.detection.column_rule import ColumnRule
from scanner.detection.gate import Gate, Heard
from scanner.detection.match import Match, Standing, Support, best_standing
from scanner.detection.matcher import evidence_of
from scanner.detection.names import NameContext
from scanner.detection.rules import Rule
from scanner.model.occurrence import Confidence

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Places = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

# Below this the ordinary way is as fast.
_LEAST_VALUES: Final = 256
_SAMPLE: Final = 64
# A rule that matches none of these is not tried on the sample.
_FEW: Final = 16
# The share of sampled values that a rule must match as a whole to be worth a pass of its own.
_LEAST_SHARE: Final = 0.2
_UNCOVERED: Final[Standing] = (0, False, False, False)


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


@dataclass(frozen=True, slots=True)
class Dense:
    """What was settled at once.

    :param rest: indices of the texts that must go the ordinary way, ascending
    """

    rest: "Places"
    whole: list[Whole] = field(default_factory=list)
    shapes: Counter[tuple[int, Support]] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Tried:
    """A rule of the column with the texts that have its shape as a whole, documented examples left out.

    :param mask: for each text whether it has the shape, documented examples included
    """

    rule: ColumnRule
    support: Support
    keyword: str
    mask: "Flags"
    places: "Places"


class DenseSearch:
    """Settles dense columns for one ruleset."""

    def __init__(self, rules: Sequence[ColumnRule], candidates: CandidateSearch, gate: Gate) -> None:
        self._rules = rules
        self._gate = gate
        self._candidates = candidates

    def settle(self, texts: "pa.Array", context: NameContext, possible: frozenset[int], heard: Heard) -> Dense | None:
        """What can be settled at once in `texts`; None when the column is not dense.

        :param possible: the rules that may match without a keyword in the text itself
        :param heard: the rules that keywords in the texts speak for
        """
        import numpy as np

        chosen = self._chosen(texts, context, possible) if len(texts) >= _LEAST_VALUES else []
        if not chosen:
            return None
        tried = _tried(texts, context, chosen)
        wholes = _unbeaten([whole for one in tried for whole in _verdicts(one, texts, context)], len(texts))
        shaped = np.logical_or.reduce([one.mask for one in tried])
        settled = shaped & ~self._contested(texts, context, (possible, heard), tried, wholes)
        dense = Dense(np.flatnonzero(~settled))
        dense.whole.extend(whole for whole in (each.at(settled[each.places]) for each in wholes) if len(whole.places))
        for one in tried:
            dense.shapes[one.rule.rule.index, one.support] += self._count(one, dense.whole, settled)
        return dense

    def _count(self, one: _Tried, wholes: Sequence[Whole], settled: "Flags") -> int:
        """The settled values that have the rule's shape, but for those of a match of another rule that stands no lower."""
        import numpy as np

        best = best_standing(one.rule.rule, one.support)
        counted = settled[one.places]
        for whole in wholes:
            if whole.rule is not one.rule.rule and (best is None or whole.standing >= best):
                counted = counted & ~np.isin(one.places, whole.places)
        return int(counted.sum())

    def _chosen(self, texts: "pa.Array", context: NameContext, possible: frozenset[int]) -> list[ColumnRule]:
        """The rules that match whole values of a sample often, and may be reported here."""
        sample = texts.take(list(range(0, len(texts), max(1, len(texts) // _SAMPLE))))
        few = sample.slice(0, _FEW).to_pylist()
        rules = (self._rules[rule] for rule in sorted(possible))
        hopeful = [rule for rule in rules if rule.shape is not None and any(map(rule.rule.regex.fullmatch, few))]
        least = _LEAST_SHARE * len(sample)
        reported = [rule for rule in hopeful if rule.rule.alone is not None or rule.rule.index in context.keywords]
        return [rule for rule in reported if int(rule.whole(sample).sum()) >= least]

    def _contested(
        self,
        texts: "pa.Array",
        context: NameContext,
        rules: tuple[frozenset[int], Heard],
        tried: Sequence[_Tried],
        wholes: Sequence[Whole],
    ) -> "Flags":
        """The texts in which a rule might match that none of `wholes` beats."""
        import numpy as np

        standings = sorted({_UNCOVERED, *(whole.standing for whole in wholes)})
        cover = np.zeros(len(texts), dtype=np.int64)
        for whole in wholes:
            np.maximum.at(cover, whole.places, standings.index(whole.standing))
        contested = np.zeros(len(texts), dtype=bool)
        for places, beaten, rivals in self._rivals(texts, context, rules, tried, standings):
            # Only where what covers the text stands lower.
            open_places = places[(cover[places] < beaten) & ~contested[places]]
            if len(open_places):
                contested[open_places[self._gate.any_match(texts.take(open_places), rivals)]] = True
        return contested

    def _rivals(
        self,
        texts: "pa.Array",
        context: NameContext,
        rules: tuple[frozenset[int], Heard],
        tried: Sequence[_Tried],
        standings: Sequence[Standing],
    ) -> "Iterator[tuple[Places, int, frozenset[int]]]":
        """Every rule that might match something else in a text of the column's shapes: where, and how many `standings` it could beat."""
        import numpy as np

        possible, heard = rules
        mine = frozenset(one.rule.rule.index for one in tried)
        shaped = np.flatnonzero(np.logical_or.reduce([one.mask for one in tried]))
        alike: dict[int, set[int]] = {}
        for index in possible - mine:
            alike.setdefault(self._beaten(index, _support(index, context), standings), set()).add(index)
        yield from ((shaped, beaten, frozenset(those)) for beaten, those in alike.items() if beaten)
        for index, places in self._candidates.spoken(texts.take(shaped), heard.without(mine)).items():
            if index not in mine:
                yield shaped[places], self._beaten(index, Support.KEYWORD, standings), frozenset((index,))
        for one in tried:
            rule = one.rule.rule.index
            yield shaped[~one.mask[shaped]], self._beaten(rule, one.support, standings), frozenset((rule,))

    def _beaten(self, rule: int, support: Support, standings: Sequence[Standing]) -> int:
        """How many of `standings`, from the lowest, a match of the rule could beat."""
        standing = best_standing(self._rules[rule].rule, support)
        return 0 if standing is None else sum(one < standing for one in standings)


def _support(rule: int, context: NameContext) -> Support:
    return Support.NAME if rule in context.keywords else Support.ALONE


def _tried(texts: "pa.Array", context: NameContext, chosen: Sequence[ColumnRule]) -> list[_Tried]:
    import numpy as np
    import pyarrow.compute as pc

    plain = pc.string_is_ascii(texts).to_numpy(zero_copy_only=False)
    tried = []
    for rule in chosen:
        mask = rule.whole(texts) & plain
        places = np.flatnonzero(mask)
        keyword = context.keywords.get(rule.rule.index)
        support = Support.ALONE if keyword is None else Support.NAME
        tried.append(_Tried(rule, support, keyword or "", mask, places[~rule.ignored(texts.take(places))]))
    return tried


def _verdicts(one: _Tried, texts: "pa.Array", context: NameContext) -> Iterator[Whole]:
    """The matches of a rule, one group for each verdict."""
    rule = one.rule.rule
    confidence = rule.alone if one.support is Support.ALONE else rule.supported
    veto = context.vetoes.get(rule.identifier.id, "") if one.support is Support.ALONE else ""
    if confidence is None or not len(one.places) or (veto and confidence is Confidence.LOW):
        return
    # As Matcher does for what only a name speaks against.
    judged = Confidence.LOW if veto else confidence
    found = vector_verdicts(rule.pattern.validator, rule.validate, texts.take(one.places))
    for verdict in (Verdict.VALID, Verdict.UNKNOWN):
        evidence = evidence_of(rule, verdict, (one.support, one.keyword), veto)
        places = one.places[found == verdict_code(verdict)]
        if len(places):
            yield Whole(rule, one.support, judged, evidence, verdict is Verdict.VALID, places)


def _unbeaten(candidates: list[Whole], size: int) -> list[Whole]:
    """`candidates` without the places where one that stands higher matches, or an equal one of an earlier rule of the identifier."""
    import numpy as np

    if len(candidates) < 2:
        return candidates
    standings = sorted({whole.standing for whole in candidates})
    best = np.full(size, -1, dtype=np.int64)
    for whole in candidates:
        np.maximum.at(best, whole.places, standings.index(whole.standing))
    kept: list[Whole] = []
    for whole in candidates:
        earlier = [other.places for other in kept if other.rule.identifier is whole.rule.identifier]
        taken = np.isin(whole.places, np.concatenate(earlier)) if earlier else np.zeros(len(whole.places), dtype=bool)
        kept.append(whole.at((best[whole.places] == standings.index(whole.standing)) & ~taken))
    return kept
