"""Lines that are posted to a web address."""

import hashlib
import hmac
import json
import socket
from pathlib import Path
from typing import Any

import pytest

from scanner.delivery.http import HttpBatches, address
from scanner.errors import ConfigError, DeliveryError
from tests.delivery.conftest import Receiver


def posts(receiver: Receiver, environment: dict[str, str] | None = None, **given: Any) -> HttpBatches:
    return HttpBatches(address(receiver.url, environment or {}), "application/x-ndjson", **({"pause": lambda _: None} | given))


def test_lines_are_posted_as_one_body(receiver: Receiver) -> None:
    with posts(receiver) as out:
        out.write(b'{"a": 1}\n')
        out.write(b'{"a": 2}\n')
    assert receiver.bodies == [b'{"a": 1}\n{"a": 2}\n']
    assert receiver.paths == ["/services/T0/secret?x=1"]
    assert receiver.headers[0]["Content-Type"] == "application/x-ndjson"
    assert "X-Dowse-Signature" not in receiver.headers[0]
    assert "Authorization" not in receiver.headers[0]


def test_the_receiver_can_check_who_sent_it_and_when(receiver: Receiver, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("a key\n")
    (tmp_path / "token").write_text("Splunk abc\n")
    environment = {"DOWSE_WEBHOOK_KEY_FILE": str(tmp_path / "key"), "DOWSE_WEBHOOK_AUTHORIZATION_FILE": str(tmp_path / "token")}
    with posts(receiver, environment) as out:
        out.write(b"body\n")
    headers = receiver.headers[0]
    signed = f"{headers['X-Dowse-Timestamp']}.".encode() + receiver.bodies[0]
    assert headers["X-Dowse-Signature"] == "sha256=" + hmac.new(b"a key", signed, hashlib.sha256).hexdigest()
    assert headers["Authorization"] == "Splunk abc"


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_busy_server_is_asked_again(receiver: Receiver, status: int) -> None:
    receiver.answers = [(status, {}, b""), (status, {"Retry-After": "7"}, b"")]
    paused: list[float] = []
    with posts(receiver, pause=paused.append) as out:
        out.write(b"body\n")
    assert receiver.bodies == [b"body\n"] * 3
    assert paused == [1.0, 7.0]


@pytest.mark.parametrize(("status", "asked"), [(400, 1), (404, 1), (503, 5)])
def test_a_server_that_refuses_is_told_of_without_the_secret_path(receiver: Receiver, status: int, asked: int) -> None:
    receiver.answers = [(status, {}, b"no")] * 9
    out = posts(receiver).__enter__()
    out.write(b"body\n")
    with pytest.raises(DeliveryError, match=rf"^http://127\.0\.0\.1/\.\.\.: not delivered: HTTP status {status}$"):
        out.__exit__(None, None, None)
    assert len(receiver.bodies) == asked


def test_redirects_are_not_followed(receiver: Receiver) -> None:
    receiver.answers = [(307, {"Location": receiver.url}, b"")]
    with pytest.raises(DeliveryError, match="HTTP status 307"), posts(receiver) as out:
        out.write(b"body\n")
    assert len(receiver.bodies) == 1


def test_a_server_that_is_away_is_tried_again_and_told_of() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        paused: list[float] = []
        out = HttpBatches(address(url, {}), "text/plain", pause=paused.append)
        with pytest.raises(DeliveryError, match="not delivered"), out:
            out.write(b"body\n")
    assert len(paused) == 4


def test_a_bulk_api_may_refuse_some_documents(receiver: Receiver) -> None:
    items = [{"index": {"status": 201}}, {"index": {"status": 400, "error": {"type": "mapper_parsing_exception"}}}]
    receiver.answers = [(200, {}, json.dumps({"errors": True, "items": items}).encode())]
    with (
        pytest.raises(DeliveryError, match="refused 1 documents, the first because of mapper_parsing_exception"),
        posts(receiver, bulk=True) as out,
    ):
        out.write(b"action\ndocument\n")


def test_a_bulk_api_that_took_everything(receiver: Receiver) -> None:
    receiver.answers = [(200, {}, b'{"errors": false, "items": []}')]
    with posts(receiver, bulk=True) as out:
        out.write(b"action\ndocument\n")


def test_what_does_not_answer_as_a_bulk_api_is_none(receiver: Receiver) -> None:
    receiver.answers = [(200, {}, b"<html>")]
    with pytest.raises(DeliveryError, match="not that of a bulk API"), posts(receiver, bulk=True) as out:
        out.write(b"action\ndocument\n")


@pytest.mark.parametrize(
    "url", ["http://example.com/", "https://", "ftp://example.com/", "https://me:secret@example.com/", "https://example.com:99999/secret"]
)
def test_addresses_that_nothing_is_sent_to(url: str) -> None:
    with pytest.raises(ConfigError) as raised:
        address(url, {})
    assert "secret" not in str(raised.value)


def test_a_missing_key_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="DOWSE_WEBHOOK_KEY_FILE"):
        address("https://example.com/", {"DOWSE_WEBHOOK_KEY_FILE": str(tmp_path / "ghost")})


def test_an_address_that_cannot_be_asked_for_keeps_its_secret() -> None:
    out = HttpBatches(address("http://127.0.0.1:9/secret path", {}), "text/plain", pause=lambda _: None)
    with pytest.raises(DeliveryError) as raised, out:
        out.write(b"body\n")
    assert "secret" not in str(raised.value)
