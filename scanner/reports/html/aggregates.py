"""What the report shows of a whole run besides outcomes: everything found, counted by what it is and where."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from identifiers.model import Category, Identifier
from identifiers.regulations import regulations_of
from scanner.model.result import ObjectResult
from scanner.reports.html.folders import Folders
from scanner.reports.html.spread import Spread
from scanner.reports.rows import shown_root
from scanner.reports.severity import Counted

# An identifier of more countries than these is of none of them in particular: a European card, an international account.
_MOST_COUNTRIES: Final = 3
NO_COUNTRY: Final = ""
"""Stands for identifiers that are of no country, or of many."""


class Aggregates:
    """Spreads of all findings of a run."""

    def __init__(self) -> None:
        self.by_category: dict[Category, Spread] = {}
        self.by_identifier: dict[str, Spread] = {}
        self.by_country: dict[str, Spread] = {}
        self.by_regulation: dict[str, Spread] = {}
        self.by_root: dict[str, Spread] = {}
        self.folders = Folders()
        self._regulations: dict[str, tuple[str, ...]] = {}

    def add(self, result: ObjectResult, counted: Sequence[Counted]) -> None:
        """Counts an object with findings in."""
        for one in counted:
            self.by_identifier.setdefault(one.identifier.id, Spread()).add([one])
        for category, found in _grouped(counted, lambda one: (one.category.value,)):
            self.by_category.setdefault(Category(category), Spread()).add(found)
        for country, found in _grouped(counted, countries_of):
            self.by_country.setdefault(country, Spread()).add(found)
        for regulation, found in _grouped(counted, self._regulations_of):
            self.by_regulation.setdefault(regulation, Spread()).add(found)
        self.by_root.setdefault(shown_root(result.object.ref), Spread()).add(counted)
        self.folders.add(result.object.ref, counted)

    def _regulations_of(self, identifier: Identifier) -> tuple[str, ...]:
        if identifier.id not in self._regulations:
            self._regulations[identifier.id] = regulations_of(identifier)
        return self._regulations[identifier.id]


def countries_of(identifier: Identifier) -> tuple[str, ...]:
    """ISO 3166 alpha-2 codes that it is counted under; NO_COUNTRY alone if it is of none in particular."""
    return identifier.countries if 0 < len(identifier.countries) <= _MOST_COUNTRIES else (NO_COUNTRY,)


def _grouped(counted: Sequence[Counted], keys_of: Callable[[Identifier], tuple[str, ...]]) -> Iterator[tuple[str, list[Counted]]]:
    groups: dict[str, list[Counted]] = {}
    for one in counted:
        for key in keys_of(one.identifier):
            groups.setdefault(key, []).append(one)
    yield from groups.items()
