"""Whether the absence of a finding is known, or only not seen because a setting is not known."""

from collections.abc import Callable, Mapping
from typing import Final

from scanner.posture.answers import Unknown
from scanner.posture.block import all_off, all_on
from scanner.posture.cloud_calls import AZ_ROLES
from scanner.posture.exposure import Permission
from scanner.posture.sharing import SharedAccess
from scanner.posture.verdicts import BucketVerdicts


def decided(kind: str, verdicts: BucketVerdicts) -> bool:
    """Whether everything is known that a finding of this type depends on, so that there is none where none was found.

    :param kind: the finding's type; of one that no check of this version makes, every setting must be known
    """
    return _RULES.get(kind.rpartition("/")[2], _all_known)(verdicts)


def _all_known(verdicts: BucketVerdicts) -> bool:
    return not verdicts.unknowns


def _policy(verdicts: BucketVerdicts) -> bool:
    return verdicts.exposure.policy is not None and verdicts.exposure.policy.public is not None


def _public(verdicts: BucketVerdicts) -> bool:
    return verdicts.exposure.permission is not Permission.UNKNOWN


def _shared(verdicts: BucketVerdicts) -> bool:
    exposure, settings = verdicts.exposure, verdicts.settings
    lists = exposure.acl.public is not None or exposure.acls_off is True
    points = not settings.unseen_points and all(one.verdict is not None for one in exposure.points)
    return _policy(verdicts) and lists and points


def _replicated(verdicts: BucketVerdicts) -> bool:
    return verdicts.replication.externally is not None


def _unblocked(verdicts: BucketVerdicts) -> bool:
    return all_off(verdicts.settings.block) is not None or all_on(verdicts.settings.account_block) is True


def _dormant(verdicts: BucketVerdicts) -> bool:
    return all(way.configured is False or (way.open is not None and way.configured is not None) for way in verdicts.exposure.ways)


def _unconfirmed(verdicts: BucketVerdicts) -> bool:
    """It is public, and no doubt is left; or of each way it is known what is written, or that it is shut."""
    exposure = verdicts.exposure
    return exposure.public is True or all(way.configured is not None or way.open is False for way in exposure.ways)


def _encryption(verdicts: BucketVerdicts) -> bool:
    return not isinstance(verdicts.settings.encryption, Unknown)


def _key(verdicts: BucketVerdicts) -> bool:
    """Without a key of its own there is none to be open; one that was not asked for may be."""
    if not _encryption(verdicts):
        return False
    encryption = verdicts.settings.encryption
    if isinstance(encryption, Unknown) or encryption is None or not encryption.key:
        return True
    return verdicts.key is not None and not verdicts.key.unknowns


def _objects(verdicts: BucketVerdicts) -> bool:
    """A sample proves nothing; only lists that do not count do."""
    return verdicts.exposure.acls_off is True or verdicts.exposure.block.ignore_public_acls is True


def _shared_elsewhere(verdicts: BucketVerdicts) -> bool:
    """Of Azure's roles alone make such a finding, and may be known where signatures never are."""
    if verdicts.settings.store == "az":
        return AZ_ROLES.said not in {one.call for one in verdicts.unknowns}
    return verdicts.sharing.shared is not SharedAccess.UNKNOWN


def _prevented(verdicts: BucketVerdicts) -> bool:
    return verdicts.settings.cloud is not None and not isinstance(verdicts.settings.cloud.prevention, Unknown)


def _opinion(verdicts: BucketVerdicts) -> bool:
    return _policy(verdicts) and not isinstance(verdicts.settings.policy_is_public, Unknown)


def _versioning(verdicts: BucketVerdicts) -> bool:
    return not isinstance(verdicts.settings.versioning, Unknown)


def _logging(verdicts: BucketVerdicts) -> bool:
    return not isinstance(verdicts.settings.logging, Unknown)


_RULES: Final[Mapping[str, Callable[[BucketVerdicts], bool]]] = {
    "S3BucketPublic": _public,
    "S3BucketSharedExternally": _shared,
    "S3BucketSharedWithCloudFront": _policy,
    "S3BucketReplicatedExternally": _replicated,
    "S3BlockPublicAccessDisabled": _unblocked,
    "S3BucketEncryptionDisabled": _encryption,
    "S3DormantPublicGrant": _dormant,
    "S3PublicUnconfirmed": _unconfirmed,
    "S3TlsNotEnforced": _policy,
    "S3CrossAccountKey": _encryption,
    "S3KeyNotQualified": _encryption,
    "S3KeyPublic": _key,
    "S3KeySharedExternally": _key,
    "S3ObjectAclPublic": _objects,
    "BucketPublic": _public,
    "BucketSharedExternally": _shared_elsewhere,
    "BucketReplicatedExternally": _replicated,
    "DormantPublicGrant": _dormant,
    "PublicUnconfirmed": _unconfirmed,
    "PublicAccessNotPrevented": _prevented,
    "CrossProjectKey": _encryption,
    "NoVersioning": _versioning,
    "NoLogging": _logging,
    "S3ConfusedDeputy": _policy,
    "S3PolicyStatusDisagrees": _opinion,
    "S3NoVersioning": _versioning,
    "S3NoLogging": _logging,
}
