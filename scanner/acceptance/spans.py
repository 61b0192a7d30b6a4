"""Spans that were found, and how messages quote them."""

from collections.abc import Iterable
from typing import Final

from identifiers.model import Identifier
from scanner.detection.detector import Detector
from scanner.detection.match import Match

Span = tuple[int, int]
_LONGEST_QUOTE: Final = 60


def matches_of(identifier: Identifier, detector: Detector, text: str, names: tuple[str, ...] = ()) -> list[Match]:
    """What `detector` finds of `identifier` in `text`, by place."""
    found = (placed.match for placed in detector.find_spans(text, names))
    mine = (match for match in found if match.rule.identifier.id == identifier.id)
    return sorted(mine, key=lambda match: (match.start, match.end))


def spans_of(identifier: Identifier, detector: Detector, text: str, names: tuple[str, ...] = ()) -> tuple[Span, ...]:
    """The spans of `matches_of`."""
    return tuple((match.start, match.end) for match in matches_of(identifier, detector, text, names))


def quoted(text: str) -> str:
    """`text` in quotes with its controls escaped, cut in the middle when it is long."""
    if len(text) > _LONGEST_QUOTE:
        half = _LONGEST_QUOTE // 2
        return f"{text[:half]!r}...{text[-half:]!r}"
    return repr(text)


def described(text: str, spans: Iterable[Span]) -> str:
    """The spans with what stands in them, or `nothing`."""
    return ", ".join(f"{quoted(text[start:end])} (characters {start} to {end})" for start, end in spans) or "nothing"
