"""What became of findings on buckets since an earlier run."""

from dataclasses import replace
from typing import Any

import pytest

from scanner.posture.change_first import change_first
from scanner.posture.changes import Changes, Key, Told, change_record, changes_since, compare, keyed
from scanner.posture.decided import decided
from scanner.posture.finding_kinds import PolicySeverity
from scanner.posture.judged import Judged, PostureReport
from scanner.posture.parties import Trusted
from scanner.posture.policy_findings import policy_findings, raised
from scanner.posture.sensitive import Sensitive
from scanner.posture.settings import Destination, Encryption, Grant, PublicAccessBlock
from scanner.posture.verdicts import judge
from tests.posture.bucket_settings import ALL_ON, EVERYBODY, NOT_KNOWN, OTHER, OWNER, allow, policy, settings

VERSIONING = Key("b", "Policy:Dowse/S3NoVersioning")
PUBLIC = Key("b", "Policy:IAMUser/S3BucketPublic")


def report(*, listed: bool = False, inside: Sensitive | None = None, **changed: Any) -> PostureReport:
    verdicts = judge(settings(**({"block": ALL_ON} | changed)), Trusted())
    accounts = frozenset([OWNER]) if listed else frozenset[str]()
    return PostureReport((Judged(verdicts, raised(policy_findings(verdicts), inside), inside),), (), listed=accounts)


def nothing(*, listed: bool = True) -> PostureReport:
    return PostureReport((), (), listed=frozenset([OWNER]) if listed else frozenset())


def since(before: PostureReport, now: PostureReport) -> Changes:
    return changes_since([one.record for one in before.buckets], now)


def test_findings_are_new_resolved_or_not_known() -> None:
    before = report(versioning="Disabled")

    now = since(before, report(logging=None))
    unsure = since(before, report(versioning=NOT_KNOWN))

    assert now.opened == {Key("b", "Policy:Dowse/S3NoLogging")}
    assert now.resolved == (VERSIONING,)
    assert (unsure.resolved, unsure.undecided) == ((), (VERSIONING,))


def test_a_setting_that_a_finding_does_not_depend_on_may_be_unknown() -> None:
    assert since(report(versioning="Disabled"), report(tags=NOT_KNOWN)).resolved == (VERSIONING,)


def test_a_finding_is_changed_when_it_is_worse_or_says_something_else() -> None:
    before = report(block=PublicAccessBlock(), policy=policy(allow()))

    same = since(before, report(block=PublicAccessBlock(), policy=policy(allow())))
    wider = since(before, report(block=PublicAccessBlock(), policy=policy(allow(action="s3:*"))))
    worse = since(before, report(block=PublicAccessBlock(), policy=policy(allow()), inside=Sensitive((1, 0, 0), ())))

    assert PUBLIC in same.still_open
    assert not same.changed
    assert PUBLIC in wider.changed
    assert worse.changed == {PUBLIC}


def test_a_bucket_that_is_gone_takes_its_findings_with_it_only_if_all_were_listed() -> None:
    before = report(versioning="Disabled")

    assert since(before, nothing()).resolved == since(before, nothing(listed=False)).undecided
    assert VERSIONING in since(before, nothing()).resolved


def test_a_grant_that_sleeps_is_known_by_its_way_in() -> None:
    found = report(policy=policy(allow()), grants=(Grant(EVERYBODY, "READ"),), ownership=None)
    keys = [key for key, _ in keyed(found.findings) if key.type.endswith("S3DormantPublicGrant")]

    assert [key.subject for key in keys] == ["policy", "acl"]


def test_findings_about_the_same_thing_are_told_apart_by_number() -> None:
    (one,) = policy_findings(judge(settings(versioning="Disabled", block=ALL_ON, policy=None), Trusted()))[-1:]

    assert [key.subject for key, _ in keyed([one, one, one])] == ["", "#2", "#3"]


def test_origins_without_a_bucket_are_resolved_only_if_distributions_were_asked_for() -> None:
    key = Key("photos", "Policy:Dowse/S3DanglingOrigin", "E1")
    before = {key: Told("high", "distribution E1")}

    assert compare(before, PostureReport((), (), origins_known=True)).resolved == (key,)
    assert compare(before, PostureReport((), (), origins_known=False)).undecided == (key,)
    assert compare(before, nothing()) == Changes(frozenset(), frozenset(), frozenset(), (), ())


def test_buckets_that_were_not_asked_for_are_left_out() -> None:
    before = {VERSIONING: Told("info", "versioning is disabled", OWNER), PUBLIC._replace(bucket="x"): Told("high", "", OTHER)}
    named = replace(report(), asked=frozenset(["b"]))

    assert compare(before, named).resolved == (VERSIONING,)
    assert compare(before, named).undecided == ()
    assert compare(before, report(listed=True)).undecided == ()
    assert compare(before, report()).undecided == (PUBLIC._replace(bucket="x"),)


def test_the_record_names_what_changed_and_counts_the_rest() -> None:
    found = change_record(Changes(frozenset([PUBLIC]), frozenset(), frozenset([VERSIONING]), (), (Key("b", "t", "policy"),)))

    assert found == {
        "opened": [{"bucketName": "b", "type": PUBLIC.type}],
        "changed": [],
        "resolved": [],
        "undecided": [{"bucketName": "b", "type": "t", "subject": "policy"}],
        "stillOpen": 1,
    }


OPEN: dict[str, Any] = {"block": PublicAccessBlock(), "ownership": None}
UNDECIDED = [
    ("S3BucketPublic", OPEN | {"policy": NOT_KNOWN}),
    ("S3BucketSharedExternally", {"policy": NOT_KNOWN}),
    ("S3BucketSharedExternally", {"access_points": NOT_KNOWN}),
    ("S3BucketSharedExternally", {"grants": NOT_KNOWN, "ownership": None}),
    ("S3BucketSharedWithCloudFront", {"policy": NOT_KNOWN}),
    ("S3BucketReplicatedExternally", {"replication": NOT_KNOWN}),
    ("S3BucketReplicatedExternally", {"replication": (Destination("arn:aws:s3:::x"),)}),
    ("S3BlockPublicAccessDisabled", {"block": NOT_KNOWN}),
    ("S3BucketEncryptionDisabled", {"encryption": NOT_KNOWN}),
    ("S3DormantPublicGrant", {"policy": NOT_KNOWN}),
    ("S3DormantPublicGrant", {"policy": policy(allow()), "block": NOT_KNOWN, "account_block": NOT_KNOWN}),
    ("S3PublicUnconfirmed", {"policy": NOT_KNOWN, "block": NOT_KNOWN, "account_block": NOT_KNOWN}),
    ("S3TlsNotEnforced", {"policy": NOT_KNOWN}),
    ("S3CrossAccountKey", {"encryption": NOT_KNOWN}),
    ("S3KeyNotQualified", {"encryption": NOT_KNOWN}),
    ("S3ConfusedDeputy", {"policy": "{"}),
    ("S3PolicyStatusDisagrees", {"policy_is_public": NOT_KNOWN}),
    ("S3NoVersioning", {"versioning": NOT_KNOWN}),
    ("S3NoLogging", {"logging": NOT_KNOWN}),
    ("SomethingNewer", {"tags": NOT_KNOWN}),
]


@pytest.mark.parametrize(("kind", "changed"), UNDECIDED)
def test_absence_is_not_known_while_what_decides_is_not(kind: str, changed: dict[str, Any]) -> None:
    assert not decided(f"Policy:X/{kind}", judge(settings(**changed), Trusted()))
    assert decided(f"Policy:X/{kind}", judge(settings(), Trusted()))


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        # The account blocks everything, whatever the bucket's own policy says.
        ("S3BucketPublic", {"policy": NOT_KNOWN, "account_block": ALL_ON}),
        ("S3BlockPublicAccessDisabled", {"block": NOT_KNOWN, "account_block": ALL_ON}),
        ("S3PublicUnconfirmed", {"policy": NOT_KNOWN, "account_block": ALL_ON}),
        ("S3PublicUnconfirmed", {"policy": policy(allow()), "grants": NOT_KNOWN, "ownership": None} | {"block": PublicAccessBlock()}),
        ("S3BucketSharedExternally", {"grants": NOT_KNOWN}),
        ("S3BucketReplicatedExternally", {"encryption": NOT_KNOWN}),
    ],
)
def test_absence_is_known_where_something_else_decides(kind: str, changed: dict[str, Any]) -> None:
    assert decided(f"Policy:X/{kind}", judge(settings(**changed), Trusted()))


def test_what_is_not_decided_is_what_no_change_is_offered_for() -> None:
    unknown = report(policy=NOT_KNOWN, block=NOT_KNOWN, account_block=NOT_KNOWN)

    assert change_first(unknown.buckets) == ()
    assert all(one.severity <= PolicySeverity.HIGH for one in unknown.findings)
    assert judge(settings(encryption=Encryption("aws:kms", f"arn:aws:kms:eu-west-1:{OTHER}:key/1")), Trusted()).key_account == OTHER
