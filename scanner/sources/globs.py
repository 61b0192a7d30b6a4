"""Patterns over the keys of objects, in the syntax of gitignore files."""

import contextlib
from typing import Final

import regex

from scanner.errors import ConfigError

# A key never holds NUL. With NUL for the newline, `.` and `$` of the expressions treat odd names like any other.
_NEWLINE: Final = str.maketrans("\n", "\0")

# What git would take without a word and never match, and what to write instead.
_MISTAKES: Final = (
    (regex.compile(r"\s*"), "Write for example *.log, build/ or /data/**/raw."),
    (regex.compile(r"#.*", regex.DOTALL), "It is a comment there; write \\# for a name that begins with #."),
    (regex.compile(r"!?/*"), "Write ** for everything, or the name of a folder before the slash."),
    (regex.compile(r"!?/?(?:.*/)?\.{1,2}(?:/.*)?", regex.DOTALL), "Leave . and .. out: patterns start at the target's own folder."),
    (regex.compile(r"(?:[^\\]|\\.)*\\", regex.DOTALL), "End it with \\\\ for the character itself."),
    (
        regex.compile(r".*(?<!\\)\{[^}]*,[^}]*\}.*", regex.DOTALL),
        "It has no {a,b}: give one pattern for each, or write \\{ for the character.",
    ),
)
_BRACKET: Final = "Close the bracket and order its range (no [:classes:]), or write \\[ for the character itself."


class Globs:
    """An ordered list of gitignore patterns; the last one that matches decides, and one that begins with `!` takes back.

    :param patterns: checked at once; ConfigError names the one that is wrong
    :param role: how messages call the list, e.g. `exclude`
    """

    def __init__(self, patterns: tuple[str, ...], *, role: str) -> None:
        self._rules = [_compile(pattern, role) for pattern in patterns]
        if self._rules and not self._rules[0][1]:
            raise ConfigError(f"{role} pattern {patterns[0]!r} takes back what no pattern before it matched: put another one first")

    def match(self, key: str) -> bool:
        """Whether `key` is meant; the key of a folder ends with `/`."""
        # A key of a bucket may begin with a slash, which git knows nothing of: what stands before it is a folder without a name.
        subject = ("\0" if key.startswith("/") else "") + key.translate(_NEWLINE)
        return next((positive for expression, positive in reversed(self._rules) if expression.search(subject)), False)


def _compile(pattern: str, role: str) -> tuple[regex.Pattern[str], bool]:
    remedy = next((remedy for mistake, remedy in _MISTAKES if mistake.fullmatch(pattern)), _BRACKET)
    if remedy is _BRACKET:
        from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

        with contextlib.suppress(ValueError, regex.error):
            expression, positive = GitIgnoreSpecPattern.pattern_to_regex(pattern.translate(_NEWLINE))
            if expression is not None and positive is not None:
                return regex.compile(expression, regex.DOTALL), positive
    raise ConfigError(f"{role} pattern {pattern!r} does not work in gitignore syntax. {remedy}")
