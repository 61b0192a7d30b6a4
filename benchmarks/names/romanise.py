"""Names in Latin letters, as passports and customer lists spell them: Cyrillic and Greek."""

from typing import Final

# ICAO Doc 9303, part 3, and ELOT 743, without the differences between the languages; folded, so small letters only.
_CYRILLIC: Final = dict(
    zip(
        "абвгдезийклмнопрстуфхыэіїґєўјљњћђџ",
        "a b v h d e z i i k l m n o p r s t u f kh y e i i g ie u j lj nj c dj dz".split(),  # noqa: SIM905 - as many quoted letters
        strict=True,
    )
) | {"г": "g", "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya", "ё": "e"}
_GREEK: Final = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψως",
        "a v g d e z i th i k l m n x o p r s t y f ch ps o s".split(),  # noqa: SIM905
        strict=True,
    )
)
_LETTERS: Final = _CYRILLIC | _GREEK


def romanised(name: str) -> str:
    """`name`, which is folded, in Latin letters; as it is where some letter has none.

    >>> romanised("шевченко"), romanised("παπαδοπουλοσ"), romanised("muller")
    ('shevchenko', 'papadopoulos', 'muller')
    """
    return "".join(_LETTERS.get(letter, letter) for letter in name.replace("ου", "ou") if letter) if not name.isascii() else name
