"""Which rules are to be tried on which values of a column. Rules that cannot match a value are not tried on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scanner.detection.column_rule import ColumnRule
from scanner.detection.gate import Gate, Heard
from scanner.detection.keywords import KeywordIndex
from scanner.detection.names import NameContext
from scanner.detection.prefilter import Hits, Prefilter
from scanner.detection.values import join, places_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Places = npt.NDArray[np.int64]

# Fewer values are sooner tried than asked all at once.
_WORTH_ASKING: Final = 16


@dataclass(slots=True)
class Candidate:
    """What may be in one value.

    :param rules: to be tried
    :param keywords: hits of keywords (keyword index, start, end) in bytes of the value
    """

    rules: set[int] = field(default_factory=set)
    keywords: list[tuple[int, int, int]] = field(default_factory=list)


class CandidateSearch:
    """Finds candidates for one ruleset."""

    def __init__(self, rules: Sequence[ColumnRule], index: KeywordIndex, prefilter: Prefilter, gate: Gate) -> None:
        self._rules = rules
        self._index = index
        self._prefilter = prefilter
        self._gate = gate

    def find(self, texts: "pa.Array", context: NameContext) -> dict[int, Candidate]:
        """Index into `texts` -> what may be in it; only for texts in which something may be."""
        joined, starts = join(texts)
        hits = self._prefilter.scan(joined)
        candidates: dict[int, Candidate] = {}
        for rule, places in self._tried(hits, starts, context):
            for place in self._possible(rule, places, texts).tolist():
                candidates.setdefault(place, Candidate()).rules.add(rule)
        if candidates:
            _add_keywords(candidates, hits.keywords, starts)
        return candidates

    def spoken(self, texts: "pa.Array", heard: Heard) -> "dict[int, Places]":
        """Rule index -> the texts that hold one of its keywords and perhaps its shape."""
        places = self._gate.open_for(texts, frozenset(), heard) if heard.rules else ()
        if not len(places):
            return {}
        joined, starts = join(texts.take(places))
        spoken = spoken_for(self._prefilter.words(joined), starts, self._index)
        return {rule: places[inside] for rule, inside in spoken.items()}

    def _tried(self, hits: Hits, starts: "Places", context: NameContext) -> "Iterator[tuple[int, Places]]":
        """Each rule with the texts that it is to be tried on; some twice."""
        import numpy as np

        everywhere = frozenset(context.keywords) | self._prefilter.unfiltered
        yield from ((rule, np.arange(len(starts))) for rule in everywhere)
        yield from ((rule, places_of(ends, starts)) for rule, ends in hits.shapes.items() if rule not in everywhere)
        for rule, places in spoken_for(hits.keywords, starts, self._index).items():
            # A rule that needs no keyword is seen by its shape wherever it matches.
            if self._rules[rule].rule.alone is None and rule not in everywhere:
                yield rule, places

    def _possible(self, rule: int, places: "Places", texts: "pa.Array") -> "Places":
        if len(places) < _WORTH_ASKING:
            return places
        chosen = texts if len(places) == len(texts) else texts.take(places)
        return places[self._rules[rule].anywhere(chosen)]


def spoken_for(keywords: "Sequence[tuple[int, int, int]]", starts: "Places", index: KeywordIndex) -> "dict[int, Places]":
    """Rule index -> the texts that hold one of its keywords.

    :param keywords: hits in joined texts that begin at `starts`
    """
    import numpy as np

    ends: dict[int, list[int]] = {}
    for keyword, _, end in keywords:
        ends.setdefault(keyword, []).append(end)
    spoken: dict[int, list[Places]] = {}
    for keyword, those in ends.items():
        places = places_of(those, starts)
        for rule in index.rules[keyword]:
            spoken.setdefault(rule, []).append(places)
    return {rule: np.unique(np.concatenate(places)) for rule, places in spoken.items()}


def _add_keywords(candidates: dict[int, Candidate], keywords: list[tuple[int, int, int]], starts: "Places") -> None:
    """Adds the keyword hits that lie in candidates, with offsets in bytes of the value."""
    import numpy as np

    if not keywords:
        return
    places = starts.searchsorted(np.array([end for _, _, end in keywords]), "left") - 1
    for (keyword, start, end), place in zip(keywords, places.tolist(), strict=True):
        candidate = candidates.get(place)
        if candidate is not None:
            begin = int(starts[place])
            candidate.keywords.append((keyword, max(0, start - begin), end - begin))
