"""Writes the structure of a pattern as an expression again, in syntax common to all engines."""

from typing import Final

from identifiers.shape import UNBOUNDED, Atom, Branches, Look, Node, Repeat, Sequence

LEEWAY: Final = 24
"""Repeats that may differ by more than this have almost any length: an expression says "any number"."""

_QUANTIFIERS: Final = {(0, 1): "?", (0, UNBOUNDED): "*", (1, UNBOUNDED): "+", (1, 1): ""}


def expression(node: Node) -> str:
    """An expression that matches wherever `node` does, and perhaps elsewhere."""
    match node:
        case Atom(text, flags):
            return _atom(text, flags)
        case Sequence(parts):
            return "".join(expression(part) for part in parts)
        case Branches(parts):
            return f"(?:{'|'.join(expression(part) for part in parts)})"
        case Repeat(body, low, high):
            return _counted(expression(body), low, high if high - low <= LEEWAY else UNBOUNDED)
        case Look():
            return ""
        case _:
            return "(?s:.)*"


def _counted(body: str, low: int, high: int) -> str:
    if not body or (low, high) == (0, 0):
        return ""
    single = len(body) == 1 or _is_class(body) or (len(body) == 2 and body[0] == "\\")
    wrapped = body if single else f"(?:{body})"
    if (low, high) in _QUANTIFIERS:
        return (wrapped if _QUANTIFIERS[low, high] else body) + _QUANTIFIERS[low, high]
    return wrapped + ("{%d}" % low if low == high else "{%d,%s}" % (low, "" if high >= UNBOUNDED else high))  # noqa: UP031 - braces


def _is_class(body: str) -> bool:
    return body.startswith("[") and body.find("]", 2) == len(body) - 1


def _atom(text: str, flags: str) -> str:
    marks = "".join(flag for flag in "is" if flag in flags)
    # In verbose patterns a space or `#` stands in a class or behind a backslash, which keeps its meaning here.
    return f"(?{marks}:{text})" if marks else text
