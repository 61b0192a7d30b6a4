"""What to change first: every change is tried on the settings."""

from typing import Any

import pytest

from scanner.posture.change_first import Change, change_first
from scanner.posture.documents import parse_policy, without_statements
from scanner.posture.judged import Judged
from scanner.posture.parties import Trusted
from scanner.posture.policy_findings import policy_findings
from scanner.posture.sensitive import Sensitive
from scanner.posture.settings import Destination, Grant
from scanner.posture.verdicts import judge
from tests.posture.bucket_settings import ALL_ON, EVERYBODY, NOT_KNOWN, OTHER, allow, policy, settings

CREDENTIALS = Sensitive((1, 0, 0), ("CREDENTIALS",))
TAKE_OUT = "take out the grants to everybody and to those outside, from its policy and its access control list"
BLOCK = "turn on all four settings of Block Public Access for the bucket"
STOP = "stop the replication to an account outside"


def bucket(sensitive: Sensitive | None = CREDENTIALS, owners: dict[str, str] | None = None, **changed: Any) -> Judged:
    verdicts = judge(settings(**changed), Trusted(), owners)
    return Judged(verdicts, policy_findings(verdicts), sensitive)


@pytest.mark.parametrize(
    ("changed", "what", "before", "after"),
    [
        ({"policy": policy(allow())}, TAKE_OUT, 40, 5),
        ({"policy": policy(allow()), "block": ALL_ON}, TAKE_OUT, 10, 5),
        ({"policy": policy(allow({"AWS": OTHER}))}, TAKE_OUT, 20, 5),
        ({"policy": policy(allow(), allow({"AWS": OTHER}))}, TAKE_OUT, 40, 5),
        ({"grants": (Grant(EVERYBODY, "READ"),), "ownership": None}, TAKE_OUT, 40, 5),
        ({"replication": (Destination("arn:aws:s3:::x", OTHER),)}, STOP, 20, 5),
        # The list is not known, so nobody can say what to take out of it; ignoring all public ones helps all the same.
        ({"policy": policy(allow()), "grants": NOT_KNOWN, "ownership": "BucketOwnerEnforced"}, BLOCK, 40, 10),
    ],
)
def test_the_change_that_takes_most_risk_away(changed: dict[str, Any], what: str, before: int, after: int) -> None:
    assert change_first([bucket(**changed)]) == (Change("b", what, before, after),)


def test_nothing_is_to_be_changed_where_nobody_is_let_in() -> None:
    assert change_first([bucket(), bucket(policy=NOT_KNOWN)]) == ()


def test_what_takes_most_away_stands_first() -> None:
    shared = bucket(name="shared", policy=policy(allow({"AWS": OTHER})))
    public = bucket(name="public", policy=policy(allow()))
    empty = bucket(None, name="empty", policy=policy(allow()))

    assert [(one.bucket, one.before, one.after) for one in change_first([shared, empty, public])] == [
        ("public", 40, 5),
        ("shared", 20, 5),
        ("empty", 8, 1),
    ]


def test_a_destination_that_another_bucket_tells_stays_outside() -> None:
    destination = (Destination("arn:aws:s3:::x"),)

    (found,) = change_first([bucket(owners={"x": OTHER}, policy=policy(allow()), replication=destination)])

    assert found.after == 20


@pytest.mark.parametrize("document", ["{", 7, None, '"a"'])
def test_a_policy_that_cannot_be_understood_stays_as_it_is(document: object) -> None:
    assert without_statements(document, [0]) == document


def test_statements_are_taken_out_by_their_place() -> None:
    text = '{"statement": [{"Sid": "a", "Effect": "Allow"}, {"Sid": "b", "Effect": "Deny"}]}'

    assert [one.sid for one in parse_policy(without_statements(text, [0])).statements] == ["b"]
    assert parse_policy(without_statements({"Statement": {"Effect": "Allow"}}, [0])).statements == ()
