"""What an output's address means, and what is shown of it."""

from pathlib import Path

import pytest

from scanner.delivery.destinations import check_delivery, is_delivery, open_delivery, shown
from scanner.errors import ConfigError
from tests.delivery.conftest import Receiver


@pytest.mark.parametrize("destination", ["report.csv", "-", "/srv/https:/x", "c:/report", "s3:/x", "eventbridge"])
def test_paths_are_paths(destination: str) -> None:
    assert not is_delivery(destination)


@pytest.mark.parametrize(
    ("name", "destination"),
    [
        ("asff", "securityhub:"),
        ("asff", "securityhub:eu-west-1"),
        ("macie-events", "eventbridge:"),
        ("html", "s3://reports/a.html"),
        ("parquet", "s3://reports/a.parquet"),
        ("jsonl", "https://example.com/hook"),
        ("splunk", "https://example.com:8088/services/collector/event"),
        ("elastic", "https://example.com:9200/_bulk"),
        ("slack", "url-file:/run/secrets/slack"),
    ],
)
def test_what_goes_where(name: str, destination: str) -> None:
    assert is_delivery(destination)
    check_delivery(name, destination)


@pytest.mark.parametrize(
    ("name", "destination"),
    [("jsonl", "securityhub:"), ("asff", "eventbridge:bus"), ("html", "https://example.com/"), ("csv", "url-file:x"), ("csv", "s3://b")],
)
def test_what_does_not(name: str, destination: str) -> None:
    with pytest.raises(ConfigError):
        check_delivery(name, destination)


def test_addresses_are_shown_without_what_may_be_a_secret() -> None:
    assert shown("https://me:pw@hooks.example.com/services/secret") == "https://hooks.example.com/..."
    assert shown("s3://reports/a") == "s3://reports/a"


def test_an_address_may_stand_in_a_file(receiver: Receiver, tmp_path: Path) -> None:
    (tmp_path / "url").write_text(f"{receiver.url}\n")
    with open_delivery("slack", f"url-file:{tmp_path / 'url'}") as out:
        out.write(b'{"text": "x"}\n')
    assert receiver.bodies == [b'{"text": "x"}\n']
    assert receiver.headers[0]["Content-Type"] == "application/json"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="it is to hold the address"), open_delivery("slack", f"url-file:{tmp_path / 'ghost'}"):
        pass
