"""Names in Chinese, Japanese and Korean: a surname of one or two characters, then one to three more."""

from typing import Final

import regex

from scanner.names.fold import fold
from scanner.names.gazetteer import load
from scanner.names.look import Look

UNSPACED: Final = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー\p{Hangul}\s・]+")
"""The shape of values that are judged here."""
_KANA: Final = regex.compile(r"[\p{Hiragana}\p{Katakana}ー\s・]+")
_LONGEST: Final = 6
_LONGEST_NAME: Final = 5


def look_unspaced(text: str) -> Look:
    """What `text`, of the shape `UNSPACED`, looks like."""
    parts = text.replace("・", " ").split()
    joined = "".join(parts)
    if _KANA.fullmatch(text):
        return Look.FULL if len(parts) == 2 else Look.PLAIN
    if len(joined) > _LONGEST:
        return Look.OTHER
    known = _listed(fold(joined))
    if known is not None:
        return known
    heads = [parts[0]] if len(parts) > 1 else [joined[:size] for size in (2, 1) if len(joined) > size]
    if len(joined) > _LONGEST_NAME:
        return Look.OTHER
    return Look.FULL if any(fold(head) in load().lists["surname"].folded for head in heads) else Look.PLAIN


def _listed(word: str) -> Look | None:
    kinds = (("city", Look.PLACE), ("country", Look.PLACE), ("surname", Look.SURNAME), ("given", Look.GIVEN))
    return next((found for name, found in kinds if word in load().lists[name].folded), None)
