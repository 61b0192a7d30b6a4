"""Identifiers as text for people: a table of many, a page about one."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

from identifiers.model import Identifier, Pattern
from scanner.cli.drawn_table import drawn_table
from scanner.cli.identifier_words import certainty_words, check_words, extent_words, keyword_rule, severity_words
from scanner.reports.escape import visible

_PAGE_WIDTH: Final = 110
_LABEL_WIDTH: Final = 14


def table(identifiers: Iterable[Identifier]) -> str:
    """One row for each identifier; on a terminal as wide as that, elsewhere no row is broken."""
    rows = [(one.id, one.name, one.category.value, ", ".join(one.countries), "yes" if one.recommended else "no") for one in identifiers]
    return drawn_table(("ID", "NAME", "CATEGORY", "COUNTRIES", "RECOMMENDED"), rows)


def page(identifier: Identifier) -> str:
    """All that an identifier declares."""
    return "\n".join((visible(identifier.id), *(line for label, text in _fields(identifier) for line in _lines(label, text))))


def _fields(identifier: Identifier) -> Iterator[tuple[str, str]]:
    yield "name", identifier.name
    if identifier.description:
        yield "description", identifier.description
    yield "category", identifier.category.value
    yield "countries", ", ".join(identifier.countries) or "everywhere"
    yield "recommended", "yes" if identifier.recommended else "no"
    yield "severity", severity_words(identifier)
    if identifier.keywords:
        yield "keywords", ", ".join(identifier.keywords)
        yield "", keyword_rule(identifier)
    if identifier.not_names:
        yield "not if named", ", ".join(identifier.not_names)
    if identifier.ignore_words:
        yield "ignore words", ", ".join(identifier.ignore_words)
    if identifier.ignore_values:
        yield "ignore values", ", ".join(sorted(identifier.ignore_values))
    for pattern in identifier.patterns:
        yield from _pattern_fields(pattern, has_keywords=bool(identifier.keywords))
    yield from (("reference", reference) for reference in identifier.references)
    yield from (("matches", example) for example in identifier.matches)
    yield from (("ignores", example) for example in identifier.ignores)


def _pattern_fields(pattern: Pattern, *, has_keywords: bool) -> Iterator[tuple[str, str]]:
    first, *others = (line.strip() for line in pattern.regex.strip().splitlines())
    yield "pattern", first
    yield from (("", line) for line in others)
    if pattern.validator:
        yield "", "check " + check_words(pattern)
    yield "", certainty_words(pattern, has_keywords=has_keywords)
    yield "", extent_words(pattern)


def _lines(label: str, text: str) -> list[str]:
    """`text` behind its label, broken between words, never inside one."""
    indent = "  " + " " * _LABEL_WIDTH
    first = f"  {label:{_LABEL_WIDTH}}"
    shown = visible(text)
    return textwrap.wrap(
        shown, _PAGE_WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    ) or [first.rstrip()]
