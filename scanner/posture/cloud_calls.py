"""The calls that the settings of Google's buckets and Azure's containers come from, and the permission that each needs.

Source: the reference of Google Cloud Storage's JSON API, and of the storage resource provider of Azure.
"""

from typing import Final

from scanner.posture.calls import Call


def _google(name: str, action: str, expects: str = "") -> Call:
    return Call(name, "gcs", action, expects=expects)


GS_BUCKETS: Final = _google("buckets.list", "storage.buckets.list")
GS_BUCKET: Final = _google("buckets.get", "storage.buckets.get", "iamConfiguration")
GS_POLICY: Final = _google("buckets.getIamPolicy", "storage.buckets.getIamPolicy", "etag")
GS_LISTS: Final = _google("bucketAccessControls.list", "storage.buckets.getIamPolicy", "items")
GS_PREVENTION: Final = Call("policies.getEffectivePolicy", "orgpolicy", "orgpolicy.policy.get", expects="spec")

_STORAGE: Final = "Microsoft.Storage/storageAccounts"


def _azure(name: str, action: str, expects: str) -> Call:
    return Call(name, "azure", action, expects=expects)


AZ_SUBSCRIPTIONS: Final = _azure("subscriptions.list", "Microsoft.Resources/subscriptions/read", "value")
AZ_ACCOUNTS: Final = _azure("storageAccounts.list", f"{_STORAGE}/read", "value")
AZ_CONTAINERS: Final = _azure("blobContainers.list", f"{_STORAGE}/blobServices/containers/read", "value")
AZ_SERVICE: Final = _azure("blobServices.getServiceProperties", f"{_STORAGE}/blobServices/read", "properties")
AZ_REPLICATION: Final = _azure("objectReplicationPolicies.list", f"{_STORAGE}/objectReplicationPolicies/read", "value")
AZ_ROLES: Final = _azure("roleAssignments.listForScope", "Microsoft.Authorization/roleAssignments/read", "value")
