"""Compiled regexes that can be written down: reading a thousand takes as long as compiling thirty."""

import pickle
from collections.abc import Iterable
from typing import NamedTuple

import regex


class Expression(NamedTuple):
    """A regex before it is compiled."""

    text: str
    flags: int = 0


# They grow with the patterns of a process, as a cache of compiled ones would.
_KNOWN: dict[Expression, "regex.Pattern[str]"] = {}
_WRITTEN: dict[Expression, bytes] = {}
_KEPT: set[Expression] = set()


def compiled(expression: Expression) -> "regex.Pattern[str]":
    """The regex, compiled once.

    :raises regex.error: if it is invalid
    """
    if expression not in _KNOWN:
        written = _WRITTEN.pop(expression, None)
        _KNOWN[expression] = _read(written) if written else regex.compile(*expression)
    return _KNOWN[expression]


def kept_regex(text: str, flags: int = 0) -> "regex.Pattern[str]":
    """A regex of the program's own, compiled once and worth writing down: modules with many of them are imported sooner."""
    expression = Expression(text, int(flags))
    _KEPT.add(expression)
    return compiled(expression)


def kept_expressions() -> frozenset[Expression]:
    """All that `kept_regex` was asked for so far."""
    return frozenset(_KEPT)


def written_regexes(expressions: Iterable[Expression]) -> bytes:
    """The compiled regexes, in a form that the same version of `regex` can read."""
    forms = {tuple(expression): pickle.dumps(compiled(expression)) for expression in expressions}
    return pickle.dumps((regex.__version__, forms))


def read_regexes(written: bytes) -> None:
    """Take over what `written_regexes` gave, unless another version did.

    It must come from where nobody else can write: it is run as it is.
    """
    version, forms = pickle.loads(written)  # noqa: S301 - the caller answers for where it comes from
    if version == regex.__version__:
        _WRITTEN.update({Expression(*key): form for key, form in forms.items()})


def _read(written: bytes) -> "regex.Pattern[str]":
    pattern: regex.Pattern[str] = pickle.loads(written)  # noqa: S301 - from `read_regexes`
    return pattern
