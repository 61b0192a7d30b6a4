"""Findings on buckets, out of records."""

import pytest

from scanner.reports.asff_finding import policy_finding
from scanner.reports.ocsf_finding import policy_event
from scanner.reports.policies import NOBODY, bucket_findings, resolved_policy
from tests.reports.build import RUN, bucket_record

PUBLIC = {"type": "Policy:IAMUser/S3BucketPublic", "severity": "high", "title": "t", "detail": "d", "remedy": "r"}
DORMANT = {"type": "Policy:Dowse/S3DormantPublicGrant", "severity": "medium", "title": "t", "detail": "d", "remedy": "r"}


def test_a_bucket_gives_its_findings_in_their_order() -> None:
    record = bucket_record(PUBLIC, DORMANT)
    found = list(bucket_findings(record))
    assert [(one.type, one.severity, one.bucket, one.account, one.region) for one in found] == [
        (PUBLIC["type"], "high", "photos", "111111111111", "eu-west-1"),
        (DORMANT["type"], "medium", "photos", "111111111111", "eu-west-1"),
    ]
    assert all(one.settings is record for one in found)
    assert (found[0].arn, found[0].uri) == ("arn:aws:s3:::photos", "s3://photos")


def test_the_id_stays_when_only_the_details_change() -> None:
    (before,) = bucket_findings(bucket_record(PUBLIC))
    (after,) = bucket_findings(bucket_record(PUBLIC | {"detail": "another way", "severity": "critical"}))
    assert before.id == after.id
    assert len(before.id) == 32


def test_ids_differ_by_bucket_type_and_number() -> None:
    found = [*bucket_findings(bucket_record(PUBLIC, DORMANT, DORMANT)), *bucket_findings(bucket_record(PUBLIC, name="logs"))]
    assert len({one.id for one in found}) == 4


def test_an_origin_without_a_bucket_stands_in_the_summary() -> None:
    (found,) = bucket_findings({"record": "summary", "danglingOrigins": [PUBLIC | {"bucketName": "gone"}]})
    assert (found.bucket, found.account, found.region) == ("gone", NOBODY, "aws-global")


def test_other_records_have_none() -> None:
    assert list(bucket_findings({"record": "finding", "findings": [PUBLIC]})) == []


def test_a_finding_that_is_gone_has_the_id_that_it_had() -> None:
    record = bucket_record(PUBLIC, DORMANT | {"subject": "policy"}, DORMANT | {"subject": "acl"}, DORMANT | {"subject": "acl"})
    ids = [one.id for one in bucket_findings(record)]

    told = ((PUBLIC["type"], ""), (DORMANT["type"], "policy"), (DORMANT["type"], "acl"), (DORMANT["type"], "acl#2"))
    gone = [resolved_policy({"bucketName": "photos"}, kind, subject, "d") for kind, subject in told]

    assert [one.id for one in gone] == ids
    assert {one.severity for one in gone} == {"info"}


@pytest.mark.parametrize(
    ("store", "uri", "provider", "number"),
    [("gs", "gs://photos", "GCP", 3), ("az", "az://photos", "Azure", 2), ("s3", "s3://photos", "AWS", 1)],
)
def test_buckets_of_other_stores_are_called_what_they_are(store: str, uri: str, provider: str, number: int) -> None:
    (found,) = bucket_findings(bucket_record(PUBLIC) | {"store": store})

    event, (resource,) = policy_event(found, RUN), policy_finding(found, RUN)["Resources"]

    assert found.uri == uri
    assert (event["cloud"]["provider"], event["databucket"]["type_id"]) == (provider, number)
    assert (resource["Type"], resource["Id"]) == (("AwsS3Bucket", "arn:aws:s3:::photos") if store == "s3" else ("Other", uri))
