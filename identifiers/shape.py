"""The structure of a regex, as far as it decides how long a match can be and how long the search for it may take.

A small parser of its own: loading the catalogue must not wait for a full compilation, and no library offers its parse tree
as a public interface. It trusts that the regex is valid; `identifiers.check` compiles each one.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import regex

from identifiers.errors import IdentifierError

UNBOUNDED: Final = 1 << 30

_QUANTIFIER = regex.compile(r"(?:[*+?]|\{[0-9]*,?[0-9]*\})(?P<mode>[?+]?)")
_ESCAPE = regex.compile(
    r"(?s)\\(?:[pP](?:\{[^}]*\}|.)|N\{[^}]*\}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|0[0-7]{0,2}|[1-9][0-9]?|g<[^>]*>|.)"
)
_CLASS = regex.compile(r"(?s)\[\^?\]?(?:\\.|\[:[^:\]]*:\]|[^\]\\])*\]")
_GROUP = regex.compile(
    r"""(?xs) \( (?:
        \?\# (?P<comment>[^)]*) \)
      | \? (?P<look> <?[=!] )
      | \? (?P<atomic> > )
      | \? (?: P?<(?P<name>\w+)> | (?P<flags>[aiLmsuxfw]*(?:-[imsxfw]+)?) : | \| )
      | \? (?P<global>[aiLmsuxfw]+) \)
      | \? P=(?P<back>\w+) \)
      | (?!\?)
    )"""
)
_QUANTIFIER_STARTS = frozenset("*+?{")
_VERBOSE_SPACE = regex.compile(r"(?:\s+|#[^\n]*)+")
_LONG_TOKENS = {"\\": _ESCAPE, "[": _CLASS}
_ZERO_WIDTH_ESCAPES = frozenset("bBAZzmMGK")


@dataclass(frozen=True, slots=True)
class Atom:
    r"""One character, as the regex writes it: `a`, `\d`, `[A-F]`, `.`."""

    text: str
    flags: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Branches:
    """One of several parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """`body` from `low` to `high` times; possessive ones and atomic groups never give back what they took."""

    body: "Node"
    low: int
    high: int
    possessive: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """A look-around; takes no characters."""

    body: "Node"


@dataclass(frozen=True, slots=True)
class Back:
    """What group number or name `group` matched before, once more."""

    group: str


Node = Atom | Sequence | Branches | Repeat | Look | Back
EMPTY: Final = Sequence(())


def parse(pattern: str) -> Node:
    """The structure of `pattern`.

    :raises IdentifierError: for what the parser does not know (recursion, conditions, fuzzy matching); `where` is empty
    """
    return _Parser(pattern).parsed()[0]


def max_width(pattern: str) -> int:
    """Characters of the longest match of `pattern`; `UNBOUNDED` or more if there is no limit.

    >>> max_width(r"AKIA[A-Z2-7]{16}"), max_width(r"(?:ab|c)?-[0-9]+") >= UNBOUNDED
    (20, True)

    :raises IdentifierError: as `parse`
    """
    node, groups = _Parser(pattern).parsed()
    return _width(node, groups)


def _width(node: Node, groups: dict[str, Node]) -> int:
    match node:
        case Atom():
            return 1
        case Sequence(parts):
            return min(UNBOUNDED, sum(_width(part, groups) for part in parts))
        case Branches(parts):
            return max(_width(part, groups) for part in parts)
        case Repeat(body, _, high):
            return min(UNBOUNDED, _width(body, groups) * high)
        case Look():
            return 0
        case Back(group):
            return _width(groups[group], groups) if group in groups else UNBOUNDED


class _Parser:
    """Recursive descent over one regex."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._groups: dict[str, Node] = {}
        self._opened = 0

    def parsed(self) -> tuple[Node, dict[str, Node]]:
        node = self._branches("")
        if self._at < len(self._pattern):
            raise IdentifierError(f"the bracket at character {self._at + 1} closes nothing", where="")
        return node, self._groups

    def _branches(self, flags: str) -> Node:
        parts: list[Node] = []
        while True:
            part, flags = self._sequence(flags)
            parts.append(part)
            if not self._pattern.startswith("|", self._at):
                return parts[0] if len(parts) == 1 else Branches(tuple(parts))
            self._at += 1

    def _sequence(self, flags: str) -> tuple[Node, str]:
        parts: list[Node] = []
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            if "x" in flags and self._skipped_white_space():
                continue
            group = _GROUP.match(self._pattern, self._at) if self._pattern[self._at] == "(" else None
            if group and group["global"]:
                flags, self._at = flags + group["global"], group.end()
                continue
            node = self._group(group, flags) if self._pattern[self._at] == "(" else self._atom(flags)
            parts.append(self._repeated(node, flags))
        return (parts[0] if len(parts) == 1 else Sequence(tuple(parts))), flags

    def _skipped_white_space(self) -> bool:
        if not self._pattern[self._at : self._at + 1].isspace() and not self._pattern.startswith("#", self._at):
            return False
        space = _VERBOSE_SPACE.match(self._pattern, self._at)
        self._at = space.end() if space else self._at
        return space is not None

    def _group(self, group: "regex.Match[str] | None", flags: str) -> Node:
        if group is None:
            raise IdentifierError(f"the group at character {self._at + 1} is of a kind that is not supported; rewrite it", where="")
        self._at = group.end()
        if group["comment"] is not None:
            return EMPTY
        if group["back"]:
            return Back(group["back"])
        number = self._number_of(group)
        body = self._branches(_with_flags(flags, group["flags"] or ""))
        self._at += 1
        for key in filter(None, (number, group["name"])):
            self._groups[key] = body
        if group["look"]:
            return Look(body)
        return Repeat(body, 1, 1, possessive=True) if group["atomic"] else body

    def _number_of(self, group: "regex.Match[str]") -> str:
        """The number of a capturing group, counted where it opens; empty for others."""
        if not group["name"] and group[0] != "(":
            return ""
        self._opened += 1
        return str(self._opened)

    def _atom(self, flags: str) -> Node:
        character = self._pattern[self._at]
        token = _LONG_TOKENS.get(character)
        match = token.match(self._pattern, self._at) if token else None
        text = match[0] if match else character
        self._at += len(text)
        if character == "\\":
            return self._escape(text, flags)
        return EMPTY if character in "^$" else _atom_of(text, flags)

    def _escape(self, text: str, flags: str) -> Node:
        kind = text[1:2]
        if kind in _ZERO_WIDTH_ESCAPES:
            return EMPTY
        if kind == "g":
            return Back(text[3:-1])
        if kind in "RX":
            return Repeat(Atom(".", flags + "s"), 1, 2 if kind == "R" else UNBOUNDED)
        return Back(text[1:]) if kind.isdigit() and kind != "0" else _atom_of(text, flags)

    def _repeated(self, node: Node, flags: str) -> Node:
        while True:
            if "x" in flags:
                self._skipped_white_space()
            # Asking for the first character alone is cheap, and most atoms are not repeated.
            may_repeat = self._pattern[self._at : self._at + 1] in _QUANTIFIER_STARTS
            quantifier = _QUANTIFIER.match(self._pattern, self._at) if may_repeat else None
            if quantifier is None or quantifier[0] == "{}":
                return node
            self._at = quantifier.end()
            node = Repeat(node, *_limits(quantifier[0]), possessive=quantifier["mode"] == "+")


# Few atoms and quantifiers are written, many times each.
_atom_of = cache(Atom)


@cache
def _limits(quantifier: str) -> tuple[int, int]:
    """How often at least and at most: `{2,}` is (2, UNBOUNDED)."""
    signs = {"*": (0, UNBOUNDED), "+": (1, UNBOUNDED), "?": (0, 1)}
    if quantifier[0] in signs:
        return signs[quantifier[0]]
    low, comma, high = quantifier.rstrip("?+")[1:-1].partition(",")
    least = int(low or 0)
    return least, int(high or UNBOUNDED) if comma else least


def _with_flags(flags: str, change: str) -> str:
    """`flags` after `(?change:`; letters behind a hyphen are switched off."""
    on, _, off = change.partition("-")
    return "".join(flag for flag in flags + on if flag not in off)
