"""Which regulations speak of an identifier: declared in catalogue/regulations.toml, explained in docs/regulations.md."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from identifiers.errors import IdentifierError
from identifiers.fields import Fields
from identifiers.model import Category, Identifier

_PLACE = "regulations.toml"
_PATH = os.path.join(os.path.dirname(__file__), "catalogue", _PLACE)


@dataclass(frozen=True, slots=True)
class Scope:
    """A set of identifiers.

    :param categories: with `countries`: those of these categories ...
    :param countries: ... that are of one of these countries; "" for those of none, no entry at all for all
    :param ids: these besides
    :param excepted: these not, whatever their category and countries
    """

    categories: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    excepted: frozenset[str] = frozenset()

    def covers(self, identifier: Identifier) -> bool:
        """Whether `identifier` is one of them."""
        if identifier.id in self.ids:
            return True
        if identifier.category not in self.categories or identifier.id in self.excepted:
            return False
        return not self.countries or bool(self.countries & set(identifier.countries or ("",)))


@dataclass(frozen=True, slots=True)
class Regulation:
    """A law or a standard, and what it speaks of.

    :param id: as tags have it, such as `PCI_DSS`
    :param title: the full name
    :param reason: why it covers what it covers
    """

    id: str
    name: str
    title: str
    reason: str
    reference: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Outside:
    """Identifiers that none of the regulations speaks of, and why."""

    reason: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Regulations:
    """All that is declared.

    :param groups: name of a group -> ids
    """

    regulations: tuple[Regulation, ...]
    outside: tuple[Outside, ...]
    groups: Mapping[str, frozenset[str]]

    def of(self, identifier: Identifier) -> tuple[str, ...]:
        """Ids of the regulations that speak of `identifier`, in their declared order."""
        return tuple(one.id for one in self.regulations if one.scope.covers(identifier))

    def reason_outside(self, identifier: Identifier) -> str | None:
        """Why none of them speaks of it; None if nothing is declared."""
        return next((one.reason for one in self.outside if one.scope.covers(identifier)), None)


@cache
def load_regulations() -> Regulations:
    """What catalogue/regulations.toml declares."""
    with open(_PATH, "rb") as file:
        return read_regulations(tomllib.load(file))


def regulations_of(identifier: Identifier) -> tuple[str, ...]:
    """Ids of the regulations that speak of `identifier`; none for a custom one."""
    return load_regulations().of(identifier)


def read_regulations(document: Mapping[str, object]) -> Regulations:
    """What `document`, in the form of regulations.toml, declares.

    :raises IdentifierError: naming table and key
    """
    top = Fields(document, _PLACE)
    groups = _groups(top.value("groups"))
    regulations = tuple(_regulation(Fields(one, f"{_PLACE}: {one.get('id')}"), groups) for one in top.tables("regulation"))
    outside = tuple(
        _outside(Fields(one, f"{_PLACE}: outside {number}"), groups) for number, one in enumerate(top.tables("outside"), start=1)
    )
    top.finish()
    return Regulations(regulations, outside, groups)


def _groups(given: object) -> dict[str, frozenset[str]]:
    if not isinstance(given, Mapping):
        raise IdentifierError("must be tables of groups", where=f"{_PLACE}: groups")
    groups = {}
    for name, table in given.items():
        fields = Fields(table, f"{_PLACE}: groups.{name}")
        fields.text("reason")
        groups[name] = frozenset(fields.texts("ids"))
        fields.finish()
    return groups


def _regulation(fields: Fields, groups: Mapping[str, frozenset[str]]) -> Regulation:
    excepted = _members(fields, "except", groups)
    scope = Scope(_categories(fields), _countries(fields), frozenset(fields.texts("ids")), excepted)
    id_, name, title, reason, reference = (fields.text(key) for key in ("id", "name", "title", "reason", "reference"))
    regulation = Regulation(id_, name, title, reason, reference, scope)
    fields.finish()
    return regulation


def _outside(fields: Fields, groups: Mapping[str, frozenset[str]]) -> Outside:
    scope = Scope(_categories(fields), _countries(fields), _members(fields, "groups", groups))
    outside = Outside(fields.text("reason"), scope)
    fields.finish()
    return outside


def _members(fields: Fields, key: str, groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    names = fields.texts(key)
    unknown = next((name for name in names if name not in groups), None)
    if unknown is not None:
        fields.fail(key, f"{unknown!r} is no group; there are {', '.join(groups)}")
    return frozenset().union(*(groups[name] for name in names))


def _categories(fields: Fields) -> frozenset[str]:
    categories = fields.texts("categories")
    unknown = next((name for name in categories if name not in list(Category)), None)
    if unknown is not None:
        fields.fail("categories", f"{unknown!r} is no category; there are {', '.join(Category)}")
    return frozenset(categories)


def _countries(fields: Fields) -> frozenset[str]:
    """As `Fields.texts`, but an empty text is one too."""
    value = fields.value("countries") or []
    if not isinstance(value, list) or not all(isinstance(code, str) and len(code) in (0, 2) for code in value):
        fields.fail("countries", 'must be a list of ISO 3166 alpha-2 codes, "" for none')
    return frozenset(value)
