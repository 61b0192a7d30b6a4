"""The report's page on buckets."""

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import html

from scanner.reports.html.posture_page import write_posture_page
from scanner.reports.html.sink import HtmlSink
from scanner.reports.options import SinkOptions
from scanner.reports.policies import bucket_findings
from tests.acceptance.sink_suite import ACTING, HOSTILE
from tests.reports.build import IDENTIFIERS, RUN, SSN, SUMMARY, detection, result, stored
from tests.reports.test_html import TestHtmlSuite as Suite
from tests.reports.test_html import block, pick, rows, texts

MADE = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FAULT = {"type": "Policy:X", "severity": "critical", "title": "everybody can read", "detail": "statement 0", "remedy": "close it"}


def bucket(name: str, **changed: Any) -> dict[str, Any]:
    record = {
        "record": "bucket",
        "bucketName": name,
        "accountId": "111111111111",
        "region": "eu-west-1",
        "publicAccess": {"effectivePermission": "NOT_PUBLIC"},
        "sharedAccess": "NOT_SHARED",
        "replicationDetails": {"replicated": False, "replicatedExternally": None},
        "serverSideEncryption": {"type": "AES256"},
        "tlsOnly": "true",
        "risk": 1,
        "sensitiveFindings": {"high": 0, "medium": 0, "low": 0, "categories": []},
        "findings": [],
        "unknowns": [],
        "evidence": [],
    }
    return record | changed


OPEN = bucket(
    "photos",
    publicAccess={"effectivePermission": "PUBLIC"},
    sensitiveFindings={"high": 2, "medium": 0, "low": 5, "categories": []},
    findings=[FAULT],
    evidence=[{"way": "policy", "open": True, "because": ["statement 0"]}, {"way": "acl", "open": False, "because": ["none"]}],
)
REFUSED = {"call": "GetBucketAcl", "reason": "AccessDenied", "action": "s3:GetBucketAcl"}


def page(*buckets: dict[str, Any], roles: list[dict[str, Any]] | None = None, **summary: Any) -> html.HtmlElement:
    out = io.BytesIO()
    write_posture_page(out, buckets, roles, {"complete": True, "findings": {"critical": 1}, "unknowns": []} | summary, MADE)
    return html.document_fromstring(out.getvalue().decode())


def matrix(shown: html.HtmlElement) -> dict[str, list[list[str]]]:
    """Dimension -> rows of state and counts, those that say nothing left out."""
    found: dict[str, list[list[str]]] = {}
    for group in pick(shown, "//table[@class='matrix']/tbody"):
        (title,) = texts(group, ".//th[@scope='rowgroup']")
        for row in pick(group, "./tr"):
            counts = [str(cell.xpath("string(./a/text() | ./text())")).strip() for cell in pick(row, "./td")]
            if counts[-1] != "–":
                found.setdefault(title, []).append([texts(row, "./th[@scope='row']")[0], *counts])
    return found


def test_the_matrix_counts_buckets_by_posture_and_sensitivity() -> None:
    shown = matrix(page(OPEN, bucket("logs"), bucket("raw", sharedAccess="EXTERNAL", serverSideEncryption={"type": "aws:kms"})))
    assert shown["Public access"] == [["Open to everybody", "1", "–", "–", "–", "1"], ["Closed", "–", "–", "–", "2", "2"]]
    assert shown["Shared"] == [["With others outside", "–", "–", "–", "1", "1"], ["With nobody", "1", "–", "–", "1", "2"]]
    assert [row[0] for row in shown["Encryption"]] == ["Keys of the service", "Keys of KMS"]


@pytest.mark.parametrize(
    "changed",
    [
        {"publicAccess": {"effectivePermission": "UNKNOWN"}, "sharedAccess": "UNKNOWN", "tlsOnly": "unknown"},
        {"publicAccess": None, "sharedAccess": None, "tlsOnly": None, "replicationDetails": None, "serverSideEncryption": None},
    ],
)
def test_what_is_not_known_is_unknown_and_never_safe(changed: dict[str, Any]) -> None:
    shown = matrix(page(bucket("x", **changed)))
    assert [shown[title][0][0] for title in ("Public access", "Shared", "TLS only")] == ["Unknown"] * 3


def test_replication_to_somebody_unknown_is_unknown() -> None:
    details = {"replicated": True, "replicatedExternally": None}
    assert matrix(page(bucket("x", replicationDetails=details)))["Replicated"][0][0] == "Unknown"


def test_buckets_whose_findings_nobody_gave_have_a_column_of_their_own() -> None:
    shown = page(bucket("x", sensitiveFindings=None))
    assert "Not looked at" in texts(shown, "//table[@class='matrix']/thead//th")
    assert matrix(shown)["Public access"] == [["Closed", "–", "–", "–", "–", "1", "1"]]


def test_a_bucket_is_listed_with_its_findings_and_what_lets_somebody_in() -> None:
    ((name, account, region, states, risk, held, sensitivity, faults, unknowns, evidence),) = block(page(OPEN), "buckets-data")["buckets"]
    assert (name, account, region, risk, held, sensitivity, unknowns) == ("photos", "111111111111", "eu-west-1", 1, [2, 0, 5], "high", [])
    assert states == ["yes", "not_shared", "no", "service", "true"]
    assert faults == [[4, "everybody can read", "Policy:X", "statement 0", "close it"]]
    assert evidence == ["policy: statement 0"]


def test_the_summary_says_what_is_open() -> None:
    (lead,) = texts(page(OPEN, bucket("raw", sharedAccess="EXTERNAL")), "//p[@class='lead']")
    assert lead == "1 of 2 buckets can be reached by everybody, 1 is shared or replicated outside. Every setting is known."


def test_what_is_not_known_is_listed_with_the_permission() -> None:
    shown = page(bucket("a", unknowns=[REFUSED]), bucket("b", unknowns=[REFUSED]), complete=False)
    assert rows(shown, "Settings that") == [["GetBucketAcl", "AccessDenied", "s3:GetBucketAcl", "2"]]


def test_changes_origins_and_roles_are_listed() -> None:
    key = {"bucketName": "photos", "type": "Policy:X"}
    shown = page(
        OPEN,
        roles=[{"roleArn": "arn:aws:iam::1:role/x", "outsiders": ["2"], "access": ["read"], "buckets": ["photos"], "lastUsed": None}],
        changes={"opened": [key], "resolved": [], "undecided": []},
        danglingOrigins=[{"bucketName": "gone", "detail": "of distribution E1", "remedy": "remove it"}],
    )
    assert rows(shown, "New: 1") == [["photos", "Policy:X"]]
    assert rows(shown, "Buckets that do not exist") == [["gone", "of distribution E1", "remove it"]]
    assert rows(shown, "Roles that") == [["arn:aws:iam::1:role/x", "2", "read", "photos", "never, as far as IAM remembers"]]


def test_no_bucket_is_no_page_without_words() -> None:
    assert texts(page(), "//h1") == ["0 buckets"]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_in_a_record_acts(text: str) -> None:
    hostile = bucket(text, accountId=text, region=text, findings=[dict.fromkeys(FAULT, text)], unknowns=[dict.fromkeys(REFUSED, text)])
    out = io.BytesIO()
    summary = {"unknowns": [dict.fromkeys(REFUSED, text)], "danglingOrigins": [{"bucketName": text, "detail": text, "remedy": text}]}
    write_posture_page(out, [hostile], [], summary, MADE)
    written = out.getvalue().decode()
    assert not ACTING.search(written)
    assert "<script>" not in written


def test_findings_on_buckets_bring_their_buckets_into_the_report_of_a_scan() -> None:
    out = io.BytesIO()
    sink = HtmlSink(out, SinkOptions(IDENTIFIERS))
    sink.begin(RUN)
    dangling = {"danglingOrigins": [FAULT | {"bucketName": "gone"}]}
    for record in (OPEN, OPEN, dangling):
        for finding in bucket_findings(record):
            sink.write_policy(finding)
    sink.finish(SUMMARY)
    shown = html.document_fromstring(out.getvalue().decode())
    assert matrix(shown)["Public access"] == [["Open to everybody", "1", "–", "–", "–", "1"]]
    assert "Buckets of which nothing was reported are not among them." in texts(shown, "//section[@aria-labelledby='posture']/p")[0]


def test_the_report_of_a_scan_takes_posture_and_knows_what_is_inside() -> None:
    records = [bucket("lake", sensitiveFindings=None), bucket("other", sensitiveFindings=None)]
    found = result(detection(SSN, 1), of=stored("a.csv", bucket="lake", store="s3"))
    shown = html.document_fromstring(Suite().written([found], SinkOptions(IDENTIFIERS, posture=records)))
    assert matrix(shown)["Public access"] == [["Closed", "1", "–", "–", "–", "1", "2"]]
    assert json.loads(str(pick(shown, "//script[@id='buckets-data']")[0].text))["buckets"][0][5] == [1, 0, 0]
