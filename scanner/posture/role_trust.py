"""Who outside may assume a role, by its trust policy.

Identity providers that serve everybody come with an account of the role's own in their name, or with none: who comes through
them is told by conditions on what the token says. Where those name nobody in particular, anybody there may come.

Source: the IAM user guide on roles for web identity and OpenID Connect federation.
"""

from collections.abc import Iterator
from typing import Final

from scanner.posture.conditions import Condition
from scanner.posture.documents import Statement, parse_policy
from scanner.posture.parties import PartyKind, Trusted
from scanner.posture.policy import evaluate_policy
from scanner.posture.principals import Principal
from scanner.posture.verdict import Reach
from scanner.posture.wildcards import has_wildcard

_PROVIDER: Final = ":oidc-provider/"
# What in a token names a customer of the provider; of all others it is the subject alone.
_AUDIENCES: Final = {
    "accounts.google.com": frozenset(("aud", "sub")),
    "cognito-identity.amazonaws.com": frozenset(("aud", "sub")),
    "graph.facebook.com": frozenset(("app_id", "id")),
    "www.amazon.com": frozenset(("app_id", "user_id")),
}
_SUBJECT: Final = frozenset(("sub",))
# Anybody can have tokens of these, for a program of his own. Those with a path in their name have one for each customer.
_OPEN_TO_ALL: Final = frozenset(
    (*_AUDIENCES, "token.actions.githubusercontent.com", "gitlab.com", "app.terraform.io", "agent.buildkite.com", "appleid.apple.com")
)


def outsiders_of(trust_policy: object, account: str | None, trusted: Trusted) -> tuple[str, ...]:
    """Accounts, organisations and ids that are not ours, and providers with what they let through; `*` for everybody.

    :param trust_policy: as IAM has it
    :param account: the role's own
    """
    verdict = evaluate_policy(trust_policy, account, trusted=trusted)
    strangers = {party.id for reason in verdict.reasons if reason.reach is Reach.PUBLIC for party in reason.parties}
    everybody = ("*",) if any(one == "*" or has_wildcard(one) for one in strangers) else ()
    allows = [one for one in parse_policy(trust_policy).statements if one.allows]
    through = {users for one in allows for users in _through_providers(one)}
    return (*everybody, *verdict.external_accounts, *verdict.external_organizations, *verdict.external_ids, *sorted(through))


def _through_providers(statement: Statement) -> Iterator[str]:
    for principal in statement.principals:
        issuer = _issuer(principal)
        if issuer in _OPEN_TO_ALL:
            named = [value for one in statement.conditions if _names_somebody(one, issuer) for value in one.values]
            yield f"{issuer} ({', '.join(named) if named else 'anybody there'})"


def _issuer(principal: Principal) -> str:
    """The provider, as keys of conditions begin; empty if it is none."""
    text = principal.text.lower()
    if _PROVIDER in text:
        return text.partition(_PROVIDER)[2]
    return text if principal.party.kind is PartyKind.EVERYONE else ""


def _names_somebody(one: Condition, issuer: str) -> bool:
    """Whether it is about a claim that tells customers of the provider apart, and every value of it is one of theirs."""
    operator = one.operator
    if operator.negated or operator.if_exists or operator.qualifier == "forallvalues" or operator.family not in ("string", "pattern"):
        return False
    host, _, claim = one.key.rpartition(":")
    told_apart = host == issuer and claim in _AUDIENCES.get(issuer, _SUBJECT)
    return told_apart and bool(one.values) and all(operator.family == "string" or _fixed(value) for value in one.values)


def _fixed(pattern: str) -> bool:
    """Whether a name stands whole before the first wildcard: `repo:acme/*`, but neither `repo:*` nor `repo:acme*`."""
    head = pattern.partition("*")[0].partition("?")[0]
    name = head.partition(":")[2] if ":" in head else head
    return head == pattern or any(separator in name for separator in ":/")
