"""What is known of single words: whether they are names, places, ordinary words, and which part they play in an address or a salutation.

The words themselves are not kept, only hashes of them: half a million words are ready as soon as their file is read.
"""

import os
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from scanner.names.fold import fold
from scanner.names.lists import DATA_FOLDER

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Bits = npt.NDArray[np.uint32]
    Hashes = npt.NDArray[np.uint32]

PATH: Final = os.path.join(DATA_FOLDER, "lexicon.npz")
WORD_BYTES: Final = 24
"""Of longer words only the beginning counts."""

_NAMES: Final = (
    "given", "given_part", "surname", "surname_rare", "city", "city_part", "region", "common", "usual", "seldom", "title", "particle",
    "organisation", "month", "street", "name_label", "address_label", "technical",
)  # fmt: skip
BIT: Final = {name: 1 << place for place, name in enumerate(_NAMES)}
GIVEN, SURNAME, STREET = BIT["given"], BIT["surname"], BIT["street"]
TITLE, LABEL, CITY = BIT["title"], BIT["name_label"], BIT["city"]
ORDINARY, TECHNICAL = BIT["common"] | BIT["usual"], BIT["technical"] | BIT["month"]
# `A Coruña`, `Rio de Janeiro`: words as short as that say nothing.
_LONGEST_LINK: Final = 2
_MOST_KNOWN: Final = 50_000


def hashes_of(words: "npt.NDArray[np.uint8]") -> "Hashes":
    """A hash of each row of 24 bytes: a folded word in UTF-8 with zeros behind it."""
    import numpy as np

    parts = np.ascontiguousarray(words).view(np.uint64)
    mixed = parts[:, 0] * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= (parts[:, 1] + np.uint64(0x632BE59BD9B4E019)) * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed ^= (parts[:, 2] + np.uint64(0x165667B19E3779F9)) * np.uint64(0x9FB21C651E98DF25)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return np.asarray(mixed >> np.uint64(32), np.uint32)


def rows_of(words: Sequence[str]) -> "npt.NDArray[np.uint8]":
    """Folded words as rows for `hashes_of`."""
    import numpy as np

    joined = b"".join(word.encode("utf-8", "replace")[:WORD_BYTES].ljust(WORD_BYTES, b"\0") for word in words)
    return np.frombuffer(joined, np.uint8).reshape(-1, WORD_BYTES)


class Lexicon:
    """Looks words up.

    :param hashes: ascending
    :param bits: what is known of the word with each hash, see `BIT`
    """

    def __init__(self, hashes: "Hashes", bits: "Bits") -> None:
        self._hashes = hashes
        self._bits = bits
        self._known: dict[str, int] = {}

    def flags_of_bytes(self, words: "npt.NDArray[np.uint8]") -> "Bits":
        """For each row of `rows_of` what is known of it; 0 for what is not listed."""
        import numpy as np

        hashes = hashes_of(words)
        places = np.minimum(self._hashes.searchsorted(hashes), len(self._hashes) - 1)
        return np.where(self._hashes[places] == hashes, self._bits[places], 0).astype(np.uint32)

    def flags(self, words: Sequence[str]) -> list[int]:
        """For each word, as it is written, what is known of it."""
        new = [word for word in dict.fromkeys(words) if word not in self._known]
        if new:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
                new = list(dict.fromkeys(words))
            self._known.update(zip(new, self.flags_of_bytes(rows_of([fold(word) for word in new])).tolist(), strict=True))
        return [self._known[word] for word in words]


def is_city(words: str, lexicon: Lexicon) -> bool:
    """Whether `words` are the name of a city, a region or a country, as far as its single words tell."""
    parts = words.replace("-", " ").split()
    flags = lexicon.flags(parts)
    if len(parts) == 1:
        return bool(flags[0] & (CITY | BIT["region"])) and not flags[0] & BIT["month"]
    told = [flag for part, flag in zip(parts, flags, strict=True) if len(part) > _LONGEST_LINK]
    return bool(told) and all(flag & (CITY | BIT["city_part"] | BIT["region"]) for flag in told)


def is_person(words: str, lexicon: Lexicon) -> bool:
    """Whether `words` begin with a given name that is neither a town nor an ordinary word, and have no word for a street or a house."""
    parts = words.replace("-", " ").split()
    flags = lexicon.flags(parts)
    sure = flags[0] & (GIVEN | CITY | BIT["region"] | ORDINARY | STREET) == GIVEN
    return sure and not any(flag & (STREET | BIT["organisation"]) for flag in flags)


def is_ordinary(words: str, lexicon: Lexicon) -> bool:
    """Whether one of `words` is a usual word of a language, or an abbreviation."""
    parts = words.replace("-", " ").split()
    return words.isupper() or any(flag & (ORDINARY | TECHNICAL | BIT["organisation"]) for flag in lexicon.flags(parts))


@cache
def load_lexicon() -> Lexicon:
    """The lexicon that comes with the program."""
    import numpy as np

    with np.load(PATH) as data:
        return Lexicon(data["hashes"], data["bits"])
