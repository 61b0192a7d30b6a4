"""What somebody can really do with a bucket of the gateway, found out by doing it."""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

import boto3

from scanner.posture.actions import Access
from scanner.posture.clients import Clients, StoreOptions
from scanner.posture.collect import collect
from scanner.posture.judged import judge_inventory
from scanner.posture.parties import Trusted
from scanner.posture.verdicts import BucketVerdicts
from tests.system.gateway import Gateway, User
from tests.system.users import LANDLORD

TRIED: Final = frozenset((Access.LIST, Access.READ, Access.WRITE))
KEY: Final = "in/there"
REFERER: Final = "https://example.com/page"
_REFUSED: Final = 403


class House:
    """Buckets of the landlord's, and those who try to get in."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.landlord = gateway.client(LANDLORD)
        self._callers = cache(self._caller)
        session = boto3.Session(aws_access_key_id=LANDLORD.access, aws_secret_access_key=LANDLORD.secret, region_name="us-east-1")
        self._asking = Clients(session, StoreOptions(endpoint=gateway.url, account=LANDLORD.account))

    def bucket(self) -> str:
        """A new one, with one object that has a tag."""
        name = f"b-{uuid.uuid4().hex[:12]}"
        self.landlord.create_bucket(Bucket=name)
        self.landlord.put_object(Bucket=name, Key=KEY, Body=b"there", Tagging="open=yes")
        return name

    def set_policy(self, bucket: str, statements: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Statements that speak of `BUCKET` speak of this one from then on."""
        text = json.dumps({"Version": "2012-10-17", "Statement": statements}).replace("BUCKET", bucket)
        self.landlord.put_bucket_policy(Bucket=bucket, Policy=text)
        document: dict[str, Any] = json.loads(text)
        return document

    def can(self, user: User | None, bucket: str) -> frozenset[Access]:
        """Which of listing, reading an object and writing a new one the gateway lets `user`, or nobody in particular, do."""
        s3 = self._callers(user)
        name = f"{LANDLORD.account}:{bucket}"
        tries: Mapping[Access, Callable[[], object]] = {
            Access.LIST: lambda: s3.list_objects_v2(Bucket=name, Prefix="in/"),
            Access.READ: lambda: s3.get_object(Bucket=name, Key=KEY),
            Access.WRITE: lambda: s3.put_object(Bucket=name, Key="in/new", Body=b"new"),
        }
        return frozenset(access for access, attempt in tries.items() if _is_allowed(attempt))

    def verdicts(self, bucket: str) -> BucketVerdicts:
        """What `dowse posture` says of the bucket."""
        (found,) = judge_inventory(collect(self._asking, [bucket]), Trusted()).buckets
        return found.verdicts

    def _caller(self, user: User | None) -> Any:
        s3 = self.gateway.client(user)
        s3.meta.events.register("before-sign.s3", _with_referer)
        return s3


def _with_referer(request: Any, **_others: object) -> None:
    request.headers["Referer"] = REFERER


def _is_allowed(attempt: Callable[[], object]) -> bool:
    """Whether it works; what fails of anything but a refusal is an error of the test."""
    from botocore.exceptions import ClientError

    try:
        attempt()
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != _REFUSED:
            raise
        return False
    return True
