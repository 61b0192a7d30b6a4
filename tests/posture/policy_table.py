"""Reads the truth tables of policies and says what the evaluator gives in their words."""

import json
from typing import Any

from scanner.model.occurrence import Confidence
from scanner.posture.parties import Party, PartyKind, Trusted
from scanner.posture.policy import evaluate_policy
from scanner.posture.verdict import PolicyVerdict, Reach

OWNER = "111111111111"
TRUSTED = Trusted(
    accounts=frozenset(["999999999999"]),
    organizations=frozenset(["o-ours"]),
    canonical_ids=frozenset(["a" * 64]),
    networks=frozenset(["vpc-ours"]),
)
_DEFAULTS = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}


def full(statement: dict[str, Any]) -> dict[str, Any]:
    left_out = {key: value for key, value in _DEFAULTS.items() if key not in statement and f"Not{key}" not in statement}
    return left_out | statement


def policy(text: str) -> dict[str, Any]:
    """A policy from the short form of the table: statements that may leave elements out."""
    short = json.loads(text)
    return {"Version": "2012-10-17", "Statement": [full(one) for one in short] if isinstance(short, list) else full(short)}


def under(operator: str, key: str, value: object) -> dict[str, Any]:
    return {"Statement": [full({"Condition": {operator: {key: value}}})]}


def verdict_of(document: object) -> PolicyVerdict:
    return evaluate_policy(document, OWNER, trusted=TRUSTED)


def told(verdict: PolicyVerdict) -> str:
    """The verdict in the words of the table."""
    sure = "?" if verdict.confidence is Confidence.LOW else ""
    outside = _ids(party for reason in verdict.reasons if reason.reach is Reach.EXTERNAL or verdict.public for party in reason.parties)
    if verdict.public:
        return f"public and external {outside}{sure}" if outside else f"public{sure}"
    if verdict.cross_account:
        return f"external {outside}{sure}"
    if verdict.reach is Reach.CONDITIONAL:
        return f"conditional {' '.join(verdict.conditional)}{sure}"
    if verdict.reach is Reach.SERVICE:
        return f"services {' '.join(verdict.services)}{sure}"
    return f"{verdict.reach.name.lower()}{sure}"


def _ids(parties: Any) -> str:
    kept: set[Party] = {party for party in parties if party.kind is not PartyKind.EVERYONE}
    return " ".join(sorted(party.id for party in kept))
