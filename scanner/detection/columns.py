"""Columns: all distinct values of a segment in one pass, then the exact look at the few that are candidates."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from scanner.detection.allowed import AllowedValues
from scanner.detection.candidates import Candidate, CandidateSearch
from scanner.detection.column_rule import ColumnRule
from scanner.detection.dense import DenseSearch
from scanner.detection.gate import Gate, Heard
from scanner.detection.keywords import KeywordIndex, whole_words
from scanner.detection.majority import leave_to_majority
from scanner.detection.match import Match, Support, count_shapes, without_beaten
from scanner.detection.matcher import Context, Found, Matcher, Search
from scanner.detection.names import NameContext, NameReader
from scanner.detection.prefilter import Hits, Prefilter, in_characters
from scanner.detection.values import SMALLEST, DistinctValues, bytes_of, column_texts
from scanner.detection.whole import Whole, as_whole
from scanner.model.segment import ColumnSegment
from scanner.model.unread import UnreadColumn, Values

if TYPE_CHECKING:
    import pyarrow as pa

# Arrow compiles an expression each time it searches with it, which takes longer than looking for everything in so few bytes.
_SMALL_BYTES: Final = 16 * 1024


@dataclass(frozen=True, slots=True)
class ColumnFound:
    """What was found in one column segment.

    :param values: the distinct values in which something could be
    :param matches: index into the distinct texts -> its matches, overlaps resolved
    :param whole: values that are matches from end to end, settled all at once; apart from `matches`
    :param shapes: (rule index, support) -> distinct values that had the shape
    :param allowed: matches that the user allows; they count in none of the others
    """

    values: DistinctValues
    matches: dict[int, list[Match]] = field(default_factory=dict)
    whole: list[Whole] = field(default_factory=list)
    shapes: Counter[tuple[int, Support]] = field(default_factory=Counter)
    allowed: list[Whole] = field(default_factory=list)


class ColumnSearch:
    """Searches columns with one ruleset.

    :param dense: settle columns that are full of one kind of value all at once; the findings are the same without
    """

    def __init__(self, matcher: Matcher, prefilter: Prefilter, index: KeywordIndex, names: NameReader, *, dense: bool = True) -> None:
        self._matcher = matcher
        self._index = index
        self._names = names
        rules = [ColumnRule(rule) for rule in matcher.rules]
        self._gate = Gate(rules, index, prefilter)
        self._candidates = CandidateSearch(rules, index, prefilter, self._gate)
        self._dense = DenseSearch(rules, self._candidates, self._gate, matcher.allowed) if dense else None

    def find(self, segment: ColumnSegment) -> ColumnFound | None:
        """All matches in `segment`; None when its values can hold none."""
        import numpy as np

        context = self._names.read(segment.names)
        column = column_texts(segment.values, whole_only=not context.keywords and not self._gate.needs_everything)
        if column is None:
            return None
        column = self._gate.narrowed(column, context)
        if column is None:
            return None
        present = self._gate.present(column.texts)
        possible, heard = self._gate.possible(present, context), self._gate.heard(present)
        small = bytes_of(column.texts).nbytes <= _SMALL_BYTES
        if small or (self._dense and self._dense.is_full(column.texts, context, possible)):
            places = np.flatnonzero(column.texts.is_valid().to_numpy(zero_copy_only=False))
        else:
            places = self._gate.open_for(column.texts, possible, self._gate.only_heard(heard))
        return _settled(self._found(column.distinct(places), context, (possible, heard))) if len(places) else None

    def may_hold(self, column: UnreadColumn) -> bool:
        """Whether `find` could give something for values of which only this is known; False is certain."""
        if column.values is Values.MUTE:
            return False
        if self._gate.needs_everything or self._names.read(column.names).keywords:
            return True
        return column.values is not Values.MOMENT and (column.most is None or column.most >= SMALLEST)

    def _found(self, values: DistinctValues, context: NameContext, rules: tuple[frozenset[int], Heard]) -> ColumnFound:
        """What is in `values`.

        :param rules: those that may match without a keyword in the text, and those that keywords speak for
        """
        dense = self._dense.settle(values.texts, context, *rules) if self._dense else None
        if dense is None:
            found = ColumnFound(values)
            self._look(found, values.texts, range(len(values.texts)), context)
            return found
        found = ColumnFound(values, whole=dense.whole, shapes=dense.shapes, allowed=dense.allowed)
        if len(dense.rest):
            self._look(found, values.texts.take(dense.rest), dense.rest.tolist(), context)
        return found

    def _look(self, found: ColumnFound, texts: "pa.Array", places: Sequence[int], context: NameContext) -> None:
        """Looks at each of `texts`, whose indices into the distinct texts are `places`."""
        candidates = self._candidates.find(texts, context)
        for number in sorted(candidates):
            text = texts[number].as_py()
            inside = self._confirm(text, candidates[number], context)
            kept = without_beaten(inside.matches)
            found.shapes.update(count_shapes(kept, inside.failed))
            if kept and self._matcher.allowed:
                kept = _without_allowed(found, text, places[number], kept, self._matcher.allowed)
            if kept:
                found.matches[places[number]] = kept

    def _confirm(self, text: str, candidate: Candidate, context: NameContext) -> Found:
        hits = in_characters(Hits({}, candidate.keywords), text).keywords if candidate.keywords else []
        keywords = self._matcher.by_rule(whole_words(hits, text, self._index))
        searches = [Search(self._matcher.rules[rule], ((0, len(text)),)) for rule in sorted(candidate.rules)]
        return self._matcher.confirm(Context(text, keywords, context, is_value=True), searches)


def _settled(found: ColumnFound) -> ColumnFound:
    """What is left when the column has decided between countries."""
    matches, whole = leave_to_majority(found.matches, found.whole, found.shapes)
    return replace(found, matches=matches, whole=whole)


def _without_allowed(found: ColumnFound, text: str, place: int, kept: list[Match], allowed: AllowedValues) -> list[Match]:
    """`kept` without the values that are allowed; those go to `found.allowed`."""
    left = [match for match in kept if text[match.start : match.end] not in allowed]
    for match in kept:
        if match not in left:
            found.allowed.append(as_whole(match, place))
            found.shapes[match.rule.index, match.support] -= 1
    return left
