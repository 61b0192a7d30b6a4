"""What one identifier finds in a text by its patterns and validators alone; the engine's own tests go further."""

import regex

from identifiers.compile import compile_pattern, value_span
from identifiers.keywords import keyword_regex
from identifiers.model import Certainty, Identifier, Pattern, Verdict
from identifiers.validators import resolve
from identifiers.values import comparable

Span = tuple[int, int]


def found_spans(identifier: Identifier, text: str) -> tuple[Span, ...]:
    """Spans of the values, ascending; of spans that lie inside one another the outer one only.

    A pattern that needs a keyword counts when one stands anywhere outside the match.
    """
    spans = {span for pattern in identifier.patterns for span in _spans_of(pattern, identifier, text)}
    return tuple(sorted(span for span in spans if not any(_holds(other, span) for other in spans)))


def _spans_of(pattern: Pattern, identifier: Identifier, text: str) -> list[Span]:
    matches = (
        match
        for match in compile_pattern(pattern).finditer(text)
        if pattern.alone is not Certainty.NONE or _keyword_near(identifier, match)
    )
    spans = (value_span(match) for match in matches)
    return [span for span in spans if _accepted(pattern, identifier, text[slice(*span)])]


def _keyword_near(identifier: Identifier, match: "regex.Match[str]") -> bool:
    around = match.string[: match.start()] + "\n\n\n\n" + match.string[match.end() :]
    return any(keyword_regex(keyword).search(around) for keyword in identifier.keywords)


def _accepted(pattern: Pattern, identifier: Identifier, value: str) -> bool:
    if comparable(value) in identifier.ignore_values:
        return False
    return pattern.validator is None or resolve(pattern.validator)(value) is not Verdict.INVALID


def _holds(outer: Span, inner: Span) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]
