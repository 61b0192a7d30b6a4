"""Which identifiers to look for: named one by one, by category, by country, or as a set."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import chain

from identifiers.errors import IdentifierError
from identifiers.macie import macie_recommended
from identifiers.model import Category, Identifier

_SETS = ("recommended", "macie", "all", "none")


def select(
    identifiers: Iterable[Identifier], select: Sequence[str] = ("recommended",), deselect: Sequence[str] = ()
) -> tuple[Identifier, ...]:
    """The identifiers that any word of `select` takes and no word of `deselect`, sorted by id.

    A word is `recommended`, `macie` (what Macie recommends), `all`, `none`, an id, `category:NAME` or `country:CC`.
    Custom identifiers are always taken unless they are deselected. Without any word in `select` it is `recommended`.

    :raises IdentifierError: for a word that names nothing
    """
    known = sorted(identifiers, key=lambda identifier: identifier.id)
    wanted = set(chain.from_iterable(_taken(word, known, "--select") for word in select or ("recommended",)))
    wanted |= {identifier.id for identifier in known if identifier.category is Category.CUSTOM}
    unwanted = set(chain.from_iterable(_taken(word, known, "--deselect") for word in deselect))
    return tuple(identifier for identifier in known if identifier.id in wanted - unwanted)


def _taken(word: str, known: list[Identifier], flag: str) -> set[str]:
    """The ids that one word takes."""
    kind, colon, name = word.partition(":")
    if colon and kind == "category":
        return _of_category(name, known, flag)
    if colon and kind == "country":
        return _of_country(name, known, flag)
    ids = {identifier.id for identifier in known}
    if word in _SETS:
        recommended = {identifier.id for identifier in known if identifier.recommended}
        return {"recommended": recommended, "macie": ids & macie_recommended(), "all": ids, "none": set()}[word]
    if word not in ids:
        _fail(word, [*_SETS, *sorted(ids), *(f"category:{category}" for category in Category)], flag)
    return {word}


def _of_category(name: str, known: list[Identifier], flag: str) -> set[str]:
    if name not in list(Category):
        _fail(f"category:{name}", [f"category:{category}" for category in Category], flag)
    return {identifier.id for identifier in known if identifier.category == name}


def _of_country(name: str, known: list[Identifier], flag: str) -> set[str]:
    taken = {identifier.id for identifier in known if name.upper() in identifier.countries}
    if not taken:
        countries = sorted(set(chain.from_iterable(identifier.countries for identifier in known)))
        _fail(f"country:{name}", [f"country:{country}" for country in countries], flag)
    return taken


def _fail(word: str, known: list[str], flag: str) -> None:
    upper = {item.upper(): item for item in known}
    close = [upper[match] for match in get_close_matches(word.upper(), upper, n=1, cutoff=0.6)]
    remedy = f"did you mean {close[0]!r}?" if close else "`dowse identifiers list` shows what there is"
    raise IdentifierError(f"{word!r} names no identifier; {remedy}", where=flag)
