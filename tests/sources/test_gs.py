"""Buckets of Google Cloud Storage as a source, on a server of our own."""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scanner.config import StoreConfig
from scanner.errors import ConfigError, MissingExtraError, ReadError, TargetError
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Reason, Status
from scanner.sources.cloud import CloudSource
from scanner.sources.gs import open_gs
from scanner.sources.options import SourceOptions
from scanner.sources.ranged import BLOCK, MOST
from scanner.sources.several import open_sources
from tests.acceptance.source_suite import SourceSuite
from tests.sources.fake_gcs import FakeGcs, Kept

ROOT = Path(__file__).resolve().parents[2]
LEAK = b"name,ssn\nAnn,219-22-9999\n"
LARGE = bytes(range(256)) * ((MOST + 5 * BLOCK) // 256)
ODD_NAMES = ["a b", "a//b", "a/../z", "a/./b", "/lead", "dir/", "tab\t", "%41", "+&=?#", "ü", "日本", "~*'()!", " ", "//", "\U0010fffe"]


@pytest.fixture(autouse=True)
def _no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STORAGE_EMULATOR_HOST", "GOOGLE_CLOUD_PROJECT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/dev/null")


@pytest.fixture
def gcs() -> Iterator[FakeGcs]:
    with FakeGcs() as server:
        yield server


def met(gcs: FakeGcs, target: str = "gs://b", **options: Any) -> list[StoredObject | Unlisted]:
    return list(open_sources([target], SourceOptions(store=gcs.config, **options)).objects())


def listed(gcs: FakeGcs, content: bytes) -> tuple[CloudSource, StoredObject]:
    gcs.objects = {"k": Kept(content)}
    source = open_gs("gs://b", SourceOptions(store=gcs.config))
    (one,) = source.objects()
    assert isinstance(one, StoredObject)
    return source, one


class TestFakeSuite(SourceSuite):
    @pytest.fixture(autouse=True)
    def _server(self, gcs: FakeGcs) -> None:
        self.gcs = gcs

    def source(self, folder: Path) -> CloudSource:  # noqa: ARG002 - it lies in a bucket
        self.gcs.objects = {key: Kept(content) for key, content in self.contents().items()}
        return open_gs("gs://b", SourceOptions(store=self.gcs.config))

    def contents(self) -> dict[str, bytes]:
        return {key: key.encode() for key in ODD_NAMES}

    def remove(self, folder: Path, key: str) -> None:  # noqa: ARG002 - it lies in a bucket
        del self.gcs.objects[key]


# what is listed


def test_an_object_carries_its_facts(gcs: FakeGcs) -> None:
    gcs.objects = {
        "k": Kept(b"hello", 17, {"storageClass": "ARCHIVE", "owner": {"entity": "user-x"}}),
        "m": Kept(b"x", 1, {"kmsKeyName": "projects/p/key"}),
    }
    one, other = met(gcs)
    assert isinstance(one, StoredObject)
    assert isinstance(other, StoredObject)
    assert (one.ref, one.size, one.etag, one.storage_class) == (ObjectRef("gs", "b", "k"), 5, "17", "ARCHIVE")
    assert (one.ref.uri, str(one.modified)) == ("gs://b/k", "2026-01-01 00:00:00+00:00")
    assert one.facts.owner is not None
    assert (one.facts.encryption, one.facts.owner.id) == ("AES256", "user-x")
    assert (other.facts.encryption, other.facts.kms_key) == ("UNKNOWN", "projects/p/key")


def test_prefixes_patterns_and_all_buckets(gcs: FakeGcs) -> None:
    gcs.objects = {name: Kept(b"x") for name in ("a/1", "a/b/2", "c/3", "d")}
    source = open_sources([f"gs://b/{prefix}" for prefix in ("c", "a/b", "a/")], SourceOptions(store=gcs.config))
    assert [one.ref.key for one in source.objects()] == ["a/1", "a/b/2", "c/3"]
    assert [(one.ref.bucket, one.ref.key) for one in met(gcs, "gs://")] == [*(("b", name) for name in gcs.objects), ("other", "")]
    with pytest.raises(TargetError, match=r"gs://zzz\*: nothing"):
        met(gcs, "gs://zzz*")


def test_what_is_empty_or_left_out_is_skipped_and_archive_is_read(gcs: FakeGcs) -> None:
    gcs.objects = {"a": Kept(b"x", 1, {"storageClass": "ARCHIVE"}), "b": Kept(b""), "c.log": Kept(b"x")}
    reasons = [one.outcome.reason if isinstance(one, Unlisted) else None for one in met(gcs, exclude=("*.log",))]
    assert reasons == [None, Reason.EMPTY, Reason.EXCLUDED]


def test_a_list_that_ends_before_its_time_is_met_as_failed(gcs: FakeGcs) -> None:
    gcs.objects = {name: Kept(b"x") for name in "abcd"}
    gcs.refuse_listing = (403, "ann@example.com does not have storage.objects.list access")
    *before, last = met(gcs)
    assert [one.ref.key for one in before] == ["a", "b", "c"]
    assert isinstance(last, Unlisted)
    assert (last.outcome.status, last.outcome.reason) == (Status.FAILED, Reason.ACCESS_DENIED)
    assert "ann@" not in last.outcome.detail


def test_what_nobody_in_particular_may_not_list_is_met_as_denied(gcs: FakeGcs) -> None:
    gcs.objects = {name: Kept(b"x") for name in "abcd"}
    gcs.refuse_listing = (401, "Anonymous caller does not have storage.objects.list access")
    *_, last = met(gcs)
    assert isinstance(last, Unlisted)
    assert (last.outcome.status, last.outcome.reason) == (Status.FAILED, Reason.ACCESS_DENIED)


def test_a_name_that_no_bucket_can_have_is_met_as_failed(gcs: FakeGcs) -> None:
    (one,) = met(gcs, "gs://_x")
    assert isinstance(one, Unlisted)
    assert one.outcome.reason is Reason.NO_SUCH_BUCKET


def test_a_bucket_that_does_not_exist_is_met_as_failed(gcs: FakeGcs) -> None:
    (one,) = met(gcs, "gs://nobody/prefix")
    assert isinstance(one, Unlisted)
    assert (one.ref, one.outcome.reason) == (ObjectRef("gs", "nobody", "prefix"), Reason.NO_SUCH_BUCKET)


def test_one_generation_of_one_object(gcs: FakeGcs) -> None:
    gcs.objects = {"k": Kept(b"hello", 17)}
    (one,) = met(gcs, "gs://b/k", version_id="17")
    assert one.ref == ObjectRef("gs", "b", "k", "17")
    (one,) = met(gcs, "gs://b/zzz", version_id="17")
    assert isinstance(one, Unlisted)
    assert (one.outcome.status, one.outcome.reason) == (Status.FAILED, Reason.GONE)


# what is read


def test_a_large_object_is_read_in_ranges_of_one_generation(gcs: FakeGcs) -> None:
    source, one = listed(gcs, LARGE)
    with source.open(one) as stream:
        stream.seek(-100, os.SEEK_END)
        assert stream.read() == LARGE[-100:]
        assert source.unchanged(one, stream)
    assert len(gcs.spans) == 2
    assert gcs.methods == {"GET"}


def test_what_was_written_anew_since_it_was_listed_is_read_as_it_is_now(gcs: FakeGcs) -> None:
    source, one = listed(gcs, b"old")
    gcs.objects["k"] = Kept(LARGE, 2)
    with source.open(one) as stream:
        assert source.current(one, stream).etag == "2"
        assert stream.read() == LARGE


def test_what_is_written_to_while_it_is_read_is_changed(gcs: FakeGcs) -> None:
    source, one = listed(gcs, LARGE)
    with source.open(one) as stream:
        gcs.objects["k"] = Kept(LARGE[::-1], 2)
        stream.seek(MOST)
        with pytest.raises(ReadError):
            stream.read()
        assert not source.unchanged(one, stream)


@pytest.mark.parametrize(
    ("status", "message", "reason"),
    [
        (403, "ann@example.com does not have storage.objects.get access", Reason.ACCESS_DENIED),
        (403, "Permission denied on Cloud KMS key. Please ensure ...", Reason.KMS_DENIED),
        (400, "The target object is encrypted by a customer-supplied encryption key.", Reason.SSE_C),
        (400, "Bucket is a requester pays bucket but no user project provided.", Reason.ACCESS_DENIED),
        (404, "No such object", Reason.GONE),
        (418, "\x1b[31mred", Reason.IO_ERROR),
    ],
)
def test_a_refusal_says_what_it_means(gcs: FakeGcs, status: int, message: str, reason: Reason) -> None:
    source, one = listed(gcs, b"x")
    gcs.refuse = (status, message)
    with pytest.raises(ReadError) as caught:
        source.open(one)
    assert caught.value.reason is reason
    assert "ann@" not in caught.value.detail
    assert "\x1b" not in caught.value.detail


# from end to end, and without its library


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "google.cloud", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'dowse\[gcs\]'"):
        open_gs("gs://b", SourceOptions(store=StoreConfig(external_id="not asked before")))


def test_a_scan_with_a_worker_finds_what_is_there(gcs: FakeGcs) -> None:
    gcs.objects = {"staff.csv": Kept(LEAK)}
    command = [sys.executable, "-m", "scanner", "scan", "gs://b", "--endpoint-url", str(gcs.config.endpoint_url), "--no-sign-request"]
    done = subprocess.run([*command, "--workers", "1", "--format", "jsonl"], capture_output=True, check=False, cwd=ROOT)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["uri"] for one in records if one["record"] == "finding"] == ["gs://b/staff.csv"]
    assert (done.returncode, set(records[-1]["outcomes"])) == (0, {"scanned"})


# in whose name


def test_without_credentials_it_is_said_what_to_do() -> None:
    with pytest.raises(ConfigError, match="gcloud auth application-default login"):
        open_gs("gs://b", SourceOptions())


def test_the_emulator_of_the_environment_is_asked(gcs: FakeGcs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", gcs.url)
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "p")
    gcs.objects = {"k": Kept(b"x")}
    source = pickle.loads(pickle.dumps(open_gs("gs://b", SourceOptions(store=StoreConfig(requester_pays=True)))))  # noqa: S301 - our own
    assert [one.ref.key for one in source.objects()] == ["k"]
    assert gcs.payers == {"p"}


@pytest.mark.parametrize("url", ["http://169.254.169.254", "http://[fd00:ec2::254]:80"])
def test_link_local_endpoints_are_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="link-local"):
        open_gs("gs://b", SourceOptions(store=StoreConfig(endpoint_url=url, no_sign_request=True)))
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", url)
    with pytest.raises(ConfigError, match="link-local"):
        open_gs("gs://b", SourceOptions())


def test_what_does_not_go_with_it_is_refused() -> None:
    with pytest.raises(ConfigError, match="have no tags"):
        open_gs("gs://b", SourceOptions(tags=("team",)))
    with pytest.raises(TargetError, match="names no bucket"):
        open_gs("gs:///k", SourceOptions())
