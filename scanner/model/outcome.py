"""What became of an object: exactly one outcome each, so that "nothing found" and "not looked at" are never confused."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How far the reading of an object got."""

    SCANNED = "scanned"
    PARTIAL = "partial"
    SKIPPED = "skipped"
    FAILED = "failed"


class Reason(StrEnum):
    """Why an object was not, or not wholly, scanned."""

    # partial: something was read
    BAD_RECORDS = "bad_records"
    MALFORMED = "malformed"
    BUDGET_BYTES = "budget_bytes"
    BUDGET_RATIO = "budget_ratio"
    BUDGET_ENTRIES = "budget_entries"
    BUDGET_DEPTH = "budget_depth"
    BUDGET_MEMORY = "budget_memory"
    MEMBERS_UNREAD = "members_unread"
    CHANGED = "changed"
    RULE_TIMEOUT = "rule_timeout"
    # skipped: nothing was read, on purpose
    EMPTY = "empty"
    UNSUPPORTED_TYPE = "unsupported_type"
    ENCRYPTED = "encrypted"
    EXCLUDED = "excluded"
    SPECIAL_FILE = "special_file"
    SYMLINK = "symlink"
    GONE = "gone"
    SIZE_LIMIT = "size_limit"
    STORAGE_CLASS = "storage_class"
    # failed: nothing was read, against our will
    ACCESS_DENIED = "access_denied"
    KMS_DENIED = "kms_denied"
    SSE_C = "sse_c"
    NO_SUCH_BUCKET = "no_such_bucket"
    IO_ERROR = "io_error"
    CRASH = "crash"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something inside an object that could not be read.

    :param reason: why
    :param detail: one line for people, without any scanned content in it
    :param member: path of the member it concerns, outermost first; empty for the object itself
    """

    reason: Reason
    detail: str = ""
    member: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one object. `reason` is None exactly when `status` is SCANNED."""

    status: Status
    reason: Reason | None = None
    detail: str = ""


SCANNED = Outcome(Status.SCANNED)
