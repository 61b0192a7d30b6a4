"""Given names and surnames by language, to put in the place of those of a text: from Faker's lists, and made up after their spelling."""

import random
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Final, Literal

Kind = Literal["given", "surname"]
_SHARE_OF_LANGUAGE: Final = 0.5
_SHARE_MADE_UP: Final = 0.25
_LEAST: Final = 20
_MOST_LETTERS: Final = 13


def draw(kind: Kind, language: str, rng: random.Random) -> str:
    """A name: half of them of the language, others of any, some of nobody."""
    if rng.random() < _SHARE_MADE_UP:
        return _made_up(kind, rng)
    lists = _lists(kind)
    own = [names for locale, names in lists if locale.startswith(language)]
    chosen = own if own and rng.random() < _SHARE_OF_LANGUAGE else [names for _, names in lists]
    return rng.choice(rng.choice(chosen))


@cache
def _lists(kind: Kind) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Locale and names, for each locale that writes with Latin letters."""
    import faker.providers.person as package

    found = []
    for locale in sorted(module.name for module in iter_modules(package.__path__) if module.ispkg):
        provider = import_module(f"{package.__name__}.{locale}").Provider
        names = sorted({name for attribute in dir(provider) if _is_of(attribute, kind) for name in _words(getattr(provider, attribute))})
        if len(names) >= _LEAST:
            found.append((locale, tuple(names)))
    return tuple(found)


def _is_of(attribute: str, kind: Kind) -> bool:
    return attribute.startswith("first_names") if kind == "given" else attribute.startswith("last_names")


def _words(value: object) -> Iterator[str]:
    names: Iterable[object] = value if isinstance(value, (list, tuple, dict)) else ()
    for name in names:
        if isinstance(name, str):
            yield from (
                word for word in name.split() if 2 <= len(word) <= _MOST_LETTERS and word.isalpha() and word[0].isupper() and _latin(word)
            )


def _latin(word: str) -> bool:
    return all(ord(letter) < 0x250 for letter in word)


@cache
def _followers(kind: Kind) -> dict[str, list[str]]:
    """Two letters -> what comes behind them in names."""
    followers: dict[str, list[str]] = {}
    for _, names in _lists(kind):
        for name in names[:400]:
            padded = f"^^{name.lower()}$"
            for place in range(len(padded) - 2):
                followers.setdefault(padded[place : place + 2], []).append(padded[place + 2])
    return followers


def _made_up(kind: Kind, rng: random.Random) -> str:
    """A name that nobody has, spelled as names are."""
    while True:
        name = "^^"
        while len(name) <= _MOST_LETTERS and (letter := rng.choice(_followers(kind)[name[-2:]])) != "$":
            name += letter
        if len(name) >= 6:
            return name[2:].capitalize()
