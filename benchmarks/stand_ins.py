"""Made-up identifiers that fill the catalogue up to the size it is to have, so that speed is measured with it."""

import random
from typing import Final

from identifiers import load_catalogue

WANTED: Final = 300
_WORDS: Final = ("tax", "health", "voter", "student", "member", "licence", "permit", "pension", "policy", "patient", "citizen", "resident")
_SYLLABLES: Final = tuple(consonant + vowel for consonant in "bdfghklmnprstvz" for vowel in "aeiou")


def missing(wanted: int = WANTED) -> int:
    """How many identifiers the built-in catalogue lacks."""
    return max(0, wanted - len(load_catalogue()))


def write_stand_ins(path: str, count: int) -> None:
    """Writes `count` identifiers: two in five are tokens with a prefix of their own, the rest numbers that need a keyword.

    That is how real catalogues are made up: credentials of many services, and numbers of many countries.
    """
    rng = random.Random(20240512)
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(_token(rng, number) if number % 5 < 2 else _number(rng, number) for number in range(count))


def _token(rng: random.Random, number: int) -> str:
    prefix = "".join(rng.choice(_SYLLABLES) for _ in range(2))
    length = rng.choice((24, 32, 40))
    return _table(f"STAND_IN_TOKEN_{number}", rf"{prefix}_[A-Za-z0-9]{{{length}}}", "", f"{prefix}_{'a1B2' * (length // 4)}")


def _number(rng: random.Random, number: int) -> str:
    # A keyword of two words, as `voter number of Zamora` has it.
    keyword = f"{''.join(rng.choice(_SYLLABLES) for _ in range(3))} {rng.choice(_WORDS)}"
    letters, width = rng.choice(("", "[A-Z]", "[A-Z]{2}")), rng.randint(7, 12)
    example = {"": "", "[A-Z]": "K", "[A-Z]{2}": "KX"}[letters] + "8172635492718"[:width]
    return _table(f"STAND_IN_NUMBER_{number}", rf"{letters}\d{{{width}}}", keyword, example)


def _table(name: str, pattern: str, keyword: str, example: str) -> str:
    keywords = f'keywords = ["{keyword}"]\n' if keyword else ""
    match = f"{keyword} «{example}»" if keyword else f"«{example}»"
    return f'[[identifier]]\nid = "{name}"\nname = "Stand-in {name}"\npattern = \'{pattern}\'\n{keywords}matches = ["{match}"]\n\n'
