"""What a column holds, by its header and a sample of its values together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import regex

from scanner.names.headers import Header, Role
from scanner.names.people import People, people_in
from scanner.names.places import places_in, share_of_codes, share_of_houses, share_of_words

FEWEST: Final = 10
"""Different values that a column without a telling header must have: fewer may be names by chance."""
_FEWEST_WORDS: Final = 3
_LATIN: Final = regex.compile(r"\p{Latin}")


class Trust(StrEnum):
    """What a verdict rests on.

    HEADER: the header, which can mean nothing else. BOTH: it can, and the values decide. VALUES: nothing but them.
    """

    HEADER = "header"
    BOTH = "both"
    VALUES = "values"


NEEDED: Final = {Trust.HEADER: 0.1, Trust.BOTH: 0.4, Trust.VALUES: 0.75}
"""The share of values that the lists must know, over all of a column."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a column holds.

    :param header: with the role that the values confirm
    :param seen: different values that were looked at
    :param known: those of them that the lists know, or that have the shape
    :param leads: speaks for a name or an address by itself; else only beside one that does
    """

    header: Header
    trust: Trust
    seen: int
    known: int
    leads: bool = True


def judge(header: Header, values: Sequence[str]) -> Verdict | None:
    """What a column with `values`, different and not empty, holds; None where they are no names and no parts of addresses.

    >>> judge(Header(Role.PERSON, "name"), ["Ann Miller", "John Hill"]) is None
    False
    >>> judge(Header(Role.PERSON, "name"), ["Blue chair", "Oak table"]) is None
    True
    """
    if not values:
        return None
    judged = _JUDGES.get(header.role)
    return judged(header, values) if judged else None


def _surely_named(header: Header, values: Sequence[str]) -> Verdict | None:
    """A header that means nothing but a name. Values that no list knows are believed if they look like words."""
    people = people_in(values)
    known = people.full + people.half + people.words + people.initials
    need = 0.15 if header.role is Role.SURNAME else 0.5 if header.role is Role.FULL and len(values) < FEWEST else 0.2
    if people.other > 0.35 or (header.role is Role.FULL and people.place > 0.5):
        return None
    if known >= need or (people.other <= 0.1 and not any(map(_LATIN.search, values))):
        return Verdict(header, Trust.HEADER, len(values), max(round(known * len(values)), int(known < need)))
    return None


def _perhaps_named(header: Header, values: Sequence[str]) -> Verdict | None:
    """A header that may mean companies, things or logins as well."""
    people = people_in(values)
    if people.other > 0.45 or people.place > 0.4:
        return None
    mixed = people.people + people.words * 0.8
    sure = header.role is Role.INDIVIDUAL
    whole = (people.full >= 0.25 and mixed >= 0.45) or (sure and people.full >= 0.1 and mixed >= 0.3 and people.other <= 0.25)
    single = people.words >= 0.65 and people.words + people.full >= 0.7 and people.other <= 0.2 and not _lower(values)
    # A single word called `name` is a name of anything, unless something says whose.
    if not (whole or (single and (sure or header.owner or len(values) >= _FEWEST_WORDS))):
        return None
    role = Role.SURNAME if single and people.surname + people.given > 2 * people.full and people.surname > people.given else header.role
    if single and role is header.role and people.given > 2 * people.full:
        role = Role.GIVEN
    known = people.full + people.half + people.words
    return Verdict(replace(header, role=role), Trust.BOTH, len(values), round(known * len(values)))


def _lower(values: Sequence[str]) -> bool:
    """Whether the values are written small, as logins and tags are."""
    return sum(value[:1].islower() for value in values) > len(values) / 2


def _unnamed(header: Header, values: Sequence[str]) -> Verdict | None:
    """No header, or one that says nothing of names."""
    people = people_in(values)
    named = people.full >= 0.5 and people.full + people.half >= 0.85
    if named and people.place <= 0.15 and people.other <= 0.1 and _some_differ(people, values):
        known = round((people.full + people.half) * len(values))
        return Verdict(replace(header, role=Role.FULL), Trust.VALUES, len(values), known)
    places = places_in(values)
    if places.full + places.street >= 0.8 and places.full + places.street + places.numbered >= 0.85:
        known = round((places.full + places.street) * len(values))
        return Verdict(replace(header, role=Role.STREET), Trust.VALUES, len(values), known)
    return None


def _some_differ(people: People, values: Sequence[str]) -> bool:
    """Whether the first words are many different ones: a column of one family's ships is none of names."""
    first = {value.split()[0] for value in values if value.split()}
    return len(first) * 2 >= people.size


def _street(header: Header, values: Sequence[str]) -> Verdict | None:
    """A header that means a street or a whole address."""
    places = places_in(values)
    strong = places.full + places.street + places.road + places.numbered
    words = share_of_words(values)
    if words < 0.5:
        return None
    return Verdict(header, Trust.HEADER, len(values), round(strong * len(values)), leads=strong >= 0.35)


def _address(header: Header, values: Sequence[str]) -> Verdict | None:
    """A header that may mean the address of a machine or a page as well."""
    places = places_in(values)
    strong = places.full + places.street + places.road + places.numbered
    if strong < 0.4 or share_of_words(values) < 0.6:
        return None
    return Verdict(header, Trust.BOTH, len(values), round(strong * len(values)), leads=strong >= 0.45)


def _all_fit(_values: Sequence[str]) -> float:
    return 1.0


def _beside(header: Header, values: Sequence[str]) -> Verdict | None:
    """What is a part of an address only beside a street."""
    fits = {Role.POSTCODE: share_of_codes, Role.HOUSE: share_of_houses, Role.LINE2: _all_fit}.get(header.role, share_of_words)
    share = fits(values)
    return Verdict(header, Trust.HEADER, len(values), round(share * len(values)), leads=False) if share >= 0.5 else None


_JUDGES: Final = {
    Role.GIVEN: _surely_named,
    Role.SURNAME: _surely_named,
    Role.FULL: _surely_named,
    Role.INDIVIDUAL: _perhaps_named,
    Role.PERSON: _perhaps_named,
    Role.STREET: _street,
    Role.ADDRESS: _address,
    Role.HOUSE: _beside,
    Role.LINE2: _beside,
    Role.CITY: _beside,
    Role.REGION: _beside,
    Role.POSTCODE: _beside,
    Role.NONE: _unnamed,
}
