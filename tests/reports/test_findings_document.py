"""docs/findings.md shows what the program writes."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import regex

from scanner.model.location import CellLocation
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.outcome import Outcome, Problem, Reason, Status
from scanner.model.records import Summary
from scanner.model.result import Detection
from scanner.reports.policies import bucket_findings
from scanner.reports.reasons import MACIE_REASONS
from tests.reports.build import CARD, RUN, SSN, bucket_record, result, stored
from tests.reports.test_jsonl import TestJsonlSuite as Jsonl

DOCUMENT = (Path(__file__).parents[2] / "docs/findings.md").read_text()
FINGERPRINTS = ("9f86d081884c7d659a2feaa0c55ad015", "60303ae22b998861bce3b28f33eec1be", "fd61a03af4f77d870fc21e05e7e80678")


def seen(row: int, column: int, name: str, mask: str, fingerprint: str, *evidence: str) -> Occurrence:
    return Occurrence(CellLocation(row, column, name, "", 0, len(mask)), Confidence.HIGH, ("pattern", *evidence), mask, fingerprint)


def example() -> list[dict[str, Any]]:
    """The records that the document shows."""
    card = seen(3, 5, "card", "**** **** **** 1111", FINGERPRINTS[0], "check:payment_card", "name:card")
    ssns = tuple(seen(row, 4, "ssn", "***-**-9999", FINGERPRINTS[row - 1], "check:us_ssn", "name:ssn") for row in (2, 3))
    customers = result(Detection(CARD.id, 1, Confidence.HIGH, (card,)), Detection(SSN.id, 12, Confidence.HIGH, ssns))
    backup = result(
        of=stored("backup.zip", size=52_000),
        outcome=Outcome(Status.PARTIAL, Reason.MEMBERS_UNREAD, "1 member could not be read"),
        problems=(Problem(Reason.ENCRYPTED, "it needs a password", ("2019.zip", "payroll.xlsx")),),
        media_type="application/zip",
    )
    summary = Summary(
        objects=2,
        outcomes={"scanned": 1, "partial": 1},
        reasons={"partial:members_unread": 1},
        bytes_listed=53_200,
        bytes_read=53_200,
        findings={"high": 1},
        occurrences={CARD.id: 1, SSN.id: 12},
        allowed={"EMAIL_ADDRESS": 3},
        seconds=0.5,
        complete=False,
    )
    run = replace(RUN, identifiers=(CARD.id, SSN.id), settings={"follow_symlinks": False, "min_confidence": "medium"})
    public = {
        "type": "Policy:IAMUser/S3BucketPublic",
        "severity": "high",
        "title": "everybody can read",
        "detail": "policy: statement 0 lets everybody in",
        "remedy": "turn on all four settings of Block Public Access",
    }
    policies = list(bucket_findings(bucket_record(public)))
    return [json.loads(line) for line in Jsonl().written([customers, backup], run=run, summary=summary, policies=policies).splitlines()]


def test_the_document_shows_these_very_records() -> None:
    shown = [json.loads(block) for block in regex.findall(r"```json\n(.*?)\n```", DOCUMENT, regex.DOTALL)]
    assert shown == example()


@pytest.mark.parametrize("reason", list(Reason))
def test_the_document_names_every_reason_with_macies_word(reason: Reason) -> None:
    assert f"| `{reason}` | " in DOCUMENT
    assert f"| {MACIE_REASONS[reason]} |" in regex.search(rf"^\| `{reason}` \|.*$", DOCUMENT, regex.MULTILINE)[0]  # type: ignore[index]  # asserted above


@pytest.mark.parametrize("member", sorted({name for record in example() for name in record} | set(example()[1]["detections"][1])))
def test_the_document_explains_every_member(member: str) -> None:
    prose = regex.sub(r"```json\n.*?\n```", "", DOCUMENT, flags=regex.DOTALL)
    assert f"`{member}`" in prose
