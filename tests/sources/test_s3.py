"""Buckets as a source, on moto's server and on one that makes trouble."""

import pickle
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
import pytest

from scanner.config import StoreConfig
from scanner.errors import ConfigError, ReadError, TargetError
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Outcome, Reason, Status
from scanner.sources.options import SourceOptions
from scanner.sources.s3 import S3Source, open_s3
from scanner.sources.several import open_sources
from tests.acceptance.source_suite import SourceSuite
from tests.sources.faulty_store import FaultyStore, Refusal

ODD_KEYS = [
    "a b",
    "a//b",
    "a/../z",
    "a/./b",
    "/lead",
    "dir/",
    "tab\t",
    "%41",
    "+&=?#",
    "ü",
    "日本",
    "~*'()!",
    "[bold]",
    "-rf",
    "..",
]
# moto does not find the key with a newline in it (5.2.5); our own store does.
ODDER_KEYS = [*ODD_KEYS, "new\nline", "\x01\x7f", "e\u0301", " ", "//", "\U0010fffe"]


def client(store: StoreConfig) -> Any:
    return boto3.client("s3", endpoint_url=store.endpoint_url, region_name="us-east-1")


def fill(store: StoreConfig, contents: Mapping[str, bytes]) -> str:
    """A new bucket with these objects."""
    bucket = f"b-{uuid.uuid4().hex[:12]}"
    s3 = client(store)
    s3.create_bucket(Bucket=bucket)
    for key, content in contents.items():
        s3.put_object(Bucket=bucket, Key=key, Body=content)
    return bucket


def met(target: str, store: StoreConfig, **options: Any) -> list[StoredObject | Unlisted]:
    return list(open_sources([target], SourceOptions(store=store, **options)).objects())


def keys(listed: list[StoredObject | Unlisted]) -> list[str]:
    return [one.ref.key for one in listed]


class TestMotoSuite(SourceSuite):
    @pytest.fixture(autouse=True)
    def _store(self, moto: StoreConfig) -> None:
        self.store = moto

    def source(self, folder: Path) -> S3Source:  # noqa: ARG002 - it lies in a bucket
        self.bucket = fill(self.store, self.contents())
        return open_s3(f"s3://{self.bucket}", SourceOptions(store=self.store))

    def contents(self) -> dict[str, bytes]:
        return {"b/c/deep.txt": b"deep", "a/x.csv": b"1,2\n", "a-b": b"between"} | {key: key.encode() for key in ODD_KEYS}

    def remove(self, folder: Path, key: str) -> None:  # noqa: ARG002 - it lies in a bucket
        client(self.store).delete_object(Bucket=self.bucket, Key=key)


class TestFaultyStoreSuite(SourceSuite):
    @pytest.fixture(autouse=True)
    def _store(self, faulty: FaultyStore) -> None:
        self.store = faulty

    def source(self, folder: Path) -> S3Source:  # noqa: ARG002 - it lies in a bucket
        self.store.contents = self.contents()
        return open_s3("s3://b", SourceOptions(store=self.store.config))

    def contents(self) -> dict[str, bytes]:
        return {key: key.encode() for key in ODDER_KEYS}

    def remove(self, folder: Path, key: str) -> None:  # noqa: ARG002 - it lies in a bucket
        del self.store.contents[key]


# what is listed


def test_a_prefix_is_taken_letter_by_letter(moto: StoreConfig) -> None:
    bucket = fill(moto, {"logs": b"1", "logs/a": b"2", "logs-b": b"3", "log": b"4", "other": b"5"})
    assert keys(met(f"s3://{bucket}/logs", moto)) == ["logs", "logs-b", "logs/a"]
    assert keys(met(f"s3://{bucket}/logs/", moto)) == ["logs/a"]


def test_several_prefixes_of_a_bucket_list_nothing_twice(moto: StoreConfig) -> None:
    bucket = fill(moto, {"a/1": b"1", "a/b/2": b"2", "c/3": b"3", "d": b"4"})
    source = open_sources([f"s3://{bucket}/{prefix}" for prefix in ("c", "a/b", "a/")], SourceOptions(store=moto))
    assert keys(list(source.objects())) == ["a/1", "a/b/2", "c/3"]


def test_buckets_by_pattern_come_in_the_order_of_their_names(moto: StoreConfig) -> None:
    first, second = sorted([fill(moto, {"k": b"x"}), fill(moto, {"k": b"x"})])
    mine = [one.ref.bucket for one in met("s3://b-*", moto) if one.ref.bucket in {first, second}]
    assert mine == [first, second]
    assert {first, second} <= {one.ref.bucket for one in met("s3://", moto)}


def test_a_pattern_that_means_no_bucket_is_a_target_error(moto: StoreConfig) -> None:
    with pytest.raises(TargetError, match=r"s3://nobody-\*: none of the account's \d+ buckets"):
        met("s3://nobody-*", moto)


def test_a_bucket_and_a_folder_are_scanned_together(moto: StoreConfig, tmp_path: Path) -> None:
    (tmp_path / "local").write_bytes(b"here")
    bucket = fill(moto, {"remote": b"there"})
    source = open_sources([str(tmp_path), f"s3://{bucket}"], SourceOptions(store=moto))
    found = [one for one in source.objects() if isinstance(one, StoredObject)]
    travelled = pickle.loads(pickle.dumps(source))  # noqa: S301 - our own
    travelled.expect(found)
    contents = {}
    for one in map(travelled.described, found):
        with travelled.open(one) as stream:
            contents[one.ref.store, one.ref.key] = stream.read()
    assert contents == {("file", "local"): b"here", ("s3", "remote"): b"there"}


def test_the_latest_version_by_default_all_when_asked_for(moto: StoreConfig) -> None:
    bucket = fill(moto, {})
    s3 = client(moto)
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    versions = [s3.put_object(Bucket=bucket, Key="k", Body=content)["VersionId"] for content in (b"old", b"new")]
    s3.put_object(Bucket=bucket, Key="deleted", Body=b"was here")
    s3.delete_object(Bucket=bucket, Key="deleted")

    assert keys(met(f"s3://{bucket}", moto)) == ["k"]

    source = open_s3(f"s3://{bucket}", SourceOptions(store=moto, all_versions=True))
    found = [one for one in source.objects() if isinstance(one, StoredObject)]
    assert [(one.ref.key, one.ref.version) for one in found if one.ref.key == "k"] == [("k", versions[1]), ("k", versions[0])]
    assert [source.open(one).read() for one in found] == [b"was here", b"new", b"old"]

    (old,) = met(f"s3://{bucket}/k", moto, version_id=versions[0])
    assert (old.ref, getattr(old, "size", 0)) == (ObjectRef("s3", bucket, "k", versions[0]), 3)
    assert old.ref.uri == f"s3://{bucket}/k?versionId={versions[0]}"


def test_filters_hold_for_buckets(moto: StoreConfig) -> None:
    bucket = fill(moto, {"a.csv": b"1", "b.log": b"12", "empty.csv": b""})
    listed = met(f"s3://{bucket}", moto, exclude=("*.log",))
    assert [one.outcome.reason if isinstance(one, Unlisted) else None for one in listed] == [None, Reason.EXCLUDED, Reason.EMPTY]


def test_an_object_carries_its_facts(moto: StoreConfig) -> None:
    bucket = fill(moto, {})
    etag = client(moto).put_object(Bucket=bucket, Key="k", Body=b"hello", StorageClass="STANDARD_IA")["ETag"]
    (one,) = met(f"s3://{bucket}", moto)
    assert isinstance(one, StoredObject)
    assert (one.ref, one.size, one.etag, one.storage_class) == (ObjectRef("s3", bucket, "k"), 5, etag.strip('"'), "STANDARD_IA")
    assert one.modified is not None
    assert one.modified.tzinfo is not None


# what cannot be listed


def test_a_bucket_that_does_not_exist_is_met_as_failed(moto: StoreConfig) -> None:
    (one,) = met("s3://no-such-bucket-here/prefix", moto)
    assert isinstance(one, Unlisted)
    assert (one.ref, one.outcome.status) == (ObjectRef("s3", "no-such-bucket-here", "prefix"), Status.FAILED)
    assert one.outcome.reason is Reason.NO_SUCH_BUCKET


def test_a_list_that_ends_before_its_time_is_met_as_failed_behind_what_it_gave(faulty: FaultyStore) -> None:
    faulty.contents = dict.fromkeys("abcd", b"x")
    faulty.refuse_listing = Refusal(403, "AccessDenied")
    *before, last = met("s3://b", faulty.config)
    assert keys(before) == ["a", "b", "c"]
    assert isinstance(last, Unlisted)
    assert (last.ref.key, last.outcome.status, last.outcome.reason) == ("", Status.FAILED, Reason.ACCESS_DENIED)
    assert last.outcome.detail.startswith("it cannot be listed, or not to its end")


def test_no_credentials_are_a_config_error(faulty: FaultyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    with pytest.raises(ConfigError, match="there are no credentials: set AWS_PROFILE"):
        met("s3://b", faulty.config)
    faulty.contents = {"k": b"x"}
    config = StoreConfig(endpoint_url=faulty.config.endpoint_url, no_sign_request=True)
    assert keys(met("s3://b", config)) == ["k"]


# what is archived


def test_an_archived_object_is_skipped_and_instant_retrieval_is_read(moto: StoreConfig) -> None:
    bucket = fill(moto, {})
    for storage_class in ("GLACIER", "DEEP_ARCHIVE", "GLACIER_IR"):
        client(moto).put_object(Bucket=bucket, Key=storage_class, Body=b"x", StorageClass=storage_class)
    source = open_s3(f"s3://{bucket}", SourceOptions(store=moto))
    instant = StoredObject(ObjectRef("s3", bucket, "GLACIER_IR"), 1)
    for one in source.objects():
        assert isinstance(one, StoredObject)
        if one.ref == instant.ref:
            assert source.open(one).read() == b"x"
            continue
        with pytest.raises(ReadError) as caught:
            source.open(one)
        assert caught.value.reason is Reason.STORAGE_CLASS


def test_what_the_version_flag_needs_is_said(moto: StoreConfig) -> None:
    for target in ("s3://bucket", "s3://b*/key"):
        with pytest.raises(ConfigError, match="--version-id is of one object"):
            open_s3(target, SourceOptions(store=moto, version_id="1"))


def test_the_outcome_of_a_bucket_is_never_a_skip(moto: StoreConfig) -> None:
    (one,) = met("s3://no-such-bucket-here/k", moto, version_id="v")
    assert isinstance(one, Unlisted)
    assert one.outcome == Outcome(Status.FAILED, one.outcome.reason, one.outcome.detail)
