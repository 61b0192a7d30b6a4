"""The condition keys that limit who can use a statement, and what a value of each names.

A key that is not here limits nothing: Referer, UserAgent, SecureTransport, PrincipalType, tags, prefixes, dates and
the like can be met by anybody, or say something of the bucket and not of the caller.

Source: the S3 user guide on the meaning of "public"; service and organisation keys from the IAM user guide.
"""

from functools import lru_cache
from ipaddress import ip_network
from typing import Final, NamedTuple

from scanner.model.occurrence import Confidence
from scanner.posture.arns import account_in, account_number, pinned_account
from scanner.posture.parties import Party, PartyKind
from scanner.posture.wildcards import has_wildcard

# Broader ranges count as everybody.
_BROADEST: Final = {4: 8, 6: 32}


class Key(NamedTuple):
    """What is known of a condition key.

    :param values: what a value names: account, arn, organization, paths, network, addresses, userid, kms_key
    :param of_caller: tells who calls; the other keys tell from where, or through what
    :param for_services: present in calls by services only, and not counted by the service when it decides on "public"
    :param in_access_points: counts in policies of access points too
    """

    values: str
    of_caller: bool = False
    for_services: bool = False
    in_access_points: bool = True


KEYS: Final = {
    "aws:principalaccount": Key("account", of_caller=True),
    "aws:principalarn": Key("arn", of_caller=True),
    "aws:principalorgid": Key("organization", of_caller=True),
    "aws:principalorgpaths": Key("paths", of_caller=True),
    "kms:calleraccount": Key("account", of_caller=True),
    "aws:sourceip": Key("addresses"),
    "aws:sourcearn": Key("arn"),
    "aws:sourcevpc": Key("network"),
    "aws:sourcevpce": Key("network"),
    "aws:sourceowner": Key("account"),
    "aws:sourceaccount": Key("account"),
    "aws:sourceorgid": Key("organization", for_services=True),
    "aws:sourceorgpaths": Key("paths", for_services=True),
    "s3:x-amz-server-side-encryption-aws-kms-key-id": Key("kms_key"),
    "aws:userid": Key("userid"),
    # In a policy of an access point these are true of every request.
    "s3:dataaccesspointarn": Key("access_point", in_access_points=False),
    "s3:dataaccesspointaccount": Key("account", in_access_points=False),
}
# What tells a service for whom it acts.
DEPUTY_KEYS: Final = frozenset(("aws:sourcearn", "aws:sourceaccount", "aws:sourceowner", "aws:sourceorgid", "aws:sourceorgpaths"))

Named = tuple[Party, Confidence]
_SURE: Final = Confidence.HIGH
_GUESS: Final = Confidence.LOW


@lru_cache(maxsize=8192)
def party_named(values: str, family: str, value: str) -> Named | None:
    """The party that a condition's value names, or None if the value limits nothing.

    :param values: as in `Key`
    :param family: of the operator
    """
    if "${" in value and not _only_escapes(value):
        return None
    if values == "addresses":
        return _addresses(value)
    if family == "ip" or (family == "arn" and values not in ("arn", "access_point", "kms_key")):
        return None
    if not has_wildcard(value):
        return _fixed(values, value), _SURE
    if family == "string":
        # Compared letter by letter, a wildcard is a plain character that no account, network or name has.
        return Party(PartyKind.NOBODY, value), _GUESS
    return _with_wildcard(values, family, value)


def _only_escapes(value: str) -> bool:
    """`${*}`, `${?}` and `${$}` stand for the plain characters; every other `${...}` is filled in by the caller's request."""
    for escape in ("${*}", "${?}", "${$}"):
        value = value.replace(escape, "")
    return "${" not in value


def _addresses(value: str) -> Named | None:
    try:
        network = ip_network(value, strict=False)
    except ValueError:
        return None
    return (Party(PartyKind.ADDRESSES, value), _SURE) if network.prefixlen >= _BROADEST[network.version] else None


def _fixed(values: str, value: str) -> Party:
    if values == "account" or (values == "userid" and account_number(value)):
        return Party(PartyKind.ACCOUNT, value)
    if values in ("arn", "access_point"):
        account = account_in(value)
        return Party(PartyKind.ACCOUNT, account) if account else Party(PartyKind.RESOURCE, value)
    return Party(_FIXED_KINDS[values], value.partition("/")[0] if values == "paths" else value)


_FIXED_KINDS: Final = {
    "organization": PartyKind.ORGANIZATION,
    "paths": PartyKind.ORGANIZATION,
    "network": PartyKind.NETWORK,
    "userid": PartyKind.UNIQUE_ID,
    "kms_key": PartyKind.KEY,
}


def _with_wildcard(values: str, family: str, value: str) -> Named | None:
    """What is left open by the letter, but can be reached by one account or organisation only."""
    if values in ("arn", "access_point"):
        # The name of an access point has no colons, so a wildcard cannot run over them.
        account = pinned_account(value, by_parts=family == "arn" or values == "access_point")
        # The service itself accepts any name of an access point beside a fixed account.
        sure = _SURE if values == "access_point" and account and not has_wildcard(value.partition(account)[0]) else _GUESS
        return (Party(PartyKind.ACCOUNT, account), sure) if account else None
    if values == "paths":
        organization, slash, _ = value.partition("/")
        return (Party(PartyKind.ORGANIZATION, organization), _GUESS) if slash and not has_wildcard(organization) else None
    if values == "userid" and _role_sessions(value):
        return Party(PartyKind.UNIQUE_ID, value), _SURE
    return None


def _role_sessions(value: str) -> bool:
    """`AROA...:*`: all sessions of one role, the only wildcard that the service allows here."""
    role, colon, session = value.partition(":")
    return bool(colon) and session == "*" and role.startswith("AROA") and role.isalnum() and len(role) >= 16
