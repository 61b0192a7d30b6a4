"""What the conditions of an Allow, or of a Deny over it, leave: limits on who can use a statement."""

from collections.abc import Iterable, Iterator
from ipaddress import ip_network
from typing import Final, NamedTuple

from scanner.model.occurrence import Confidence
from scanner.posture.condition_keys import DEPUTY_KEYS, KEYS, Key, Named, party_named
from scanner.posture.conditions import Condition
from scanner.posture.parties import Party, PartyKind

_HALF: Final = {4: 2**31, 6: 2**127}


class Limit(NamedTuple):
    """Only these parties get past.

    :param of_caller: tells who calls, and not only from where
    :param for_services: holds for calls by services only
    :param deputy: tells on whose behalf a service acts
    :param said: the condition in words
    """

    parties: tuple[Party, ...]
    of_caller: bool
    for_services: bool
    deputy: bool
    confidence: Confidence
    said: str


def limits_of(conditions: Iterable[Condition], *, access_point: bool) -> Iterator[Limit]:
    """The limits that an Allow's conditions set. All hold at once."""
    for condition in conditions:
        operator = condition.operator
        # IfExists and ForAllValues are also true when the key is absent, so anybody can leave it out.
        if operator.negated or operator.if_exists or operator.qualifier == "forallvalues" or operator.family == "other":
            continue
        key = _key(condition, access_point=access_point)
        named = _all_named(condition, key) if key else None
        if key and named is not None:
            yield _limit(condition, key, named, "=")


def limit_left_by_deny(conditions: Iterable[Condition], *, access_point: bool) -> Limit | None:
    """What a Deny of everybody leaves: those whom at least one of its conditions spares. None if that can be anybody."""
    spared: list[Limit] = []
    for condition in conditions:
        limit = _spared(condition, access_point=access_point)
        if limit is None:
            return None
        spared.append(limit)
    return _either(spared) if spared else None


def _spared(condition: Condition, *, access_point: bool) -> Limit | None:
    operator = condition.operator
    if (operator.name, condition.key) == ("bool", "aws:principalisawsservice") and tuple(map(str.lower, condition.values)) == ("false",):
        parties = (Party(PartyKind.SERVICE, "any AWS service"),)
        return Limit(parties, of_caller=True, for_services=False, deputy=False, confidence=Confidence.LOW, said="calls by AWS services")
    # ForAnyValue is false when the key is absent: the Deny does not reach those who leave it out.
    if not operator.negated or operator.qualifier == "foranyvalue":
        return None
    key = _key(condition, access_point=access_point)
    named = _all_named(condition, key) if key else None
    # A wildcard that is compared as a letter spares nobody, but that is for no one to rely on.
    if key is None or named is None or any(party.kind is PartyKind.NOBODY for party, _ in named):
        return None
    return _limit(condition, key, named, "must be")


def _key(condition: Condition, *, access_point: bool) -> Key | None:
    key = KEYS.get(condition.key)
    return None if key is None or (access_point and not key.in_access_points) else key


def _all_named(condition: Condition, key: Key) -> list[Named] | None:
    """The parties of all values; one value that limits nothing spoils the key."""
    named = [party_named(key.values, condition.operator.family, value) for value in condition.values]
    if not named or None in named or (key.values == "addresses" and _half_of_all(condition.values)):
        return None
    return [one for one in named if one is not None]


def _half_of_all(ranges: tuple[str, ...]) -> bool:
    """Whether many ranges, each narrow enough by itself, make up half of all addresses."""
    if len(ranges) < 128:
        return False
    networks = [ip_network(text, strict=False) for text in ranges]
    return any(sum(one.num_addresses for one in networks if one.version == version) >= half for version, half in _HALF.items())


def _limit(condition: Condition, key: Key, named: list[Named], word: str) -> Limit:
    parties = tuple([party for party, _ in named])
    confidence = min([confidence for _, confidence in named])
    said = f"{condition.written} {word} {', '.join(condition.values)}"
    return Limit(parties, key.of_caller, key.for_services, condition.key in DEPUTY_KEYS, confidence, said)


def _either(limits: list[Limit]) -> Limit:
    return Limit(
        tuple(party for limit in limits for party in limit.parties),
        of_caller=all(limit.of_caller for limit in limits),
        for_services=any(limit.for_services for limit in limits),
        deputy=all(limit.deputy for limit in limits),
        confidence=min(Confidence.MEDIUM, *(limit.confidence for limit in limits)),
        said=f"a Deny leaves only: {' or '.join(limit.said for limit in limits)}",
    )
