"""Identifiers as plain JSON values: the same keys as in identifier files where there are such."""

from identifiers.model import Identifier, Pattern


def brief_record(identifier: Identifier) -> dict[str, object]:
    """What a list shows."""
    return {
        "id": identifier.id,
        "name": identifier.name,
        "category": identifier.category.value,
        "countries": list(identifier.countries),
        "recommended": identifier.recommended,
    }


def full_record(identifier: Identifier) -> dict[str, object]:
    """All that an identifier declares."""
    return {
        **brief_record(identifier),
        "description": identifier.description,
        "severity_levels": [{"occurrences": one.occurrences, "severity": one.severity.value} for one in identifier.severity_levels],
        "keywords": list(identifier.keywords),
        "keyword_required": identifier.keyword_required,
        "keyword_side": identifier.keyword_side.value,
        "max_distance": identifier.max_distance,
        "not_names": list(identifier.not_names),
        "ignore_words": list(identifier.ignore_words),
        "ignore_values": sorted(identifier.ignore_values),
        "patterns": [_pattern_record(pattern) for pattern in identifier.patterns],
        "judged": identifier.judged,
        "references": list(identifier.references),
        "matches": list(identifier.matches),
        "ignores": list(identifier.ignores),
    }


def _pattern_record(pattern: Pattern) -> dict[str, object]:
    validator = pattern.validator
    return {
        "regex": pattern.regex,
        "validator": None if validator is None else {"name": validator.name, **validator.options},
        "chance": pattern.chance,
        "alone": pattern.alone.value,
        "supported": pattern.supported.value,
        "boundary": pattern.boundary.value,
        "max_length": pattern.max_length,
    }
