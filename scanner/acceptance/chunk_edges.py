"""Cutting a text changes nothing: an example inside a long text gives the same wherever the text is cut into segments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

from identifiers.examples import Example
from identifiers.model import Identifier
from scanner.acceptance.bench import Bench
from scanner.acceptance.failure import Failure
from scanner.acceptance.specimens import examples_of
from scanner.detection.detector import make_prefilter
from scanner.detection.keywords import index_keywords
from scanner.detection.match import Support
from scanner.detection.matcher import Matcher
from scanner.detection.names import NameReader
from scanner.detection.rules import make_rules
from scanner.detection.text import TextScan, TextSearch
from scanner.model.location import LineLocation
from scanner.model.segment import TextSegment

NAME: Final = "chunk-edges"
_FILLER: Final = "." * 39 + "\n"
_MARGIN: Final = 2
# In long examples every position near an end of a marked span is cut at, and this many others.
_NEAR: Final = 24
_MOST_OTHERS: Final = 64


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a scan gave.

    :param found: start, end and evidence of each match
    :param shapes: how often each rule's shape was counted, by support; columns vote on it
    """

    found: tuple[tuple[int, int, tuple[str, ...]], ...]
    shapes: Mapping[tuple[int, Support], int]

    def told(self, start: int) -> str:
        """For a message, counted from `start`."""
        spans = (f"characters {low - start} to {high - start} ({' '.join(evidence)})" for low, high, evidence in self.found)
        return f"{', '.join(spans) or 'nothing'}, {sum(self.shapes.values())} of its shape"


class _Offsets:
    """Gives offsets in the whole text back as columns.

    :param base: where the segment begins
    """

    def __init__(self, base: int) -> None:
        self._base = base

    def at(self, _text: str, start: int, end: int) -> LineLocation:
        return LineLocation(1, self._base + start, 1, self._base + end)


def check(identifier: Identifier, _bench: Bench) -> Iterator[Failure]:
    """A failure for each example that a cut changes, with the first such cut; and for each that a long text hides."""
    search = _search_with_small_windows(identifier)
    for number, example in enumerate(examples_of(identifier), start=1):
        wrong = _tried(example, search)
        if wrong:
            yield Failure(identifier.id, NAME, f"matches {number}{wrong}")


def _tried(example: Example, search: TextSearch) -> str:
    """What is wrong with an example; empty if nothing is."""
    text, start = _embedded(example, search)
    whole = _scanned(search, text, ())
    starts = {low - start for low, _, _ in whole.found}
    by_the_text_around = any(rule.anchored for rule in search.matcher.rules)
    if not by_the_text_around and not starts.issuperset(low for low, _ in example.spans):
        return ": expected the same inside a longer text; it is not found there"
    for cut in _cuts(example):
        got = _scanned(search, text, (start + cut, start + cut + search.ahead))
        if got != whole:
            return f", cut at character {cut}: expected {whole.told(start)}; found {got.told(start)}"
    return ""


def _search_with_small_windows(identifier: Identifier) -> TextSearch:
    """Decides after every segment, where a scan gathers a million characters first."""
    rules = make_rules((identifier,))
    index = index_keywords(rules)
    prefilter = make_prefilter(rules, index.keywords)
    return TextSearch(Matcher(rules, index), prefilter, index, NameReader(rules, index, prefilter), window=1)


def _embedded(example: Example, search: TextSearch) -> tuple[str, int]:
    """The example between so much filler that it leaves the window on both sides, and where it begins."""
    front = _FILLER * (2 + search.behind // len(_FILLER))
    back = "\n" + _FILLER * (2 + (search.ahead + search.behind) // len(_FILLER))
    return front + example.text + back, len(front)


def _cuts(example: Example) -> list[int]:
    """Positions in the example to cut at, a little before and behind it included."""
    everywhere = range(-_MARGIN, len(example.text) + _MARGIN + 1)
    others = everywhere[:: max(1, len(everywhere) // _MOST_OTHERS)]
    edges = chain.from_iterable(example.spans)
    near = {position for edge in edges for position in range(edge - _NEAR, edge + _NEAR + 1)}
    return sorted(near.intersection(everywhere).union(others))


def _scanned(search: TextSearch, text: str, cuts: Sequence[int]) -> _Seen:
    """What is found when `text` comes in segments that end at `cuts`. Each cut is an edge of a segment; since the search
    decides what lies more than `ahead` behind it, the second cut makes the first one an edge of a decision too.
    """
    scan = TextScan(search, ())
    placed = []
    for start, end in pairwise((0, *cuts, len(text))):
        placed += scan.feed(TextSegment(text[start:end], _Offsets(start), continues=start > 0))
    placed += scan.finish()
    located = ((found.locate(), found.match.evidence) for found in placed)
    spans = sorted((at.start_column, at.end_column, evidence) for at, evidence in located if isinstance(at, LineLocation))
    return _Seen(tuple(spans), dict(scan.shapes))
