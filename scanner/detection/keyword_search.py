"""Where keywords may stand in a text: candidates, which are compared letter by letter afterwards."""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, Self

import regex

from identifiers.fold import fold, plain_letters
from scanner.detection.camel import take_apart
from scanner.detection.literal_words import (
    ASCII_LETTERS,
    LITERAL_BYTES,
    UTF8_LETTERS,
    LiteralSearch,
    LiteralTable,
    ascii_literals,
    other_literals,
)
from scanner.detection.pieces import joined, split

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Places = npt.NDArray[np.int64]

Words = list[tuple[int, int, int]]

_PADDING: Final = b" " * 8
# White space beyond ASCII may stand between the words of a keyword.
_SPACES: Final = regex.compile(r"[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")


class KeywordSearch:
    """Finds the candidates of some keywords; made by `of` or `loaded`.

    :param plain: finds those of ASCII
    :param others: finds those with other letters
    """

    def __init__(self, plain: LiteralSearch, others: LiteralSearch) -> None:
        self._ascii = plain
        self._others = others

    @classmethod
    def of(cls, keywords: Mapping[int, str], *, whole: bool) -> Self:
        """A search for some keywords.

        :param keywords: by their indices
        :param whole: whole words; else their letters anywhere, for `present` alone
        """
        tables = ascii_literals(keywords, whole=whole), other_literals(keywords)
        return cls(*(LiteralSearch(table, once=not whole) for table in tables))

    @classmethod
    def loaded(cls, serialised: bytes) -> Self:
        """What `serialise` wrote down."""
        told, *databases = split(serialised)
        return cls(*(LiteralSearch(table, database=database) for table, database in zip(_read(told), databases, strict=True)))

    def serialise(self) -> bytes:
        """The compiled search."""
        searches = (self._ascii, self._others)
        told = [[[literal.decode("latin-1") for literal in search.table.literals], search.table.owners] for search in searches]
        return joined([json.dumps(told).encode(), *(search.serialise() for search in searches)])

    def find(self, data: memoryview) -> Words:
        """Keyword index, its start or the place before it, and a place inside of it; in bytes of `data`, which is valid UTF-8."""
        text = bytes(data)
        return self._plain(text) if text.isascii() else self._mixed(text)

    def present(self, data: memoryview) -> frozenset[int]:
        """The keywords that occur in `data`, which is valid UTF-8."""
        return frozenset(number for number, _, _ in self.find(data))

    def _plain(self, text: bytes) -> Words:
        """All in a text in which each character is a byte, and those beyond ASCII do not matter."""
        table = self._ascii.table
        hits = self._ascii.find(b" " + text.translate(ASCII_LETTERS) + _PADDING)
        found = _words(table, [(literal, start - 1) for literal, start in hits])
        apart = take_apart(text, LITERAL_BYTES)
        if apart is not None:
            letters, places = apart
            hits = self._ascii.find(letters.translate(ASCII_LETTERS) + _PADDING)
            found += _words(table, [(literal, int(places[start])) for literal, start in hits])
        return found

    def _mixed(self, text: bytes) -> Words:
        """All in a text with letters beyond ASCII."""
        import numpy as np

        plain = plain_letters(_SPACES.sub(" ", str(text, "utf-8")))
        found = self._plain(plain.encode("latin-1", "replace"))
        folded = fold(plain).encode()
        hits = self._others.find(folded.translate(UTF8_LETTERS) + _PADDING)
        starts = _beginnings(folded).searchsorted(np.array([start for _, start in hits], dtype=np.int64), "right") - 1
        found += _words(self._others.table, zip((literal for literal, _ in hits), starts.tolist(), strict=True))
        return _in_bytes(found, _beginnings(text))


def _words(table: LiteralTable, hits: Iterable[tuple[int, int]]) -> Words:
    """The keywords that begin with the literals; a literal may begin with the place before its keyword."""
    return [(number, max(0, start), start + 2) for literal, start in hits for number in table.owners[literal]]


def _beginnings(text: bytes) -> "Places":
    """Where the characters of a text in UTF-8 begin."""
    import numpy as np

    return np.flatnonzero((np.frombuffer(text, dtype=np.uint8) & 0xC0) != 0x80)


def _in_bytes(found: Words, beginnings: "Places") -> Words:
    """Hits in characters as hits in bytes."""
    import numpy as np

    numbers, starts, ends = np.array(found, dtype=np.int64).reshape(-1, 3).T
    last = len(beginnings) - 1
    return list(zip(numbers.tolist(), beginnings[starts].tolist(), (beginnings[np.minimum(ends - 1, last)] + 1).tolist(), strict=True))


def _read(told: bytes) -> tuple[LiteralTable, ...]:
    return tuple(
        LiteralTable(tuple(literal.encode("latin-1") for literal in literals), tuple(map(tuple, owners)))
        for literals, owners in json.loads(told)
    )
