"""Buckets of Google Cloud Storage as a source, on an emulator that others wrote: google's own library fills it."""

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
from scanner.sources.cloud import CloudSource
from scanner.sources.gs import open_gs
from scanner.sources.options import SourceOptions
from tests.acceptance.source_suite import SourceSuite

pytestmark = pytest.mark.system

# What its store of files can hold: it knows no names that paths do not have.
NAMES = ["a b", "dir/sub/c", "%41", "+&=?#", "ü", "日本", "~*'()!", *(f"many/{number:04d}" for number in range(1_050))]


@pytest.fixture(scope="session")
def emulator() -> Iterator[str]:
    """Its endpoint."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "gcp_storage_emulator", "start", "--host", "127.0.0.1", "--port", str(port), "--in-memory"],
        stdout=sys.stderr,
    )
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
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
    pytest.fail("the emulator does not answer within 20 seconds")


def bucket_of(endpoint: str, contents: dict[str, bytes]) -> Any:
    """A new bucket with these objects."""
    from google.auth.credentials import AnonymousCredentials
    from google.cloud import storage

    client = storage.Client(project="p", credentials=AnonymousCredentials(), client_options={"api_endpoint": endpoint})
    bucket = client.create_bucket(f"b-{uuid.uuid4().hex[:12]}")
    for name, content in contents.items():
        bucket.blob(name).upload_from_string(content)
    return bucket


@pytest.fixture(scope="module")
def filled(emulator: str) -> tuple[str, Any, dict[str, bytes]]:
    """Endpoint, bucket, and what is in it."""
    contents = {name: name.encode() for name in NAMES}
    return emulator, bucket_of(emulator, contents), contents


def opened(endpoint: str, bucket: Any) -> CloudSource:
    return open_gs(f"gs://{bucket.name}", SourceOptions(store=StoreConfig(endpoint_url=endpoint, no_sign_request=True)))


def test_more_objects_than_a_page_holds_are_listed_once_in_order(filled: tuple[str, Any, dict[str, bytes]]) -> None:
    endpoint, bucket, contents = filled
    assert [one.ref.key for one in opened(endpoint, bucket).objects()] == sorted(contents, key=str.encode)


class TestEmulatorSuite(SourceSuite):
    @pytest.fixture(autouse=True)
    def _server(self, emulator: str) -> None:
        self.emulator = emulator

    def source(self, folder: Path) -> CloudSource:  # noqa: ARG002 - it lies in a bucket
        self.bucket = bucket_of(self.emulator, self.contents())
        return opened(self.emulator, self.bucket)

    def contents(self) -> dict[str, bytes]:
        return {name: name.encode() for name in NAMES[:8]}

    def remove(self, folder: Path, key: str) -> None:  # noqa: ARG002 - it lies in a bucket
        self.bucket.blob(key).delete()
