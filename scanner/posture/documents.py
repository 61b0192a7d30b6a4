"""Policy documents taken apart: statements in one shape, whatever legal form they were written in."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from scanner.posture.conditions import Condition, conditions_in
from scanner.posture.principals import Principal, principals_in

# json gives up at the interpreter's own recursion limit; policies are at most 20 KB and five levels deep.
_NO_DOCUMENT: Final = "the policy is not a JSON object"
_STATEMENT: Final = "Statement"
_OF_STATEMENT: Final = frozenset(
    ("Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"),
)
_ELEMENTS: Final = _OF_STATEMENT | {"Version", "Id", _STATEMENT}
_BY_LOWER: Final = {name.lower(): name for name in _ELEMENTS}


class Statement(NamedTuple):
    """One statement.

    :param number: place in the document, from 0
    :param principals: whom it speaks of; of everyone else when `all_but_principals`
    :param actions: in lower case; of all others when `all_but_actions`
    :param resources: as written; all others when `all_but_resources`
    """

    number: int
    sid: str
    allows: bool
    principals: tuple[Principal, ...]
    all_but_principals: bool
    actions: tuple[str, ...]
    all_but_actions: bool
    resources: tuple[str, ...]
    all_but_resources: bool
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A policy.

    :param problems: what is malformed, one line each
    :param readable: False if part of it could not be understood at all, so that it may allow more than is seen
    """

    statements: tuple[Statement, ...]
    problems: tuple[str, ...] = ()
    readable: bool = True


def parse_policy(document: object) -> Document:
    """The statements of a policy given as JSON text or as parsed JSON; never raises, says what is wrong in `problems`."""
    problems: list[str] = []
    if isinstance(document, str | bytes | bytearray):
        try:
            document = _loaded(document, problems)
        except (ValueError, RecursionError):
            return Document((), ("the policy is not JSON",), readable=False)
    if not isinstance(document, dict):
        return Document((), (_NO_DOCUMENT,), readable=False)
    found = _elements(document).get(_STATEMENT)
    if found is None:
        return Document((), (*problems, "the policy has no Statement"), readable=False)
    items = found if isinstance(found, list | tuple) else [found]
    statements = [_statement(index, item, problems) for index, item in enumerate(items)]
    return Document(tuple(filter(None, statements)), tuple(problems), readable=None not in statements)


def without_statements(document: object, numbers: Collection[int]) -> object:
    """The policy without the statements at these places; as it is if it cannot be understood.

    :param document: as for `parse_policy`
    """
    try:
        found = _loaded(document, []) if isinstance(document, str | bytes | bytearray) else document
    except (ValueError, RecursionError):
        return document
    if not isinstance(found, dict):
        return document
    name = next((key for key in reversed(found) if str(key).lower() == "statement"), "Statement")
    items = found.get(name)
    listed = items if isinstance(items, list | tuple) else [items]
    return {**found, name: [item for number, item in enumerate(listed) if number not in numbers]}


class _TwiceError(Exception):
    """A name stands twice in one object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    built = dict(pairs)
    if len(built) != len(pairs):
        raise _TwiceError
    return built


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_once)


def _loaded(document: str | bytes | bytearray, problems: list[str]) -> object:
    text = document if isinstance(document, str) else document.decode("utf-8-sig")
    try:
        return _DECODER.decode(text)
    except _TwiceError:
        problems.append("a name stands twice in one object; the last one counts")
        return json.loads(text)


def _elements(item: dict[Any, Any]) -> dict[Any, Any]:
    """Element names as they are usually written, since case does not matter in them; unknown ones in lower case."""
    if item.keys() <= _ELEMENTS:
        return item
    return {_BY_LOWER.get(str(key).lower(), str(key).lower()): value for key, value in item.items()}


def _statement(index: int, item: object, problems: list[str]) -> Statement | None:
    if not isinstance(item, dict):
        problems.append(f"statement {index} is not an object")
        return None
    elements = _elements(item)
    effect = elements.get("Effect")
    if not isinstance(effect, str) or effect.lower() not in ("allow", "deny"):
        problems.append(f"statement {index} has no Effect Allow or Deny")
        return None
    if effect not in ("Allow", "Deny"):
        problems.append(f"statement {index}: Effect is written {effect!r}; the service tells case apart")
        if effect.lower() == "deny":
            return None
    if not elements.keys() <= _OF_STATEMENT:
        problems.extend(f"statement {index} has an unknown element {name!r}" for name in sorted(elements.keys() - _OF_STATEMENT))
    people = elements.get("Principal")
    sid = elements.get("Sid")
    return Statement(
        index,
        sid if isinstance(sid, str) else "",
        effect.lower() == "allow",
        principals_in(elements.get("NotPrincipal") if people is None else people),
        people is None and "NotPrincipal" in elements,
        _names(elements.get("Action", elements.get("NotAction"))),
        "Action" not in elements and "NotAction" in elements,
        texts(elements.get("Resource", elements.get("NotResource"))),
        "Resource" not in elements and "NotResource" in elements,
        conditions_in(elements.get("Condition"), index, problems),
    )


def _names(value: object) -> tuple[str, ...]:
    """Of actions, in lower case."""
    return (value.lower(),) if isinstance(value, str) else tuple([name.lower() for name in texts(value)])


def texts(value: object) -> tuple[str, ...]:
    """The strings of a string or a list; anything else in it is left out."""
    if isinstance(value, str):
        return (value,)
    return tuple([item for item in value if isinstance(item, str)]) if isinstance(value, list | tuple) else ()
