"""Whom one principal of an Allow comes down to, once its limits are counted."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from scanner.model.occurrence import Confidence
from scanner.posture.amazon_accounts import SERVICE_OF
from scanner.posture.limits import Limit
from scanner.posture.parties import Party, PartyKind, Zone
from scanner.posture.principals import Principal
from scanner.posture.verdict import Reach

_OWNED: Final = frozenset((PartyKind.ACCOUNT, PartyKind.ORGANIZATION, PartyKind.CANONICAL_ID, PartyKind.SERVICE))
_CLOUDFRONT: Final = "cloudfront.amazonaws.com"


class Reached(NamedTuple):
    """Who is let in.

    :param parties: those outside; for CONDITIONAL what it is limited to
    :param why: in a few words
    """

    reach: Reach
    parties: tuple[Party, ...]
    confidence: Confidence
    why: str
    confused_deputy: bool = False


def reached(principal: Principal, limits: tuple[Limit, ...], zone: Zone) -> Reached:
    """Whom `principal` comes down to under `limits`, all of which hold at once."""
    kind = principal.party.kind
    sure = Confidence.HIGH if principal.sure else Confidence.LOW
    if kind is PartyKind.EVERYONE:
        found = _everyone(principal, [limit for limit in limits if not limit.for_services], zone)
    elif kind is PartyKind.SERVICE:
        found = _service(principal, limits, zone)
    elif kind is PartyKind.CLOUDFRONT:
        found = Reached(Reach.EXTERNAL, (principal.party,), Confidence.HIGH, "an origin access identity of CloudFront")
    elif kind is PartyKind.NOBODY:
        found = Reached(Reach.NOBODY, (), Confidence.LOW, f"{principal.text!r} names no principal")
    else:
        found = _named(principal, limits, zone)
    return found if found.confidence <= sure else found._replace(confidence=sure)


def _everyone(principal: Principal, limits: list[Limit], zone: Zone) -> Reached:
    if not limits:
        who = "everybody" if principal.text == "*" else f"everybody who comes as {principal.text}"
        return Reached(Reach.PUBLIC, (Party(PartyKind.EVERYONE, principal.text),), Confidence.HIGH, f"{who}, and no condition limits it")
    inside = [limit for limit in limits if zone.holds_all(limit.parties)]
    if inside:
        best = max(inside, key=_certainty)
        return Reached(Reach.INTERNAL, (), best.confidence, best.said)
    owned = [limit for limit in limits if [party for party in limit.parties if party.kind in _OWNED]] or limits
    chosen = _narrowest(owned, zone)
    outside = _outside(chosen.parties, zone)
    identified = tuple(party for party in outside if party.kind in _OWNED)
    confidence = chosen.confidence
    if identified and (zone.owner_known or any(party.kind is not PartyKind.ACCOUNT for party in identified)):
        return Reached(Reach.EXTERNAL, outside, confidence, chosen.said)
    return Reached(Reach.CONDITIONAL, outside, confidence, chosen.said)


def _narrowest(limits: list[Limit], zone: Zone) -> Limit:
    """The limit that names the fewest outsiders; of equal ones the surest, whatever their order."""
    if len(limits) == 1:
        return limits[0]
    return min(limits, key=lambda limit: (len(_outside(limit.parties, zone)), -limit.confidence, sorted(limit.parties)))


def _certainty(limit: Limit) -> int:
    return limit.confidence


def _outside(parties: Iterable[Party], zone: Zone) -> tuple[Party, ...]:
    return tuple(dict.fromkeys(party for party in parties if not zone.holds(party)))


def _service(principal: Principal, limits: tuple[Limit, ...], zone: Zone) -> Reached:
    deputies = [limit for limit in limits if limit.deputy]
    name = principal.text
    confidence = min((limit.confidence for limit in deputies), default=Confidence.HIGH)
    if not deputies:
        why = f"the service {name}, on whose behalf is not limited"
        reach = Reach.EXTERNAL if principal.party.id == _CLOUDFRONT else Reach.SERVICE
        return Reached(reach, (principal.party,), confidence, why, confused_deputy=True)
    if any(zone.holds_all(limit.parties) for limit in deputies):
        return Reached(Reach.SERVICE, (principal.party,), confidence, f"the service {name}, for the owner only")
    chosen = _narrowest(deputies, zone)
    outside = tuple(party for party in _outside(chosen.parties, zone) if party.kind in _OWNED)
    if outside and zone.owner_known:
        return Reached(Reach.EXTERNAL, (principal.party, *outside), confidence, f"the service {name}, {chosen.said}")
    return Reached(Reach.SERVICE, (principal.party,), confidence, f"the service {name}, {chosen.said}")


def _named(principal: Principal, limits: tuple[Limit, ...], zone: Zone) -> Reached:
    """An account, a role or user of one, or an id."""
    party = principal.party
    if zone.holds(party):
        return Reached(Reach.INTERNAL, (), Confidence.HIGH, f"{principal.text} is ours")
    inside = [limit for limit in limits if limit.of_caller and zone.holds_all(limit.parties)]
    if inside:
        best = max(inside, key=_certainty)
        return Reached(Reach.INTERNAL, (), best.confidence, best.said)
    service = SERVICE_OF.get(party.id)
    if service:
        why = f"{principal.text} is Amazon's own, for the service {service}"
        return Reached(Reach.SERVICE, (Party(PartyKind.SERVICE, service),), Confidence.HIGH, why)
    if party.kind is PartyKind.UNIQUE_ID:
        why = f"{principal.text} is what a deleted user or role leaves behind"
        return Reached(Reach.CONDITIONAL, (party,), Confidence.LOW, why)
    if party.kind is PartyKind.ACCOUNT and not zone.owner_known:
        return Reached(Reach.CONDITIONAL, (party,), Confidence.LOW, f"account {party.id}; the bucket's own account is not known")
    what = f"account {party.id}" if party.kind is PartyKind.ACCOUNT else f"canonical id {party.id}"
    return Reached(Reach.EXTERNAL, (party,), Confidence.HIGH, f"{what} is not ours")
