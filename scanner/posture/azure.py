"""Verdicts on containers of Azure Blob Storage, with the fields that buckets of Amazon S3 have."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from scanner.posture import cloud_calls as calls
from scanner.posture.acl import AclVerdict
from scanner.posture.actions import Access
from scanner.posture.answers import NOT_ASKED, Answer, Unknown
from scanner.posture.azure_network import AzureNetwork, network_of, subscription_of
from scanner.posture.azure_roles import ForeignRole, foreign_roles
from scanner.posture.block import Effective
from scanner.posture.cloud_settings import cloud_bucket, read_from
from scanner.posture.exposure import Exposure, Way
from scanner.posture.google import CUSTOMER_KEY
from scanner.posture.parties import Party, PartyKind, Trusted
from scanner.posture.protection import TlsOnly, UnencryptedUploads
from scanner.posture.replication import ReplicationVerdict
from scanner.posture.settings import BucketSettings, CloudSettings, Encryption, Maybe
from scanner.posture.sharing import Outsider, SharedAccess, Sharing
from scanner.posture.three_values import Truth, every, negated, some, truth
from scanner.posture.verdicts import BucketVerdicts, unknowns_of

_NO_LIST: Final = AclVerdict(public=False, public_access=frozenset(), outsiders=(), external_access=frozenset(), evidence=())
# What a container's level of public access lets everybody do.
_LEVELS: Final = {"none": frozenset[Access](), "blob": frozenset([Access.READ]), "container": frozenset([Access.READ, Access.LIST])}


@dataclass(frozen=True, slots=True)
class AzureAnswers:
    """What was learnt of one container.

    :param account: the storage account's resource, as the list of accounts has it
    :param container: the container's, as the list of containers has it
    :param service: settings of the account's blob service
    :param replication: the account's rules that copy blobs to other accounts
    :param roles: who has which role at the account or above it
    """

    account: Mapping[str, Any]
    container: Mapping[str, Any]
    service: Answer = NOT_ASKED
    replication: Answer = NOT_ASKED
    roles: Answer = NOT_ASKED

    @property
    def name(self) -> str:
        """`ACCOUNT/CONTAINER`, as a scan names it."""
        return f"{self.account.get('name')}/{self.container.get('name')}"


def judge_azure(answers: AzureAnswers, trusted: Trusted) -> BucketVerdicts:
    """All verdicts on a container."""
    settings = _settings(answers)
    assert settings.cloud is not None, "just given"
    prevented, walled = truth(settings.cloud.prevention), truth(settings.cloud.network)
    way = _level_way(answers, prevented, walled)
    exposure = Exposure((way,), None, _NO_LIST, acls_off=True, block=Effective(prevented, prevented), points=())
    replication = read_from(calls.AZ_REPLICATION, answers.replication, lambda found: _targets(found, answers))
    roles = read_from(calls.AZ_ROLES, answers.roles, foreign_roles)
    unknowns = [*unknowns_of(settings), *(one for one in (replication, roles) if isinstance(one, Unknown))]
    return BucketVerdicts(
        settings,
        trusted,
        exposure,
        _sharing(network_of(answers.account.get("properties") or {}), roles, settings.account, trusted),
        _replication(replication, settings.account, trusted),
        _tls(answers),
        UnencryptedUploads.FALSE,
        None,
        tuple(dict.fromkeys(unknowns)),
    )


def _settings(answers: AzureAnswers) -> BucketSettings:
    about: Mapping[str, Any] = answers.account.get("properties") or {}
    inner: Mapping[str, Any] = answers.container.get("properties") or {}
    own, network = subscription_of(str(answers.account.get("id") or "")) or None, network_of(about)
    return cloud_bucket(
        "az",
        answers.name,
        own,
        CloudSettings(
            prevention=_negated(_flag(about, "allowBlobPublicAccess")),
            network=network.walled,
            outside_networks=tuple(sorted(network.subscriptions - {own or ""})),
            signatures_expire=_expiry(about),
            oldest_tls=_said(about, "minimumTlsVersion"),
            shared_keys=_flag(about, "allowSharedKeyAccess", absent=True),
            other_tenants=_flag(about, "allowCrossTenantReplication"),
        ),
        region=str(answers.account.get("location") or ""),
        created=str(about.get("creationTime") or ""),
        encryption=_encryption(about),
        versioning=read_from(
            calls.AZ_SERVICE, answers.service, lambda found: "Enabled" if found["properties"].get("isVersioningEnabled") else "Disabled"
        ),
        # Diagnostic settings say it, which are another provider's.
        logging=None,
        website=False,
        object_lock=bool(inner.get("hasImmutabilityPolicy") or inner.get("hasLegalHold")),
        tags=tuple(sorted((str(key), str(value)) for key, value in (answers.account.get("tags") or {}).items())),
    )


def _lacks(name: str) -> Unknown:
    return Unknown(calls.AZ_ACCOUNTS.said, f"the answer lacks {name}")


def _said(about: Mapping[str, Any], name: str) -> Maybe[str]:
    value = about.get(name)
    return value if isinstance(value, str) else _lacks(name)


def _flag(about: Mapping[str, Any], name: str, *, absent: bool | None = None) -> Maybe[bool]:
    """:param absent: what it means if nothing is said; None where that depends on the account's age"""
    value = about.get(name)
    if isinstance(value, bool):
        return value
    return _lacks(name) if absent is None else absent


def _expiry(about: Mapping[str, Any]) -> str | None:
    """The longest time for which signatures made with the account's keys are to hold, as `7.00:00:00`, if they are bound to it."""
    policy: Mapping[str, Any] = about.get("sasPolicy") or {}
    return str(policy["sasExpirationPeriod"]) if policy.get("expirationAction") == "Block" and policy.get("sasExpirationPeriod") else None


def _negated(value: Maybe[bool]) -> Maybe[bool]:
    return value if isinstance(value, Unknown) else not value


def _encryption(about: Mapping[str, Any]) -> Maybe[Encryption | None]:
    found = about.get("encryption") or {}
    source = str(found.get("keySource") or "")
    if source == "Microsoft.Keyvault":
        vault: Mapping[str, Any] = found.get("keyvaultproperties") or {}
        return Encryption(CUSTOMER_KEY, str(vault.get("currentVersionedKeyIdentifier") or vault.get("keyvaulturi") or ""))
    return Encryption("AES256") if source == "Microsoft.Storage" else _lacks("encryption.keySource")


def _level_way(answers: AzureAnswers, prevented: Truth, walled: Truth) -> Way:
    level = str((answers.container.get("properties") or {}).get("publicAccess") or "None").lower()
    access = _LEVELS.get(level)
    configured = None if access is None else bool(access)
    opened = every([configured, negated(prevented), negated(walled)])
    return Way("public access level", configured, opened, access or frozenset(), (f"its level is {level}",))


def _sharing(network: AzureNetwork, roles: Maybe[tuple[ForeignRole, ...]], own: str | None, trusted: Trusted) -> Sharing:
    """Who outside is let in. Shared access signatures are nowhere listed: that there are none is proven only where no outsider can
    reach the account, with or without one.
    """
    ours = trusted.names | ({own} if own else frozenset[str]())
    sealed = network.sealed(ours)
    known = () if isinstance(roles, Unknown) else roles
    outsiders = tuple(_outsider(one, effective=not sealed) for one in known if one.principal not in trusted.names)
    if outsiders and not sealed:
        return Sharing(SharedAccess.EXTERNAL, outsiders, cloudfront=False)
    if not sealed:
        return Sharing(SharedAccess.UNKNOWN, (), cloudfront=False)
    alone = network.subscriptions <= {own}
    return Sharing(SharedAccess.NOT_SHARED if alone else SharedAccess.INTERNAL, outsiders, cloudfront=False)


def _outsider(one: ForeignRole, *, effective: bool) -> Outsider:
    party = Party(PartyKind.ACCOUNT, one.principal)
    return Outsider(party, "role assignment", None, "", (one.role,), one.access, (), effective=effective)


def _targets(found: Mapping[str, Any], answers: AzureAnswers) -> tuple[str, ...]:
    """Accounts that its blobs are copied to: ids of resources, or bare names where the policy has them."""
    own = {str(answers.account.get("id") or "").lower(), str(answers.account.get("name")).lower()}
    targets = []
    for policy in found["value"]:
        about = policy["properties"]
        copied = any(rule.get("sourceContainer") == answers.container.get("name") for rule in about.get("rules") or ())
        if copied and str(about.get("sourceAccount") or "").lower() in own:
            targets.append(str(about["destinationAccount"]))
    return tuple(sorted(set(targets)))


def _replication(targets: Maybe[tuple[str, ...]], subscription: str | None, trusted: Trusted) -> ReplicationVerdict:
    if isinstance(targets, Unknown):
        return ReplicationVerdict(None, None, ())
    ours = trusted.names | ({subscription} if subscription else set())
    outside = some([*(_is_outside(one, ours) for one in targets), False])
    return ReplicationVerdict(bool(targets), outside, targets)


def _is_outside(target: str, ours: frozenset[str] | set[str]) -> Truth:
    """None for a bare name, which may be anybody's."""
    owner = subscription_of(target)
    return owner not in ours if owner else None


def _tls(answers: AzureAnswers) -> TlsOnly:
    only = (answers.account.get("properties") or {}).get("supportsHttpsTrafficOnly")
    return {True: TlsOnly.TRUE, False: TlsOnly.FALSE}.get(only, TlsOnly.UNKNOWN) if isinstance(only, bool) else TlsOnly.UNKNOWN
