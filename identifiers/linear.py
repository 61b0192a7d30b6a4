"""Patterns in the dialect of engines that run in linear time (RE2, as Arrow has it), where they can be said in it."""

from functools import cache
from typing import Final

import regex

from identifiers.errors import IdentifierError
from identifiers.shape import UNBOUNDED, Atom, Branches, Node, Repeat, Sequence, parse

# What takes no characters is not in the structure that `parse` gives, so it must not be there at all.
_ZERO_WIDTH = regex.compile(r"(?<!\\)(?:\\\\)*(?:\\[bBAZzmMGK]|(?<!\[)[\^$])")
_LEADING_LOOK = regex.compile(r"^(\(\?[a-z]+\)\s*)?\(\?<!(?:[^()\\]|\\.)*\)")
_TRAILING_LOOK = regex.compile(r"(?<!\\)\(\?!(?:[^()\\]|\\.)*\)\s*$")
_UNKNOWN_ESCAPES = regex.compile(r"\\[^0-9A-Za-z]|\\[dDwWntrfv]|\\x[0-9A-Fa-f]{2}")


@cache
def linear_regex(shape: str) -> str | None:
    r"""An expression that matches exactly the same whole strings of ASCII as `shape`; None where there is none.

    Which of several matches is taken, and which group holds the value, is lost.

    >>> linear_regex(r"(?x) [A-Z]{2} [ ]? (?:\d{3}|x)+?  # a comment")
    '[A-Z]{2}[ ]?(?:(?:\\d{3}|x))+'
    >>> linear_regex(r"(?x) (?<!a) b (?! c )"), linear_regex(r"b(?=a)c") is None
    ('b', True)
    """
    # Before the first character and behind the last one nothing stands that could forbid the match.
    shape = _TRAILING_LOOK.sub("", _LEADING_LOOK.sub(r"\1", shape))
    if _ZERO_WIDTH.search(shape) or "(?P<value>" in shape:
        return None
    try:
        return _rendered(parse(shape))
    except (IdentifierError, _NotLinearError):
        return None


class _NotLinearError(Exception):
    """Part of a pattern that RE2 cannot express."""


def _rendered(node: Node) -> str:
    match node:
        case Atom(text, flags):
            return _atom(text, flags)
        case Sequence(parts):
            return "".join(_rendered(part) for part in parts)
        case Branches(parts):
            return f"(?:{'|'.join(_rendered(part) for part in parts)})"
        case Repeat(body, low, high, possessive):
            return _repeat(body, low, high, possessive=possessive)
        case _:
            raise _NotLinearError


def _repeat(body: Node, low: int, high: int, *, possessive: bool) -> str:
    if possessive:
        raise _NotLinearError
    inner = _rendered(body)
    wrapped = inner if isinstance(body, Atom) and "(" not in inner else f"(?:{inner})"
    return wrapped + _QUANTIFIERS.get((low, high), f"{{{low},{'' if high >= UNBOUNDED else high}}}" if low != high else f"{{{low}}}")


_QUANTIFIERS: Final = {(0, 1): "?", (0, UNBOUNDED): "*", (1, UNBOUNDED): "+", (1, 1): ""}


def _atom(text: str, flags: str) -> str:
    """One character class. `.` and negated classes are left out: they would match beyond ASCII."""
    if text == "." or text.startswith("[^") or "[:" in text or (text.startswith("\\") and not _UNKNOWN_ESCAPES.fullmatch(text)):
        raise _NotLinearError
    if text.startswith("[") and any(mark in text for mark in ("--", "&&", "~~", "||", r"\p", r"\P", r"\s", r"\S", r"\W", r"\D")):
        raise _NotLinearError
    # RE2's \s lacks the vertical tab that Python's has.
    return f"(?i:{text})" if "i" in flags else text
