"""What an identifier declares, in words: for `dowse identifiers show` and for the generated documentation."""

from typing import Final

from identifiers.model import Boundary, Certainty, Identifier, KeywordSide, Pattern

_BOUNDARIES = {
    Boundary.WORD: "no letter, digit or underscore may touch it",
    Boundary.NUMBER: "it may not be part of a longer word, number, date or code",
    Boundary.TOKEN: "it may not be part of a longer word or of base64",
    Boundary.NONE: "anything may touch it",
}


JUDGED_WORDS: Final = "no pattern: words, headers and lists of names and places are judged together"
"""How an identifier without patterns is found."""


def severity_words(identifier: Identifier) -> str:
    """`low, medium from 2 occurrences, high from 100`."""
    words: list[str] = []
    last = None
    for level in identifier.severity_levels:
        if level.severity is last:
            continue
        last = level.severity
        unit = "" if any("from" in word for word in words) else " occurrences"
        words.append(level.severity.value + (f" from {level.occurrences}{unit}" if level.occurrences > 1 else ""))
    return ", ".join(words)


def keyword_rule(identifier: Identifier) -> str:
    """Where a keyword must stand, and whether there must be one."""
    need = "one is required" if identifier.keyword_required else "one makes it surer"
    if identifier.keyword_side is KeywordSide.NAME:
        return f"{need}, in names over the value only"
    if identifier.keyword_side is KeywordSide.BEFORE:
        return f"{need}, before the match: at most {identifier.max_distance} characters from its end to the end of the match"
    return f"{need}, at most {identifier.max_distance} characters before or behind"


def certainty_words(pattern: Pattern, *, has_keywords: bool) -> str:
    """How sure a match of `pattern` is, alone and supported."""
    alone = "not reported alone" if pattern.alone is Certainty.NONE else f"{pattern.alone.value} confidence alone"
    return f"{alone}, {pattern.supported.value} with a keyword" if has_keywords else alone


def check_words(pattern: Pattern) -> str:
    """The check of `pattern` with its settings and how often chance passes it; empty without one."""
    if pattern.validator is None:
        return ""
    settings = ", ".join(f"{name} = {value}" for name, value in sorted(pattern.validator.options.items()))
    return f"{pattern.validator.name}{f' ({settings})' if settings else ''}, passed by {pattern.chance * 100:.3g} % of random values"


def extent_words(pattern: Pattern) -> str:
    """How long a match is at most, and what may touch it."""
    return f"at most {pattern.max_length} characters; {_BOUNDARIES[pattern.boundary]}"
