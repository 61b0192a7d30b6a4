"""Writes `scanner/names/data/lexicon.npz`: what is known of single words in prose.

    python -m benchmarks.names.make_lexicon

Names and places are those of the word lists of this package; more names come from mimesis (MIT) and `own_words.toml`; ordinary words and
how common they are come from pyspellchecker (MIT); surnames of the United States from the census of 1990, which is in the public domain,
as the package `names` has them; titles, labels and the like from `scanner/names/vocabulary.toml`.
"""

import glob
import gzip
import json
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import Final

import numpy as np
import regex

from benchmarks.names.name_like import SURE, NameLike
from scanner.names import lexicon
from scanner.names.fold import fold
from scanner.names.lexicon import BIT, hashes_of, rows_of
from scanner.names.lists import words_of

LANGUAGES: Final = ("en", "es", "fr", "de", "pt", "it", "nl")
# How many of the most frequent words of a language are common, usual and seldom.
_RANKS: Final = (("common", 1500), ("usual", 12_000), ("seldom", 60_000), ("rare", 250_000))
_FREQUENT_SURNAMES: Final = 4000
_LEAST_LETTERS: Final = 2
_WORD: Final = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_VOCABULARY: Final = os.path.join(os.path.dirname(lexicon.__file__), "vocabulary.toml")
_KINDS: Final = {
    "titles": "title", "particles": "particle", "organisations": "organisation", "months": "month", "streets": "street",
    "name_labels": "name_label", "address_labels": "address_label", "technical": "technical",
}  # fmt: skip
_NAMES: Final = BIT["given"] | BIT["given_part"] | BIT["surname"] | BIT["surname_rare"]
_NO_NAME: Final = BIT["common"] | sum(BIT[kind] for kind in _KINDS.values())
_ORDINARY: Final = BIT["common"] | BIT["usual"] | BIT["seldom"]


def main() -> None:
    """Write the file, and say how many words it has."""
    flags: dict[str, int] = {}
    _add(flags, _listed())
    sure = dict(flags)
    _add(flags, _mimesis())
    unsure = {word: bits & ~sure.get(word, 0) for word, bits in flags.items()}
    ordinary = list(_ordinary())
    _add(flags, _without_names(ordinary, flags))
    _add(flags, _vocabulary())
    for word, sure_not in unsure.items():
        # Its lists have ordinary words among the names.
        flags[word] &= ~sure_not if flags[word] & _NO_NAME else ~0
    for word in _names_above_all():
        flags[word] &= ~_ORDINARY
    words = sorted(word for word, bits in flags.items() if bits != BIT["city_part"])
    hashes = hashes_of(rows_of(words))
    order = np.argsort(hashes, kind="stable")
    bits = np.array([_without_less(flags[word]) for word in words], np.uint32)[order]
    np.savez_compressed(lexicon.PATH, hashes=hashes[order], bits=bits)
    print(f"{len(words)} words, {os.path.getsize(lexicon.PATH)} bytes")


def _add(flags: dict[str, int], words: Iterable[tuple[str, str]]) -> None:
    for word, kind in words:
        if len(word) > 1 and word.isascii():
            flags[word] = _with(flags.get(word, 0), kind)


def _with(known: int, kind: str) -> int:
    """`known` with one more thing. Dictionaries have names among their rarest words, which are no words for that."""
    if kind != "rare":
        return known | BIT[kind]
    return known if known & _NAMES else known | BIT["seldom"]


def _listed() -> Iterator[tuple[str, str]]:
    yield from _parts("given", "given", "given_part")
    yield from _parts("surname", "surname", "surname_rare")
    yield from _parts("city", "city", "city_part")
    yield from _parts("country", "region", "region")
    yield from _parts("region", "region", "region")
    yield from _parts("product", "technical", "technical")
    yield from _census()
    yield from _own()


def _vocabulary() -> Iterator[tuple[str, str]]:
    with open(_VOCABULARY, "rb") as file:
        vocabulary = tomllib.load(file)
    for key, kind in _KINDS.items():
        yield from ((fold(word), kind) for word in vocabulary[key].split())


def _names_above_all() -> list[str]:
    with open(_VOCABULARY, "rb") as file:
        words: str = tomllib.load(file)["names_above_all"]
    return words.split()


def _parts(name: str, whole: str, part: str) -> Iterator[tuple[str, str]]:
    """The words of the entries of a list, those of entries with several words as another kind."""
    for entry in words_of(name):
        words = _WORD.findall(entry)
        yield from ((word, whole if len(words) == 1 else part) for word in words if len(words) == 1 or len(word) > 2)


def _census() -> Iterator[tuple[str, str]]:
    for name, rank in _ranked("dist.all.last"):
        yield name, "surname" if rank <= _FREQUENT_SURNAMES else "surname_rare"
    for file in ("dist.female.first", "dist.male.first"):
        yield from ((name, "given") for name, _ in _ranked(file))


def _mimesis() -> Iterator[tuple[str, str]]:
    """The names of its lists that are written with Latin letters."""
    for path in sorted(glob.glob(os.path.join(glob.escape(_folder("mimesis")), "datasets", "*", "person.json"))):
        with open(path, encoding="utf-8") as file:
            person = json.load(file)
        for key, kind in (("names", "given"), ("surnames", "surname")):
            for name in _texts(person.get(key, ())):
                yield from ((word, kind) for word in _WORD.findall(fold(name)) if len(word) > _LEAST_LETTERS)


def _texts(held: object) -> Iterator[str]:
    """The texts in a list, or in a mapping from sexes to lists."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, Iterable):
        for one in held.values() if isinstance(held, dict) else held:
            yield from _texts(one)


def _own() -> Iterator[tuple[str, str]]:
    with open(os.path.join(os.path.dirname(__file__), "own_words.toml"), "rb") as file:
        own = tomllib.load(file)
    for key, kind in (("prose_given", "given"), ("prose_surname", "surname")):
        yield from ((fold(word), kind) for text in own[key] for word in text.split())


def _ranked(name: str) -> Iterable[tuple[str, int]]:
    with open(os.path.join(_folder("names"), name), encoding="ascii") as file:
        rows = [line.split() for line in file]
    return [(row[0].lower(), int(row[3])) for row in rows if len(row) == 4]


def _ordinary() -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        with gzip.open(os.path.join(_folder("spellchecker"), "resources", f"{language}.json.gz"), "rt", encoding="utf-8") as file:
            counts: dict[str, int] = json.load(file)
        ranked = sorted(counts, key=lambda word: (-counts[word], word))
        for rank, word in enumerate(ranked[: _RANKS[-1][1]]):
            if word.isalpha():
                yield fold(word), next(kind for kind, last in _RANKS if rank < last)


def _without_names(ordinary: Sequence[tuple[str, str]], flags: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """`ordinary` without rare words that look like names.

    :param flags: what is known of names
    """
    usual = {word for word, kind in ordinary if kind in {"common", "usual"}}
    plain = [word for word in usual if not flags.get(word, 0) & _NAMES]
    looks = NameLike((word for word, bits in flags.items() if bits & _NAMES and word not in usual), plain)
    scores: dict[str, float] = {}
    for word, kind in ordinary:
        if kind in {"common", "usual"} or word in usual:
            yield word, kind
            continue
        if word not in scores:
            scores[word] = looks.score(word)
        if scores[word] < SURE:
            yield word, kind


def _folder(package: str) -> str:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed; install the group of dependencies `dev`")
    return os.path.dirname(spec.origin)


def _without_less(bits: int) -> int:
    """`bits` without what is said better by another: of two degrees the higher one stays."""
    for more, less in (
        ("common", "usual"),
        ("common", "seldom"),
        ("usual", "seldom"),
        ("surname", "surname_rare"),
        ("given", "given_part"),
        ("city", "city_part"),
    ):
        if bits & BIT[more]:
            bits &= ~BIT[less]
    return bits


if __name__ == "__main__":
    main()
