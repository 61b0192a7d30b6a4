"""Buckets by criteria, on moto's server."""

import json
import uuid

import pytest

from scanner.config import StoreConfig
from scanner.errors import TargetError
from scanner.jobs.buckets import MatchedBuckets, Undecided, _decided, _known, find_buckets
from scanner.jobs.conditions import EPOCH, checks_of
from scanner.jobs.loader import parse_job
from scanner.jobs.model import BucketCriteria, BucketField
from tests.sources.test_s3 import client


def criteria(text: str) -> BucketCriteria:
    job = parse_job(f'name = "a"\n{text}', "a.toml", "/")
    assert job.buckets is not None
    return job.buckets


@pytest.fixture
def buckets(moto: StoreConfig) -> dict[str, str]:
    """Word -> name: `open` is public, `sales` and `legal` have tags, `plain` has nothing."""
    s3, mark = client(moto), uuid.uuid4().hex[:8]
    names = {word: f"{mark}-{word}" for word in ("open", "sales", "legal", "plain")}
    for name in names.values():
        s3.create_bucket(Bucket=name)
    s3.put_bucket_tagging(Bucket=names["sales"], Tagging={"TagSet": [{"Key": "team", "Value": "sales"}]})
    s3.put_bucket_tagging(Bucket=names["legal"], Tagging={"TagSet": [{"Key": "team", "Value": "legal"}]})
    policy = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{names['open']}/*"}
    s3.put_bucket_policy(Bucket=names["open"], Policy=json.dumps({"Version": "2012-10-17", "Statement": [policy]}))
    return names


def words(found: MatchedBuckets, buckets: dict[str, str]) -> set[str]:
    return {word for word, name in buckets.items() if name in found.buckets}


TEAM = '[[buckets.{part}]]\nfield = "tag"\n{comparator}tags = [{{ key = "team"{value} }}]\n'


CASES: tuple[tuple[str, set[str]], ...] = (
    ('[[buckets.include]]\nfield = "permission"\nvalues = ["PUBLIC"]', {"open"}),
    ('[[buckets.include]]\nfield = "shared_access"\nvalues = ["EXTERNAL"]', set()),
    (TEAM.format(part="include", comparator="", value=""), {"sales", "legal"}),
    (TEAM.format(part="include", comparator="", value=', value = "sales"'), {"sales"}),
    (TEAM.format(part="include", comparator='comparator = "NE"\n', value=""), {"open", "plain"}),
    (TEAM.format(part="exclude", comparator="", value=', value = "legal"'), {"open", "sales", "plain"}),
    ('[[buckets.include]]\nfield = "account"\nvalues = ["123456789012"]', {"open", "sales", "legal", "plain"}),
    ('[[buckets.include]]\nfield = "account"\nvalues = ["210987654321"]', set()),
    ('[[buckets.include]]\nfield = "name"\ncomparator = "REGEX"\nvalues = ["[0-9a-f]{8}-[op].*"]', {"open", "plain"}),
)


def test_each_field_of_what_the_store_says(moto: StoreConfig, buckets: dict[str, str]) -> None:
    # Asked for once: it takes many requests.
    known = list(_known(moto, ()))

    found = [_decided(checks_of(criteria(text).criteria, EPOCH), known) for text, _ in CASES]

    assert [words(one, buckets) for one in found] == [expected for _, expected in CASES]
    assert not any(one.undecided for one in found)


def test_they_are_asked_for_when_a_run_begins(moto: StoreConfig, buckets: dict[str, str]) -> None:
    text, expected = CASES[3]

    assert words(find_buckets(criteria(text), moto, EPOCH), buckets) == expected


def test_a_bucket_whose_tags_are_not_known_is_neither_meant_nor_passed_over() -> None:
    checks = checks_of(criteria(CASES[3][0]).criteria, EPOCH)

    found = _decided(checks, [({BucketField.NAME: "a", BucketField.TAG: None}, "a", "access denied")])

    assert found == MatchedBuckets((), (Undecided("a", "access denied"),))


@pytest.mark.usefixtures("credentials")
def test_a_list_of_buckets_that_cannot_be_had_ends_the_run_before_it_begins() -> None:
    nowhere = StoreConfig(endpoint_url="http://127.0.0.1:9", region="us-east-1")

    with pytest.raises(TargetError, match="cannot be listed"):
        find_buckets(criteria(CASES[0][0]), nowhere, EPOCH)
