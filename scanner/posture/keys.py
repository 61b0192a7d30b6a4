"""Who can use the key that a bucket's objects are encrypted with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from scanner.posture import calls
from scanner.posture.answers import NOT_ASKED, Answer, Unknown, content
from scanner.posture.arns import account_in, account_number
from scanner.posture.calls import Call
from scanner.posture.parties import Trusted
from scanner.posture.policy import evaluate_policy
from scanner.posture.verdict import PolicyVerdict


@dataclass(frozen=True, slots=True)
class KeyAnswers:
    """What was learnt of one key.

    :param key: as the bucket's default encryption names it
    :param grants: pages of its grants
    """

    key: str
    details: Answer = NOT_ASKED
    policy: Answer = NOT_ASKED
    grants: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyVerdict:
    """Whom the key's own policy and grants let use it.

    :param arn: empty if nobody told
    :param account: whose it is; None if nobody told
    :param policy: None if it is unknown
    :param granted: accounts outside that hold a grant
    :param unknowns: what could not be learnt
    """

    arn: str
    account: str | None
    policy: PolicyVerdict | None
    granted: tuple[str, ...]
    unknowns: tuple[Unknown, ...]

    @property
    def outsiders(self) -> tuple[str, ...]:
        """Accounts and organisations that are not ours and may use it."""
        named = (*self.policy.external_accounts, *self.policy.external_organizations) if self.policy else ()
        return tuple(sorted({*named, *self.granted}))

    @property
    def record(self) -> dict[str, Any]:
        """All of it as plain JSON values; null is "unknown"."""
        return {
            "arn": self.arn or None,
            "account": self.account,
            "policyIsPublic": self.policy.public if self.policy else None,
            "outsiders": list(self.outsiders),
        }


def judge_key(answers: KeyAnswers, bucket_account: str | None, trusted: Trusted) -> KeyVerdict:
    """:param bucket_account: whose the bucket is; it counts as ours"""
    details, unknowns = _content(calls.KEY, answers.details)
    metadata = details.get("KeyMetadata") or {}
    arn = str(metadata.get("Arn") or (answers.key if answers.key.startswith("arn:") else ""))
    account = account_in(arn) or None
    told, missing = _content(calls.KEY_POLICY, answers.policy)
    ours = replace(trusted, accounts=trusted.accounts | {one for one in (bucket_account, account) if one})
    policy = evaluate_policy(told["Policy"], account, trusted=ours) if told else None
    grantees, unlisted = _grantees(answers)
    granted = tuple(sorted({one for one in grantees if one not in ours.accounts}))
    return KeyVerdict(arn, account, policy, granted, (*unknowns, *missing, *unlisted))


def _content(call: Call, answer: Answer) -> tuple[Mapping[str, Any], tuple[Unknown, ...]]:
    found = content(call, answer)
    return ({}, (found,)) if isinstance(found, Unknown) else (found or {}, ())


def _grantees(answers: KeyAnswers) -> tuple[list[str], tuple[Unknown, ...]]:
    """Accounts that hold a grant."""
    accounts: list[str] = []
    for page in answers.grants:
        told, unknowns = _content(calls.KEY_GRANTS, page)
        if unknowns:
            return accounts, unknowns
        accounts.extend(_accounts(told))
    return accounts, ()


def _accounts(page: Mapping[str, Any]) -> Iterator[str]:
    for grant in page.get("Grants") or ():
        who = str(grant.get("GranteePrincipal") or "")
        account = who if account_number(who) else account_in(who)
        if account:
            yield account
