"""Containers of Azure as a source: on a server of our own, and on Azurite where it is installed."""

import base64
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scanner.config import StoreConfig
from scanner.errors import ConfigError, MissingExtraError, ReadError, TargetError
from scanner.jobs.conditions import EPOCH, checks_of
from scanner.jobs.loader import parse_job
from scanner.jobs.object_scope import ObjectScope
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Reason, Status
from scanner.sources.az import open_az, tags_of
from scanner.sources.cloud import CloudSource
from scanner.sources.options import SourceOptions
from scanner.sources.ranged import BLOCK, MOST
from scanner.sources.several import open_sources
from tests.acceptance.source_suite import SourceSuite
from tests.sources.fake_azure import Blob, FakeAzure

ROOT = Path(__file__).resolve().parents[2]
LEAK = b"name,ssn\nAnn,219-22-9999\n"
LARGE = bytes(range(256)) * ((MOST + 5 * BLOCK) // 256)
ODD_NAMES = [
    "a b",
    "a//b",
    "/lead",
    "dir/",
    "tab\t",
    "new\nline",
    "%41",
    "+&=?#",
    "ü",
    "日本",
    "~*'()!",
    " ",
    "//",
    "e\u0301",
    "\U0010fffe",
]
CREDENTIALS = ("CONNECTION_STRING", "KEY", "SAS_TOKEN", "ACCOUNT")


@pytest.fixture(autouse=True)
def _no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in CREDENTIALS:
        monkeypatch.delenv(f"AZURE_STORAGE_{name}", raising=False)


@pytest.fixture
def azure() -> Iterator[FakeAzure]:
    with FakeAzure() as server:
        yield server


def met(azure: FakeAzure, target: str = "az://acct/c", **options: Any) -> list[StoredObject | Unlisted]:
    return list(open_sources([target], SourceOptions(store=azure.config, **options)).objects())


def listed(azure: FakeAzure, content: bytes) -> tuple[CloudSource, StoredObject]:
    azure.blobs = {"k": Blob(content)}
    source = open_az("az://acct/c", SourceOptions(store=azure.config))
    (one,) = source.objects()
    assert isinstance(one, StoredObject)
    return source, one


class TestFakeSuite(SourceSuite):
    @pytest.fixture(autouse=True)
    def _server(self, azure: FakeAzure) -> None:
        self.azure = azure

    def source(self, folder: Path) -> CloudSource:  # noqa: ARG002 - it lies in a container
        self.azure.blobs = {key: Blob(content) for key, content in self.contents().items()}
        return open_az("az://acct/c", SourceOptions(store=self.azure.config))

    def contents(self) -> dict[str, bytes]:
        return {key: key.encode() for key in ODD_NAMES}

    def remove(self, folder: Path, key: str) -> None:  # noqa: ARG002 - it lies in a container
        del self.azure.blobs[key]


# what is listed


def test_a_blob_carries_its_facts(azure: FakeAzure) -> None:
    azure.blobs = {"k": Blob(b"hello", "Cool")}
    (one,) = met(azure)
    assert isinstance(one, StoredObject)
    assert (one.ref, one.size, one.storage_class) == (ObjectRef("az", "acct/c", "k"), 5, "Cool")
    assert (one.ref.uri, one.etag, one.facts.encryption) == ("az://acct/c/k", azure.blobs["k"].etag, "AES256")


def test_prefixes_patterns_and_all_containers(azure: FakeAzure) -> None:
    azure.blobs = {name: Blob(b"x") for name in ("a/1", "a/b/2", "c/3", "d")}
    source = open_sources([f"az://acct/c/{prefix}" for prefix in ("c", "a/b", "a/")], SourceOptions(store=azure.config))
    assert [one.ref.key for one in source.objects()] == ["a/1", "a/b/2", "c/3"]
    assert [one.ref.key for one in met(azure, "az://acct/c*/d")] == ["d"]
    everything = met(azure, "az://acct")
    assert [(one.ref.bucket, one.ref.key) for one in everything] == [*(("acct/c", name) for name in azure.blobs), ("acct/other", "")]
    with pytest.raises(TargetError, match=r"az://acct/zzz\*: nothing"):
        met(azure, "az://acct/zzz*")


def test_what_is_archived_empty_or_left_out_is_skipped(azure: FakeAzure) -> None:
    azure.blobs = {"a": Blob(b"x", "Archive"), "b": Blob(b""), "c.log": Blob(b"x"), "d": Blob(b"x", "Cool"), "e": Blob(b"x")}
    reasons = [one.outcome.reason if isinstance(one, Unlisted) else None for one in met(azure, exclude=("*.log",))]
    assert reasons == [Reason.STORAGE_CLASS, Reason.EMPTY, Reason.EXCLUDED, None, None]
    assert sum(isinstance(one, StoredObject) for one in met(azure, storage_classes=("Cool",))) == 1


def test_a_job_decides_by_the_tags_of_blobs(azure: FakeAzure) -> None:
    azure.blobs = {"a": Blob(b"x", tags={"class": "public"}), "b": Blob(b"x", tags={"class": "secret"}), "c": Blob(b"x")}
    job = parse_job(
        'name = "a"\ntargets = ["x"]\n[[objects.exclude]]\nfield = "tag"\ntags = [{ key = "class", value = "public" }]', "a", "/"
    )
    scope = ObjectScope(checks_of(job.objects, EPOCH), None, lambda stored: tags_of(azure.config, stored))
    source = scope.of(open_sources(["az://acct/c"], SourceOptions(store=azure.config)))
    assert [one.ref.key for one in source.objects() if isinstance(one, StoredObject)] == ["b", "c"]


def test_tags_decide_and_are_told(azure: FakeAzure) -> None:
    azure.blobs = {"a": Blob(b"x", tags={"team": "x"}), "b": Blob(b"x", tags={"team": "y"}), "c": Blob(b"x")}
    assert [one.ref.key for one in met(azure, tags=("team=x",)) if isinstance(one, StoredObject)] == ["a"]
    assert [one.ref.key for one in met(azure, exclude_tags=("team",)) if isinstance(one, StoredObject)] == ["c"]
    source = open_az("az://acct/c/b", SourceOptions(store=azure.config))
    (one,) = source.objects()
    assert isinstance(one, StoredObject)
    assert source.described(one).facts.tags == (("team", "y"),)


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [(403, "AuthorizationPermissionMismatch", Reason.ACCESS_DENIED), (409, "PublicAccessNotPermitted", Reason.ACCESS_DENIED)],
)
def test_a_list_that_ends_before_its_time_is_met_as_failed(azure: FakeAzure, status: int, code: str, reason: Reason) -> None:
    azure.blobs = {name: Blob(b"x") for name in "abcd"}
    azure.refuse_listing = (status, code)
    *before, last = met(azure)
    assert [one.ref.key for one in before] == ["a", "b", "c"]
    assert isinstance(last, Unlisted)
    assert (last.ref.key, last.outcome.status, last.outcome.reason) == ("", Status.FAILED, reason)
    assert code in last.outcome.detail


def test_a_container_that_does_not_exist_is_met_as_failed(azure: FakeAzure) -> None:
    (one,) = met(azure, "az://acct/nobody/prefix")
    assert isinstance(one, Unlisted)
    assert (one.ref, one.outcome.reason) == (ObjectRef("az", "acct/nobody", "prefix"), Reason.NO_SUCH_BUCKET)


# what is read


def test_a_large_blob_is_read_in_ranges_of_one_version(azure: FakeAzure) -> None:
    source, one = listed(azure, LARGE)
    with source.open(one) as stream:
        stream.seek(-100, os.SEEK_END)
        assert stream.read() == LARGE[-100:]
        assert source.unchanged(one, stream)
    assert azure.conditions == {f'"{one.etag}"'}
    assert len(azure.spans) == 2
    assert azure.methods <= {"GET", "HEAD"}


def test_what_was_written_anew_since_it_was_listed_is_read_as_it_is_now(azure: FakeAzure) -> None:
    source, one = listed(azure, b"old")
    azure.blobs["k"] = Blob(LARGE)
    with source.open(one) as stream:
        assert source.current(one, stream).size == len(LARGE)
        assert stream.read() == LARGE


def test_what_is_written_to_while_it_is_read_is_changed(azure: FakeAzure) -> None:
    source, one = listed(azure, LARGE)
    with source.open(one) as stream:
        azure.blobs["k"] = Blob(LARGE[::-1])
        stream.seek(MOST)
        with pytest.raises(ReadError):
            stream.read()
        assert not source.unchanged(one, stream)


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (403, "AuthorizationFailure", Reason.ACCESS_DENIED),
        (404, "BlobNotFound", Reason.GONE),
        (404, "ContainerNotFound", Reason.NO_SUCH_BUCKET),
        (409, "BlobArchived", Reason.STORAGE_CLASS),
        (409, "BlobUsesCustomerSpecifiedEncryption", Reason.SSE_C),
        (403, "KeyVaultEncryptionKeyNotFound", Reason.KMS_DENIED),
        (400, "&[31mred", Reason.IO_ERROR),
    ],
)
def test_a_refusal_says_what_it_means(azure: FakeAzure, status: int, code: str, reason: Reason) -> None:
    source, one = listed(azure, b"x")
    azure.refuse = (status, code)
    with pytest.raises(ReadError) as caught:
        source.open(one)
    assert caught.value.reason is reason
    assert "[31m" not in caught.value.detail


@pytest.mark.parametrize("name", ["a/../k", "./k", "..", "a/."])
def test_a_name_that_would_be_taken_for_another_is_failed(azure: FakeAzure, name: str) -> None:
    azure.blobs = {name: Blob(b"x"), "k": Blob(b"another")}
    source = open_az("az://acct/c", SourceOptions(store=azure.config))
    (one,) = (one for one in source.objects() if one.ref.key == name)
    assert isinstance(one, StoredObject)
    with pytest.raises(ReadError, match="cannot ask for a name"):
        source.open(one)


# in whose name


@pytest.mark.parametrize("target", ["az://", "az:///c", "az://acct//k", "az://a.b/c", "az://acct@evil/c"])
def test_a_target_that_names_nothing_is_refused(target: str) -> None:
    with pytest.raises(TargetError):
        open_az(target, SourceOptions())


def test_an_endpoint_of_another_account_is_refused(azure: FakeAzure) -> None:
    with pytest.raises(ConfigError, match="not that of this account"):
        met(azure, "az://another/c")
    with pytest.raises(ConfigError, match="link-local"):
        open_az("az://acct/c", SourceOptions(store=StoreConfig(endpoint_url="http://169.254.169.254/acct")))


def test_flags_of_amazon_are_refused() -> None:
    with pytest.raises(ConfigError, match="--profile is for s3:// only"):
        open_az("az://acct/c", SourceOptions(store=StoreConfig(profile="x")))


def test_a_connection_string_is_for_its_own_account(azure: FakeAzure, monkeypatch: pytest.MonkeyPatch) -> None:
    key = base64.b64encode(os.urandom(32)).decode()
    given = f"AccountName=acct;AccountKey={key};BlobEndpoint={azure.config.endpoint_url};EndpointSuffix=example.invalid"
    monkeypatch.setenv("AZURE_STORAGE_CONNECTION_STRING", given)
    azure.blobs = {"k": Blob(b"x")}
    assert [one.ref.key for one in open_az("az://acct/c", SourceOptions()).objects()] == ["k"]


def test_without_credentials_it_is_said_what_to_do(azure: FakeAzure, monkeypatch: pytest.MonkeyPatch) -> None:
    # As on a machine where nobody has logged in; nothing is sent.
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("AZURE_TOKEN_CREDENTIALS", "AzureCliCredential")
    endpoint = str(azure.config.endpoint_url)
    with pytest.raises(ConfigError, match="az login"):
        list(open_az("az://acct/c", SourceOptions(store=StoreConfig(endpoint_url=endpoint.replace("http:", "https:")))).objects())
    with pytest.raises(ConfigError, match="https:// only"):
        list(open_az("az://acct/c", SourceOptions(store=StoreConfig(endpoint_url=endpoint))).objects())
    assert azure.methods == set()


# from end to end, and without its library


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "azure.identity", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'dowse\[azure\]'"):
        open_az("az://acct/c", SourceOptions(store=StoreConfig(external_id="not asked before")))


def test_a_scan_with_a_worker_finds_what_is_there(azure: FakeAzure) -> None:
    azure.blobs = {"staff.csv": Blob(LEAK), "cold.csv": Blob(LEAK, "Archive")}
    command = [
        sys.executable,
        "-m",
        "scanner",
        "scan",
        "az://acct/c",
        "--endpoint-url",
        str(azure.config.endpoint_url),
        "--no-sign-request",
    ]
    done = subprocess.run([*command, "--workers", "1", "--format", "jsonl"], capture_output=True, check=False, cwd=ROOT)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["uri"] for one in records if one["record"] == "finding"] == ["az://acct/c/staff.csv"]
    assert (done.returncode, set(records[-1]["outcomes"])) == (3, {"scanned", "skipped"})


# Azurite


@pytest.fixture(scope="session")
def azurite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Endpoint and key of an account `acct`."""
    program = shutil.which("azurite-blob")
    if program is None:
        pytest.skip("azurite-blob is not on the PATH: npm install --global azurite")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    key = base64.b64encode(os.urandom(64)).decode()
    command = [program, "--blobHost", "127.0.0.1", "--blobPort", str(port), "--location", str(tmp_path_factory.mktemp("azurite"))]
    environment = {**os.environ, "AZURITE_ACCOUNTS": f"acct:{key}"}
    server = subprocess.Popen([*command, "--skipApiVersionCheck", "--disableTelemetry", "--silent"], env=environment, stdout=sys.stderr)
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}/acct", key
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("Azurite does not answer within 20 seconds")


def container(azurite: tuple[str, str], contents: dict[str, bytes]) -> Any:
    """A new container with these blobs, by Azure's own library."""
    from azure.storage.blob import BlobServiceClient

    client = BlobServiceClient(azurite[0], credential=azurite[1]).create_container(f"c-{uuid.uuid4().hex[:12]}")
    for name, content in contents.items():
        client.upload_blob(name, content)
    return client


@pytest.mark.system
class TestAzuriteSuite(SourceSuite):
    @pytest.fixture(autouse=True)
    def _server(self, azurite: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.azurite = azurite
        monkeypatch.setenv("AZURE_STORAGE_KEY", azurite[1])

    def source(self, folder: Path) -> CloudSource:  # noqa: ARG002 - it lies in a container
        self.container = container(self.azurite, self.contents())
        target = f"az://acct/{self.container.container_name}"
        return open_az(target, SourceOptions(store=StoreConfig(endpoint_url=self.azurite[0])))

    def contents(self) -> dict[str, bytes]:
        return {key: key.encode() for key in ODD_NAMES} | {"large": LARGE}

    def remove(self, folder: Path, key: str) -> None:  # noqa: ARG002 - it lies in a container
        self.container.delete_blob(key)


@pytest.mark.system
def test_azurite_tiers_tags_and_changes(azurite: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_STORAGE_KEY", azurite[1])
    client = container(azurite, {"cold": b"x", "k": b"old"})
    client.get_blob_client("cold").set_standard_blob_tier("Archive")
    client.get_blob_client("k").set_blob_tags({"team": "x"})
    source = open_az(f"az://acct/{client.container_name}", SourceOptions(store=StoreConfig(endpoint_url=azurite[0]), tags=("team=x",)))
    cold, one = source.objects()
    assert isinstance(cold, Unlisted)
    assert isinstance(one, StoredObject)
    assert one.facts.tags == (("team", "x"),)
    client.upload_blob("k", LARGE, overwrite=True)
    with source.open(one) as stream:
        assert source.current(one, stream).size == len(LARGE)
        client.upload_blob("k", LARGE[::-1], overwrite=True)
        stream.seek(MOST)
        with pytest.raises(ReadError):
            stream.read()
        assert not source.unchanged(one, stream)
    archived = StoredObject(cold.ref, 1)
    with pytest.raises(ReadError) as caught:
        source.open(archived)
    assert caught.value.reason is Reason.STORAGE_CLASS


@pytest.mark.system
def test_azurite_denies_strangers(azurite: tuple[str, str]) -> None:
    client = container(azurite, {"k": b"x"})
    store = StoreConfig(endpoint_url=azurite[0], no_sign_request=True)
    (one,) = open_az(f"az://acct/{client.container_name}", SourceOptions(store=store)).objects()
    assert isinstance(one, Unlisted)
    assert (one.outcome.status, one.outcome.reason) == (Status.FAILED, Reason.ACCESS_DENIED)
