"""The comparison itself: it must be able to fail."""

import json

from sample_data.places import Place
from sample_data.sample import Finding, Trap, Truth
from sample_data.scanned import Scanned, disagreements, place_of, read_scan, stepped_in

SSN = "USA_SOCIAL_SECURITY_NUMBER"


def line(number: int) -> Place:
    return Place("", (number, 5), (number, 15))


def said(*findings: Finding) -> Scanned:
    return Scanned("scanned", findings, {})


def test_equal_findings_agree_in_any_order() -> None:
    truth = Truth("", findings=(Finding(SSN, line(1)), Finding(SSN, line(2))))
    assert disagreements(truth, said(Finding(SSN, line(2)), Finding(SSN, line(1)))) == []


def test_missing_surplus_and_misplaced_findings_are_told() -> None:
    truth = Truth("", findings=(Finding(SSN, line(1)), Finding("EMAIL_ADDRESS", line(3))))
    assert disagreements(truth, said(Finding(SSN, line(2)), Finding("PHONE_NUMBER", line(4)))) == [
        "- EMAIL_ADDRESS  line 3, columns 5-15",
        "+ PHONE_NUMBER  line 4, columns 5-15",
        "- USA_SOCIAL_SECURITY_NUMBER  line 1, columns 5-15",
        "+ USA_SOCIAL_SECURITY_NUMBER  line 2, columns 5-15",
    ]


def test_a_finding_told_twice_is_surplus() -> None:
    truth = Truth("", findings=(Finding(SSN, line(1)),))
    assert disagreements(truth, said(Finding(SSN, line(1)), Finding(SSN, line(1)))) == [
        "+ USA_SOCIAL_SECURITY_NUMBER  line 1, columns 5-15"
    ]


def test_the_same_place_in_another_member_is_another_place() -> None:
    truth = Truth("", findings=(Finding(SSN, line(1).inside("a.txt")),))
    assert len(disagreements(truth, said(Finding(SSN, line(1).inside("b.txt"))))) == 2


def test_a_trap_catches_what_overlaps_it() -> None:
    trap = Trap((SSN,), line(1), "a part number")
    overlapping = Finding(SSN, Place("", (1, 15), (1, 20)))
    assert stepped_in(trap, said(overlapping)) == ["USA_SOCIAL_SECURITY_NUMBER  line 1, columns 15-20  -- a part number"]
    assert stepped_in(trap, said(Finding(SSN, Place("", (1, 16), (1, 20))), Finding(SSN, line(2)))) == []


def test_a_trap_for_one_identifier_lets_others_pass_and_a_star_none() -> None:
    other = said(Finding("PHONE_NUMBER", line(1)))
    assert stepped_in(Trap((SSN,), line(1), "why"), other) == []
    assert len(stepped_in(Trap(("*",), line(1), "why"), other)) == 1


def test_every_kind_of_location_has_its_words() -> None:
    span = {"start": 4, "end": 15}
    locations = [
        {"kind": "line", "start": 3, "startColumn": 1, "end": 9, "endColumn": 30},
        {"kind": "page", "page": 2, "line": 3, "startColumn": 5, "endColumn": 15},
        {"kind": "cell", "row": 2, "column": 4, "columnName": "a\nb", **span},
        {"kind": "cell", "row": 2, "column": 4, **span},
        {"kind": "record", "recordIndex": 0, "jsonPath": "$['Card Number']", **span},
        {"kind": "paragraph", "part": "body", "paragraph": 9, "cell": "table 1, row 2, column 3", **span},
        {"kind": "paragraph", "part": "header1", "paragraph": 1, **span},
    ]
    assert [str(place_of(location)) for location in locations] == [
        "lines 3-9, columns 1-30",
        "page 2, line 3, columns 5-15",
        r"row 2, column 4 a\nb [4:15]",
        "row 2, column 4 [4:15]",
        "record 0 $['Card Number'] [4:15]",
        "body, table 1, row 2, column 3, paragraph 9 [4:15]",
        "header1, paragraph 1 [4:15]",
    ]


def test_a_scan_is_read_from_its_records() -> None:
    occurrence = {"location": {"kind": "line", "start": 1, "startColumn": 5, "end": 1, "endColumn": 15}, "member": ["in.tar", "a b.txt"]}
    name = {"uri": "file:///data/x%20y/%C3%BC.zip"}
    records = [
        {"record": "run"},
        {"record": "finding", **name, "detections": [{"identifier": SSN, "count": 7, "occurrences": [occurrence]}]},
        {"record": "outcome", **name, "outcome": {"status": "partial", "reason": "members_unread"}},
        {"record": "outcome", "uri": "file:///data/x%20y/empty", "outcome": {"status": "scanned"}},
        {"record": "summary"},
    ]
    assert read_scan([json.dumps(record) for record in records], "/data/x y") == {
        "ü.zip": Scanned("partial(members_unread)", (Finding(SSN, line(1).inside("in.tar!a b.txt")),), {SSN: 7}),
        "empty": Scanned("scanned", (), {}),
    }
