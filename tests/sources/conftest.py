"""Stores on loopback: moto's server, which speaks S3 well, and one of our own, which breaks off, refuses and lies as it is told."""

from collections.abc import Iterator

import pytest
from moto.server import ThreadedMotoServer

from scanner.config import StoreConfig
from tests.sources.faulty_store import FaultyStore


@pytest.fixture(scope="session")
def moto_url() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made-up ones, and none of the machine's own."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def moto(moto_url: str, credentials: None) -> StoreConfig:  # noqa: ARG001 - a fixture that is wanted for what it does
    return StoreConfig(endpoint_url=moto_url)


@pytest.fixture
def faulty(credentials: None) -> Iterator[FaultyStore]:  # noqa: ARG001 - a fixture that is wanted for what it does
    with FaultyStore() as store:
        yield store
