"""Decides whether a bucket or an object is meant by conditions. What is not known is neither yes nor no.

Conditions are joined by AND, the values of one by OR, and what is left out wins, as in Macie:
https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html
"""

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

import regex

from scanner.errors import ConfigError
from scanner.jobs.model import BucketField, Comparator, Condition, Criteria, ObjectField, TagValue
from scanner.posture.three_values import Truth, every, negated, some
from scanner.sources.bounds import parse_moment, parse_size
from scanner.sources.globs import Globs

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

Tags: TypeAlias = tuple[tuple[str, str], ...]
Check: TypeAlias = Callable[[object], Truth]

_ORDER: Final[Mapping[Comparator, Callable[[Any, Any], bool]]] = {
    Comparator.EQ: operator.eq,
    Comparator.NE: operator.ne,
    Comparator.GT: operator.gt,
    Comparator.GTE: operator.ge,
    Comparator.LT: operator.lt,
    Comparator.LTE: operator.le,
}


@dataclass(frozen=True, slots=True)
class Checks:
    """Criteria, ready to be asked."""

    include: tuple[tuple[Condition, Check], ...]
    exclude: tuple[tuple[Condition, Check], ...]
    exclude_any: tuple[tuple[Condition, Check], ...]

    def wanted(self, facts: Mapping[BucketField | ObjectField, object]) -> Truth:
        """Whether what has these facts is meant; None if that hangs on a fact that is not known.

        :param facts: a value for each field; one that is missing or None is not known
        """
        included = every(_holds(facts, one) for one in self.include)
        excluded = every(_holds(facts, one) for one in self.exclude) if self.exclude else False
        return every([included, negated(excluded), negated(some(_holds(facts, one) for one in self.exclude_any))])


def checks_of(criteria: Criteria, now: datetime) -> Checks:
    """The checks of `criteria`.

    :param now: what ages count from
    :raises ConfigError: if a value cannot be used
    """
    parts = (criteria.include, criteria.exclude, criteria.exclude_any)
    return Checks(*(tuple((one, _check(one, now)) for one in part) for part in parts))


def _holds(facts: Mapping[BucketField | ObjectField, object], one: tuple[Condition, Check]) -> Truth:
    condition, check = one
    fact = facts.get(condition.field)
    return None if fact is None else check(fact)


def _check(condition: Condition, now: datetime) -> Check:
    if condition.field.value == "tag":
        return _tags(condition.tags, negate=condition.comparator is Comparator.NE)
    if condition.field is ObjectField.SIZE:
        return _ordered(condition.comparator, parse_size(condition.values[0]))
    if condition.field is ObjectField.LAST_MODIFIED:
        return _ordered(condition.comparator, parse_moment(condition.values[0], now))
    if condition.field is ObjectField.EXTENSION:
        return _extension(condition)
    return _text(condition)


def _ordered(comparator: Comparator, value: object) -> Check:
    compare = _ORDER[comparator]
    return lambda fact: compare(fact, value)


def _tags(wanted: Iterable[TagValue], *, negate: bool) -> Check:
    asked = tuple(wanted)

    def check(fact: object) -> Truth:
        assert isinstance(fact, tuple), "tags are pairs"
        met = any(one.key in (None, key) and one.value in (None, value) for one in asked for key, value in fact)
        return met is not negate

    return check


def _extension(condition: Condition) -> Check:
    """By the end of the name, as `--extension` of a scan: case does not matter, and `tar.gz` has two parts."""
    endings = tuple("." + value.lower().lstrip(".") for value in condition.values)
    negate = condition.comparator is Comparator.NE
    return lambda fact: str(fact).lower().endswith(endings) is not negate


def _text(condition: Condition) -> Check:
    """By the very letters; case matters."""
    values = condition.values
    match condition.comparator:
        case Comparator.STARTS_WITH:
            return lambda fact: str(fact).startswith(values)
        case Comparator.GLOB:
            globs = Globs(values, role=condition.field.value)
            return lambda fact: globs.match(str(fact))
        case Comparator.REGEX:
            expressions = [_compiled(value) for value in values]
            return lambda fact: any(one.fullmatch(str(fact)) for one in expressions)
        case Comparator.NE:
            return lambda fact: fact not in values
        case _:
            return lambda fact: fact in values


def _compiled(expression: str) -> regex.Pattern[str]:
    try:
        return regex.compile(expression)
    except regex.error as error:
        raise ConfigError(f"{expression!r} is no regular expression: {error}") from None
