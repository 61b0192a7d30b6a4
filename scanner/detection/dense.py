"""Columns full of one kind of value: shape, check and verdict for all values at once, in compiled code.

Whole values only. Another rule can matter only where no match of the column's own rules covers the value, or where it would
stand higher than that match; every value in which it might goes the ordinary way, value by value. The findings are the same.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from identifiers.model import Verdict
from identifiers.validators.vector import vector_verdicts, verdict_code
from scanner.detection.allowed import AllowedValues
from scanner.detection.candidates import CandidateSearch
from scanner.detection.column_rule import ColumnRule
from scanner.detection.contest import Contest, contested
from scanner.detection.gate import Gate, Heard
from scanner.detection.match import Support, best_standing
from scanner.detection.matcher import evidence_of
from scanner.detection.names import NameContext
from scanner.detection.rules import Rule
from scanner.detection.whole import Tried, Whole
from scanner.model.occurrence import Confidence

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Places = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

# Below this the ordinary way is as fast.
_LEAST_VALUES: Final = 64
_SAMPLE: Final = 64
# A rule that matches none of these is not tried on the sample.
_FEW: Final = 16
# The share of sampled values that a rule must match as a whole to be worth a pass of its own.
_LEAST_SHARE: Final = 0.2
_FULL_SHARE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Dense:
    """What was settled at once.

    :param rest: indices of the texts that must go the ordinary way, ascending
    :param allowed: as in ColumnFound
    """

    rest: "Places"
    whole: list[Whole] = field(default_factory=list)
    shapes: Counter[tuple[int, Support]] = field(default_factory=Counter)
    allowed: list[Whole] = field(default_factory=list)


class DenseSearch:
    """Settles dense columns for one ruleset.

    :param allowed: values that are neither reported nor counted
    """

    def __init__(self, rules: Sequence[ColumnRule], candidates: CandidateSearch, gate: Gate, allowed: AllowedValues | None = None) -> None:
        self._rules = rules
        self._allowed = allowed
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
        verdicts = _Verdicts(texts)
        wholes = _unbeaten([whole for one in tried for whole in _verdicts(one, verdicts, context)], len(texts))
        shaped = np.logical_or.reduce([one.mask for one in tried])
        settled = shaped & ~contested(self._contest(texts, context, possible, heard), tried, wholes)
        dense = Dense(np.flatnonzero(~settled))
        dense.whole.extend(whole for whole in (each.at(settled[each.places]) for each in wholes) if len(whole.places))
        counted = settled if self._allowed is None else settled & ~_allowed_among(texts, settled, self._allowed)
        for one in tried:
            dense.shapes[one.rule.rule.index, one.support] += self._count(one, dense.whole, counted)
        if self._allowed is not None:
            _set_apart(dense, counted)
        return dense

    def _contest(self, texts: "pa.Array", context: NameContext, possible: frozenset[int], heard: Heard) -> Contest:
        return Contest(self._rules, self._gate, self._candidates, texts, context, possible, heard)

    def _count(self, one: Tried, wholes: Sequence[Whole], settled: "Flags") -> int:
        """The settled values that count and have the rule's shape, but for those of a match of another rule that stands no lower."""
        import numpy as np

        best = best_standing(one.rule.rule, one.support)
        counted = settled[one.places]
        for whole in wholes:
            if whole.rule is not one.rule.rule and (best is None or whole.standing >= best):
                counted = counted & ~np.isin(one.places, whole.places)
        return int(counted.sum())

    def is_full(self, texts: "pa.Array", context: NameContext, possible: frozenset[int]) -> bool:
        """Whether nearly all of a sample are whole matches, so that nothing is won by asking which texts could hold one."""
        sample = _sample(texts)
        return len(texts) >= _LEAST_VALUES and any(share >= _FULL_SHARE for _, share in self._shares(sample, context, possible))

    def _chosen(self, texts: "pa.Array", context: NameContext, possible: frozenset[int]) -> list[ColumnRule]:
        """The rules that match whole values of a sample often, and may be reported here."""
        return [rule for rule, share in self._shares(_sample(texts), context, possible) if share >= _LEAST_SHARE]

    def _shares(self, sample: "pa.Array", context: NameContext, possible: frozenset[int]) -> Iterator[tuple[ColumnRule, float]]:
        """The rules that may be reported here, each with the share of the sample that it matches as a whole."""
        few = [text for text in sample.slice(0, _FEW).to_pylist() if text]
        for index in sorted(possible):
            rule = self._rules[index]
            reported = rule.rule.alone is not None or index in context.keywords
            if reported and rule.shape is not None and any(map(rule.rule.regex.fullmatch, few)):
                yield rule, int(rule.whole(sample).sum()) / len(sample)


def _allowed_among(texts: "pa.Array", settled: "Flags", allowed: AllowedValues) -> "Flags":
    """Which of the settled texts are allowed."""
    import numpy as np

    found = np.zeros(len(texts), dtype=bool)
    places = np.flatnonzero(settled)
    found[places] = allowed.among(texts.take(places))
    return found


def _set_apart(dense: Dense, counted: "Flags") -> None:
    """Takes those of the matches that do not count out of `dense.whole`."""
    wholes = dense.whole.copy()
    dense.whole[:] = [each for each in (whole.at(counted[whole.places]) for whole in wholes) if len(each.places)]
    dense.allowed.extend(each for each in (whole.at(~counted[whole.places]) for whole in wholes) if len(each.places))


def _sample(texts: "pa.Array") -> "pa.Array":
    import numpy as np

    return texts.take(np.arange(0, len(texts), max(1, len(texts) // _SAMPLE))).drop_null()


def _tried(texts: "pa.Array", context: NameContext, chosen: Sequence[ColumnRule]) -> list[Tried]:
    import numpy as np
    import pyarrow.compute as pc

    plain = pc.string_is_ascii(texts).to_numpy(zero_copy_only=False)
    tried: list[Tried] = []
    for rule in chosen:
        mask = rule.whole(texts) & plain
        places = np.flatnonzero(mask)
        keyword = context.keywords.get(rule.rule.index)
        support = Support.ALONE if keyword is None else Support.NAME
        kept = next((one.places for one in tried if one.ignores_as(rule) and np.array_equal(one.mask, mask)), None)
        kept = places[~rule.ignored(texts.take(places))] if kept is None else kept
        tried.append(Tried(rule, support, keyword or "", mask, kept))
    return tried


class _Verdicts:
    """Verdicts on some of `texts`; rules that share a validator and their places ask only once."""

    def __init__(self, texts: "pa.Array") -> None:
        self._texts = texts
        self._known: list[tuple[Rule, Places, npt.NDArray[np.int8]]] = []

    def of(self, rule: Rule, places: "Places") -> "npt.NDArray[np.int8]":
        """The code of the verdict on each of the texts at `places`."""
        for other, asked, found in self._known:
            if asked is places and other.pattern.validator == rule.pattern.validator:
                return found
        chosen = self._texts if len(places) == len(self._texts) else self._texts.take(places)
        found = vector_verdicts(rule.pattern.validator, rule.validate, chosen)
        self._known.append((rule, places, found))
        return found


def _verdicts(one: Tried, verdicts: _Verdicts, context: NameContext) -> Iterator[Whole]:
    """The matches of a rule, one group for each verdict."""
    rule = one.rule.rule
    confidence = rule.alone if one.support is Support.ALONE else rule.supported
    veto = context.vetoes.get(rule.identifier.id, "") if one.support is Support.ALONE else ""
    if confidence is None or not len(one.places) or (veto and confidence is Confidence.LOW):
        return
    # As Matcher does for what only a name speaks against.
    judged = Confidence.LOW if veto else confidence
    found = verdicts.of(rule, one.places)
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
