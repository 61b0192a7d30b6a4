"""The names in a JSON path: what programs that know tables call a field inside a field."""

from typing import Final

import regex

_ELEMENT: Final = regex.compile(
    r"""\[(?:\d+|\*)\] | \['(?P<quoted>(?:[^'\\]|\\.)*)'\] | \.\{keys\} | \.(?P<bare>[^.\[]+)""", regex.VERBOSE | regex.DOTALL
)
_ESCAPE: Final = regex.compile(r"\\(?:u(?P<code>[0-9a-fA-F]{4})|(?P<plain>.))", regex.DOTALL)
_SHORT: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def field_names(path: str) -> tuple[str, ...]:
    """`$.orders[*]['card no']` -> `("orders", "card no")`; elements of arrays and names of maps have no names of their own."""
    found = (_name(element) for element in _ELEMENT.finditer(path.removeprefix("$")))
    return tuple(name for name in found if name)


def _name(element: regex.Match[str]) -> str:
    return _ESCAPE.sub(_unescaped, element["quoted"]) if element["quoted"] is not None else element["bare"] or ""


def _unescaped(escape: regex.Match[str]) -> str:
    return chr(int(escape["code"], 16)) if escape["code"] else _SHORT.get(escape["plain"], escape["plain"])
