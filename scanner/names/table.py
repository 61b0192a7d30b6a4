"""Columns that belong together: the parts of one name, the parts of one address."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scanner.names.headers import NAME_ROLES, Role
from scanner.names.verdict import Verdict

_PARTS: Final = (Role.HOUSE, Role.LINE2, Role.CITY, Role.REGION, Role.POSTCODE)
# Columns between a street and its city, at most.
_REACH: Final = 8


class Kind(StrEnum):
    """What a group of columns holds: the id of the identifier."""

    NAME = "NAME"
    ADDRESS = "ADDRESS"


@dataclass(frozen=True, slots=True)
class Judged:
    """A column with its verdict.

    :param place: of the column in its table
    :param around: the names around the innermost one: columns of one object of JSON have the same
    """

    place: int
    around: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """Columns in which each row holds one name, or one address.

    :param columns: that hold it; in their order for a name, the leading one first for an address
    """

    kind: Kind
    columns: tuple[Judged, ...]


def column_groups(columns: Sequence[Judged]) -> list[ColumnGroup]:
    """The names and addresses in the columns of one table."""
    named = _names(columns)
    return named + _addresses(columns, has_names=bool(named))


def _names(columns: Sequence[Judged]) -> list[ColumnGroup]:
    """Given names and surnames of one owner are one name; full names stand by themselves."""
    split: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Judged]] = {}
    found: list[tuple[Judged, ...]] = []
    for column in columns:
        role = column.verdict.header.role
        if role in (Role.GIVEN, Role.SURNAME):
            split.setdefault((column.around, column.verdict.header.owner), []).append(column)
        elif role in NAME_ROLES:
            found.append((column,))
    found += [tuple(group) for group in split.values()]
    return [ColumnGroup(Kind.NAME, group) for group in sorted(found, key=lambda group: group[0].place)]


def _addresses(columns: Sequence[Judged], *, has_names: bool) -> list[ColumnGroup]:
    parts = [column for column in columns if column.verdict.header.role in _PARTS]
    found, taken = [], set[int]()
    for lead in (column for column in columns if column.verdict.header.role in (Role.STREET, Role.ADDRESS)):
        beside = [part for part in _of_one(lead, parts) if part.place not in taken]
        roles = {part.verdict.header.role for part in beside}
        if lead.verdict.leads or {Role.CITY, Role.POSTCODE} <= roles:
            taken |= {part.place for part in beside}
            found.append(ColumnGroup(Kind.ADDRESS, (lead, *beside)))
    if not found and has_names:
        found += _without_street(parts)
    return found


def _of_one(lead: Judged, parts: Sequence[Judged]) -> list[Judged]:
    """The parts that stand around `lead` and belong to the same address: one of each role, those of the same owner first."""
    near = [part for part in parts if part.around == lead.around and abs(part.place - lead.place) <= _REACH]
    owner = lead.verdict.header.owner
    near.sort(key=lambda part: (part.verdict.header.owner != owner, part.place < lead.place, abs(part.place - lead.place)))
    chosen: dict[Role, Judged] = {}
    for part in near:
        theirs = part.verdict.header.owner
        if theirs == owner or not theirs or not owner:
            chosen.setdefault(part.verdict.header.role, part)
    return sorted(chosen.values(), key=lambda part: part.place)


def _without_street(parts: Sequence[Judged]) -> list[ColumnGroup]:
    """A city with its postal code says where a person lives, in a table that names the person."""
    found = []
    for city in (part for part in parts if part.verdict.header.role is Role.CITY):
        beside = [part for part in _of_one(city, parts) if part.verdict.header.role in (Role.POSTCODE, Role.REGION, Role.HOUSE)]
        if any(part.verdict.header.role is Role.POSTCODE for part in beside):
            found.append(ColumnGroup(Kind.ADDRESS, (city, *beside)))
    return found
