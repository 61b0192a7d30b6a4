"""A keyword speaks for a value up to the declared distance and no further, on the declared side only."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from identifiers.model import Identifier, KeywordSide
from scanner.acceptance.bench import Bench, is_custom
from scanner.acceptance.failure import Failure
from scanner.acceptance.spans import matches_of
from scanner.acceptance.specimens import Specimen, specimens_of
from scanner.detection.detector import Detector

NAME: Final = "keyword-distance"
# Blank, so that it belongs to no value and to no keyword.
_GAP: Final = " "


@dataclass(frozen=True, slots=True)
class _Trial:
    """A text with one keyword and one value.

    :param start: of the value in `text`
    :param counts: whether the keyword must speak for it
    :param what: how the keyword stands to the value
    """

    text: str
    start: int
    counts: bool
    what: str


def check(identifier: Identifier, bench: Bench) -> Iterator[Failure]:
    """A failure for each keyword that does not count where it must, or counts where it must not."""
    specimens = specimens_of(identifier)
    if not identifier.keywords or not identifier.matches:
        return
    if not specimens:
        said = "no marked value has the shape of a pattern without the text around it, so no keyword could be tried"
        yield Failure(identifier.id, NAME, said, warning=is_custom(identifier))
        return
    specimen = min(specimens, key=lambda specimen: len(specimen.text))
    if identifier.keyword_side is KeywordSide.BEFORE and identifier.max_distance <= len(specimen.text):
        needed = f"max_distance is {identifier.max_distance}, counted to the end of the match"
        yield Failure(identifier.id, NAME, f"{needed}; expected more than the {len(specimen.text)} characters of the match")
        return
    for keyword in identifier.keywords:
        for trial in _trials(identifier, keyword, specimen):
            yield from _tried(identifier, bench.alone(identifier), trial, specimen)


def _trials(identifier: Identifier, keyword: str, specimen: Specimen) -> Iterator[_Trial]:
    said = f"the keyword {keyword!r}"
    value, farthest = specimen.text, identifier.max_distance
    if identifier.keyword_side is KeywordSide.NAME:
        yield _Trial(keyword + _GAP + value, len(keyword) + 1 + specimen.start, counts=False, what=f"{said} before it, where none counts")
        yield _Trial(value + _GAP + keyword, specimen.start, counts=False, what=f"{said} behind it, where none counts")
        return
    both = identifier.keyword_side is KeywordSide.EITHER
    gap = farthest if both else farthest - len(value)
    for extra, counts in ((0, True), (1, False)):
        before = keyword + _GAP * (gap + extra)
        yield _Trial(before + value, len(before) + specimen.start, counts, f"{said} {farthest + extra} characters before it")
        if both:
            behind = value + _GAP * (gap + extra) + keyword
            yield _Trial(behind, specimen.start, counts, f"{said} {farthest + extra} characters behind it")
    if not both:
        yield _Trial(value + _GAP + keyword, specimen.start, counts=False, what=f"{said} behind it, where only keywords before it count")


def _tried(identifier: Identifier, detector: Detector, trial: _Trial, specimen: Specimen) -> Iterator[Failure]:
    span = (trial.start, trial.start + specimen.end - specimen.start)
    found = [match for match in matches_of(identifier, detector, trial.text) if (match.start, match.end) == span]
    spoken = any(item.startswith("keyword:") for match in found for item in match.evidence)
    if spoken == trial.counts and (found or not trial.counts):
        return
    expected = "a match with the keyword as evidence" if trial.counts else "no match by this keyword"
    got = f"a match by {', '.join(found[0].evidence)}" if found else "nothing"
    yield Failure(identifier.id, NAME, f"{specimen.text!r} with {trial.what}: expected {expected}; found {got}")
