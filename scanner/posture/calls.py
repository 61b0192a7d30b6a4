"""The calls that a bucket's settings come from: names, the permission that each needs, and the errors that mean "not set".

Source: the API models of Amazon S3 and S3 Control, and the service authorization reference.
"""

from typing import Final, NamedTuple


class Call(NamedTuple):
    """One call.

    :param name: as the AWS command line has it; also the name of its file in a folder of dumps
    :param service: of the command line: s3api, s3control, sts
    :param action: the permission it needs
    :param unset: error codes that mean that nothing is set
    :param expects: the member that an answer must have; without it the store did not really answer. Empty where an empty answer
        has a meaning of its own.
    :param listed: of a list that comes in pages: the member that has it
    :param next_page: of such a list: the parameter that asks for another page; in the answer it may be called `Next...`
    """

    name: str
    service: str
    action: str
    unset: frozenset[str] = frozenset()
    expects: str = ""
    listed: str = ""
    next_page: str = ""

    @property
    def client(self) -> str:
        """What boto3 calls the service."""
        return "s3" if self.service == "s3api" else self.service

    @property
    def method(self) -> str:
        """The name of the method of a boto3 client."""
        return self.name.replace("-", "_")

    @property
    def said(self) -> str:
        """For people: `s3api get-bucket-policy`."""
        return f"{self.service} {self.name}"


def _list_call(name: str, service: str, action: str, *, listed: str, next_page: str) -> Call:
    return Call(name, service, action, expects=listed, listed=listed, next_page=next_page)


def _bucket_call(name: str, action: str, unset: str = "", expects: str = "") -> Call:
    return Call(name, "s3api", f"s3:{action}", frozenset(unset.split()), expects)


LOCATION: Final = _bucket_call("get-bucket-location", "GetBucketLocation")
POLICY: Final = _bucket_call("get-bucket-policy", "GetBucketPolicy", "NoSuchBucketPolicy", "Policy")
POLICY_STATUS: Final = _bucket_call("get-bucket-policy-status", "GetBucketPolicyStatus", "NoSuchBucketPolicy", "PolicyStatus")
BLOCK: Final = _bucket_call(
    "get-public-access-block",
    "GetBucketPublicAccessBlock",
    "NoSuchPublicAccessBlockConfiguration",
    "PublicAccessBlockConfiguration",
)
ACL: Final = _bucket_call("get-bucket-acl", "GetBucketAcl", expects="Grants")
OWNERSHIP: Final = _bucket_call(
    "get-bucket-ownership-controls", "GetBucketOwnershipControls", "OwnershipControlsNotFoundError", "OwnershipControls"
)
ENCRYPTION: Final = _bucket_call(
    "get-bucket-encryption",
    "GetEncryptionConfiguration",
    "ServerSideEncryptionConfigurationNotFoundError",
    "ServerSideEncryptionConfiguration",
)
VERSIONING: Final = _bucket_call("get-bucket-versioning", "GetBucketVersioning")
LOGGING: Final = _bucket_call("get-bucket-logging", "GetBucketLogging")
WEBSITE: Final = _bucket_call("get-bucket-website", "GetBucketWebsite", "NoSuchWebsiteConfiguration")
REPLICATION: Final = _bucket_call(
    "get-bucket-replication", "GetReplicationConfiguration", "ReplicationConfigurationNotFoundError", "ReplicationConfiguration"
)
LOCK: Final = _bucket_call(
    "get-object-lock-configuration",
    "GetBucketObjectLockConfiguration",
    "ObjectLockConfigurationNotFoundError",
    "ObjectLockConfiguration",
)
TAGS: Final = _bucket_call("get-bucket-tagging", "GetBucketTagging", "NoSuchTagSet", "TagSet")
INVENTORY: Final = _bucket_call("list-bucket-inventory-configurations", "GetInventoryConfiguration")._replace(
    listed="InventoryConfigurationList", next_page="ContinuationToken"
)
NOTIFICATION: Final = _bucket_call("get-bucket-notification-configuration", "GetBucketNotification")
BUCKET_CALLS: Final = (
    *(LOCATION, POLICY, POLICY_STATUS, BLOCK, ACL, OWNERSHIP, ENCRYPTION, VERSIONING, LOGGING, WEBSITE, REPLICATION, LOCK),
    *(TAGS, INVENTORY, NOTIFICATION),
)

ACCESS_POINTS: Final = _list_call("list-access-points", "s3control", "s3:ListAccessPoints", listed="AccessPointList", next_page="NextToken")
ACCESS_POINT: Final = Call("get-access-point", "s3control", "s3:GetAccessPoint", expects="Name")
ACCESS_POINT_POLICY: Final = Call(
    "get-access-point-policy", "s3control", "s3:GetAccessPointPolicy", frozenset(["NoSuchAccessPointPolicy"]), "Policy"
)
MULTI_REGION: Final = Call(
    "list-multi-region-access-points",
    "s3control",
    "s3:ListMultiRegionAccessPoints",
    frozenset(["NoSuchMultiRegionAccessPoint"]),
    expects="AccessPoints",
    listed="AccessPoints",
    next_page="NextToken",
)
MULTI_REGION_POLICY: Final = Call(
    "get-multi-region-access-point-policy",
    "s3control",
    "s3:GetMultiRegionAccessPointPolicy",
    frozenset(["NoSuchMultiRegionAccessPointPolicy"]),
    "Policy",
)
MULTI_REGION_HOME: Final = "us-west-2"
"""Only there these two are answered, whatever the regions of the buckets."""

ACCOUNT_BLOCK: Final = Call(
    "get-public-access-block",
    "s3control",
    "s3:GetAccountPublicAccessBlock",
    frozenset(["NoSuchPublicAccessBlockConfiguration"]),
    "PublicAccessBlockConfiguration",
)
IDENTITY: Final = Call("get-caller-identity", "sts", "sts:GetCallerIdentity", expects="Account")
DISTRIBUTIONS: Final = Call("list-distributions", "cloudfront", "cloudfront:ListDistributions", expects="DistributionList")
AUTHORIZATION: Final = _list_call(
    "get-account-authorization-details", "iam", "iam:GetAccountAuthorizationDetails", listed="RoleDetailList", next_page="Marker"
)
LIST_ACCOUNTS: Final = _list_call("list-accounts", "organizations", "organizations:ListAccounts", listed="Accounts", next_page="NextToken")
ORGANIZATION: Final = Call("describe-organization", "organizations", "organizations:DescribeOrganization", expects="Organization")
KEY: Final = Call("describe-key", "kms", "kms:DescribeKey", expects="KeyMetadata")
KEY_POLICY: Final = Call("get-key-policy", "kms", "kms:GetKeyPolicy", expects="Policy")
KEY_GRANTS: Final = _list_call("list-grants", "kms", "kms:ListGrants", listed="Grants", next_page="Marker")
OBJECTS: Final = Call("list-objects-v2", "s3api", "s3:ListBucket")
OBJECT_ACL: Final = Call("get-object-acl", "s3api", "s3:GetObjectAcl", expects="Grants")
HEAD: Final = Call("head-bucket", "s3api", "s3:ListBucket")
ASSUME: Final = Call("assume-role", "sts", "sts:AssumeRole", expects="Credentials")
BUCKETS: Final = _list_call("list-buckets", "s3api", "s3:ListAllMyBuckets", listed="Buckets", next_page="ContinuationToken")
