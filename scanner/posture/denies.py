"""What a policy's Deny statements take away from an Allow.

Three forms are understood: a Deny without conditions that covers the Allow, a Deny of everybody but fixed parties by its
conditions, and a Deny with NotPrincipal. Every other Deny is left out of account, so that an Allow is never thought
narrower than it is.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scanner.model.occurrence import Confidence
from scanner.posture.actions import on_objects
from scanner.posture.documents import Statement
from scanner.posture.levels import may_be
from scanner.posture.limits import Limit, limit_left_by_deny
from scanner.posture.parties import Party, PartyKind
from scanner.posture.principals import Principal
from scanner.posture.wildcards import covers, overlap


class Left(NamedTuple):
    """What Denies leave of an Allow to one principal.

    :param actions: those that are still allowed
    :param denied: actions that are taken away whole, as patterns
    :param by: indexes of the Denies that count
    """

    actions: tuple[str, ...]
    denied: tuple[str, ...]
    limits: tuple[Limit, ...]
    by: tuple[int, ...]


def left_of(allow: Statement, principal: Principal, denies: Sequence[Statement], *, access_point: bool) -> Left:
    """What is left of `allow` for one of its principals."""
    left = Left(allow.actions, (), (), ())
    for deny in denies:
        left = _after(left, allow, principal, deny, access_point=access_point)
    return left


def _after(left: Left, allow: Statement, principal: Principal, deny: Statement, *, access_point: bool) -> Left:
    if not _covers_resources(deny, allow):
        return left
    if deny.all_but_principals:
        limit = _limit_of_others(deny)
        denied_whole = limit is not None and principal.party.kind is not PartyKind.EVERYONE and _outside(principal, limit)
    elif any(_denied_too(one, principal) for one in deny.principals):
        limit = limit_left_by_deny(deny.conditions, access_point=access_point) if deny.conditions else None
        denied_whole = not deny.conditions
    else:
        return left
    if denied_whole:
        return _without(left, allow, deny)
    if limit and all(_denies(deny, action, allow) for action in _actions(left, allow)):
        return left._replace(limits=(*left.limits, limit), by=(*left.by, deny.number))
    return left


def _without(left: Left, allow: Statement, deny: Statement) -> Left:
    kept = tuple(action for action in _actions(left, allow) if not _denies(deny, action, allow))
    if allow.all_but_actions:
        # NotAction grants names that nobody knows; only a Deny of everything takes all of them away.
        if kept:
            return left
        return Left((), deny.actions, left.limits, (*left.by, deny.number))
    partly = () if deny.all_but_actions or not _covers_all_resources(deny, allow) else deny.actions
    if kept == left.actions and not any(overlap(denied, action) for denied in partly for action in kept):
        return left
    return Left(kept, left.denied + partly, left.limits, (*left.by, deny.number))


def _actions(left: Left, allow: Statement) -> tuple[str, ...]:
    return ("*",) if allow.all_but_actions else left.actions


def _denies(deny: Statement, action: str, allow: Statement) -> bool:
    """Whether `deny` covers an action on all resources that `allow` allows it on."""
    if deny.all_but_actions:
        if any(overlap(spared, action) for spared in deny.actions):
            return False
    elif not any(covers(pattern, action) or (pattern == "s3:*" and action == "*") for pattern in deny.actions):
        return False
    objects = on_objects(action)
    resources = [one for one in allow.resources if objects is None or may_be(one, objects=objects)]
    return _all_covered(deny, resources or allow.resources, allow)


def _covers_resources(deny: Statement, allow: Statement) -> bool:
    """A quick look: could anything of `allow` be covered at all?"""
    return not deny.all_but_resources and (not allow.all_but_resources or "*" in deny.resources)


def _covers_all_resources(deny: Statement, allow: Statement) -> bool:
    return _all_covered(deny, allow.resources, allow)


def _all_covered(deny: Statement, resources: Iterable[str], allow: Statement) -> bool:
    if "*" in deny.resources:
        return True
    return not allow.all_but_resources and all(any(covers(outer, inner) for outer in deny.resources) for inner in resources)


def _denied_too(denied: Principal, allowed: Principal) -> bool:
    """Whether a Deny of one principal reaches everybody whom the other stands for."""
    if denied.party == Party(PartyKind.EVERYONE, "*"):
        return True
    return denied.text == allowed.text or (denied.whole_account and denied.party == allowed.party)


def _limit_of_others(deny: Statement) -> Limit | None:
    """Deny with NotPrincipal leaves those it names."""
    parties = tuple(principal.party for principal in deny.principals)
    if deny.conditions or any(party.kind is PartyKind.EVERYONE for party in parties):
        return None
    said = f"a Deny leaves only: {', '.join(principal.text for principal in deny.principals) or 'nobody'}"
    return Limit(
        parties or (Party(PartyKind.NOBODY, ""),),
        of_caller=True,
        for_services=False,
        deputy=False,
        confidence=Confidence.MEDIUM,
        said=said,
    )


def _outside(principal: Principal, limit: Limit) -> bool:
    return principal.party not in limit.parties
