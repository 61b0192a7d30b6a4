"""What looks like an address and hardly ever is one: years before who holds a right, and a word that ends like a street, alone."""

from collections.abc import Callable
from typing import Final

import regex

from identifiers.regexes import kept_regex

_FLAGS: Final = regex.VERSION1
_YEAR: Final = r"(?:19|20)\d\d"
_MARK: Final = r"(?:(?i:copyright|copr\.?|©|\(c\)|\\\(co)[\s:]*)+"
# `1983, 1991 The Regents`, `Copyright 2018-2021 Red Hat`, `Copyright 1992`.
_YEARS: Final = kept_regex(
    rf"(?:{_MARK})?{_YEAR}(?:\s?(?:[-–,]|,?\s(?:and|und|et|y|e)\b)\s?(?:{_YEAR}|\d\d(?!\d)))+(?!\d)|{_MARK}{_YEAR}(?!\d)", _FLAGS
)
_FIRST_YEAR: Final = kept_regex(rf"{_YEAR}(?![\d/-])", _FLAGS)
_MARKED: Final = kept_regex(rf"{_MARK}[^\n\p{{L}}]*$", _FLAGS)
_OTHER_NUMBER: Final = r"(?!(?:19|20)\d\d(?!\d))\d{1,5}"
_STREET: Final = kept_regex(rf"\b{_OTHER_NUMBER}\s\p{{Lu}}|\p{{L}}\s{_OTHER_NUMBER}[ ,\n]", _FLAGS)
_TOWN: Final = kept_regex(r"\s*(?P<town>\p{Lu}[\p{L}'’.-]*(?:[ ]\p{Lu}[\p{L}'’.-]*){0,4})", _FLAGS)
_NUMBER: Final = r"\d{1,5}(?:\s?[-/]\s?\d{1,4})?\s?[A-Za-z]?"
# Endings that many other words have: Monitor 3, Textfeld 12, Arbeitsplatz 7, Bloomberg 2, Verkäufer 5, Befehlszeile 3.
_LOOSE_ENDS: Final = (
    r"(?:berg|tor|feld|kamp|zeile|wall|wal|hof|pad|dam|markt|baan|platz|pfad|ring|brücke|steig|kai|(?<=[Kk]ä|[Ll]ä|[Ss]ä)ufer|graben|garten|"
    r"BERG|TOR|FELD|PLATZ|RING|HOF|MARKT)"
)
_LOOSE_GERMAN: Final = rf"\p{{Lu}}[\p{{L}}-]*{_LOOSE_ENDS}\s{_NUMBER}"
_LOOSE_ENGLISH: Final = (
    rf"{_NUMBER}\s(?:\p{{Lu}}[\p{{L}}'’]*\s){{1,3}}(?:Run|Bend|Point|View|Main|Cross|Side|Bank|End|Hill|Park|Green|Chase|Way|Path|Loop|Link|"
    r"Gate|Mount|Rise|Row|Walk|Course|Yard|Trail|Pike|Spur|Landing|Ridge|Vale|Field|Orchard|Concourse|Parade|Passage|Crossing|Heights)"
)
_LOOSE_WAY: Final = (
    r"(?:Route|Highway|Diagonal|Ronda|Carrera|Passage|Avenue|Boulevard|Square|Corso|Largo|Gasse|Allee|Platz|Ring|Hof|Weg|Steig|Kai|Plein|Place|"
    rf"Plaza|Praça)\s{_NUMBER}(?:\s(?:and|und|et|y|e)\s(?:\p{{Lu}}\p{{Ll}}+)\s{_NUMBER})?"
)
_LOOSE: Final = kept_regex(rf"{_LOOSE_GERMAN}|{_LOOSE_ENGLISH}|{_LOOSE_WAY}", _FLAGS)


def is_doubtful(text: str, start: int, end: int, is_place: Callable[[str], bool] = lambda _words: False) -> bool:
    """Whether `text[start:end]`, which the rules take for an address, is better left out.

    :param is_place: whether words are the name of a town: `2000 Neuchâtel` begins with no year

    >>> is_doubtful("Copyright (c) 1983, 1991 The Regents", 14, 36), is_doubtful("Monitor 3", 0, 9), is_doubtful("Hauptstr. 3", 0, 11)
    (True, True, False)
    """
    if _LOOSE.fullmatch(text, start, end):
        return True
    years = _YEARS.match(text, start, end) or _single_year(text, start, end, is_place)
    # `1991 Free Software Foundation, 51 Franklin Street` has a street behind.
    return years is not None and _STREET.search(text, years.end(), end) is None


def _single_year(text: str, start: int, end: int, is_place: Callable[[str], bool]) -> "regex.Match[str] | None":
    """A year at the start that stands behind a sign of copyright, or before words that are no town."""
    year = _FIRST_YEAR.match(text, start, end)
    if year is None or _MARKED.search(text, max(0, start - 200), start):
        return year
    town = _TOWN.match(text, year.end(), end)
    return None if town is None or is_place(town["town"]) or is_place(town["town"].split()[0]) else year
