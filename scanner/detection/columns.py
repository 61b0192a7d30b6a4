"""Columns: all distinct values of a segment in one pass, then the exact look at the few that are candidates."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scanner.detection.dense import DenseSearch, Whole
from scanner.detection.keywords import KeywordHit, KeywordIndex, whole_words
from scanner.detection.match import Match, Support, without_beaten
from scanner.detection.matcher import Context, Found, Matcher, Search
from scanner.detection.names import NameContext, NameReader
from scanner.detection.prefilter import Hits, Prefilter, in_characters
from scanner.detection.values import DistinctValues, distinct_values, join, places_of
from scanner.model.segment import ColumnSegment

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class ColumnFound:
    """What was found in one column segment.

    :param values: the distinct values
    :param matches: index into the distinct texts -> its matches, overlaps resolved
    :param whole: values that are matches from end to end, settled all at once; apart from `matches`
    :param shapes: (rule index, support) -> distinct values that had the shape
    """

    values: DistinctValues
    matches: dict[int, list[Match]] = field(default_factory=dict)
    whole: list[Whole] = field(default_factory=list)
    shapes: Counter[tuple[int, Support]] = field(default_factory=Counter)


@dataclass(slots=True)
class _Candidate:
    """What may be in one distinct value."""

    shapes: set[int] = field(default_factory=set)
    keywords: list[tuple[int, int, int]] = field(default_factory=list)


class ColumnSearch:
    """Searches columns with one ruleset."""

    def __init__(self, matcher: Matcher, prefilter: Prefilter, index: KeywordIndex, names: NameReader) -> None:
        self._matcher = matcher
        self._prefilter = prefilter
        self._index = index
        self._names = names
        self._dense = DenseSearch(matcher.rules, prefilter)

    def find(self, segment: ColumnSegment) -> ColumnFound | None:
        """All matches in `segment`; None when its values can hold none."""
        values = distinct_values(segment.values)
        if values is None:
            return None
        context = self._names.read(segment.names)
        dense = self._dense.settle(values.texts, context)
        if dense is None:
            found = ColumnFound(values)
            self._look(found, values.texts, range(len(values.texts)), context)
            return found
        found = ColumnFound(values, whole=dense.whole, shapes=dense.shapes)
        if len(dense.rest):
            self._look(found, values.texts.take(dense.rest), dense.rest.tolist(), context)
        return found

    def _look(self, found: ColumnFound, texts: "pa.Array", places: Sequence[int], context: NameContext) -> None:
        """Looks at each of `texts`, whose indices into the distinct texts are `places`."""
        everywhere = frozenset(context.keywords) | self._prefilter.unfiltered
        candidates = self._prefiltered(texts)
        for number in range(len(texts)) if everywhere else sorted(candidates):
            candidate = candidates.get(number) or _Candidate()
            inside = self._confirm(texts[number].as_py(), candidate, everywhere, context)
            found.shapes.update(inside.shapes)
            if inside.matches:
                found.matches[places[number]] = without_beaten(inside.matches)

    def _prefiltered(self, texts: "pa.Array") -> dict[int, _Candidate]:
        joined, starts = join(texts)
        hits = self._prefilter.scan(joined)
        candidates: dict[int, _Candidate] = {}
        for rule, ends in hits.shapes.items():
            for place in places_of(ends, starts).tolist():
                candidates.setdefault(place, _Candidate()).shapes.add(rule)
        if hits.keywords:
            _add_keywords(candidates, hits.keywords, starts)
        return candidates

    def _confirm(self, text: str, candidate: _Candidate, everywhere: frozenset[int], context: NameContext) -> Found:
        keywords = self._matcher.by_rule(self._keywords(candidate, text))
        wanted = candidate.shapes | set(keywords) | everywhere
        searches = [Search(self._matcher.rules[rule], ((0, len(text)),)) for rule in sorted(wanted)]
        return self._matcher.confirm(Context(text, keywords, context, is_value=True), searches)

    def _keywords(self, candidate: _Candidate, text: str) -> list[KeywordHit]:
        if not candidate.keywords:
            return []
        return whole_words(in_characters(Hits({}, candidate.keywords), text).keywords, text, self._index)


def _add_keywords(candidates: dict[int, _Candidate], keywords: list[tuple[int, int, int]], starts: "npt.NDArray[np.int64]") -> None:
    """Adds keyword hits in joined values, with offsets in bytes of the value, unless they reach over two values."""
    import numpy as np

    places = starts.searchsorted(np.array([start for _, start, _ in keywords]), "right") - 1
    for (keyword, start, end), place in zip(keywords, places.tolist(), strict=True):
        begin = int(starts[place])
        candidates.setdefault(place, _Candidate()).keywords.append((keyword, start - begin, end - begin))
