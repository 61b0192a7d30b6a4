"""The prefilter without Vectorscan: slower, with the same findings."""

from array import array
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

import regex

from identifiers.extent import TOKEN_REGEX, digits_regex
from identifiers.factor import factor
from identifiers.keywords import keyword_body
from scanner.detection.keywords import KEYWORD_GAP
from scanner.detection.prefilter import FEW_DIGITS, Hits, Present, quiet_keywords, shape_rules, silent_keywords
from scanner.detection.rules import Rule


def _keyword_regex(keywords: tuple[str, ...]) -> "regex.Pattern[str] | None":
    """All keywords as one expression; the group's number is the keyword's index + 1."""
    forms = [keyword_body(keyword, KEYWORD_GAP) for keyword in keywords]
    return regex.compile("|".join(f"({form})" for form in forms), regex.IGNORECASE) if forms else None


def _byte_offsets(text: str) -> Sequence[int]:
    """Where each character, and the end, begins in UTF-8."""
    if text.isascii():
        return range(len(text) + 1)
    return array("Q", accumulate((len(letter.encode()) for letter in text), initial=0))


class PlainPrefilter:
    """Runs each shape, and each keyword, by itself."""

    def __init__(self, rules: tuple[Rule, ...], keywords: tuple[str, ...]) -> None:
        shapes = shape_rules(rules)
        self._shapes = [rule for rule in shapes if not rule.anchored]
        self._quiet = quiet_keywords(rules, keywords)
        self._silent = silent_keywords(rules, keywords)
        self._spoken = [rule for rule in rules if rule.alone is None]
        self._keywords = [(number, _keyword_regex((keyword,))) for number, keyword in enumerate(keywords)]
        self._any_keyword = _keyword_regex(keywords)
        self.unfiltered = frozenset(rule.index for rule in shapes if rule.anchored)

    def serialise(self) -> bytes:
        """Nothing: this prefilter has nothing to prepare."""
        return b""

    def scan(self, data: memoryview) -> Hits:
        """Candidates in `data`, which is valid UTF-8; offsets in bytes."""
        return Hits(self.shapes(data), [hit for hit in self.words(data) if hit[0] not in self._silent])

    def shapes(self, data: memoryview) -> dict[int, list[int]]:
        """The shapes in `data`, as `scan` gives them."""
        text = str(data, "utf-8")
        at = _byte_offsets(text)
        found = ((rule.index, [at[match.end()] for match in rule.regex.finditer(text)]) for rule in self._shapes)
        return {index: ends for index, ends in found if ends}

    def present(self, data: memoryview) -> Present:
        """What occurs anywhere in `data`, which is valid UTF-8; shapes without what their boundaries ask for."""
        text = str(data, "utf-8")
        shapes = frozenset(rule.index for rule in self._shapes if _within(rule.pattern.regex).search(text))
        quiet = (self._keywords[number] for number in self._quiet)
        keywords = frozenset(number for number, expression in quiet if expression is not None and expression.search(text))
        digits, tokens = (regex.search(expression, text) is not None for expression in (digits_regex(FEW_DIGITS), TOKEN_REGEX))
        return Present(shapes, keywords, digits, tokens)

    def words(self, data: memoryview) -> list[tuple[int, int, int]]:
        """The keywords in `data`, as `scan` gives them."""
        text = str(data, "utf-8")
        at = _byte_offsets(text)
        return [(number, at[start], at[end]) for number, start, end in self._find_keywords(text)]

    def near(self, data: memoryview) -> frozenset[int]:
        """The rules without a shape of their own, whose shape may occur in `data`."""
        text = str(data, "utf-8")
        return frozenset(rule.index for rule in self._spoken if _within(rule.pattern.regex).search(text))

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


@cache
def _within(shape: str) -> "regex.Pattern[str]":
    """A part of every match of `shape` that needs nothing around it; where none is known, one that is everywhere."""
    return regex.compile(factor(shape) or "", regex.ASCII)
