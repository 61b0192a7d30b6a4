"""The filter language of the command line: `FIELD OPERATOR VALUE[,VALUE...]`.

    severity=high,medium    one of these, in any case       identifier==A,B     these, all of them and no other
    category!=personal      none of these                   path^=/srv/old      begins so
    key$=.csv               ends so                         path~=*/tmp/*       * stands for anything
    count>=10               numbers, sizes (10MB), dates, ages (7d); also > < <=
    severity>=medium        low, medium, high in this order
    principal@=10.0.0.0/8   an IP address in this block     owner, !owner       there is such a member, or none

Several filters must all hold.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

import regex

from identifiers.fields import suggestion
from scanner.errors import ConfigError
from scanner.findings.conditions import AnyOf, Check, Exactly, Exists, Filter, NoneOf, all_of, begins, compares, ends, equals, like, within
from scanner.findings.values import bound
from scanner.model.life import Life

ALIASES: Final[Mapping[str, str]] = {
    "bucket": "resourcesAffected.s3Bucket.name",
    "category": "detections.category",
    "count": "detections.count",
    "extension": "resourcesAffected.s3Object.extension",
    "fingerprint": "detections.occurrences.fingerprint",
    "first-seen": "life.firstSeen",
    "id": "life.findingId",
    "identifier": "detections.identifier",
    "key": "resourcesAffected.s3Object.key",
    "last-seen": "life.lastSeen",
    "life": "life.finding",
    "modified": "resourcesAffected.s3Object.lastModified",
    "rule": "suppressed.rule",
    "severity": "severity.description",
    "size": "resourcesAffected.s3Object.size",
    "status": "life.status",
    "storage-class": "resourcesAffected.s3Object.storageClass",
}
"""Short names for members of a finding; every other name is a path of its members, as in `severity.score`."""

_RANKS: Final[Mapping[str, float]] = {"low": 1, "medium": 2, "high": 3}
"""Severities as `severity.score` counts them."""

_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "severity": frozenset(_RANKS),
    "status": frozenset(("open", "suppressed", "resolved")),
    "life": frozenset(Life),
}
"""Fields that have no other values: one that is misspelt would find nothing, and seem to say that there is nothing."""

_LESS_AND_MORE: Final = frozenset(("<", "<=", ">", ">="))
_CONDITION: Final = regex.compile(r"(?P<field>[A-Za-z][\w.\-]*)\s*(?P<sign>==|!=|>=|<=|\^=|\$=|~=|@=|=|>|<)\s*(?P<values>.*)", regex.DOTALL)
_BARE: Final = regex.compile(r"(?P<no>!?)\s*(?P<field>[A-Za-z][\w.\-]*)")


def fields_in(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The fields that conditions ask for, with their paths; without those that need not be there."""
    found = (_CONDITION.fullmatch(text.strip()) for text in texts)
    return {one["field"]: _path(one["field"]) for one in found if one is not None}


def parse_query(texts: Iterable[str], now: datetime) -> Filter:
    """What meets all of the conditions. Raises ConfigError for one that is none."""
    return all_of([_condition(text.strip(), now) for text in texts])


def _condition(text: str, now: datetime) -> Filter:
    found = _CONDITION.fullmatch(text)
    if found is None:
        bare = _BARE.fullmatch(text)
        if bare is None:
            raise ConfigError(f"{text!r} is no filter; write for example severity=high, key$=.csv, count>=10 or last-seen<7d")
        return Exists(_path(bare["field"]), not bare["no"])
    path, sign = _path(found["field"]), found["sign"]
    values = [value.strip() for value in found["values"].split(",")]
    if not all(values):
        raise ConfigError(f"{text!r}: a value is missing")
    _check_words(text, found["field"], sign, values)
    if sign == "==":
        return Exactly(path, frozenset(values), ignore_case=True)
    if sign == "!=":
        return NoneOf(path, tuple(equals(value, ignore_case=True) for value in values))
    if found["field"] == "severity" and sign in _LESS_AND_MORE:
        return AnyOf(("severity", "score"), tuple(compares(sign, _RANKS.get(value.lower()) or bound(value, now)) for value in values))
    return AnyOf(path, tuple(_check(sign, value, now) for value in values))


def _check_words(text: str, field: str, sign: str, values: Iterable[str]) -> None:
    known = _WORDS.get(field, frozenset())
    for value in values if known and sign in {"=", "!=", "=="} else ():
        if value.lower() not in known:
            raise ConfigError(f"{text!r}: {field} is never {value!r}; {suggestion(value, known)}")


def _check(sign: str, value: str, now: datetime) -> Check:
    match sign:
        case "=":
            return equals(value, ignore_case=True)
        case "^=":
            return begins(value)
        case "$=":
            return ends(value)
        case "~=":
            return like(value)
        case "@=":
            return within(value)
        case _:
            return compares(sign, bound(value, now))


def _path(field: str) -> tuple[str, ...]:
    return tuple(ALIASES.get(field, field).split("."))
