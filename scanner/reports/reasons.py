"""Our reasons as Macie's status reasons, of which it has 21 and no others."""

from collections.abc import Mapping
from typing import Final

from scanner.model.outcome import Outcome, Reason, Status

MACIE_REASONS: Final[Mapping[Reason, str]] = {
    Reason.BAD_RECORDS: "MALFORMED_FILE",
    Reason.MALFORMED: "MALFORMED_FILE",
    Reason.BUDGET_BYTES: "ARCHIVE_TOTAL_BYTES_EXTRACTED_OVER_LIMIT",
    # Macie names a ratio for Office files only.
    Reason.BUDGET_RATIO: "OOXML_UNCOMPRESSED_RATIO_EXCEEDS_LIMIT",
    Reason.BUDGET_ENTRIES: "ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT",
    Reason.BUDGET_DEPTH: "ARCHIVE_NESTING_LEVEL_OVER_LIMIT",
    Reason.BUDGET_MEMORY: "FILE_EXCEEDS_SIZE_LIMIT",
    Reason.MEMBERS_UNREAD: "ARCHIVE_CONTAINS_UNPROCESSED_FILES",
    Reason.CHANGED: "OBJECT_VERSION_MISMATCH",
    Reason.RULE_TIMEOUT: "TIME_CUT_OFF_REACHED",
    # Macie does not even try objects that are empty, left out, links or devices; these are the nearest.
    Reason.EMPTY: "UNABLE_TO_PARSE_FILE",
    Reason.EXCLUDED: "INVALID_OBJECT_STATE",
    Reason.SPECIAL_FILE: "INVALID_OBJECT_STATE",
    Reason.SYMLINK: "INVALID_OBJECT_STATE",
    Reason.UNSUPPORTED_TYPE: "UNSUPPORTED_FILE_TYPE_EXCEPTION",
    Reason.ENCRYPTED: "INVALID_ENCRYPTION",
    Reason.GONE: "SOURCE_OBJECT_NO_LONGER_AVAILABLE",
    Reason.SIZE_LIMIT: "FILE_EXCEEDS_SIZE_LIMIT",
    Reason.STORAGE_CLASS: "INVALID_OBJECT_STATE",
    Reason.ACCESS_DENIED: "PERMISSION_DENIED",
    Reason.KMS_DENIED: "INVALID_KMS_KEY",
    Reason.SSE_C: "INVALID_ENCRYPTION",
    Reason.NO_SUCH_BUCKET: "NO_SUCH_BUCKET_AVAILABLE",
    # Macie has no words for its own failures.
    Reason.IO_ERROR: "UNABLE_TO_PARSE_FILE",
    Reason.CRASH: "UNABLE_TO_PARSE_FILE",
    Reason.TIMEOUT: "TIME_CUT_OFF_REACHED",
    Reason.OUT_OF_MEMORY: "MALFORMED_OR_FILE_SIZE_EXCEEDS_LIMIT",
}


def macie_status(outcome: Outcome) -> dict[str, str]:
    """`code` and, unless it is COMPLETE, `reason` of an object that has a finding: something of it was read."""
    if outcome.status is Status.SCANNED or outcome.reason is None:
        return {"code": "COMPLETE"}
    return {"code": "PARTIAL", "reason": MACIE_REASONS[outcome.reason]}
