"""The settings of one bucket. Each may be UNKNOWN."""

from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from scanner.posture.answers import Unknown

T = TypeVar("T")
Maybe: TypeAlias = T | Unknown


@dataclass(frozen=True, slots=True)
class PublicAccessBlock:
    """The four settings of Block Public Access; a value is UNKNOWN where an input leaves it open."""

    block_public_acls: Maybe[bool] = False
    ignore_public_acls: Maybe[bool] = False
    block_public_policy: Maybe[bool] = False
    restrict_public_buckets: Maybe[bool] = False


@dataclass(frozen=True, slots=True)
class Grant:
    """One entry of an access control list.

    :param grantee: URI of a group, or canonical id
    :param permission: READ, WRITE, READ_ACP, WRITE_ACP or FULL_CONTROL
    """

    grantee: str
    permission: str


@dataclass(frozen=True, slots=True)
class Encryption:
    """The default encryption.

    :param algorithm: AES256, aws:kms or aws:kms:dsse
    :param key: key id, ARN or alias; empty for the key that the service manages
    """

    algorithm: str
    key: str = ""
    bucket_key: bool = False
    blocked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Destination:
    """Where objects or lists of them are copied to.

    :param bucket: ARN
    :param account: number; None where the configuration does not say it
    """

    bucket: str
    account: str | None = None


@dataclass(frozen=True, slots=True)
class AccessPoint:
    """One access point of the bucket.

    :param vpc: the only network it can be used from; None if it can be used from the internet
    """

    name: str
    account: str | None
    vpc: Maybe[str | None]
    block: Maybe[PublicAccessBlock]
    policy: Maybe[object]


@dataclass(frozen=True, slots=True)
class CloudSettings:
    """What buckets of Google and containers of Azure have beside the settings of those of Amazon; None where they have no such thing.

    :param prevention: whether everybody is kept out, whatever is granted: public access prevention, or the account's own switch
    :param network: whether only some networks reach it at all
    :param oldest_tls: the oldest version that is taken, as `TLS1_2`
    :param shared_keys: whether keys that name nobody open it, and what is signed with them
    :param other_tenants: whether objects may be replicated to other tenants
    :param outside_networks: subscriptions other than its own whose networks are let in by name
    :param signatures_expire: how long signatures made with those keys hold at most; None if nothing bounds them, or there are none
    """

    prevention: Maybe[bool]
    network: Maybe[bool] | None = None
    oldest_tls: Maybe[str] | None = None
    shared_keys: Maybe[bool] | None = None
    other_tenants: Maybe[bool] | None = None
    outside_networks: tuple[str, ...] = ()
    signatures_expire: str | None = None


@dataclass(frozen=True, slots=True)
class ObjectGrants:
    """The access control list of one object."""

    key: str
    grants: Maybe[tuple[Grant, ...]]


@dataclass(frozen=True, slots=True)
class BucketSettings:
    """All settings that the checks look at.

    :param account: the bucket's own; None if not known
    :param owner_id: canonical id
    :param policy: JSON text or parsed JSON; None if there is none
    :param policy_is_public: the store's own opinion of the policy
    :param ownership: BucketOwnerEnforced, BucketOwnerPreferred or ObjectWriter; None is an old bucket, with access control lists on
    :param versioning: Enabled, Suspended or Disabled
    :param logging: the bucket that logs go to; None if off
    :param website: whether it is served as a website
    :param inventory: where lists of its objects go
    :param notified: ARNs that are told of events
    :param access_points: of its region
    :param multi_region: access points over several regions that lead to it; none if they were not asked for
    :param multi_region_asked: whether they were
    :param store: s3, gs or az
    :param cloud: what the other two have besides
    :param object_grants: of a sample of its objects; none if they were not asked for, or do not count
    """

    name: str
    account: str | None
    region: Maybe[str]
    created: str
    owner_id: Maybe[str]
    account_block: Maybe[PublicAccessBlock]
    block: Maybe[PublicAccessBlock]
    policy: Maybe[object]
    policy_is_public: Maybe[bool | None]
    grants: Maybe[tuple[Grant, ...]]
    ownership: Maybe[str | None]
    encryption: Maybe[Encryption | None]
    versioning: Maybe[str]
    mfa_delete: Maybe[bool]
    logging: Maybe[str | None]
    website: Maybe[bool]
    replication: Maybe[tuple[Destination, ...]]
    object_lock: Maybe[bool]
    tags: Maybe[tuple[tuple[str, str], ...]]
    inventory: Maybe[tuple[Destination, ...]]
    notified: Maybe[tuple[str, ...]]
    access_points: Maybe[tuple[AccessPoint, ...]]
    multi_region: Maybe[tuple[AccessPoint, ...]] = ()
    multi_region_asked: bool = False
    object_grants: Maybe[tuple[ObjectGrants, ...]] = ()
    store: str = "s3"
    cloud: CloudSettings | None = None

    @property
    def points(self) -> tuple[AccessPoint, ...]:
        """All access points that are known."""
        lists = (self.access_points, self.multi_region)
        return tuple(point for known in lists if not isinstance(known, Unknown) for point in known)

    @property
    def unseen_points(self) -> bool:
        """Whether there may be others."""
        return isinstance(self.access_points, Unknown) or isinstance(self.multi_region, Unknown)
