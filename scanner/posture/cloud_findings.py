"""Findings on buckets of Google and containers of Azure, which Macie knows nothing of."""

from collections.abc import Iterator
from typing import Final

from scanner.posture.actions import Access
from scanner.posture.answers import Unknown
from scanner.posture.exposure import Permission
from scanner.posture.finding_kinds import OWN, Found, PolicySeverity, listed_access
from scanner.posture.protection import TlsOnly
from scanner.posture.sharing import SharedAccess
from scanner.posture.verdicts import BucketVerdicts

_OLD_TLS: Final = frozenset(["TLS1_0", "TLS1_1"])


def _public(verdicts: BucketVerdicts) -> Iterator[Found]:
    exposure = verdicts.exposure
    if exposure.permission is Permission.PUBLIC:
        writing = exposure.public_access & {Access.WRITE, Access.PERMISSIONS}
        severity = PolicySeverity.CRITICAL if writing else PolicySeverity.HIGH
        detail = "; ".join(f"{way.name}: {', '.join(way.evidence)}" for way in exposure.ways if way.open)
        title = f"everybody can {listed_access(exposure.public_access)}"
        yield f"{OWN}BucketPublic", severity, title, detail, _REMEDIES[verdicts.settings.store]


def _shared(verdicts: BucketVerdicts) -> Iterator[Found]:
    if verdicts.sharing.shared is SharedAccess.EXTERNAL:
        names = "; ".join(sorted({f"{one.party.id} by {one.via}" for one in verdicts.sharing.outsiders}))
        remedy = "remove what is not yours; list it as trusted if it is"
        yield f"{OWN}BucketSharedExternally", PolicySeverity.HIGH, "shared with others outside", names, remedy


def _replicated(verdicts: BucketVerdicts) -> Iterator[Found]:
    if verdicts.replication.externally:
        detail, remedy = f"to {', '.join(verdicts.replication.accounts)}", "remove the replication policy if it is not yours"
        yield f"{OWN}BucketReplicatedExternally", PolicySeverity.HIGH, "objects are copied to others outside", detail, remedy


def _dormant(verdicts: BucketVerdicts) -> Iterator[Found]:
    for way in verdicts.exposure.dormant:
        title, remedy = "public as written, and shut only from outside", "remove the grant: whoever opens the switch opens the bucket"
        detail = f"{way.name}: {', '.join(way.evidence)}"
        yield f"{OWN}DormantPublicGrant", PolicySeverity.MEDIUM, title, detail, remedy, way.name


def _unconfirmed(verdicts: BucketVerdicts) -> Iterator[Found]:
    for way in verdicts.exposure.unconfirmed:
        title = "public as written, and nothing is known to shut it"
        detail, remedy = f"{way.name}: {', '.join(way.evidence)}", f"remove the grant, or {_REMEDIES[verdicts.settings.store]}"
        yield f"{OWN}PublicUnconfirmed", PolicySeverity.HIGH, title, detail, remedy, way.name


def _unprevented(verdicts: BucketVerdicts) -> Iterator[Found]:
    cloud = verdicts.settings.cloud
    if cloud is not None and cloud.prevention is False:
        title, detail = "whoever may grant may grant to everybody", "public access is not prevented, neither here nor from above"
        yield f"{OWN}PublicAccessNotPrevented", PolicySeverity.MEDIUM, title, detail, _REMEDIES[verdicts.settings.store]


def _foreign_key(verdicts: BucketVerdicts) -> Iterator[Found]:
    owner, account = verdicts.key_account, verdicts.settings.account
    if owner is not None and account is not None and owner != account and f"projects/{owner}" not in verdicts.trusted.names:
        title, remedy = "encrypted with a key of another project", "use a key of your own: its owner can shut you out"
        yield f"{OWN}CrossProjectKey", PolicySeverity.MEDIUM, title, f"key of project {owner}", remedy


def _plain_http(verdicts: BucketVerdicts) -> Iterator[Found]:
    cloud = verdicts.settings.cloud
    if verdicts.tls_only is TlsOnly.FALSE:
        yield f"{OWN}TlsNotEnforced", PolicySeverity.LOW, "plain http is accepted", "secure transfer is off", "turn on secure transfer"
    elif cloud is not None and cloud.oldest_tls in _OLD_TLS:
        remedy = "set the minimum version to TLS 1.2"
        yield f"{OWN}OldTls", PolicySeverity.LOW, "old versions of TLS are accepted", f"from {cloud.oldest_tls} on", remedy


def _side_doors(verdicts: BucketVerdicts) -> Iterator[Found]:
    cloud = verdicts.settings.cloud
    if cloud is None:
        return
    if cloud.shared_keys is True:
        title = "keys that name nobody open it, and what is signed with them"
        remedy = "set allowSharedKeyAccess to false once nobody uses them any more"
        bound = f", signatures made with it for {cloud.signatures_expire} at most" if cloud.signatures_expire else ""
        yield f"{OWN}SharedKeysAllowed", PolicySeverity.LOW, title, f"whoever has the account's key may do everything{bound}", remedy
    if cloud.other_tenants is True:
        title, remedy = "objects may be replicated to other tenants", "set allowCrossTenantReplication to false"
        yield f"{OWN}CrossTenantReplicationAllowed", PolicySeverity.LOW, title, "the account allows it", remedy
    if outside := [one for one in cloud.outside_networks if one not in verdicts.trusted.names]:
        title = "networks of others reach the account by name, and lack but a key, a signature or a role"
        remedy = "reject the private endpoint, or remove the rule; list the subscription as trusted if it is yours"
        yield f"{OWN}OutsideNetworksAllowed", PolicySeverity.MEDIUM, title, f"of {', '.join(outside)}", remedy


def _housekeeping(verdicts: BucketVerdicts) -> Iterator[Found]:
    settings = verdicts.settings
    if settings.versioning == "Disabled":
        remedy = "turn versions on: what is overwritten or deleted can be had back"
        yield f"{OWN}NoVersioning", PolicySeverity.INFO, "no versions are kept", "versioning is off", remedy
    if not isinstance(settings.logging, Unknown) and settings.logging is None and settings.store == "gs":
        yield f"{OWN}NoLogging", PolicySeverity.INFO, "access is not logged", "usage logs are off", "turn on data access audit logs"


_REMEDIES: Final = {"gs": "set public access prevention to enforced", "az": "set allowBlobPublicAccess of the storage account to false"}
CLOUD_CHECKS: Final = (
    *(_public, _shared, _replicated, _unprevented, _dormant, _unconfirmed),
    *(_foreign_key, _plain_http, _side_doors, _housekeeping),
)
"""As the checks for Amazon's, each gives what is wrong in one respect."""
