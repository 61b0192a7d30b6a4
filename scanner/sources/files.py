"""What is common to all that lies in the local file system: objects from what `stat` says, and opening them."""

import os
import stat
from datetime import UTC, datetime
from typing import BinaryIO

from scanner.errors import ReadError
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Outcome, Reason, Status
from scanner.sources.beneath import Beneath
from scanner.sources.filters import Filters
from scanner.sources.trouble import kind_of, outcome_of, read_error


def judge(ref: ObjectRef, status: os.stat_result, filters: Filters) -> StoredObject | Unlisted:
    """The object, if it is a regular file with something in it that the user wants; else why it is not offered."""
    modified = modified_at(status)
    unwanted = filters.why_not(ref.key, status.st_size, modified)
    if unwanted:
        return skipped(ref, status.st_size, Reason.EXCLUDED, unwanted)
    if stat.S_ISLNK(status.st_mode):
        return skipped(ref, 0, Reason.SYMLINK, "not followed")
    if not stat.S_ISREG(status.st_mode):
        return skipped(ref, 0, Reason.SPECIAL_FILE, kind_of(status.st_mode))
    if status.st_size == 0:
        return skipped(ref, 0, Reason.EMPTY)
    if unwanted := filters.by_chance(ref.key):
        return skipped(ref, status.st_size, Reason.EXCLUDED, unwanted)
    return StoredObject(ref, status.st_size, modified, etag_of(status))


def skipped(ref: ObjectRef, size: int, reason: Reason, detail: str = "") -> Unlisted:
    """What is left aside on purpose."""
    return Unlisted(ref, size, Outcome(Status.SKIPPED, reason, detail))


def lost(ref: ObjectRef, error: OSError) -> Unlisted:
    """What cannot be reached."""
    return Unlisted(ref, 0, outcome_of(error))


def modified_at(status: os.stat_result) -> datetime | None:
    """When the file was last written; None for times that no calendar has (file systems allow the year 292277026596)."""
    try:
        return datetime.fromtimestamp(status.st_mtime_ns // 1000 / 1_000_000, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def etag_of(status: os.stat_result) -> str:
    """Changes when the file does: size, time of the last change in nanoseconds, and inode, in hexadecimal."""
    return f"{status.st_size:x}-{status.st_mtime_ns:x}-{status.st_ino:x}"


def open_regular(ref: ObjectRef, *, follow: bool) -> BinaryIO:
    """A binary stream of a regular file. Raises ReadError."""
    try:
        with Beneath(ref.bucket, follow=follow) as beneath:
            descriptor = beneath.file(ref.key)
    except OSError as error:
        raise read_error(error) from None
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise ReadError(Reason.SPECIAL_FILE, f"it has become {kind_of(mode)}")
    return os.fdopen(descriptor, "rb")


def as_it_is_now(stored: StoredObject, stream: BinaryIO) -> StoredObject:
    """`stored` with size, time and inode of the open file."""
    status = os.fstat(stream.fileno())
    return StoredObject(stored.ref, status.st_size, modified_at(status), etag_of(status), stored.storage_class)


def still_the_same(stored: StoredObject, stream: BinaryIO) -> bool:
    """Whether the open file has the size, time and inode that were listed."""
    return etag_of(os.fstat(stream.fileno())) == stored.etag
