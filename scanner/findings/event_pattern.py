"""Filters in the form of Amazon EventBridge's event patterns, and of Macie's finding criteria.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
https://docs.aws.amazon.com/macie/latest/user/findings-filter-basics.html
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from scanner.errors import ConfigError
from scanner.findings.conditions import (
    COMPARE,
    AnyOf,
    Check,
    Exactly,
    Exists,
    Filter,
    NoneOf,
    all_of,
    begins,
    compares,
    ends,
    equals,
    every,
    like,
    some_of,
    within,
)
from scanner.findings.values import values_at

_SIGNS: Final = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_MOST_DEEP: Final = 30


def parse_json_filter(text: str, where: str) -> Filter:
    """The filter in `text`: Macie's criteria if it has the one member `criterion`, else an event pattern.

    An event pattern nests the names of members, and lists at the end what one of their values may be: texts, numbers, true,
    false, null, `prefix`, `suffix`, `equals-ignore-case`, `wildcard`, `numeric`, `cidr`, `exists`, `anything-but`; `$or` lists
    patterns. `anything-but` wants that none of the values is so.

    :raises ConfigError: if it is neither; names `where` and the place in it
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{where}: is no JSON: {error}") from None
    if not isinstance(document, dict) or not document:
        raise ConfigError(f"{where}: a filter is an object with at least one member")
    if set(document) == {"criterion"}:
        return _criteria(document["criterion"], where)
    return _pattern(document, (), where)


def _criteria(criterion: object, where: str) -> Filter:
    if not isinstance(criterion, dict):
        raise ConfigError(f"{where}: criterion is an object")
    conditions: list[Filter] = []
    for field, operators in criterion.items():
        if not isinstance(operators, dict) or not operators:
            raise ConfigError(f"{where}: {field}: is an object of operators")
        conditions += [_criterion(tuple(field.split(".")), name, value, f"{where}: {field}") for name, value in operators.items()]
    return all_of(conditions)


def _criterion(path: tuple[str, ...], name: str, value: Any, where: str) -> Filter:  # noqa: ANN401 - parsed JSON
    if name in _SIGNS and isinstance(value, int | float) and not isinstance(value, bool):
        return AnyOf(path, (compares(_SIGNS[name], float(value)),))
    if name in {"eq", "neq", "eqExactMatch"} and isinstance(value, list) and value:
        if name == "eqExactMatch":
            return Exactly(path, frozenset(map(str, value)))
        checks = tuple(equals(one) for one in value)
        return AnyOf(path, checks) if name == "eq" else NoneOf(path, checks)
    raise ConfigError(f"{where}: there are eq, neq and eqExactMatch with a list, and gt, gte, lt and lte with a number; not {name!r} so")


def _pattern(pattern: Mapping[str, Any], path: tuple[str, ...], where: str) -> Filter:
    if len(path) > _MOST_DEEP:
        raise ConfigError(f"{where}: is nested too deep")
    return all_of([_member(name, value, path, where) for name, value in pattern.items()])


def _member(name: str, value: Any, path: tuple[str, ...], where: str) -> Filter:  # noqa: ANN401 - parsed JSON
    place = f"{where}: {'.'.join((*path, name))}"
    if name == "$or":
        if not isinstance(value, list) or not value or not all(isinstance(one, dict) and one for one in value):
            raise ConfigError(f"{place}: is a list of patterns")
        return some_of([_pattern(one, path, where) for one in value])
    if isinstance(value, dict) and value:
        return _pattern(value, (*path, *name.split(".")), where)
    if isinstance(value, list) and value:
        return some_of([_entry((*path, *name.split(".")), one, place) for one in value])
    raise ConfigError(f"{place}: is an object, or a list of what may be there")


def _entry(path: tuple[str, ...], entry: Any, where: str) -> Filter:  # noqa: ANN401 - parsed JSON
    """What one entry of a list at the end of a path wants."""
    if entry is None:
        return lambda record: not any(True for _ in values_at(record, path))
    if not isinstance(entry, dict):
        return AnyOf(path, (_scalar(entry, where),))
    name, value = _single(entry, where)
    if name == "exists" and isinstance(value, bool):
        return Exists(path, value)
    if name == "anything-but":
        return NoneOf(path, _unwanted(value, where))
    return AnyOf(path, (_operator(name, value, where),))


def _unwanted(value: Any, where: str) -> tuple[Check, ...]:  # noqa: ANN401 - parsed JSON
    if isinstance(value, dict):
        name, inner = _single(value, where)
        return tuple(_operator(name, one, where) for one in (inner if isinstance(inner, list) else [inner]))
    return tuple(_scalar(one, where) for one in (value if isinstance(value, list) else [value]))


_OF_TEXT: Final[Mapping[str, Callable[[str], Check]]] = {
    "prefix": begins,
    "suffix": ends,
    "equals-ignore-case": partial(equals, ignore_case=True),
    "wildcard": like,
    "cidr": within,
}
_ANY_CASE: Final = {"prefix": partial(begins, ignore_case=True), "suffix": partial(ends, ignore_case=True)}


def _operator(name: str, value: Any, where: str) -> Check:  # noqa: ANN401 - parsed JSON
    if isinstance(value, str) and name in _OF_TEXT:
        return _OF_TEXT[name](value)
    if isinstance(value, list) and name == "numeric":
        return _numeric(value, where)
    if isinstance(value, dict) and name in _ANY_CASE:
        inner, text = _single(value, where)
        if inner == "equals-ignore-case" and isinstance(text, str):
            return _ANY_CASE[name](text)
    raise ConfigError(f"{where}: {name!r} is no operator with such a value")


def _numeric(value: Sequence[Any], where: str) -> Check:
    pairs = list(zip(value[::2], value[1::2], strict=False))
    if not pairs or len(value) % 2 or not all(sign in COMPARE and _is_number(number) for sign, number in pairs):
        raise ConfigError(f'{where}: numeric wants signs and numbers in turn, as in [">", 0, "<=", 5]')
    return every([compares(sign, float(number)) for sign, number in pairs])


def _scalar(value: Any, where: str) -> Check:  # noqa: ANN401 - parsed JSON
    if not isinstance(value, str | int | float | bool):
        raise ConfigError(f"{where}: a text, a number, true or false is wanted, not {value!r}")
    return equals(value)


def _single(entry: Mapping[str, Any], where: str) -> tuple[str, Any]:
    if len(entry) != 1:
        raise ConfigError(f"{where}: an operator is an object with one member")
    return next(iter(entry.items()))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
