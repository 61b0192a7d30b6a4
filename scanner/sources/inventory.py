"""Objects that an S3 Inventory lists: for buckets so large that listing them takes too long."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from scanner.errors import ReadError
from scanner.model.objects import ObjectFacts, ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Outcome, Reason, Status
from scanner.sources.inventory_manifest import Manifest, open_list
from scanner.sources.inventory_rows import Row, rows_in
from scanner.sources.s3 import S3Source
from scanner.sources.s3_list import ARCHIVED, Listed

_ENCRYPTIONS: Final = {"SSE-S3": "AES256", "SSE-KMS": "aws:kms", "DSSE-KMS": "aws:kms:dsse", "NOT-SSE": "NONE"}


@dataclass(frozen=True, slots=True)
class InventorySource:
    """Objects in the order of the inventory's lists; each is listed as often as they do.

    What was written or deleted since the inventory was made shows when an object is read.

    :param buckets: opens objects, judges what is wanted, and names the buckets and prefixes that are meant
    """

    manifest: Manifest
    buckets: S3Source

    def __reduce__(self) -> tuple[object, ...]:
        return S3Source, (self.buckets.targets, self.buckets.options)

    @property
    def root(self) -> ObjectRef:
        """Nothing in particular: what is not in the inventory is not covered."""
        return ObjectRef("", "", "")

    def portable(self, stored: StoredObject) -> bool:
        """As buckets say."""
        return self.buckets.portable(stored)

    def objects(self) -> Iterator[StoredObject | Unlisted]:
        """What is listed of the targets. A list that cannot be read, or not to its end, is met itself, as failed."""
        for key in self.manifest.lists:
            yield from self.buckets.wanted(self._listed(key))

    def expect(self, coming: Sequence[StoredObject], until: int | None = None) -> None:
        """As buckets do."""
        self.buckets.expect(coming, until)

    def open(self, stored: StoredObject) -> BinaryIO:
        """As buckets do."""
        return self.buckets.open(stored)

    def current(self, stored: StoredObject, stream: BinaryIO) -> StoredObject:
        """As buckets say."""
        return self.buckets.current(stored, stream)

    def described(self, stored: StoredObject) -> StoredObject:
        """As buckets say."""
        return self.buckets.described(stored)

    def unchanged(self, stored: StoredObject, stream: BinaryIO) -> bool:
        """As buckets say."""
        return self.buckets.unchanged(stored, stream)

    def _listed(self, key: str) -> Iterator[Listed | Unlisted]:
        ref, stream = open_list(self.manifest, key, self.buckets.options.store)
        try:
            if isinstance(stream, ReadError):
                raise stream
            with stream:
                yield from self._meant(stream)
        except ReadError as error:
            detail = f"objects that this list of the inventory names were not met: {error.detail or error.reason.value}"
            yield Unlisted(ref, 0, Outcome(Status.FAILED, error.reason, detail))

    def _meant(self, stream: BinaryIO) -> Iterator[Listed]:
        every = self.buckets.options.all_versions
        for row in rows_in(self.manifest.format, self.manifest.schema, stream):
            if not row.get("is_delete_marker") and (every or row.get("is_latest", True)):
                listed = _listed(row, every=every)
                if self.buckets.means(listed.stored.ref):
                    yield listed


def _listed(row: Row, *, every: bool) -> Listed:
    """Raises ReadError for a row without bucket, key or size."""
    bucket, key, size, modified = row.get("bucket"), row.get("key"), row.get("size"), row.get("last_modified_date")
    if not isinstance(bucket, str) or not isinstance(key, str):
        raise ReadError(Reason.MALFORMED, "a row names no object")
    if not isinstance(size, int):
        raise ReadError(Reason.MALFORMED, "it does not tell sizes; configure the inventory with the field Size")
    storage_class = str(row.get("storage_class") or "STANDARD")
    stored = StoredObject(
        ObjectRef("s3", bucket, key, str(row.get("version_id") or "") if every else ""),
        size,
        modified if isinstance(modified, datetime) else None,
        str(row.get("e_tag") or "").strip('"'),
        storage_class,
        ObjectFacts(encryption=_ENCRYPTIONS.get(str(row.get("encryption_status")), "UNKNOWN")),
    )
    return Listed(stored, storage_class in ARCHIVED)
