"""Distributions of CloudFront that have buckets as origins."""

import uuid
from typing import Any

import pytest

from scanner.posture import calls
from scanner.posture.cloudfront import Origin, bucket_of, origins_in
from scanner.posture.collect import collect
from scanner.posture.collect_origins import with_origins
from scanner.posture.finding_kinds import PolicySeverity
from scanner.posture.judged import judge_inventory
from scanner.posture.parties import Trusted
from tests.posture.conftest import Store


@pytest.mark.parametrize(
    ("domain", "bucket", "website"),
    [
        ("photos.s3.amazonaws.com", "photos", False),
        ("photos.s3.eu-west-1.amazonaws.com", "photos", False),
        ("photos.s3-eu-west-1.amazonaws.com", "photos", False),
        ("photos.s3.dualstack.eu-west-1.amazonaws.com", "photos", False),
        ("photos.s3-website-us-east-1.amazonaws.com", "photos", True),
        ("photos.s3-website.eu-central-1.amazonaws.com", "photos", True),
        ("a.b.c.s3.amazonaws.com", "a.b.c", False),
        ("photos.s3.cn-north-1.amazonaws.com.cn", "photos", False),
        ("PHOTOS.S3.AMAZONAWS.COM.", "photos", False),
        ("lb-1.eu-west-1.elb.amazonaws.com", "", False),
        ("s3.amazonaws.com", "", False),
        ("www.example.com", "", False),
        ("photos.s3.amazonaws.com.example.com", "", False),
        ("", "", False),
    ],
)
def test_the_bucket_of_a_domain(domain: str, bucket: str, website: bool) -> None:
    assert bucket_of(domain) == (bucket, website)


def test_origins_tell_whether_the_distribution_identifies_itself() -> None:
    items = [
        {"DomainName": "one.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}},
        {"DomainName": "two.s3.amazonaws.com", "OriginAccessControlId": "E1"},
        {"DomainName": "www.example.com"},
    ]

    assert list(origins_in([{"Id": "D1", "Enabled": True, "Origins": {"Items": items}}, {"Id": "D2"}])) == [
        Origin("D1", "one", identified=False, website=False, enabled=True),
        Origin("D1", "two", identified=True, website=False, enabled=True),
    ]


def distribution(store: Store, *buckets: str) -> str:
    origins = [{"Id": name, "DomainName": f"{name}.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}} for name in buckets]
    behaviour = {
        "TargetOriginId": buckets[0],
        "ViewerProtocolPolicy": "https-only",
        "MinTTL": 0,
        "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
    }
    made: dict[str, Any] = store.client("cloudfront").create_distribution(
        DistributionConfig={
            "CallerReference": uuid.uuid4().hex,
            "Comment": "",
            "Enabled": True,
            "Origins": {"Quantity": len(origins), "Items": origins},
            "DefaultCacheBehavior": behaviour,
        }
    )
    return str(made["Distribution"]["Id"])


def test_distributions_are_joined_to_their_buckets_and_dangling_ones_are_found(store: Store) -> None:
    bucket = store.bucket()
    made = distribution(store, bucket, "never-made-5d1c")

    report = judge_inventory(with_origins(store.clients, collect(store.clients, [bucket])), Trusted())

    assert [one["distribution"] for one in report.buckets[0].record["distributions"]] == [made]
    assert [(one.bucket, one.severity) for one in report.dangling] == [("never-made-5d1c", PolicySeverity.HIGH)]
    assert report.summary["danglingOrigins"][0]["bucketName"] == "never-made-5d1c"


def test_a_refused_list_of_distributions_is_unknown(store: Store) -> None:
    bucket = store.bucket()

    with store.refusing(calls.DISTRIBUTIONS):
        inventory = with_origins(store.clients, collect(store.clients, [bucket]))

    assert [unknown.action for unknown in inventory.unknowns] == ["cloudfront:ListDistributions"]


def test_an_origin_that_may_not_be_asked_for_is_not_called_dangling(store: Store) -> None:
    bucket, other = store.bucket(), store.bucket()
    distribution(store, bucket, other)

    with store.refusing(calls.HEAD):
        report = judge_inventory(with_origins(store.clients, collect(store.clients, [bucket])), Trusted())

    assert other not in [one.bucket for one in report.dangling]
    assert report.buckets[0].record["distributions"]
