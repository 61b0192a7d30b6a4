"""Verdicts and findings as plain JSON values: Macie's field names where it has them."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

from scanner.posture.actions import Access
from scanner.posture.answers import Unknown
from scanner.posture.block import SETTINGS, setting_of
from scanner.posture.exposure import Exposure, Permission
from scanner.posture.finding_kinds import PolicyFinding
from scanner.posture.sensitive import Sensitive
from scanner.posture.settings import BucketSettings, CloudSettings, Encryption, Maybe, PublicAccessBlock
from scanner.posture.sharing import Outsider, SharedAccess
from scanner.posture.verdict import PolicyVerdict
from scanner.posture.verdicts import BucketVerdicts

Record: TypeAlias = dict[str, Any]

_READING: Final = frozenset((Access.READ, Access.LIST))
_WRITING: Final = frozenset((Access.WRITE, Access.PERMISSIONS))
_SETTING_NAMES: Final = dict(
    zip(SETTINGS, ("blockPublicAcls", "ignorePublicAcls", "blockPublicPolicy", "restrictPublicBuckets"), strict=True)
)


def bucket_record(verdicts: BucketVerdicts, findings: Iterable[PolicyFinding]) -> Record:
    """One bucket. null is "unknown" everywhere, and `unknowns` says why."""
    return {
        "record": "bucket",
        **_identity(verdicts.settings),
        **_macies_details(verdicts),
        **_more_details(verdicts),
        **_sharing(verdicts),
        **_policy(verdicts.exposure.policy),
        "findings": [finding_record(one) for one in findings],
        "cloud": _cloud(verdicts.settings.cloud),
        "unknowns": [{"call": one.call, "reason": one.reason, "action": one.action or None} for one in verdicts.unknowns],
    }


def _identity(settings: BucketSettings) -> Record:
    return {
        "store": settings.store,
        "accountId": settings.account,
        "bucketName": settings.name,
        "bucketArn": f"arn:aws:s3:::{settings.name}" if settings.store == "s3" else None,
        "region": _known(settings.region),
        "bucketCreatedAt": settings.created or None,
    }


def _macies_details(verdicts: BucketVerdicts) -> Record:
    """What Macie says of a bucket, too."""
    settings = verdicts.settings
    return {
        "publicAccess": _public_access(verdicts),
        "sharedAccess": verdicts.sharing.shared,
        "replicationDetails": _replication(verdicts),
        "serverSideEncryption": _encryption(settings.encryption),
        "allowsUnencryptedObjectUploads": verdicts.unencrypted_uploads,
        "versioning": _versioning(settings.versioning),
        "tags": None if isinstance(settings.tags, Unknown) else [{"key": key, "value": value} for key, value in settings.tags],
    }


def _more_details(verdicts: BucketVerdicts) -> Record:
    settings = verdicts.settings
    return {
        "tlsOnly": verdicts.tls_only,
        "objectOwnership": _known(settings.ownership),
        "mfaDelete": _known(settings.mfa_delete),
        "logging": _off_or(settings.logging),
        "website": _known(settings.website),
        "objectLock": _known(settings.object_lock),
        "kmsKeyAccount": verdicts.key_account,
        "kmsKey": verdicts.key.record if verdicts.key else None,
        "inventoryDestinations": _destinations(settings),
        "notificationTargets": None if isinstance(settings.notified, Unknown) else list(settings.notified),
    }


def _sharing(verdicts: BucketVerdicts) -> Record:
    """Who is let in, and by which way."""
    exposure, sharing = verdicts.exposure, verdicts.sharing
    return {
        "accessPoints": _points(verdicts),
        "cloudfront": sharing.cloudfront,
        "externalPrincipals": [_outsider(one) for one in sharing.outsiders],
        "conditionalAccess": list(exposure.policy.conditional) if exposure.policy else None,
        "dormant": [{"way": way.name, "evidence": list(way.evidence)} for way in exposure.dormant],
        "evidence": _evidence(exposure),
    }


def _policy(policy: PolicyVerdict | None) -> Record:
    return {
        "policyStatements": _statements(policy),
        "policyProblems": list(policy.problems) if policy else [],
        "confidence": policy.confidence.name.lower() if policy else None,
    }


def finding_record(finding: PolicyFinding) -> Record:
    """One finding."""
    return {
        "type": finding.type,
        "severity": finding.severity.name.lower(),
        "title": finding.title,
        "detail": finding.detail,
        "remedy": finding.remedy,
        "subject": finding.subject or None,
        "severityAlone": (finding.severity if finding.alone is None else finding.alone).name.lower(),
    }


def sensitive_record(sensitive: Sensitive | None) -> Record | None:
    """What earlier scans found; null if nobody gave their findings."""
    if sensitive is None:
        return None
    high, medium, low = sensitive.counts
    return {"high": high, "medium": medium, "low": low, "categories": list(sensitive.categories)}


def summary_record(all_verdicts: Iterable[BucketVerdicts], findings: Iterable[PolicyFinding]) -> Record:
    """Counts over all buckets, as Macie's statistics have them."""
    buckets = list(all_verdicts)
    public = [one for one in buckets if one.exposure.permission is Permission.PUBLIC]
    severities = [finding.severity.name.lower() for finding in findings]
    return {
        "record": "summary",
        "buckets": len(buckets),
        "bucketCountByEffectivePermission": {
            "publiclyAccessible": len(public),
            "publiclyReadable": sum(bool(one.exposure.public_access & _READING) for one in public),
            "publiclyWritable": sum(bool(one.exposure.public_access & _WRITING) for one in public),
            "unknown": sum(one.exposure.permission is Permission.UNKNOWN for one in buckets),
        },
        "bucketCountByEncryptionType": _count_encryption(buckets),
        "bucketCountBySharedAccessType": {
            "external": sum(one.sharing.shared is SharedAccess.EXTERNAL for one in buckets),
            "internal": sum(one.sharing.shared is SharedAccess.INTERNAL for one in buckets),
            "notShared": sum(one.sharing.shared is SharedAccess.NOT_SHARED for one in buckets),
            "unknown": sum(one.sharing.shared is SharedAccess.UNKNOWN for one in buckets),
        },
        "findings": {name: severities.count(name) for name in ("critical", "high", "medium", "low", "info") if name in severities},
        "complete": not any(one.unknowns for one in buckets),
    }


def _count_encryption(buckets: Iterable[BucketVerdicts]) -> Record:
    kinds = [_encryption(one.settings.encryption)["type"] for one in buckets]
    return {
        "kmsManaged": sum(kind.startswith("aws:kms") for kind in kinds),
        "s3Managed": kinds.count("AES256"),
        "unencrypted": kinds.count("NONE"),
        "unknown": kinds.count("UNKNOWN"),
    }


def _known(value: object) -> object:
    return None if isinstance(value, Unknown) else value


def _off_or(value: Maybe[str | None]) -> Record | None:
    return None if isinstance(value, Unknown) else {"enabled": value is not None, "target": value}


def _versioning(value: Maybe[str]) -> bool | None:
    return None if isinstance(value, Unknown) else value == "Enabled"


def _public_access(verdicts: BucketVerdicts) -> Record:
    exposure, settings = verdicts.exposure, verdicts.settings
    return {
        "effectivePermission": exposure.permission,
        "permissionConfiguration": {
            "accountLevelPermissions": {"blockPublicAccess": _block(settings.account_block)},
            "bucketLevelPermissions": {
                "accessControlList": _allows(exposure.acl.public, exposure.acl.public_access),
                "blockPublicAccess": _block(settings.block),
                "bucketPolicy": _allows(
                    exposure.policy.public if exposure.policy else None,
                    exposure.policy.public_access if exposure.policy else frozenset(),
                ),
            },
        },
    }


def _allows(public: bool | None, access: frozenset[Access]) -> Record:
    """As configured, before Block Public Access."""
    return {
        "allowsPublicReadAccess": None if public is None else bool(access & _READING),
        "allowsPublicWriteAccess": None if public is None else bool(access & _WRITING),
    }


def _block(level: Maybe[PublicAccessBlock]) -> Record:
    return {_SETTING_NAMES[name]: setting_of(level, name) for name in SETTINGS}


def _replication(verdicts: BucketVerdicts) -> Record:
    found = verdicts.replication
    return {"replicated": found.replicated, "replicatedExternally": found.externally, "replicationAccounts": list(found.accounts)}


def _encryption(encryption: Maybe[Encryption | None]) -> Record:
    if isinstance(encryption, Unknown):
        return {"type": "UNKNOWN", "kmsMasterKeyId": None}
    if encryption is None:
        return {"type": "NONE", "kmsMasterKeyId": None}
    record: Record = {"type": encryption.algorithm, "kmsMasterKeyId": encryption.key or None}
    return record | ({"blockedEncryptionTypes": list(encryption.blocked)} if encryption.blocked else {})


def _destinations(settings: BucketSettings) -> list[Mapping[str, object]] | None:
    if isinstance(settings.inventory, Unknown):
        return None
    return [{"bucket": one.bucket, "account": one.account} for one in settings.inventory]


def _cloud(cloud: CloudSettings | None) -> Record | None:
    """What only stores of others than Amazon have."""
    if cloud is None:
        return None
    return {
        "publicAccessPrevented": _known(cloud.prevention),
        "onlySomeNetworks": _known(cloud.network),
        "oldestTls": _known(cloud.oldest_tls),
        "sharedKeys": _known(cloud.shared_keys),
        "crossTenantReplication": _known(cloud.other_tenants),
        "outsideNetworks": list(cloud.outside_networks),
        "signaturesExpire": cloud.signatures_expire,
    }


def _points(verdicts: BucketVerdicts) -> list[Record] | None:
    if verdicts.settings.unseen_points and not verdicts.exposure.points:
        return None
    return [
        {
            "name": one.point.name,
            "account": one.point.account,
            "vpc": _known(one.point.vpc),
            "blockPublicAccess": _block(one.point.block),
            "policyIsPublic": one.verdict.public if one.verdict else None,
            "delegated": one.delegated,
        }
        for one in verdicts.exposure.points
    ]


def _outsider(one: Outsider) -> Record:
    return {
        "id": one.party.id,
        "type": one.party.kind,
        "via": one.via,
        "statement": one.statement,
        "statementSid": one.sid or None,
        "actions": list(one.actions),
        "access": sorted(one.access),
        "conditions": list(one.conditions),
        "effective": one.effective,
    }


def _evidence(exposure: Exposure) -> list[Record]:
    return [
        {"way": way.name, "configured": way.configured, "open": way.open, "access": sorted(way.access), "because": list(way.evidence)}
        for way in exposure.ways
    ]


def _statements(policy: PolicyVerdict | None) -> list[Record] | None:
    if policy is None:
        return None
    return [
        {
            "index": one.number,
            "sid": one.sid or None,
            "reach": one.reach.name.lower(),
            "access": sorted(one.access),
            "because": one.because,
            "deniedBy": list(one.denied_by),
            "remedy": one.remedy or None,
            "confidence": one.confidence.name.lower(),
        }
        for one in policy.reasons
    ]
