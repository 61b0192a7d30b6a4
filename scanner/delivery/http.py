"""Reports sent to a web address: a webhook, a chat, Splunk, Elasticsearch."""

import hashlib
import hmac
import http.client
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from scanner.delivery.batches import Batches
from scanner.delivery.retries import Pause, waits
from scanner.errors import ConfigError, DeliveryError
from scanner.version import VERSION

_MOST_LINES: Final = 1_000
_MOST_BYTES: Final = 1_000_000
_SECONDS: Final = 30
_LOOPBACK: Final = frozenset(("127.0.0.1", "::1", "localhost"))
_AGAIN: Final = frozenset((408, 425, 429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class Address:
    """Where to send.

    :param url: `https`, or `http` on this machine; may itself be a secret, so it is never shown
    :param key: signs each request; empty for none
    :param authorization: the header's value; empty for none
    """

    url: SplitResult
    key: bytes = b""
    authorization: str = ""

    @property
    def shown(self) -> str:
        """The address without its path, which may be a secret."""
        return f"{self.url.scheme}://{self.url.hostname}/..."


def address(url: str, environment: Mapping[str, str]) -> Address:
    """The address at `url`, with key and authorization from the files that the environment names.

    `DOWSE_WEBHOOK_KEY_FILE` holds the key of the signatures, `DOWSE_WEBHOOK_AUTHORIZATION_FILE` the value of the Authorization
    header, as `Splunk 0123...` or `ApiKey ...`.

    :raises ConfigError: if it is no address that anything may be sent to, or a file cannot be read
    """
    parts = urlsplit(url.strip())
    if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK)):
        raise ConfigError(f"--output: {parts.scheme}://{parts.hostname or ''}/...: give an address that begins with https://")
    try:
        _ = parts.port
    except ValueError:
        raise ConfigError(f"--output: {parts.hostname}: the port is no number from 0 to 65535") from None
    if parts.username or parts.password:
        raise ConfigError(f"--output: {parts.hostname}: put name and password into DOWSE_WEBHOOK_AUTHORIZATION_FILE, not the address")
    key = _content(environment, "DOWSE_WEBHOOK_KEY_FILE")
    authorization = _content(environment, "DOWSE_WEBHOOK_AUTHORIZATION_FILE").decode("latin-1").strip()
    return Address(parts, key.strip(), authorization)


def _content(environment: Mapping[str, str], name: str) -> bytes:
    path = environment.get(name)
    if not path:
        return b""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {os.strerror(error.errno or 0)}; {name} names it") from None


class HttpBatches(Batches):
    """Sends lines as bodies of POST requests.

    :param media_type: of the bodies
    :param bulk: the answer is that of a bulk API, which may refuse some lines
    :param single: a body is one document of one line
    """

    def __init__(self, where: Address, media_type: str, *, bulk: bool = False, single: bool = False, pause: Pause = time.sleep) -> None:
        super().__init__(1 if single else _MOST_LINES, _MOST_BYTES)
        self._where = where
        self._media_type = media_type
        self._bulk = bulk
        self._pause = pause
        self._refused = 0
        self._why = ""

    def send(self, lines: list[bytes]) -> None:
        """Posts the lines, several times if the server is busy or away."""
        body = b"".join(line + b"\n" for line in lines)
        for wait in waits(self._pause):
            try:
                status, answer, asked = self._post(body)
            except OSError as error:
                why, again, asked = error.strerror or str(error) or type(error).__name__, True, 0.0
            except http.client.HTTPException as error:
                # Its text may hold the path.
                why, again, asked = type(error).__name__, True, 0.0
            else:
                if 200 <= status < 300:
                    self._count_refused(answer)
                    return
                why, again = f"HTTP status {status}", status in _AGAIN
            if wait.last or not again:
                raise DeliveryError(f"{self._where.shown}: not delivered: {why}")
            wait.wait(asked)

    def finish(self) -> None:
        """:raises DeliveryError: if a bulk API refused documents"""
        if self._refused:
            raise DeliveryError(f"{self._where.shown}: refused {self._refused} documents, the first because of {self._why}")

    def _post(self, body: bytes) -> tuple[int, bytes, float]:
        url = self._where.url
        kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
        connection = kind(url.hostname or "", url.port, timeout=_SECONDS)
        try:
            # Redirects are not followed: what was signed for one place is not for another.
            connection.request("POST", f"{url.path or '/'}{f'?{url.query}' if url.query else ''}", body, self._headers(body))
            answer = connection.getresponse()
            asked = answer.headers.get("Retry-After", "")
            return answer.status, answer.read(_MOST_BYTES), float(asked) if asked.isdigit() else 0.0
        finally:
            connection.close()

    def _headers(self, body: bytes) -> dict[str, str]:
        headers = {"Content-Type": self._media_type, "User-Agent": f"dowse/{VERSION}"}
        if self._where.authorization:
            headers["Authorization"] = self._where.authorization
        return headers | signature(self._where.key, body, int(time.time())) if self._where.key else headers

    def _count_refused(self, answer: bytes) -> None:
        """Notes what a bulk API says of each document."""
        if not self._bulk:
            return
        try:
            told = json.loads(answer)
            items = [item["index"] for item in told["items"] if "error" in item["index"]] if told["errors"] else []
            reasons = [str(item["error"]["type"]) for item in items]
        except (ValueError, KeyError, TypeError):
            raise DeliveryError(f"{self._where.shown}: not delivered: the answer is not that of a bulk API") from None
        self._refused += len(reasons)
        self._why = self._why or next(iter(reasons), "")


def signature(key: bytes, body: bytes, now: int) -> dict[str, str]:
    """Headers by which the receiver knows who sent a body, and when: HMAC-SHA-256 over the time, a dot and the body."""
    digest = hmac.new(key, f"{now}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Dowse-Timestamp": str(now), "X-Dowse-Signature": f"sha256={digest}"}
