"""How identifiers are written for people and for programs."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from identifiers.model import Identifier, Pattern


def as_json(identifiers: Iterable[Identifier]) -> str:
    """One JSON array of identifiers with all their fields."""
    return json.dumps([asdict(identifier) for identifier in identifiers], default=_plain, ensure_ascii=False, indent=1) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return dict(value)  # type: ignore[call-overload]  # the options of a validator are the only other kind


def as_list(identifiers: Sequence[Identifier]) -> str:
    """One line for each identifier; `*` marks those in the default selection."""
    width = max((len(identifier.id) for identifier in identifiers), default=0)
    lines = [
        f"{'*' if identifier.recommended else ' '} {identifier.id:<{width}}  {identifier.category.value:<11}  "
        f"{','.join(identifier.countries) or '-':<8}  {identifier.name}\n"
        for identifier in identifiers
    ]
    return "".join([*lines, f"{len(identifiers)} identifiers; * is in the default selection\n"])


def as_page(identifier: Identifier) -> str:
    """Everything about one identifier."""
    levels = ", ".join(f"{level.severity.value} from {level.occurrences}" for level in identifier.severity_levels)
    rows = [
        ("id", identifier.id),
        ("name", identifier.name),
        ("about", identifier.description),
        ("category", identifier.category.value),
        ("countries", ", ".join(identifier.countries) or "everywhere"),
        ("severity", levels),
        ("default", "yes" if identifier.recommended else "no; select it by its id"),
        ("keywords", ", ".join(identifier.keywords)),
        ("distance", _distance(identifier)),
        ("not under", ", ".join(identifier.not_names)),
        ("references", " ".join(identifier.references)),
        *((f"pattern {number}", line) for number, each in enumerate(identifier.patterns, 1) for line in _pattern(each)),
        *(("finds", example) for example in identifier.matches),
        *(("ignores", example) for example in identifier.ignores),
    ]
    return "".join(f"{label:<11} {text}\n" for label, text in rows if text)


def _distance(identifier: Identifier) -> str:
    if not identifier.keywords:
        return ""
    need = "required" if identifier.keyword_required else "not required"
    return f"{identifier.max_distance} characters, {identifier.keyword_side.value} side; a keyword is {need}"


def _pattern(pattern: Pattern) -> Iterable[str]:
    yield " ".join(pattern.regex.split())
    check = f"check {pattern.validator.name}, passed by {pattern.chance:.0%} of random values; " if pattern.validator else ""
    yield f"{check}alone {pattern.alone.value}, with keyword {pattern.supported.value}; boundary {pattern.boundary.value}"
