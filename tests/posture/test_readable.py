"""Which objects can be read from outside, and what becomes of findings in them."""

from typing import Any

import pytest

from identifiers.model import Severity
from scanner.model.exposure import ObjectExposure, Reachable
from scanner.posture.exposed import exposed
from scanner.posture.file_exposure import file_exposure
from scanner.posture.parties import Trusted
from scanner.posture.readable import exposure_in, readable, readable_of
from scanner.posture.settings import AccessPoint, Grant, PublicAccessBlock
from scanner.posture.verdicts import judge
from scanner.reports.finding import finding_record
from scanner.reports.read_result import result_of_finding
from scanner.reports.severity import count_in, worst
from tests.posture.bucket_settings import ALL_ON, EVERYBODY, OTHER, OTHER_ID, OWNER, allow, policy, settings
from tests.reports.build import EMAIL, RUN, SSN, detection, options, result

POINT_ARN = f"arn:aws:s3:eu-west-1:{OWNER}:accesspoint/p"

ALL_BUT_PRIVATE: dict[str, object] = {"Effect": "Allow", "Principal": "*", "Action": "s3:Get*", "NotResource": "arn:aws:s3:::b/private/*"}


def to(key: str, **changed: Any) -> str | None:
    """Who can read the object of this key in bucket `b`."""
    ways = readable(judge(settings(**changed), Trusted()))
    assert [readable_of(one.record) for one in ways] == list(ways)
    found = exposure_in(ways, key)
    return found.to.value if found else None


@pytest.mark.parametrize(
    ("changed", "open_keys", "shut_keys"),
    [
        ({"policy": policy(allow())}, ["a", "x/y.csv"], []),
        ({"policy": policy(allow(Resource="arn:aws:s3:::b/public/*"))}, ["public/a.csv", "public/"], ["a.csv", "private/public/a"]),
        ({"policy": policy(allow(Resource=["arn:aws:s3:::b", "arn:aws:s3:::b/?.txt"]))}, ["a.txt"], ["ab.txt"]),
        ({"policy": policy(allow(Resource="*"))}, ["a"], []),
        ({"policy": policy(allow(Resource="arn:aws:s3:::*"))}, ["a"], []),
        ({"policy": policy(allow(Resource="arn:aws:s3:::b*"))}, ["a"], []),
        ({"policy": policy(allow(Resource="arn:aws:s3:::b/home/${aws:username}/*"))}, ["home/ann/a"], ["etc/a"]),
        ({"policy": policy(ALL_BUT_PRIVATE)}, ["a"], ["private/a"]),
        ({"policy": policy(allow(action="s3:ListBucket"))}, [], ["a"]),
        ({"policy": policy(allow(action="s3:PutBucketPolicy", Resource="arn:aws:s3:::b"))}, ["a"], []),
        ({"policy": policy(ALL_BUT_PRIVATE | {"Action": "s3:*"})}, ["a", "private/a"], []),
        ({"policy": policy(allow(action="s3:PutObjectAcl", Resource="arn:aws:s3:::b/x/*"))}, ["x/a"], ["a"]),
        ({"policy": policy(allow()), "block": ALL_ON}, [], ["a"]),
        ({"grants": (Grant(EVERYBODY, "READ"),), "ownership": None}, [], ["a"]),
        ({"grants": (Grant(EVERYBODY, "WRITE_ACP"),), "ownership": None}, ["a"], []),
    ],
)
def test_what_everybody_can_read(changed: dict[str, Any], open_keys: list[str], shut_keys: list[str]) -> None:
    assert {key: to(key, **changed) for key in open_keys} == dict.fromkeys(open_keys, "everybody")
    assert {key: to(key, **changed) for key in shut_keys} == dict.fromkeys(shut_keys)


@pytest.mark.parametrize(
    "changed",
    [
        {"policy": policy(allow({"AWS": OTHER}))},
        {"grants": (Grant(OTHER_ID, "FULL_CONTROL"),), "ownership": None},
        {"policy": policy(allow({"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"}))},
    ],
)
def test_what_outsiders_can_read(changed: dict[str, Any]) -> None:
    assert to("a", **changed) == "outsiders"


def test_what_an_access_point_opens() -> None:
    statement = allow(Resource=f"{POINT_ARN}/object/public/*")
    point = AccessPoint("p", OWNER, None, PublicAccessBlock(), policy(statement))
    delegating = policy(allow(action="*", Condition={"StringEquals": {"s3:DataAccessPointAccount": OWNER}}))

    opened = {"policy": delegating, "access_points": (point,)}

    assert to("public/a", **opened) == "everybody"
    assert to("a", **opened) is None
    assert to("public/a", access_points=(point,)) is None


def deny(resource: object, **more: object) -> dict[str, object]:
    return {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject*", "Resource": resource, **more}


@pytest.mark.parametrize(
    ("denial", "open_keys", "shut_keys"),
    [
        (deny("arn:aws:s3:::b/private/*"), ["a"], ["private/a"]),
        (deny("arn:aws:s3:::b/private/*", Action="s3:PutObject"), ["a", "private/a"], []),
        (deny("arn:aws:s3:::b/private/*", Condition={"Bool": {"aws:SecureTransport": "false"}}), ["a", "private/a"], []),
        (deny("arn:aws:s3:::b/private/*", Principal={"AWS": OTHER}), ["a", "private/a"], []),
    ],
)
def test_what_a_deny_takes_away_of_the_objects(denial: dict[str, object], open_keys: list[str], shut_keys: list[str]) -> None:
    for opened in (
        {"policy": policy(allow(), denial)},
        {"policy": policy(denial), "grants": (Grant(EVERYBODY, "WRITE_ACP"),), "ownership": None},
    ):
        assert {key: to(key, **opened) for key in open_keys} == dict.fromkeys(open_keys, "everybody")
        assert {key: to(key, **opened) for key in shut_keys} == dict.fromkeys(shut_keys)


def test_whoever_may_change_the_policy_may_take_out_the_deny() -> None:
    assert to("private/a", policy=policy(allow(action="s3:*", Resource="*"), deny("arn:aws:s3:::b/private/*"))) == "everybody"


EVERYBODY_READS = ObjectExposure(Reachable.EVERYBODY, ("policy statement 0: everybody",))


def test_a_finding_is_one_step_worse_and_says_why() -> None:
    plain = result(detection(EMAIL, 2))
    before = worst(count_in(plain.detections, options().identifiers))

    told = exposed(plain, EVERYBODY_READS)

    assert before is Severity.MEDIUM
    assert worst(count_in(told.detections, options().identifiers)) is Severity.HIGH
    assert told.detections[0].occurrences[0].evidence[-1] == "reach:everybody"


def test_what_is_worst_stays_so() -> None:
    told = exposed(result(detection(SSN, 1)), EVERYBODY_READS)

    assert worst(count_in(told.detections, options().identifiers)) is Severity.HIGH


def test_a_group_is_told_and_nothing_worse() -> None:
    plain = result(detection(EMAIL, 2))
    told = exposed(plain, ObjectExposure(Reachable.GROUP, ("its group can read it",)))

    assert told.detections == plain.detections
    assert told.exposure is not None


def test_nothing_found_is_nothing_exposed() -> None:
    assert exposed(result(), EVERYBODY_READS).exposure is None


def test_the_record_carries_it_there_and_back() -> None:
    record = finding_record(exposed(result(detection(EMAIL, 2)), EVERYBODY_READS), RUN, options())

    assert record is not None
    assert record["exposure"] == {"to": "everybody", "because": ["policy statement 0: everybody"], "raised": 1}
    assert result_of_finding(record).exposure == EVERYBODY_READS


def test_a_file_that_is_gone_has_no_exposure() -> None:
    assert file_exposure("/nowhere/at/all", ()) is None
