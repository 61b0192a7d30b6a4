"""Conditions on records; every filter language comes down to these."""

import ipaddress
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import regex

from scanner.errors import ConfigError
from scanner.findings.values import as_number, as_text, values_at

Filter = Callable[[Mapping[str, object]], bool]
"""Whether a record is wanted."""
Check = Callable[[object], bool]
"""Whether one value meets a condition."""

COMPARE: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some value at the path meets one of the checks."""

    path: tuple[str, ...]
    checks: tuple[Check, ...]

    def __call__(self, record: Mapping[str, object]) -> bool:
        """Whether the record is wanted."""
        return any(check(value) for value in values_at(record, self.path) for check in self.checks)


@dataclass(frozen=True, slots=True)
class NoneOf:
    """There is a value at the path, and none meets one of the checks."""

    path: tuple[str, ...]
    checks: tuple[Check, ...]

    def __call__(self, record: Mapping[str, object]) -> bool:
        """Whether the record is wanted."""
        values = list(values_at(record, self.path))
        return bool(values) and not any(check(value) for value in values for check in self.checks)


@dataclass(frozen=True, slots=True)
class Exactly:
    """The values at the path are these texts: all of them, and no other."""

    path: tuple[str, ...]
    texts: frozenset[str]
    ignore_case: bool = False

    def __call__(self, record: Mapping[str, object]) -> bool:
        """Whether the record is wanted."""
        found = {_folded(as_text(value), ignore_case=self.ignore_case) for value in values_at(record, self.path)}
        return found == {_folded(text, ignore_case=self.ignore_case) for text in self.texts}


@dataclass(frozen=True, slots=True)
class Exists:
    """There is, or is not, a value at the path."""

    path: tuple[str, ...]
    wanted: bool = True

    def __call__(self, record: Mapping[str, object]) -> bool:
        """Whether the record is wanted."""
        return any(True for _ in values_at(record, self.path)) is self.wanted


def all_of(filters: Iterable[Filter]) -> Filter:
    """What meets every one."""
    several = tuple(filters)
    return lambda record: all(one(record) for one in several)


def some_of(filters: Iterable[Filter]) -> Filter:
    """What meets at least one."""
    several = tuple(filters)
    return lambda record: any(one(record) for one in several)


def equals(wanted: object, *, ignore_case: bool = False) -> Check:
    """The same value; numbers as numbers, everything else as text."""
    if isinstance(wanted, int | float) and not isinstance(wanted, bool):
        return lambda value: isinstance(value, int | float) and not isinstance(value, bool) and value == wanted
    if wanted is None:
        return lambda value: value is None
    text = as_text(wanted)
    if ignore_case:
        folded = text.casefold()
        return lambda value: as_text(value).casefold() == folded
    return lambda value: as_text(value) == text


def begins(text: str, *, ignore_case: bool = False) -> Check:
    """A text that begins so."""
    folded = _folded(text, ignore_case=ignore_case)
    return lambda value: _folded(as_text(value), ignore_case=ignore_case).startswith(folded)


def ends(text: str, *, ignore_case: bool = False) -> Check:
    """A text that ends so."""
    folded = _folded(text, ignore_case=ignore_case)
    return lambda value: _folded(as_text(value), ignore_case=ignore_case).endswith(folded)


def like(pattern: str) -> Check:
    r"""A text that the pattern fits as a whole; `*` stands for any characters, `\*` and `\\` for themselves."""
    parts = regex.split(r"(\\[*\\]|\*)", pattern)
    escaped = (".*" if part == "*" else regex.escape(part[1:] if part in {r"\*", "\\\\"} else part) for part in parts)
    expression = regex.compile("".join(escaped), regex.DOTALL)
    return lambda value: expression.fullmatch(as_text(value)) is not None


def compares(sign: str, number: float) -> Check:
    """A number, or time in milliseconds, that stands so to `number`."""
    holds = COMPARE[sign]

    def check(value: object) -> bool:
        own = as_number(value)
        return own is not None and holds(own, number)

    return check


def within(block: str) -> Check:
    """An IP address, or a block of them, that lies in this block. Raises ConfigError if it is none."""
    try:
        outer = ipaddress.ip_network(block, strict=False)
    except ValueError:
        raise ConfigError(f"{block!r} is no block of IP addresses: write 10.0.0.0/24 or 2001:db8::/64") from None

    def check(value: object) -> bool:
        try:
            inner = ipaddress.ip_network(as_text(value), strict=False)
        except ValueError:
            return False
        return inner.version == outer.version and bool(
            outer.network_address <= inner.network_address and inner.broadcast_address <= outer.broadcast_address  # type: ignore[operator]
        )

    return check


def every(checks: Sequence[Check]) -> Check:
    """A value that meets all of them."""
    return lambda value: all(check(value) for check in checks)


def _folded(text: str, *, ignore_case: bool) -> str:
    return text.casefold() if ignore_case else text
