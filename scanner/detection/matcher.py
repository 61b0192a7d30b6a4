"""Confirms candidates: the exact regex at the place, the value's check, the keyword's distance, the verdict."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import regex

from identifiers.model import Verdict
from identifiers.values import comparable
from scanner.detection.allowed import AllowedValues
from scanner.detection.keywords import KeywordHit, KeywordIndex
from scanner.detection.labels import Labels
from scanner.detection.match import Failed, Match, Support
from scanner.detection.names import NO_NAMES, NameContext
from scanner.detection.rules import Rule
from scanner.model.occurrence import Confidence

# The guard of a boundary looks at most two characters beyond a match.
GUARD: Final = 8


@dataclass(slots=True)
class Found:
    """What was found in one value or window.

    :param cut: shapes that start here or later are looked at, but counted another time
    :param matches: that passed their check, overlaps not yet resolved
    :param failed: values that had the shape and did not pass the check
    :param ends: rule index -> end of the last value with the shape, where the search for the next one starts
    """

    cut: int
    matches: list[Match] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Search:
    """Where to look for one rule.

    :param regions: half-open, ascending, apart from each other: where a match may start
    """

    rule: Rule
    regions: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Context:
    """A text with all that may speak for or against what stands in it.

    :param keywords: rule index -> hits of its keywords in `text`, by start
    :param is_value: the text is one value of a column: a rule that matches all of it matches nothing less
    """

    text: str
    keywords: Mapping[int, Sequence[KeywordHit]]
    names: NameContext = NO_NAMES
    is_value: bool = False


class Matcher:
    """Confirms candidates for one ruleset.

    :param allowed: values that do not count as having failed a check; who asked says what becomes of those that are matches
    """

    def __init__(self, rules: tuple[Rule, ...], index: KeywordIndex, allowed: AllowedValues | None = None) -> None:
        self.rules = rules
        self.allowed = allowed
        self._index = index
        self._labels = Labels(rules)

    def by_rule(self, hits: Iterable[KeywordHit]) -> dict[int, list[KeywordHit]]:
        """Rule index -> the hits of its keywords, by start."""
        spoken: dict[int, list[KeywordHit]] = {}
        for hit in hits:
            for rule in self._index.rules[hit.keyword]:
                spoken.setdefault(rule, []).append(hit)
        return spoken

    def confirm(self, context: Context, searches: Iterable[Search], cut: int | None = None) -> Found:
        """All matches that start in the searched regions of the text.

        :param cut: see Found; None for the end of the text
        """
        found = Found(len(context.text) if cut is None else cut)
        for search in searches:
            behind = 0
            for start, stop in search.regions:
                behind = self._search(found, context, search.rule, (max(start, behind), stop))
        return found

    def _search(self, found: Found, context: Context, rule: Rule, region: tuple[int, int]) -> int:
        """Looks at one region; gives the end of the last shape, where the next region may begin at the earliest."""
        start, stop = region
        behind = start
        for shape in _shapes(context, rule, start, stop):
            if shape.start() >= stop:
                break
            behind = shape.end()
            if shape.start() < found.cut:
                found.ends[rule.index] = behind
            match = self._judge(found, context, rule, shape)
            if match:
                found.matches.append(match)
        return behind

    def _support(self, rule: Rule, span: tuple[int, int], context: Context) -> tuple[Support, str]:
        name = context.names.keywords.get(rule.index)
        if name is not None:
            return Support.NAME, name
        near = nearest_keyword(rule, span, context.keywords.get(rule.index, ()))
        return (Support.KEYWORD, self._index.keywords[near.keyword]) if near else (Support.ALONE, "")

    def _judge(self, found: Found, context: Context, rule: Rule, shape: "regex.Match[str]") -> Match | None:
        start, end = shape.span(rule.group)
        support, keyword = self._support(rule, shape.span(), context)
        confidence = rule.alone if support is Support.ALONE else rule.supported
        value = context.text[start:end]
        if confidence is None or not value or is_ignored(rule, value):
            return None
        verdict = rule.validate(value)
        if verdict is Verdict.INVALID:
            if shape.start() < found.cut and not (self.allowed and value in self.allowed):
                found.failed.append(Failed(rule, *shape.span(), support))
            return None
        judged, veto = self._vetoed(rule, start, context, (support, confidence))
        if veto and confidence is Confidence.LOW:
            return None
        evidence = evidence_of(rule, verdict, (support, keyword), veto)
        return Match(rule, start, end, *shape.span(), support, judged, evidence, verdict is Verdict.VALID)

    def _vetoed(self, rule: Rule, start: int, context: Context, said: tuple[Support, Confidence]) -> tuple[Confidence, str]:
        """The confidence after what speaks against the match, and the phrase that does.

        A label directly before the value is nearer than any keyword. The column's name only doubts what a keyword in the
        cell speaks for.
        """
        support, confidence = said
        label = self._labels.before(context.text, start, rule.identifier.id)
        if label:
            return Confidence.LOW, label
        name = "" if support is Support.NAME else context.names.vetoes.get(rule.identifier.id, "")
        if not name:
            return confidence, ""
        return (max(Confidence.LOW, Confidence(confidence - 1)) if support is Support.KEYWORD else Confidence.LOW), name


def _shapes(context: Context, rule: Rule, start: int, stop: int) -> Iterable["regex.Match[str]"]:
    whole = rule.regex.fullmatch(context.text) if context.is_value else None
    if whole:
        return (whole,)
    return rule.regex.finditer(context.text, start, min(len(context.text), stop + rule.pattern.max_length + GUARD))


def nearest_keyword(rule: Rule, span: tuple[int, int], hits: Sequence[KeywordHit]) -> KeywordHit | None:
    """The keyword closest to the match at `span` within the identifier's distance; of two equally close the longer.

    A keyword inside the match does not speak for it.
    """
    reach = rule.identifier.max_distance
    low = bisect_left(hits, span[0] - reach - _LONGEST_KEYWORD, key=lambda hit: hit.start)
    best: tuple[int, int, KeywordHit] | None = None
    for place in range(low, len(hits)):
        hit = hits[place]
        if hit.start > span[1] + reach:
            break
        distance = _distance(rule, span, hit)
        if distance is not None and distance <= reach and (best is None or (distance, -(hit.end - hit.start)) < best[:2]):
            best = (distance, -(hit.end - hit.start), hit)
    return best[2] if best else None


# Keywords have at most 90 characters, and each of their spaces may stand for three.
_LONGEST_KEYWORD: Final = 270


def _distance(rule: Rule, span: tuple[int, int], hit: KeywordHit) -> int | None:
    if rule.named_only:
        return None
    if rule.before_only:
        # As Macie measures custom identifiers: from the end of the keyword to the end of the match.
        return span[1] - hit.end if hit.end <= span[0] else None
    if hit.end <= span[0]:
        return span[0] - hit.end
    return hit.start - span[1] if hit.start >= span[1] else None


def is_ignored(rule: Rule, value: str) -> bool:
    """Whether `value` is a documented example or holds one of the identifier's ignore words."""
    identifier = rule.identifier
    if any(word in value for word in identifier.ignore_words):
        return True
    return bool(identifier.ignore_values) and comparable(value) in identifier.ignore_values


def evidence_of(rule: Rule, verdict: Verdict, said: tuple[Support, str], veto: str) -> tuple[str, ...]:
    """What speaks for and against a match, as short stable phrases (docs/evidence.md).

    :param said: the support and the keyword that gives it
    """
    support, keyword = said
    evidence = ["pattern"]
    if verdict is Verdict.VALID:
        evidence.append(f"check:{rule.check_name}")
    if support is not Support.ALONE:
        evidence.append(f"{support.value}:{keyword}")
    if veto:
        evidence.append(f"not-name:{veto}")
    return tuple(evidence)


def islands(ends: Iterable[int], length: int, start: int, stop: int) -> list[tuple[int, int]]:
    """Where matches that end at one of `ends`, or have it inside, may start: stretches of `length` before each.

    :param ends: ascending
    :return: half-open regions inside `[start, stop)`, ascending, apart from each other
    """
    return _joined(((end - length, end) for end in ends), start, stop)


def near_keywords(rule: Rule, hits: Iterable[KeywordHit], start: int, stop: int) -> list[tuple[int, int]]:
    """Where matches of `rule` may start so that one of `hits` is within the distance; regions as in `islands`."""
    before = rule.identifier.max_distance + rule.pattern.max_length + GUARD
    behind = rule.identifier.max_distance + 1
    return _joined(((hit.end if rule.before_only else hit.start - before, hit.end + behind) for hit in hits), start, stop)


def _joined(stretches: Iterable[tuple[int, int]], start: int, stop: int) -> list[tuple[int, int]]:
    """`stretches`, cut to `[start, stop)`, and joined where they touch. They come by their ends or by their starts."""
    regions: list[tuple[int, int]] = []
    for low, high in stretches:
        low, high = max(start, low), min(stop, high)  # noqa: PLW2901 - cut to the bounds
        if low >= high:
            continue
        if regions and low <= regions[-1][1]:
            regions[-1] = (min(regions[-1][0], low), max(high, regions[-1][1]))
        else:
            regions.append((low, high))
    return regions
