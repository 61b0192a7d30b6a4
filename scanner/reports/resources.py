"""The object and its place, in Macie's members: `resourcesAffected` of the Finding API."""

import os
from typing import Final

from scanner.model.objects import ObjectFacts, ObjectRef, StoredObject
from scanner.reports.encode import plain
from scanner.reports.times import timestamp

Json = dict[str, object]

# Those that the Finding API knows (`StorageClass`); stores have others, such as EXPRESS_ONEZONE.
_STORAGE_CLASSES: Final = frozenset(
    {
        "STANDARD",
        "REDUCED_REDUNDANCY",
        "STANDARD_IA",
        "INTELLIGENT_TIERING",
        "DEEP_ARCHIVE",
        "ONEZONE_IA",
        "GLACIER",
        "GLACIER_IR",
        "OUTPOSTS",
    }
)


def resources_affected(stored: StoredObject, size: int) -> Json:
    """The bucket and the object. What a store does not have is left out; what is not known is UNKNOWN where Macie has that word.

    :param size: of the object in bytes, also where the store could not know it
    """
    return {"s3Bucket": _bucket(stored.ref), "s3Object": _object(stored, size)}


def bucket_name(ref: ObjectRef) -> str:
    """The bucket's own name in S3; elsewhere a URI, `file:///srv/data` for a folder."""
    return plain(ref.bucket) if ref.store == "s3" else ref.bucket_uri


def _bucket(ref: ObjectRef) -> Json:
    return _arn(ref, "arn") | {
        "name": bucket_name(ref),
        "allowsUnencryptedObjectUploads": "UNKNOWN",
        "defaultServerSideEncryption": {"encryptionType": "UNKNOWN"},
        "publicAccess": {"effectivePermission": "UNKNOWN"},
        "tags": [],
    }


def _object(stored: StoredObject, size: int) -> Json:
    ref, key, bucket = stored.ref, plain(stored.ref.key), bucket_name(stored.ref)
    modified: Json = {"lastModified": timestamp(stored.modified)} if stored.modified else {}
    storage: Json = {"storageClass": stored.storage_class} if stored.storage_class in _STORAGE_CLASSES else {}
    return (
        _arn(ref, "bucketArn")
        | {
            "key": key,
            "path": f"{bucket.removesuffix('/') if ref.bucket == '/' else bucket}/{key}",
            "extension": os.path.splitext(key)[1].removeprefix("."),
            "size": size,
            "eTag": stored.etag,
            "versionId": ref.version,
            "serverSideEncryption": _encryption(stored.facts),
            "tags": [{"key": key, "value": value} for key, value in stored.facts.tags],
        }
        | modified
        | storage
    )


def _encryption(facts: ObjectFacts) -> Json:
    key: Json = {"kmsMasterKeyId": facts.kms_key} if facts.kms_key else {}
    return {"encryptionType": facts.encryption} | key


def _arn(ref: ObjectRef, member: str) -> Json:
    return {member: f"arn:aws:s3:::{plain(ref.bucket)}"} if ref.store == "s3" else {}
