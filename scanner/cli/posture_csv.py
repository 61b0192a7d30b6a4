"""What `dowse posture` writes as CSV."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from scanner.cli.posture_words import replicated_word, sensitive_words
from scanner.posture.judged import Judged, PostureReport
from scanner.reports.escape import visible

# Cells that a spreadsheet would take for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS: Final = (
    *("bucket", "account", "region", "public", "public_access", "shared", "replicated", "encryption", "tls_only", "versioning"),
    *("risk", "sensitive", "worst", "findings", "unknowns"),
)


def csv_text(report: PostureReport) -> str:
    """One line for each bucket."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_cell(value) for value in _csv_row(one)] for one in report.buckets)
    return out.getvalue()


def _csv_row(one: Judged) -> Iterator[object]:
    row = one.record
    yield from (row["bucketName"], row["accountId"], row["region"])
    yield from (row["publicAccess"]["effectivePermission"], " ".join(sorted(one.verdicts.exposure.public_access)))
    yield from (row["sharedAccess"], replicated_word(row), row["serverSideEncryption"]["type"], row["tlsOnly"])
    yield one.verdicts.settings.versioning if row["versioning"] is not None else "unknown"
    yield from (one.risk, sensitive_words(one))
    yield one.findings[0].severity.name.lower() if one.findings else ""
    yield " ".join(finding.type for finding in one.findings)
    yield "; ".join(sorted({unknown.action or unknown.call for unknown in one.verdicts.unknowns}))


def _cell(value: object) -> str:
    text = "" if value is None else visible(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text
