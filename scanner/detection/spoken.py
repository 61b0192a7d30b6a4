"""Rules that need a keyword: which of them could match near the keywords of a text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from identifiers.facts import facts_of
from scanner.detection.keywords import KeywordHit, KeywordIndex
from scanner.detection.matcher import GUARD
from scanner.detection.prefilter import Prefilter
from scanner.detection.rules import Rule

# So many digits must stand near a keyword if all its rules need as many.
_FEW_DIGITS: Final = 4
# Rules with longer matches are always tried: what is near them is more than is worth a look.
_LONGEST_NEAR: Final = 512


class KeywordHits(Mapping[int, Sequence[KeywordHit]]):
    """Rule index -> the hits of its keywords in one text, by start; put together for those that are asked for only."""

    def __init__(self, hits: Sequence[KeywordHit], keywords_of: Sequence[tuple[int, ...]]) -> None:
        self._keywords_of = keywords_of
        self._by_keyword: dict[int, list[KeywordHit]] = {}
        for hit in hits:
            self._by_keyword.setdefault(hit.keyword, []).append(hit)
        self._known: dict[int, list[KeywordHit]] = {}

    def __getitem__(self, rule: int) -> Sequence[KeywordHit]:
        """The hits of the rule's keywords; none if there are none."""
        if rule not in self._known:
            found = [hit for keyword in self._keywords_of[rule] for hit in self._by_keyword.get(keyword, ())]
            self._known[rule] = sorted(found)
        return self._known[rule]

    def __iter__(self) -> Iterator[int]:
        return (rule for rule, keywords in enumerate(self._keywords_of) if not self._by_keyword.keys().isdisjoint(keywords))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class _Region:
    """Keywords whose surroundings overlap."""

    start: int
    end: int
    hits: list[KeywordHit]


class SpokenSearch:
    """Finds what keywords speak for, for one ruleset."""

    def __init__(self, rules: Sequence[Rule], index: KeywordIndex, prefilter: Prefilter) -> None:
        self._rules = rules
        self._prefilter = prefilter
        self.keywords_of = _keywords_of(len(rules), index)
        # For what fills a whole text only names can speak.
        able = [rule.alone is None and not rule.whole and not rule.named_only for rule in rules]
        spoken = [tuple(rule for rule in owners if able[rule]) for owners in index.rules]
        self._short = [frozenset(rule for rule in those if rules[rule].pattern.max_length <= _LONGEST_NEAR) for those in spoken]
        self._long = [frozenset(those) - short for those, short in zip(spoken, self._short, strict=True)]
        self._reach = [max((_reach(rules[rule]) for rule in those), default=0) for those in self._short]
        self._wants_digits = [all(facts_of(rules[rule].pattern.regex).digits >= _FEW_DIGITS for rule in those) for those in self._short]

    def near(self, hits: Sequence[KeywordHit], text: str, data: bytes) -> dict[int, list[KeywordHit]]:
        """Rule index -> those of the hits of its keywords near which it could match.

        :param hits: by start, in characters of `text`
        :param data: `text` in UTF-8
        """
        found: dict[int, list[KeywordHit]] = {}
        digits = _DigitCount(data) if text.isascii() else None
        for region in self._regions(hits):
            self._add_long(found, region)
            few = digits is not None and digits.within(region.start, region.end) < _FEW_DIGITS
            if few and all(self._wants_digits[hit.keyword] for hit in region.hits):
                continue
            self._add_short(found, region, self._prefilter.near(_bytes_of(text, data, region)))
        return found

    def _add_short(self, found: dict[int, list[KeywordHit]], region: _Region, possible: frozenset[int]) -> None:
        for hit in region.hits:
            for rule in possible & self._short[hit.keyword]:
                found.setdefault(rule, []).append(hit)

    def _add_long(self, found: dict[int, list[KeywordHit]], region: _Region) -> None:
        for hit in region.hits:
            for rule in self._long[hit.keyword]:
                found.setdefault(rule, []).append(hit)

    def _regions(self, hits: Sequence[KeywordHit]) -> Iterator[_Region]:
        start = end = 0
        inside: list[KeywordHit] = []
        for hit in hits:
            first, last = max(0, hit.start - self._reach[hit.keyword]), hit.end + self._reach[hit.keyword]
            if inside and first > end:
                yield _Region(start, end, inside)
                inside = []
            start, end = (min(start, first), max(end, last)) if inside else (first, last)
            inside.append(hit)
        if inside:
            yield _Region(start, end, inside)


class _DigitCount:
    """How many digits stand in a stretch of ASCII."""

    def __init__(self, data: bytes) -> None:
        import numpy as np

        letters = np.frombuffer(data, dtype=np.uint8)
        self._places = np.flatnonzero((letters - np.uint8(ord("0"))) < 10)

    def within(self, start: int, end: int) -> int:
        return int(self._places.searchsorted(end) - self._places.searchsorted(start))


def _bytes_of(text: str, data: bytes, region: _Region) -> memoryview:
    if len(text) == len(data):
        return memoryview(data)[region.start : region.end]
    return memoryview(text[region.start : region.end].encode("utf-8", "replace"))


def _reach(rule: Rule) -> int:
    """Characters from a keyword to the farthest end of a match that it can speak for."""
    return rule.identifier.max_distance + rule.pattern.max_length + GUARD


def _keywords_of(rules: int, index: KeywordIndex) -> list[tuple[int, ...]]:
    keywords: list[list[int]] = [[] for _ in range(rules)]
    for keyword, owners in enumerate(index.rules):
        for rule in owners:
            keywords[rule].append(keyword)
    return [tuple(each) for each in keywords]
