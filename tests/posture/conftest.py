"""A store on loopback for the collector."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from botocore.config import Config
from moto.server import ThreadedMotoServer

from scanner.posture.clients import Clients, StoreOptions

ACCOUNT = "123456789012"


@dataclass(frozen=True)
class Store:
    """A server and the ways to talk to it."""

    endpoint: str

    def session(self) -> Any:
        return boto3.Session(aws_access_key_id="testing", aws_secret_access_key="testing", region_name="us-east-1")

    def client(self, service: str) -> Any:
        config = Config(s3={"addressing_style": "path"})
        client = self.session().client(service, endpoint_url=self.endpoint, config=config)
        if service == "s3control":
            from scanner.posture.clients import _At

            client.meta.events.register("before-sign.s3-control", _At(self.endpoint))
        return client

    def clients(self, session: Any = None, **options: Any) -> Clients:
        return Clients(session or self.session(), StoreOptions(region="us-east-1", endpoint=self.endpoint, threads=4, **options))

    def bucket(self, **settings: Any) -> str:
        """A new bucket. `policy=` takes statements."""
        name = f"b-{uuid.uuid4().hex[:12]}"
        s3 = self.client("s3")
        s3.create_bucket(Bucket=name)
        if "policy" in settings:
            s3.put_bucket_policy(Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": settings["policy"](name)}))
        if "acl" in settings:
            s3.put_bucket_acl(Bucket=name, ACL=settings["acl"])
        return name


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield Store(f"http://{host}:{port}")
    server.stop()
