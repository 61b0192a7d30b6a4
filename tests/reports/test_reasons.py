"""Outcomes in Macie's words."""

import pytest

from scanner.model.outcome import SCANNED, Outcome, Reason, Status
from scanner.reports.reasons import MACIE_REASONS, macie_status

# the 21 that Macie has, by its API reference
KNOWN = {
    "ARCHIVE_CONTAINS_UNPROCESSED_FILES",
    "ARCHIVE_EXCEEDS_SIZE_LIMIT",
    "ARCHIVE_NESTING_LEVEL_OVER_LIMIT",
    "ARCHIVE_TOTAL_BYTES_EXTRACTED_OVER_LIMIT",
    "ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT",
    "FILE_EXCEEDS_SIZE_LIMIT",
    "INVALID_ENCRYPTION",
    "INVALID_KMS_KEY",
    "INVALID_OBJECT_STATE",
    "JSON_NESTING_LEVEL_OVER_LIMIT",
    "MALFORMED_FILE",
    "MALFORMED_OR_FILE_SIZE_EXCEEDS_LIMIT",
    "NO_SUCH_BUCKET_AVAILABLE",
    "OBJECT_VERSION_MISMATCH",
    "OOXML_UNCOMPRESSED_RATIO_EXCEEDS_LIMIT",
    "OOXML_UNCOMPRESSED_SIZE_EXCEEDS_LIMIT",
    "PERMISSION_DENIED",
    "SOURCE_OBJECT_NO_LONGER_AVAILABLE",
    "TIME_CUT_OFF_REACHED",
    "UNABLE_TO_PARSE_FILE",
    "UNSUPPORTED_FILE_TYPE_EXCEPTION",
}


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_one_of_macies(reason: Reason) -> None:
    assert MACIE_REASONS[reason] in KNOWN


def test_a_plainly_scanned_object_is_complete_without_a_reason() -> None:
    assert macie_status(SCANNED) == {"code": "COMPLETE"}


def test_what_was_not_wholly_read_is_partial() -> None:
    assert macie_status(Outcome(Status.PARTIAL, Reason.CHANGED)) == {"code": "PARTIAL", "reason": "OBJECT_VERSION_MISMATCH"}
