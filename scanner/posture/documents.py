"""Policy documents taken apart: statements in one shape, whatever legal form they were written in."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from scanner.posture.conditions import Condition, conditions_in
from scanner.posture.principals import Principal, principals_in

# json gives up at the interpreter's own recursion limit; policies are at most 20 KB and five levels deep.
_NO_DOCUMENT: Final = "the policy is not a JSON object"
# As they are usually written; saves half the time that making them lower would take.
_LOWER: Final = {
    name: name.lower()
    for name in ("Version", "Id", "Statement", "Sid", "Effect", "Principal", "Action", "Resource", "Condition", "NotPrincipal", "NotAction")
}
_ELEMENTS: Final = frozenset(("sid", "effect", "principal", "notprincipal", "action", "notaction", "resource", "notresource", "condition"))


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
    found = _elements(document).get("statement")
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


def _elements(item: dict[Any, Any]) -> dict[str, Any]:
    """Element names in lower case, since case does not matter in them."""
    return {_LOWER.get(key) or str(key).lower(): value for key, value in item.items()}


def _statement(index: int, item: object, problems: list[str]) -> Statement | None:
    if not isinstance(item, dict):
        problems.append(f"statement {index} is not an object")
        return None
    elements = _elements(item)
    effect = elements.get("effect")
    if not isinstance(effect, str) or effect.lower() not in ("allow", "deny"):
        problems.append(f"statement {index} has no Effect Allow or Deny")
        return None
    if effect not in ("Allow", "Deny"):
        problems.append(f"statement {index}: Effect is written {effect!r}; the service tells case apart")
        if effect.lower() == "deny":
            return None
    if not elements.keys() <= _ELEMENTS:
        problems.extend(f"statement {index} has an unknown element {name!r}" for name in sorted(elements.keys() - _ELEMENTS))
    people = elements.get("principal")
    sid = elements.get("sid")
    return Statement(
        index,
        sid if isinstance(sid, str) else "",
        effect.lower() == "allow",
        principals_in(elements.get("notprincipal") if people is None else people),
        people is None and "notprincipal" in elements,
        _lower(texts(elements.get("action", elements.get("notaction")))),
        "action" not in elements and "notaction" in elements,
        texts(elements.get("resource", elements.get("notresource"))),
        "resource" not in elements and "notresource" in elements,
        conditions_in(elements.get("condition"), index, problems),
    )


def _lower(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([name.lower() for name in names])


def texts(value: object) -> tuple[str, ...]:
    """The strings of a string or a list; anything else in it is left out."""
    if isinstance(value, str):
        return (value,)
    return tuple([item for item in value if isinstance(item, str)]) if isinstance(value, list | tuple) else ()
