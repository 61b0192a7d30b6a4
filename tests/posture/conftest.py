"""A store on loopback for the collector. Clients are made once: making them takes longer than all calls."""

import json
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from moto.server import ThreadedMotoServer

from scanner.posture.calls import Call
from scanner.posture.clients import Clients, StoreOptions

ACCOUNT = "123456789012"
_JSON = b'{"__type": "AccessDeniedException", "message": "no"}'
_ERROR = b"<Error><Code>AccessDenied</Code><Message>no</Message></Error>"
_SERVICES = {
    "s3api": "s3",
    "s3control": "s3-control",
    "sts": "sts",
    "cloudfront": "cloudfront",
    "iam": "iam",
    "kms": "kms",
    "organizations": "organizations",
}


class _Raw:
    """The body of an answer as botocore reads it."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, *_: object, **__: object) -> list[bytes]:
        return [self._content]


class Store:
    """A server, clients for it, and calls that it answers otherwise for a while."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self._session = boto3.Session(aws_access_key_id="testing", aws_secret_access_key="testing", region_name="us-east-1")
        self._session.events.register("before-send", self._answer)
        self._instead: dict[str, tuple[int, bytes]] = {}
        self.clients = Clients(self._session, StoreOptions(region="us-east-1", endpoint=endpoint, threads=4))
        self.client = cache(lambda service: self.clients._client(service, "us-east-1"))

    def bucket(self, **settings: Any) -> str:
        """A new bucket. `policy=` makes statements from its name."""
        name = f"b-{uuid.uuid4().hex[:12]}"
        s3 = self.client("s3")
        s3.create_bucket(Bucket=name)
        if "policy" in settings:
            s3.put_bucket_policy(Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": settings["policy"](name)}))
        if "acl" in settings:
            s3.put_bucket_acl(Bucket=name, ACL=settings["acl"])
        return name

    @contextmanager
    def refusing(self, call: Call) -> Iterator[None]:
        """The call is answered as a store does that refuses it."""
        wrapped = b"<ErrorResponse>" + _ERROR + b"</ErrorResponse>"
        body = {"s3api": _ERROR, "kms": _JSON, "organizations": _JSON}.get(call.service, wrapped)
        with self._answering(call, 403, body):
            yield

    @contextmanager
    def silent(self, *asked: Call) -> Iterator[None]:
        """The calls are answered with 200 and nothing in it, as some stores do with calls that they do not know."""
        for call in asked:
            self._instead[_event(call)] = (200, b"")
        yield
        self._instead.clear()

    @contextmanager
    def lacking(self, *asked: Call) -> Iterator[None]:
        """The calls are answered as by a store that takes their paths for names of buckets."""
        for call in asked:
            self._instead[_event(call)] = (404, b"<Error><Code>NoSuchBucket</Code></Error>")
        yield
        self._instead.clear()

    @contextmanager
    def _answering(self, call: Call, status: int, body: bytes) -> Iterator[None]:
        self._instead[_event(call)] = (status, body)
        yield
        self._instead.clear()

    def _answer(self, request: Any, event_name: str, **_: object) -> AWSResponse | None:
        if event_name not in self._instead:
            return None
        status, body = self._instead[event_name]
        return AWSResponse(request.url, status, {}, _Raw(body))


def _event(call: Call) -> str:
    operation = "".join(word.title() for word in call.name.split("-"))
    return f"before-send.{_SERVICES[call.service]}.{operation}"


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield Store(f"http://{host}:{port}")
    server.stop()


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that every user can pass. Not below pytest's own, which every other run of pytest closes again."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        yield folder
