"""Rows for spreadsheets."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.outcome import Outcome, Reason, Status
from scanner.reports.csv import COLUMNS, inert
from tests.acceptance.sink_suite import SinkSuite
from tests.reports.build import CARD, EMPLOYEE, SSN, detection, options, policy, result, stored
from tests.reports.test_jsonl import EVERYTHING


class TestCsvSuite(SinkSuite):
    format = "csv"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), strict=True))


def test_each_identifier_of_an_object_has_a_row() -> None:
    found = rows(TestCsvSuite().written([result(detection(CARD, 3), detection(EMPLOYEE, 2), detection(SSN, 200))]))
    assert [(row["record"], row["type"], row["count"], row["severity"], row["category"]) for row in found] == [
        ("finding", "CREDIT_CARD_NUMBER", "3", "high", "financial"),
        ("finding", "USA_SOCIAL_SECURITY_NUMBER", "200", "high", "personal"),
    ]
    assert found[0]["id"] == found[1]["id"]
    assert {name: found[1][name] for name in ("path", "place", "mask", "evidence", "modified", "status")} == {
        "path": "/srv/data/people/customers.csv",
        "place": "row 2, column 3 (ssn)",
        "mask": "'***-**-9999"[1:],
        "evidence": "pattern; check:us_ssn; name:ssn",
        "modified": "2026-01-01T08:30:00.000Z",
        "status": "scanned",
    }


def test_what_was_not_plainly_scanned_has_a_row_and_everything_on_request() -> None:
    failed = result(of=stored("locked"), outcome=Outcome(Status.FAILED, Reason.ACCESS_DENIED, "Permission denied"))
    told = rows(TestCsvSuite().written([result(), failed]))
    assert [(row["record"], row["status"], row["reason"], row["detail"]) for row in told] == [
        ("outcome", "failed", "access_denied", "Permission denied")
    ]
    assert len(rows(TestCsvSuite().written([result(), failed], options(all_outcomes=True)))) == 2


def test_findings_on_buckets_have_rows() -> None:
    (row,) = rows(TestCsvSuite().written([], policies=[policy()]))
    assert (row["record"], row["type"], row["name"], row["path"], row["remedy"]) == (
        "policy",
        "Policy:IAMUser/S3BucketPublic",
        "everybody can read",
        "s3://photos",
        "block everybody can read",
    )


def test_every_row_has_all_columns() -> None:
    table = list(csv.reader(io.StringIO(TestCsvSuite().written(EVERYTHING)), strict=True))
    assert tuple(table[0]) == COLUMNS
    assert {len(row) for row in table} == {len(COLUMNS)}
    assert len(table) > len(EVERYTHING)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "＝1"])  # a wide form too
def test_no_cell_is_a_formula(text: str) -> None:
    hostile = replace(SSN, name=text)
    written = TestCsvSuite().written(
        [result(detection(SSN, 1), media_type=text)], replace(options(), identifiers={SSN.id: hostile}), policies=[policy(text)]
    )
    assert {row["name"] for row in rows(written)} == {f"'{text}"}


@given(st.text(st.characters(codec="utf-8"), max_size=5))
def test_only_what_looks_like_a_formula_is_changed(text: str) -> None:
    shown = str(inert(text))
    assert shown in (text, f"'{text}")
    assert not shown.lstrip().startswith(("=", "+", "-", "@"))
