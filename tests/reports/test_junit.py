"""Results for build servers."""

from collections.abc import Sequence

import pytest
from lxml import etree

from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.result import ObjectResult
from tests.acceptance.sink_suite import SinkSuite
from tests.reports.build import CARD, SSN, detection, options, policy, result, stored
from tests.reports.test_jsonl import EVERYTHING


class TestJunitSuite(SinkSuite):
    format = "junit"


# The common part of what Jenkins, GitLab and the Ant schema accept.
SCHEMA = etree.XMLSchema(
    etree.XML("""
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
  <xs:complexType name="problem"><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute name="type" type="xs:string" use="required"/><xs:attribute name="message" type="xs:string"/>
  </xs:extension></xs:simpleContent></xs:complexType>
  <xs:element name="testsuites"><xs:complexType><xs:sequence><xs:element name="testsuite" minOccurs="1" maxOccurs="1"><xs:complexType>
    <xs:sequence><xs:element name="testcase" minOccurs="1" maxOccurs="unbounded"><xs:complexType>
      <xs:choice minOccurs="0" maxOccurs="1">
        <xs:element name="failure" type="problem"/><xs:element name="error" type="problem"/><xs:element name="skipped" type="problem"/>
      </xs:choice>
      <xs:attribute name="name" use="required"/><xs:attribute name="classname" use="required"/>
      <xs:attribute name="time" type="xs:decimal"/>
    </xs:complexType></xs:element></xs:sequence>
    <xs:attribute name="name" use="required"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="skipped" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="time" type="xs:decimal" use="required"/>
    <xs:attribute name="timestamp" type="xs:dateTime" use="required"/>
  </xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
</xs:schema>""")
)


def suite(results: Sequence[ObjectResult], **given: object) -> etree._Element:
    root = etree.fromstring(TestJunitSuite().written(results, **given).encode())  # type: ignore[arg-type]
    SCHEMA.assertValid(root)
    return root[0]


def test_everything_keeps_to_the_schema_and_the_counts_are_right() -> None:
    root = suite(EVERYTHING, policies=[policy()])
    counts = {name: str(len(root.findall(f".//{element}"))) for name, element in (("failures", "failure"), ("errors", "error"))}
    assert {name: root.get(name) for name in counts} == counts
    assert root.get("tests") == str(len(root)) == str(len(EVERYTHING) + 1)


def test_a_finding_is_a_failure_with_masked_places() -> None:
    (case,) = suite([result(detection(CARD, 1), detection(SSN, 30))])
    assert (case.get("classname"), case.get("name")) == ("/srv/data/people", "customers.csv")
    (failure,) = case
    assert (failure.tag, failure.get("type"), failure.get("message")) == (
        "failure",
        "high",
        "CREDIT_CARD_NUMBER (1), USA_SOCIAL_SECURITY_NUMBER (30)",
    )
    lines = (failure.text or "").split("\n")
    assert lines[0] == "CREDIT_CARD_NUMBER: row 2, column 3 (ssn): ***-**-9999"
    assert lines[-1] == "USA_SOCIAL_SECURITY_NUMBER: and 10 more"


@pytest.mark.parametrize(("status", "tag"), [(Status.FAILED, "error"), (Status.PARTIAL, "error"), (Status.SKIPPED, "skipped")])
def test_what_was_not_plainly_scanned_is_no_success(status: Status, tag: str) -> None:
    (case,) = suite([result(outcome=Outcome(status, Reason.TIMEOUT, "after 60 s"))])
    assert (case[0].tag, case[0].get("message")) == (tag, f"{status.value}: timeout: after 60 s")


def test_a_partial_reading_with_a_finding_is_one_failure_that_says_both() -> None:
    (case,) = suite([result(detection(SSN, 1), outcome=Outcome(Status.PARTIAL, Reason.TIMEOUT))])
    assert [child.tag for child in case] == ["failure"]
    assert (case[0].text or "").endswith("\npartial: timeout")


def test_clean_objects_are_tests_on_request_and_an_empty_suite_never_happens() -> None:
    assert [case.get("name") for case in suite([result(), result(of=stored("b"))])] == ["nothing to report"]
    assert len(suite([result(), result(of=stored("b"))], sink_options=options(all_outcomes=True))) == 2


def test_what_xml_cannot_hold_is_replaced() -> None:
    (case,) = suite([result(detection(SSN, 1), of=stored("a\ufffe\uffff\x00.csv"))])
    assert case.get("name") == "a\ufffd\ufffd\\x00.csv"
