"""Sensitivity levels: what a data catalogue calls a column that holds certain things, and how users say so in a file.

    order = ["public", "internal", "confidential", "restricted"]    from the least to the most sensitive

    [category]                      everything of a category is at least ...
    credentials = "restricted"

    [severity]                      what two occurrences of are this severe is at least ...
    high = "restricted"

    [regulation]                    what a regulation speaks of is at least ...
    PCI_DSS = "restricted"

    [identifier]                    is exactly, whatever the tables above say
    EMAIL_ADDRESS = "internal"

Two occurrences, because a column has more than one, and a level that grows with the number of rows would change with every load.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import Final

from identifiers.catalogues import load_catalogue
from identifiers.errors import IdentifierError
from identifiers.fields import Fields
from identifiers.model import Category, Identifier, Severity
from identifiers.regulations import load_regulations, regulations_of
from scanner.errors import ConfigError
from scanner.reports.severity import severity_of

_IN_A_COLUMN: Final = 2


@dataclass(frozen=True, slots=True)
class Levels:
    """Which level is whose.

    :param order: from the least to the most sensitive
    :param category: category -> level
    :param severity: severity of two occurrences -> level
    :param regulation: id of a regulation -> level
    :param identifier: id of an identifier -> level
    """

    order: tuple[str, ...] = ("public", "internal", "confidential", "restricted")
    category: Mapping[str, str] = field(default_factory=lambda: {"credentials": "restricted"})
    severity: Mapping[str, str] = field(default_factory=lambda: {"high": "restricted", "medium": "confidential", "low": "internal"})
    regulation: Mapping[str, str] = field(default_factory=lambda: {"PCI_DSS": "restricted"})
    identifier: Mapping[str, str] = field(default_factory=dict)

    def of(self, identifier: Identifier) -> str:
        """The level of `identifier`; the least sensitive one if nothing is said of it."""
        if identifier.id in self.identifier:
            return self.identifier[identifier.id]
        severity = severity_of(_declared().get(identifier.id, identifier), _IN_A_COLUMN) or Severity.LOW
        said = [self.category.get(identifier.category), self.severity.get(severity)]
        said += [self.regulation.get(regulation) for regulation in regulations_of(identifier)]
        return self.highest(level for level in said if level)

    def highest(self, levels: Iterable[str]) -> str:
        """The most sensitive of `levels`; the least sensitive there is if there are none."""
        return max(levels, key=self.order.index, default=self.order[0])


@cache
def _declared() -> Mapping[str, Identifier]:
    """The built-in identifiers: those of a report on an earlier run say only how severe they were in it."""
    return {one.id: one for one in load_catalogue()}


def read_levels(table: Mapping[str, object], where: str, ids: Collection[str]) -> Levels:
    """The levels that `table` declares; what it leaves out is as by default, unless it has an order of its own.

    :param where: file and table, for messages
    :param ids: of the identifiers that there are
    :raises ConfigError: naming the key and the remedy
    """
    fields = Fields(table, where)
    default = Levels()
    try:
        order = fields.texts("order") or default.order
        if "order" in table:
            default = Levels(order, {}, {}, {}, {})
        levels = Levels(
            order,
            _table(fields, "category", default.category, order, list(Category)),
            _table(fields, "severity", default.severity, order, list(Severity)),
            _table(fields, "regulation", default.regulation, order, [one.id for one in load_regulations().regulations]),
            _table(fields, "identifier", default.identifier, order, ids),
        )
        fields.finish()
    except IdentifierError as error:
        raise ConfigError(str(error)) from error
    return levels


def _table(fields: Fields, key: str, default: Mapping[str, str], order: tuple[str, ...], known: Collection[str]) -> Mapping[str, str]:
    """The table at `key`: name -> level.

    :param known: names that there are
    """
    given = fields.value(key)
    if given is None:
        return default
    if not isinstance(given, Mapping):
        fields.fail(key, 'must be a table such as high = "restricted"')
    for name, level in given.items():
        if name not in known:
            close = get_close_matches(str(name), sorted(known), n=1)
            fields.fail(key, f"{name!r} is unknown; {f'did you mean {close[0]!r}?' if close else 'remove it'}")
        if level not in order:
            fields.fail(f"{key}.{name}", f"{level!r} is no level; there are {', '.join(order)}")
    return dict(given)
