"""Lists of words that several built-in identifiers share; a file takes one with `@` and its name, e.g. `@ordinary numbers`."""

import os
import tomllib
from functools import cache
from itertools import chain

from identifiers.errors import IdentifierError
from identifiers.fields import suggestion

_FILE = os.path.join(os.path.dirname(__file__), "catalogue", "words.toml")


def spelled_out(words: tuple[str, ...], where: str) -> tuple[str, ...]:
    """`words`, with each `@list` replaced by what stands in it.

    :raises IdentifierError: if there is no such list
    """
    return tuple(chain.from_iterable(_list(word[1:], where) if word.startswith("@") else (word,) for word in words))


def _list(name: str, where: str) -> tuple[str, ...]:
    lists = _lists()
    if name not in lists:
        raise IdentifierError(f"there is no list {name!r}; {suggestion(name, set(lists))}", where=where)
    return lists[name]


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    with open(_FILE, "rb") as file:
        return {name: tuple(words) for name, words in tomllib.load(file).items()}
