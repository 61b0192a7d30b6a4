"""The prefilter without Vectorscan: slower, with the same findings."""

from array import array
from collections.abc import Sequence
from itertools import accumulate

import regex

from scanner.detection.keywords import KEYWORD_GAP
from scanner.detection.prefilter import Hits, shape_rules
from scanner.detection.rules import Rule


def _keyword_regex(keywords: tuple[str, ...]) -> "regex.Pattern[str] | None":
    """All keywords as one expression; the group's number is the keyword's index + 1."""
    forms = [KEYWORD_GAP.join(regex.escape(word) for word in keyword.split(" ")) for keyword in keywords]
    return regex.compile("|".join(f"({form})" for form in forms), regex.IGNORECASE) if forms else None


def _byte_offsets(text: str) -> Sequence[int]:
    """Where each character, and the end, begins in UTF-8."""
    if text.isascii():
        return range(len(text) + 1)
    return array("Q", accumulate((len(letter.encode()) for letter in text), initial=0))


class PlainPrefilter:
    """Runs each shape, and each keyword, by itself."""

    def __init__(self, rules: tuple[Rule, ...], keywords: tuple[str, ...], left_out: frozenset[int] = frozenset()) -> None:
        self._made_of = (rules, keywords)
        shapes = [rule for rule in shape_rules(rules) if rule.index not in left_out]
        self._shapes = [rule for rule in shapes if not rule.anchored]
        self._keywords = [(number, _keyword_regex((keyword,))) for number, keyword in enumerate(keywords)]
        self._any_keyword = _keyword_regex(keywords)
        self.unfiltered = frozenset(rule.index for rule in shapes if rule.anchored)

    def without(self, rules: frozenset[int]) -> "PlainPrefilter":
        """A prefilter of the same keywords, and of all shapes but those of `rules`."""
        return PlainPrefilter(*self._made_of, rules)

    def serialise(self) -> bytes:
        """Nothing: this prefilter has nothing to prepare."""
        return b""

    def scan(self, data: memoryview) -> Hits:
        """Candidates in `data`, which is valid UTF-8; offsets in bytes."""
        text = str(data, "utf-8")
        at = _byte_offsets(text)
        hits = Hits()
        for rule in self._shapes:
            ends = [at[match.end()] for match in rule.regex.finditer(text)]
            if ends:
                hits.shapes[rule.index] = ends
        hits.keywords.extend((number, at[start], at[end]) for number, start, end in self._find_keywords(text))
        return hits

    def _find_keywords(self, text: str) -> list[tuple[int, int, int]]:
        if self._any_keyword is None or not self._any_keyword.search(text):
            return []
        found = [
            (number, *match.span())
            for number, expression in self._keywords
            if expression is not None
            for match in expression.finditer(text, overlapped=True)
        ]
        return sorted(found, key=lambda hit: hit[2])
