"""One form for all spellings of a word: without case, accents and ligatures; for one text, and for all texts of an Arrow array."""

import unicodedata
from typing import TYPE_CHECKING, Final

import regex

if TYPE_CHECKING:
    import pyarrow as pa

# Accents of Latin, Greek and Cyrillic, and the vowel signs of Arabic, which are mostly left out. Those of Indian scripts are letters.
_MARKS: Final = "[\u0300-\u036f\u064b-\u0652]"
_MARK: Final = regex.compile(_MARKS)
# Letters that have an accent or a tail which Unicode does not take apart.
_LETTERS: Final = {
    "ø": "o",
    "ß": "ss",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ς": "σ",
    "ħ": "h",
    "’": "'",
}
_TABLE: Final = str.maketrans(_LETTERS)


def fold(text: str) -> str:
    """`text` in the form in which the lists have it.

    >>> fold("Łukasz"), fold("MÜLLER"), fold("Straße"), fold("O’Brien")
    ('lukasz', 'muller', 'strasse', "o'brien")
    """
    lower = text.lower()
    return lower if lower.isascii() else _MARK.sub("", unicodedata.normalize("NFKD", lower)).translate(_TABLE)


def fold_all(texts: "pa.Array") -> "pa.Array":
    """The same for each text of an Arrow string array; nulls stay nulls."""
    import pyarrow.compute as pc

    lower = pc.utf8_lower(texts)
    if pc.all(pc.string_is_ascii(lower)).as_py() is not False:
        return lower
    folded = pc.replace_substring_regex(pc.utf8_normalize(lower, "NFKD"), _MARKS, "")
    for letter, plain in _LETTERS.items():
        folded = pc.replace_substring(folded, letter, plain)
    return folded
