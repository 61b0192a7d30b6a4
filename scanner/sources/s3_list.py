"""Lists buckets and what is in them, page by page, with keys as they are: `a//b`, `a/../z` and newlines included."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from scanner.model.objects import ObjectFacts, ObjectRef, Owner, StoredObject

# botocore asks for keys URL-encoded and decodes them, because XML cannot hold every character that a key can.
_LATEST: Final = ("list_objects_v2", "Contents")
_VERSIONS: Final = ("list_object_versions", "Versions")

# What S3 and stores like it say of a bucket without tags.
_UNTAGGED: Final = frozenset({"NoSuchTagSet", "NoSuchTagSetError"})

ARCHIVED: Final = frozenset({"GLACIER", "DEEP_ARCHIVE"})
"""Classes of which Amazon gives nothing until it is restored; GLACIER_IR is read like any other."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An object of a bucket.

    :param archived: of a class that must be restored first, and not restored
    """

    stored: StoredObject
    archived: bool


class Lister:
    """Asks one store.

    :param client: of `scanner.sources.s3_connect`
    :param extra: what every request carries
    :param amazon: it is Amazon's: it tells what was restored, and what is archived cannot be read
    """

    def __init__(self, client: Any, extra: Mapping[str, str], *, amazon: bool) -> None:  # noqa: ANN401 - boto3 has no types
        self._client = client
        self._extra = extra
        self._amazon = amazon

    def buckets(self) -> list[str]:
        """All buckets that the account has, in the order of their bytes. Raises botocore's errors."""
        names: list[str] = []
        for page in self._client.get_paginator("list_buckets").paginate():
            names += [str(bucket["Name"]) for bucket in page.get("Buckets", ())]
        return sorted(set(names), key=str.encode)

    def bucket_tags(self, bucket: str) -> tuple[tuple[str, str], ...]:
        """Keys and values of the bucket's own tags. Raises botocore's errors."""
        from botocore.exceptions import ClientError

        try:
            answer = self._client.get_bucket_tagging(Bucket=bucket)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _UNTAGGED:
                return ()
            raise
        return tuple((str(tag["Key"]), str(tag["Value"])) for tag in answer.get("TagSet", ()))

    def objects(self, bucket: str, prefix: str, *, all_versions: bool, after: str = "") -> Iterator[Listed]:
        """Objects whose keys begin with `prefix`, in the store's order, which is that of their bytes. Raises botocore's errors.

        :param after: only keys behind this one; of versions all keys
        :param all_versions: also those that are no longer the latest, newest first for each key; delete markers are none
        """
        method, member = _VERSIONS if all_versions else _LATEST
        arguments = self._arguments(bucket, prefix, all_versions=all_versions)
        if after and not all_versions:
            arguments["StartAfter"] = after
        for page in self._client.get_paginator(method).paginate(**arguments):
            for entry in page.get(member, ()):
                # A store that does not heed StartAfter lists them all.
                if all_versions or not after or str(entry["Key"]).encode() > after.encode():
                    yield self._listed(bucket, entry)

    def one(self, bucket: str, key: str, version: str = "") -> Listed:
        """One object, or one version of it. Raises botocore's errors."""
        asked = {"VersionId": version} if version else {}
        entry = self._client.head_object(Bucket=bucket, Key=key, **asked, **self._extra)
        facts = {"Key": key, "VersionId": version, "Size": entry["ContentLength"], "StorageClass": entry.get("StorageClass", "STANDARD")}
        listed = self._listed(bucket, {**entry, **facts})
        return Listed(listed.stored, listed.archived and 'ongoing-request="false"' not in entry.get("Restore", ""))

    def _arguments(self, bucket: str, prefix: str, *, all_versions: bool) -> dict[str, object]:
        arguments: dict[str, object] = {"Bucket": bucket, "Prefix": prefix, **self._extra}
        if not all_versions:
            arguments["FetchOwner"] = True
        if self._amazon:
            arguments["OptionalObjectAttributes"] = ["RestoreStatus"]
        return arguments

    def _listed(self, bucket: str, entry: Mapping[str, Any]) -> Listed:
        stored = StoredObject(
            ObjectRef("s3", bucket, entry["Key"], str(entry.get("VersionId", ""))),
            int(entry["Size"]),
            entry["LastModified"] if isinstance(entry.get("LastModified"), datetime) else None,
            str(entry.get("ETag", "")).strip('"'),
            str(entry.get("StorageClass", "STANDARD")),
            ObjectFacts(owner=_owner(entry.get("Owner", {}))),
        )
        restored = entry.get("RestoreStatus", {})
        readable = restored.get("RestoreExpiryDate") and not restored.get("IsRestoreInProgress")
        return Listed(stored, self._amazon and stored.storage_class in ARCHIVED and not readable)


def _owner(entry: Mapping[str, str]) -> Owner | None:
    return Owner(entry["ID"], entry.get("DisplayName", "")) if entry.get("ID") else None
