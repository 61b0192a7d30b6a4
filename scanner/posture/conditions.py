"""The Condition element: operators, their qualifiers, keys and values.

Source: the IAM user guide on condition operators and on keys with several values.
"""

from functools import lru_cache
from typing import Final, NamedTuple

_POSITIVE: Final = {
    "stringequals": "string",
    "stringequalsignorecase": "string",
    "stringlike": "pattern",
    "arnequals": "arn",
    "arnlike": "arn",
    "ipaddress": "ip",
}
_NEGATIVE: Final = {
    "stringnotequals": "string",
    "stringnotequalsignorecase": "string",
    "stringnotlike": "pattern",
    "arnnotequals": "arn",
    "arnnotlike": "arn",
    "notipaddress": "ip",
}
_OTHERS: Final = frozenset(
    [
        *("null", "bool", "binaryequals"),
        *("numericequals", "numericnotequals", "numericlessthan", "numericlessthanequals"),
        *("numericgreaterthan", "numericgreaterthanequals"),
        *("dateequals", "datenotequals", "datelessthan", "datelessthanequals", "dategreaterthan", "dategreaterthanequals"),
    ]
)


class Operator(NamedTuple):
    """A condition operator.

    :param name: in lower case, without qualifier and IfExists
    :param family: how values are compared: `string` exactly, `pattern` with wildcards, `arn` part by part, `ip`, or `other`
    :param negated: true when the value differs, and when the key is absent
    :param qualifier: `forallvalues`, `foranyvalue` or nothing
    """

    name: str
    family: str
    negated: bool
    qualifier: str
    if_exists: bool
    known: bool


class Condition(NamedTuple):
    """One key under one operator.

    :param key: in lower case
    :param values: any of them may hold
    :param written: the key as written
    """

    operator: Operator
    key: str
    values: tuple[str, ...]
    written: str


# No value of any key; what cannot be read as text is never taken for a fixed value.
UNREADABLE: Final = "${unreadable}"


@lru_cache(maxsize=512)
def operator_of(text: str) -> Operator:
    """An operator as written, in any case."""
    qualifier, colon, name = text.lower().rpartition(":")
    if_exists = name.endswith("ifexists")
    name = name.removesuffix("ifexists")
    family = _POSITIVE.get(name) or _NEGATIVE.get(name) or "other"
    known = (family != "other" or name in _OTHERS) and (not colon or qualifier in ("forallvalues", "foranyvalue"))
    return Operator(name, family, name in _NEGATIVE, qualifier, if_exists, known)


def conditions_in(element: object, index: int, problems: list[str]) -> tuple[Condition, ...]:
    """The conditions of a statement, all of which must hold.

    Keys that differ only in case are one key with the values of all: which of them the service would take is not documented.

    :param index: of the statement, for `problems`
    """
    if element is None or element == {}:
        return ()
    if not isinstance(element, dict):
        problems.append(f"statement {index}: Condition is not an object")
        return ()
    found: dict[tuple[str, str], Condition] = {}
    for text, keys in element.items():
        name = str(text)
        operator = operator_of(name)
        if not operator.known or not isinstance(keys, dict):
            problems.append(f"statement {index}: {name!r} is no condition operator with keys")
            continue
        for written, values in keys.items():
            key = str(written).lower()
            before = found.get((name.lower(), key))
            found[name.lower(), key] = Condition(operator, key, (before.values if before else ()) + _values(values), str(written))
    return tuple(found.values())


def _values(values: object) -> tuple[str, ...]:
    if isinstance(values, str):
        return (values,)
    return tuple(map(_value, values)) if isinstance(values, list | tuple) else (_value(values),)


def _value(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else UNREADABLE
