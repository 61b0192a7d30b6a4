"""Columns full of one kind of value: shape, check and verdict for all values at once, in compiled code.

Whole values only. What else might stand in such a value is asked of a prefilter without the column's own rules, and
every value in which it sees anything goes the ordinary way, value by value. The findings are the same.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from identifiers.linear import linear_regex
from identifiers.model import Boundary, Verdict
from identifiers.validators.vector import vector_verdicts
from scanner.detection.match import Match, Support
from scanner.detection.matcher import evidence_of
from scanner.detection.names import NameContext
from scanner.detection.prefilter import Prefilter
from scanner.detection.rules import Rule
from scanner.detection.values import join, places_of
from scanner.model.occurrence import Confidence

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

# Below this the ordinary way is as fast.
_LEAST_VALUES: Final = 256
_SAMPLE: Final = 64
# The share of sampled values that a rule must match as a whole to be worth a pass of its own.
_LEAST_SHARE: Final = 0.2


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
    places: "npt.NDArray[np.int64]"

    def match(self, size: int) -> Match:
        """The match of a value with `size` characters."""
        return Match(self.rule, 0, size, 0, size, self.support, self.confidence, self.evidence, self.verified)


@dataclass(frozen=True, slots=True)
class Dense:
    """What was settled at once.

    :param rest: indices of the texts that must go the ordinary way, ascending
    """

    rest: "npt.NDArray[np.int64]"
    whole: list[Whole] = field(default_factory=list)
    shapes: Counter[tuple[int, Support]] = field(default_factory=Counter)


class DenseRule:
    """A rule with what is needed to match it against all values of a column at once."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    @cached_property
    def shape(self) -> str | None:
        """The pattern for Arrow; None if it cannot be had."""
        import pyarrow as pa
        import pyarrow.compute as pc

        linear = None if self.rule.pattern.boundary is Boundary.NONE else linear_regex(self.rule.pattern.regex)
        if linear is None:
            return None
        try:
            pc.match_substring_regex(pa.array([""]), f"^(?:{linear})$")
        except pa.ArrowInvalid:
            return None
        return linear

    def whole(self, texts: "pa.Array") -> "npt.NDArray[np.bool_]":
        r"""Which texts match from end to end. `\\A` and `\\z`, since `$` would also match before a line end."""
        return _mask(texts, rf"\A(?:{self.shape})\z")

    def anywhere(self, texts: "pa.Array") -> "npt.NDArray[np.bool_]":
        """Which texts hold the shape anywhere, whatever its boundary says."""
        return _mask(texts, self.shape or "")

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


def _mask(texts: "pa.Array", expression: str) -> "npt.NDArray[np.bool_]":
    import numpy as np
    import pyarrow.compute as pc

    return np.asarray(pc.match_substring_regex(texts, expression))


class DenseSearch:
    """Settles dense columns for one ruleset."""

    def __init__(self, rules: tuple[Rule, ...], prefilter: Prefilter) -> None:
        self._rules = [DenseRule(rule) for rule in rules]
        self._prefilter = prefilter
        self._others: dict[frozenset[int], Prefilter] = {}

    def settle(self, texts: "pa.Array", context: NameContext) -> Dense | None:
        """What can be settled at once in `texts`; None when the column is not dense."""
        import numpy as np
        import pyarrow.compute as pc

        if len(texts) < _LEAST_VALUES:
            return None
        chosen = self._chosen(texts, context)
        if not chosen:
            return None
        plain = pc.string_is_ascii(texts).to_numpy(zero_copy_only=False)
        masks = [rule.whole(texts) & plain for rule in chosen]
        union = np.logical_or.reduce(masks)
        settled = self._uncontested(texts, context, chosen, masks, union)
        if settled is None:
            return None
        dense = Dense(np.flatnonzero(~settled))
        self._judge(dense, texts, context, [(rule, mask & settled) for rule, mask in zip(chosen, masks, strict=True)])
        return dense

    def _chosen(self, texts: "pa.Array", context: NameContext) -> list[DenseRule]:
        """The rules that match whole values of a sample often, and may be reported here."""
        sample = texts.take(list(range(0, len(texts), max(1, len(texts) // _SAMPLE))))
        possible = [rule for rule in self._rules if rule.rule.alone is not None or rule.rule.index in context.keywords]
        least = _LEAST_SHARE * len(sample)
        return [rule for rule in possible if rule.shape is not None and int(rule.whole(sample).sum()) >= least]

    def _uncontested(
        self,
        texts: "pa.Array",
        context: NameContext,
        chosen: Sequence[DenseRule],
        masks: "Sequence[npt.NDArray[np.bool_]]",
        union: "npt.NDArray[np.bool_]",
    ) -> "npt.NDArray[np.bool_] | None":
        """The matched texts in which nothing but whole matches of `chosen` can be; None if that cannot be said."""
        import numpy as np

        indices = frozenset(rule.rule.index for rule in chosen)
        everywhere = [self._rules[index] for index in (set(context.keywords) | self._prefilter.unfiltered) - indices]
        if any(rule.shape is None for rule in everywhere):
            return None
        places = np.flatnonzero(union)
        matched = texts.take(places)
        contested = np.zeros(len(matched), dtype=bool)
        contested[self._seen_by_others(indices, matched)] = True
        for rule in everywhere:
            contested |= rule.anywhere(matched)
        if len(chosen) > 1:
            for rule, mask in zip(chosen, masks, strict=True):
                contested |= rule.anywhere(matched) & ~mask[places]
        settled = union.copy()
        settled[places[contested]] = False
        return settled

    def _seen_by_others(self, indices: frozenset[int], matched: "pa.Array") -> "npt.NDArray[np.int64]":
        """Places of texts in which the prefilter, were the rules `indices` not there, sees anything."""
        import numpy as np

        if indices not in self._others:
            self._others[indices] = self._prefilter.without(indices)
        joined, starts = join(matched)
        hits = self._others[indices].scan(joined)
        seen = [places_of(ends, starts) for ends in hits.shapes.values()]
        seen.append(places_of([end for _, _, end in hits.keywords], starts))
        return np.unique(np.concatenate(seen))

    def _judge(
        self, dense: Dense, texts: "pa.Array", context: NameContext, masks: "Sequence[tuple[DenseRule, npt.NDArray[np.bool_]]]"
    ) -> None:
        import numpy as np

        candidates: list[Whole] = []
        for rule, mask in masks:
            places = np.flatnonzero(mask)
            places = places[~rule.ignored(texts.take(places))]
            candidates += _verdicts(dense, rule.rule, texts, context, places)
        dense.whole.extend(_unbeaten(candidates, len(texts)))


def _verdicts(dense: Dense, rule: Rule, texts: "pa.Array", context: NameContext, places: "npt.NDArray[np.int64]") -> list[Whole]:
    """The matches of `rule` among the values at `places`, one group for each verdict; counts the shapes."""
    keyword = context.keywords.get(rule.index)
    support = Support.ALONE if keyword is None else Support.NAME
    confidence = rule.alone if keyword is None else rule.supported
    if confidence is None or not len(places):
        return []
    dense.shapes[rule.index, support] += len(places)
    veto = context.vetoes.get(rule.identifier.id, "") if support is Support.ALONE else ""
    if veto and confidence is Confidence.LOW:
        return []
    # As Matcher does for what only a name speaks against.
    judged = Confidence.LOW if veto else confidence
    found = vector_verdicts(rule.pattern.validator, rule.validate, texts.take(places))
    groups = []
    for verdict in (Verdict.VALID, Verdict.UNKNOWN):
        chosen = places[found == verdict.value]
        evidence = evidence_of(rule, verdict, (support, keyword or ""), veto)
        if len(chosen):
            groups.append(Whole(rule, support, judged, evidence, verdict is Verdict.VALID, chosen))
    return groups


def _unbeaten(candidates: list[Whole], size: int) -> list[Whole]:
    """`candidates` without the places where a better one matches; all are equally long, so only the rest of the rank counts."""
    import numpy as np

    if len(candidates) < 2:
        return candidates
    best = np.zeros(size, dtype=np.int64)
    ranks = sorted({whole.match(1).rank for whole in candidates})
    for whole in candidates:
        np.maximum.at(best, whole.places, ranks.index(whole.match(1).rank))
    kept = [_at(whole, best[whole.places] == ranks.index(whole.match(1).rank)) for whole in candidates]
    return [whole for whole in _firsts_of_identifier(kept) if len(whole.places)]


def _firsts_of_identifier(candidates: list[Whole]) -> list[Whole]:
    """Of equally good matches of one identifier in one value only that of its first rule stays."""
    import numpy as np

    kept: list[Whole] = []
    for whole in candidates:
        earlier = [other.places for other in kept if other.rule.identifier is whole.rule.identifier]
        taken = np.isin(whole.places, np.concatenate(earlier)) if earlier else np.zeros(len(whole.places), dtype=bool)
        kept.append(_at(whole, ~taken))
    return kept


def _at(whole: Whole, chosen: "npt.NDArray[np.bool_]") -> Whole:
    return Whole(whole.rule, whole.support, whole.confidence, whole.evidence, whole.verified, whole.places[chosen])
