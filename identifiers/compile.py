"""Patterns as the regexes that are searched with: the declared shape between the guards of its boundary."""

import regex

from identifiers.keywords import UNSPACED_SCRIPTS
from identifiers.model import Boundary, Pattern
from identifiers.regexes import Expression, compiled

# Each guard: what may not stand before a match, what may not stand behind it. The words are Unicode words, also where the
# pattern itself is ASCII: a letter with an accent is part of a longer word too. Scripts that do not space words are no part
# of one: `身份证号11010519491231002X是`.
_WORD = rf"(?u:[^\W{UNSPACED_SCRIPTS}])"
_NO_WORD_BEFORE, _NO_WORD_BEHIND = f"(?<!{_WORD})", f"(?!{_WORD})"
_GUARDS = {
    Boundary.WORD: (_NO_WORD_BEFORE, _NO_WORD_BEHIND),
    Boundary.NUMBER: (_NO_WORD_BEFORE + r"(?<![0-9][./\-])", _NO_WORD_BEHIND + r"(?![./\-][0-9])"),
    Boundary.TOKEN: (rf"(?<![+/\-]|{_WORD})", rf"(?![+/=\-]|{_WORD})"),
    Boundary.NONE: ("", ""),
}


def compile_pattern(pattern: Pattern) -> regex.Pattern[str]:
    """The compiled regex of `pattern` between the guards of its boundary, with the ASCII flag.

    :raises regex.error: if the regex is invalid
    """
    return compiled(expression_of(pattern))


def value_span(match: regex.Match[str]) -> tuple[int, int]:
    """Where the value lies in the searched text: the group `value` if there is one, else the whole match."""
    return match.span("value") if "value" in match.re.groupindex else match.span()


def expression_of(pattern: Pattern) -> Expression:
    """What `compile_pattern` compiles."""
    before, behind = _GUARDS[pattern.boundary]
    flags, body = _global_flags(pattern.regex)
    # A verbose shape may end in a comment, which the line end closes.
    end = "\n" if "x" in flags else ""
    return Expression(f"{flags}{before}(?:{body}{end}){behind}", int(regex.ASCII))


def _global_flags(body: str) -> tuple[str, str]:
    """Leading `(?x)`-like flags, which must stand first, and the rest."""
    leading = regex.match(r"\s*(\(\?[aiLmsux]+\))", body)
    return (leading[1], body[leading.end() :]) if leading else ("", body)
