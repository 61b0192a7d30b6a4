"""Whether values are addresses or parts of addresses, one by one: by words for streets, numbers, postal codes and cities."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

import regex

from scanner.names.fold import fold
from scanner.names.gazetteer import load
from scanner.names.postcodes import shape_of, shapes

LONGEST: Final = 240
"""Characters of an address, at most."""
_MOST_WORDS: Final = 24
_WORDS: Final = regex.compile(r"[\p{L}\p{M}'’./]+|[0-9]+[\p{L}]?(?:[/-][0-9]*[\p{L}]?)*|№|#")
# What a page, a mailbox, a purse, a machine or a path has, and an address has not.
_MACHINE: Final = regex.compile(r"@|://|\\|^[0-9a-fA-Fx:.\-]+$|^\S*[_{}=<>|]|^/|^www\.|\.(?:com|org|net|de|fr|html?|jpg|png|csv)\b")
_EAST: Final = regex.compile(
    r"[路街道巷弄号號室楼樓镇鎮乡鄉村区區县縣市省]|丁目|番地|[0-9]-[0-9]|[로길동구시군읍면리]\s?[0-9]|\p{Hangul}(?:로|길|동)\s?[0-9]"
)
_EAST_LETTER: Final = regex.compile(r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}]")
_NUMBER: Final = regex.compile(r"[0-9]")
_HOUSE: Final = regex.compile(
    r"[0-9]{1,5}(?:\s?[\p{L}]{1,2})?(?:\s?[/\-–]\s?[0-9]{0,4}[\p{L}]{0,3})*|s/?n|\p{L}?[0-9]{1,4}\p{L}?", regex.IGNORECASE
)
_BOX: Final = regex.compile(
    r"\b(?:p\.?\s?o\.?\s?box|postfach|b\.?p\.?|boite postale|apartado|caixa postal|casella postale|postbus|box)\s*[0-9]+", regex.IGNORECASE
)
# Short words for streets that count wherever they stand; `r`, `v` and the like only first and from the third word on.
_SHORT_ROADS: Final = frozenset({"st", "rd", "dr", "ln", "ct", "pl", "ул", "пр", "c/", "av"})


class Spot(Enum):
    """What a value looks like.

    FULL: a street with a city or a postal code. STREET: a word for a street and a number, or a box. ROAD: a word for a street
    without a number. NUMBERED: words and a number, in which some streets are given.
    """

    FULL = "full"
    STREET = "street"
    ROAD = "road"
    NUMBERED = "numbered"
    CITY = "city"
    OTHER = "other"


@lru_cache(maxsize=20_000)
def spot(value: str) -> Spot:
    """What `value` looks like.

    >>> [spot(value).value for value in ("12 Elm St", "Hauptstraße", "12 Elm St, Dayton OH 45431", "Dayton", "10.0.0.1")]
    ['street', 'road', 'full', 'city', 'other']
    """
    text = " ".join(value.split())
    if not 3 <= len(text) <= LONGEST or _MACHINE.search(text):
        return Spot.OTHER
    if _EAST_LETTER.search(text):
        return _east(text)
    folded = fold(text)
    return Spot.CITY if folded in load().lists["city"].folded else _western(folded)


def _western(folded: str) -> Spot:
    words = [word for part in _WORDS.findall(folded) if (word := part.strip("./'"))]
    has_number = any(word[0].isdigit() for word in words)
    if len(words) > _MOST_WORDS or all(word[0].isdigit() for word in words):
        return Spot.OTHER
    if _has_road(words) or _BOX.search(folded):
        return Spot.ROAD if not has_number else Spot.FULL if _has_place(folded) else Spot.STREET
    if has_number and _is_numbered(words):
        return Spot.FULL if "," in folded and _has_place(folded) else Spot.NUMBERED
    return Spot.OTHER


def _has_road(words: Sequence[str]) -> bool:
    """Whether a word says street."""
    street, endings = load().lists["street"].folded, tuple(load().lists["street_ending"].folded)
    listed = any(word in street and (len(word) > 2 or place != 1 or word in _SHORT_ROADS) for place, word in enumerate(words))
    return listed or any(len(word) > 5 and word.endswith(endings) for word in words)


def _is_numbered(words: Sequence[str]) -> bool:
    """Whether a number stands before or behind a few words, as `14 Mill Bank` and `Kolonnaden 3` have it."""
    first, last = words[0][:1].isdigit(), words[-1][:1].isdigit()
    letters = [word for word in words if not word[:1].isdigit()]
    return (first != last or len(words) > 4) and 1 <= len(letters) <= 12 and max(map(len, letters)) > 2


def _has_place(folded: str) -> bool:
    """Whether a postal code or a city stands in one of the parts between commas, or at the end."""
    cities = load().lists["city"].folded
    parts = [part.strip() for part in regex.split("[,;\n]", folded) if part.strip()]
    for part in parts[1:] if len(parts) > 1 else ():
        plain = " ".join(word for word in part.split() if not _NUMBER.search(word))
        if plain in cities or (plain and any(word in cities for word in (plain.rsplit(" ", 1)[0], plain.split(" ")[-1]))):
            return True
        if _has_code(part):
            return True
    tail = folded.split()[-3:]
    return len(folded.split()) > 4 and (_has_code(" ".join(tail[-2:])) or _has_code(tail[-1])) and not folded[:1].isdigit()


def _has_code(part: str) -> bool:
    """Whether `part` begins or ends with a postal code of four letters and digits or more."""
    words = part.split()
    candidates = {words[0], words[-1], " ".join(words[:2]), " ".join(words[-2:])} if words else set()
    return any(len(one) > 3 and _NUMBER.search(one) and shape_of(one) in shapes() for one in candidates)


def _east(text: str) -> Spot:
    """Addresses in Chinese, Japanese and Korean begin with the city and end with the number."""
    marks = len(_EAST.findall(text))
    has_number = _NUMBER.search(text) is not None
    if has_number and marks >= 2:
        return Spot.FULL
    if has_number and marks and len(text) > 5:
        return Spot.STREET
    return Spot.CITY if fold(text) in load().lists["city"].folded or (marks and len(text) <= 5) else Spot.OTHER


@dataclass(frozen=True, slots=True)
class Places:
    """How many of some values look like what, as shares; codes have the shape of a postal code, houses of a house number."""

    size: int
    full: float
    street: float
    road: float
    numbered: float
    city: float
    other: float


def places_in(values: Sequence[str]) -> Places:
    """What `values`, at least one, look like."""
    spots = [spot(value) for value in values]

    def share(wanted: Spot) -> float:
        return sum(one is wanted for one in spots) / len(spots)

    return Places(len(spots), *map(share, (Spot.FULL, Spot.STREET, Spot.ROAD, Spot.NUMBERED, Spot.CITY, Spot.OTHER)))


def share_of_codes(values: Sequence[str]) -> float:
    """The share of `values` that have the shape of a postal code; numbers that lost their leading noughts count."""
    return sum(shape_of(value) in shapes() or (value.strip().isdigit() and 3 <= len(value.strip()) <= 9) for value in values) / len(values)


def share_of_houses(values: Sequence[str]) -> float:
    """The share of `values` that may be house numbers."""
    return sum(_HOUSE.fullmatch(value.strip()) is not None for value in values) / len(values)


def share_of_words(values: Sequence[str]) -> float:
    """The share of `values` that hold a letter and are no path, page or number."""
    return sum(any(letter.isalpha() for letter in value) and not _MACHINE.search(value) for value in values) / len(values)
