"""Enough of each identifier that was found to report it later, when its file may not be at hand."""

import json

from identifiers.model import Category, Identifier, Severity, SeverityLevel
from scanner.state.store import Store


def declare(store: Store, identifier: Identifier) -> None:
    """Keep what reports need of it; to be called inside a transaction."""
    levels = [[level.occurrences, level.severity.value] for level in identifier.severity_levels]
    about = {"description": identifier.description, "countries": identifier.countries}
    kept = {"name": identifier.name, "category": identifier.category.value, "levels": levels, **about}
    store.write("INSERT OR REPLACE INTO identifier (id, declaration) VALUES (?, ?)", (identifier.id, json.dumps(kept)))


def declared(store: Store) -> dict[str, Identifier]:
    """All identifiers that the store names, by id: without patterns, for reports only."""
    found = store.rows("SELECT id, declaration FROM identifier ORDER BY id")
    return {str(name): _identifier(str(name), str(text)) for name, text in found}


def _identifier(name: str, text: str) -> Identifier:
    kept = json.loads(text)
    levels = tuple(SeverityLevel(occurrences, Severity(severity)) for occurrences, severity in kept["levels"])
    # A store that an older Dowse wrote does not say of which countries it is.
    countries = tuple(kept.get("countries", ()))
    return Identifier(name, kept["name"], Category(kept["category"]), (), levels, kept["description"], countries)
