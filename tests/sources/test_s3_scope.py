"""What of a bucket the user leaves out before anything of it is read."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.config import StoreConfig
from scanner.errors import ConfigError
from scanner.model.objects import StoredObject, Unlisted
from scanner.model.outcome import Reason
from scanner.sources.filters import Filters
from scanner.sources.options import SourceOptions
from scanner.sources.s3 import open_s3
from scanner.sources.several import open_sources
from scanner.sources.tags import TagScope, parse_tags
from tests.sources.faulty_store import FaultyStore
from tests.sources.test_s3 import client, fill

Tags = set[tuple[str, str]]
TAG = st.tuples(st.sampled_from("abc"), st.sampled_from("12"))


def wanted(bucket: str, store: StoreConfig, **options: Any) -> list[str]:
    listed = open_s3(f"s3://{bucket}", SourceOptions(store=store, **options)).objects()
    return [one.ref.key for one in listed if isinstance(one, StoredObject)]


@pytest.fixture
def tagged(moto: StoreConfig) -> str:
    bucket = fill(moto, {"none": b"x"})
    for key, tags in {"public": "class=public", "secret": "class=secret&team=a", "team": "team=b"}.items():
        client(moto).put_object(Bucket=bucket, Key=key, Body=b"x", Tagging=tags)
    return bucket


@pytest.mark.parametrize(
    ("tags", "exclude_tags", "keys"),
    [
        (("class=secret",), (), ["secret"]),
        (("class=secret", "team=b"), (), ["secret", "team"]),
        (("class",), (), ["public", "secret"]),
        (("class",), ("team",), ["public"]),
        ((), ("class=public",), ["none", "secret", "team"]),
        (("class=Secret",), (), []),
        (("class=secret",), ("class=secret",), []),
    ],
)
def test_tags_decide_as_in_macies_jobs(
    moto: StoreConfig, tagged: str, tags: tuple[str, ...], exclude_tags: tuple[str, ...], keys: list[str]
) -> None:
    assert wanted(tagged, moto, tags=tags, exclude_tags=exclude_tags) == keys


@given(st.sets(TAG, max_size=3), st.sets(TAG, max_size=2), st.sets(TAG, max_size=2))
def test_one_of_the_wanted_and_none_of_the_unwanted(tags: Tags, want: Tags, not_: Tags) -> None:
    scope = TagScope(tuple(want), tuple(not_))
    assert (scope.why_not(tags) is None) == (not tags & not_ and (not want or bool(tags & want)))


def test_tags_that_cannot_be_read_are_an_outcome_of_their_own(faulty: FaultyStore) -> None:
    # It knows no tags and gives the object where they are asked for, so that the answer is no list of tags.
    faulty.contents = {"k": b"x"}
    (one,) = open_s3("s3://b", SourceOptions(store=faulty.config, tags=("class",))).objects()
    assert isinstance(one, Unlisted)
    assert one.outcome.reason is Reason.IO_ERROR
    assert one.outcome.detail.startswith("its tags, which decide whether it is wanted, cannot be read")


def test_a_tag_without_a_key_is_refused_before_anything_is_listed(moto: StoreConfig) -> None:
    with pytest.raises(ConfigError, match="tag '=x' has no key"):
        open_s3("s3://bucket", SourceOptions(store=moto, exclude_tags=("=x",)))
    assert parse_tags(["a=b=c", "d="], ["e"]) == TagScope((("a", "b=c"), ("d", "")), (("e", None),))


def test_storage_classes_are_left_out_by_name(moto: StoreConfig) -> None:
    bucket = fill(moto, {"standard": b"x"})
    for storage_class in ("GLACIER", "STANDARD_IA"):
        client(moto).put_object(Bucket=bucket, Key=storage_class, Body=b"x", StorageClass=storage_class)
    assert wanted(bucket, moto, storage_classes=("STANDARD", "GLACIER")) == ["GLACIER", "standard"]
    assert wanted(bucket, moto, exclude_storage_classes=("GLACIER",)) == ["STANDARD_IA", "standard"]


def test_what_lies_deeper_is_left_out(moto: StoreConfig) -> None:
    bucket = fill(moto, dict.fromkeys(["a", "b/c", "b/c/d"], b"x"))
    assert [wanted(bucket, moto, folder_depth=depth) for depth in range(3)] == [["a"], ["a", "b/c"], ["a", "b/c", "b/c/d"]]


def test_a_sample_is_the_same_in_every_run_and_another_with_another_seed() -> None:
    keys = [f"logs/{number}.csv" for number in range(4000)]

    def sample(share: float, seed: int = 0) -> set[str]:
        filters = Filters(SourceOptions(sample=share, sample_seed=seed))
        return {key for key in keys if filters.by_chance(key) is None}

    tenth = sample(0.1)
    # four standard deviations of a binomial
    assert 324 < len(tenth) < 476
    assert sample(0.1) == tenth
    assert tenth < sample(0.5)
    assert sample(0.1, seed=1) != tenth
    assert (sample(0), sample(1)) == (set(), set(keys))


def test_a_sample_of_a_folder_and_of_a_bucket_is_the_same(moto: StoreConfig, tmp_path: Path) -> None:
    keys = [str(number) for number in range(30)]
    for key in keys:
        (tmp_path / key).write_bytes(b"x")
    local = open_sources([str(tmp_path)], SourceOptions(sample=0.4)).objects()
    bucket = fill(moto, dict.fromkeys(keys, b"x"))
    assert [one.ref.key for one in local if isinstance(one, StoredObject)] == wanted(bucket, moto, sample=0.4)


def test_a_sample_is_a_share() -> None:
    with pytest.raises(ConfigError, match="a sample is a share from 0 to 1, not 5"):
        Filters(SourceOptions(sample=5))


@pytest.mark.parametrize(
    ("options", "flag"),
    [
        (SourceOptions(tags=("a",)), "--tag"),
        (SourceOptions(all_versions=True), "--all-versions"),
        (SourceOptions(storage_classes=("STANDARD",)), "--storage-class"),
    ],
)
def test_what_only_buckets_have_is_refused_without_one(tmp_path: Path, options: SourceOptions, flag: str) -> None:
    with pytest.raises(ConfigError, match=f"{flag} is for objects in buckets"):
        open_sources([str(tmp_path)], options)


def test_buckets_by_their_own_tags(moto: StoreConfig) -> None:
    hr, it, bare = (fill(moto, {"k": b"x"}) for _ in range(3))
    for bucket, team in ((hr, "hr"), (it, "it")):
        client(moto).put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": "team", "Value": team}]})
    targets = [f"s3://{bucket}" for bucket in (hr, it, bare, "nobody-has-this-one")]

    def told(*tags: str) -> dict[str, str]:
        met = open_sources(targets, SourceOptions(store=moto, bucket_tags=tags)).objects()
        return {one.ref.bucket: "read" if isinstance(one, StoredObject) else str(one.outcome.reason) for one in met}

    others = {"nobody-has-this-one": "no_such_bucket"}
    assert told("team=hr") == {hr: "read", it: "excluded", bare: "excluded"} | others
    assert told("team") == {hr: "read", it: "read", bare: "excluded"} | others
    with pytest.raises(ConfigError, match="has no key"):
        told("=hr")
    with pytest.raises(ConfigError, match="none of the targets begins with s3://"):
        open_sources(["."], SourceOptions(bucket_tags=("team=hr",)))
