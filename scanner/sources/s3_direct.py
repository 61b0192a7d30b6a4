"""Asks for objects with botocore's signature and connections, but without the rest of it, which is most of the cost of a small object.

How a bucket is reached is learnt from a request that botocore made itself: its host, path and region, whatever led to them. Whatever is
answered but an object, or a plain refusal of one, is left to botocore: it knows when to ask again, and where.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Final

import regex

from scanner.sources.traffic import TRAFFIC

_SCOPE: Final = regex.compile(r"AWS4-HMAC-SHA256 Credential=[^/,]+/\d{8}/([^/,]+)/([^/,]+)/aws4_request,.*")
# Requests that are signed in another way say so.
_OTHERWISE: Final = "x-amz-s3session-token"
_GIVEN: Final = frozenset({200, 206})
# What asking again does not mend, and what needs no other place.
_REFUSED: Final = {
    # Objects that are encrypted with a key of the customer's.
    400: frozenset({"InvalidRequest"}),
    403: frozenset({"AccessDenied", "InvalidObjectState"}),
    404: frozenset({"NoSuchKey", "NoSuchVersion"}),
    412: frozenset({"PreconditionFailed"}),
}
# A busy store is left to botocore for a while, which asks less often then.
_BUSY: Final = frozenset({429, 500, 502, 503, 504})
_REST_SECONDS: Final = 30.0
_MEMBERS: Final = {
    "ETag": "ETag",
    "ContentRange": "Content-Range",
    "StorageClass": "x-amz-storage-class",
    "ServerSideEncryption": "x-amz-server-side-encryption",
    "SSEKMSKeyId": "x-amz-server-side-encryption-aws-kms-key-id",
    "TagCount": "x-amz-tagging-count",
}
_HEADERS: Final = {"IfMatch": "If-Match", "Range": "Range", "RequestPayer": "x-amz-request-payer"}


@dataclass(frozen=True, slots=True)
class _Place:
    """How a bucket is reached.

    :param base: URL to which the encoded key is added
    :param scope: region and service of the signature; None where nothing is signed
    """

    base: str
    scope: tuple[str, str] | None


class DirectGet:
    """Gets objects of one store; for all threads.

    :param client: of `scanner.sources.s3_connect`
    """

    def __init__(self, client: Any) -> None:  # noqa: ANN401 - boto3 has no types
        # Where a later botocore keeps them elsewhere, it is asked for everything.
        self._session: Any = getattr(getattr(client, "_endpoint", None), "http_session", None)
        self._credentials: Any = getattr(getattr(client, "_request_signer", None), "_credentials", None)
        self._agent = str(client.meta.config.user_agent)
        self._shape = client.meta.service_model.operation_model("GetObject").output_shape
        self._places: dict[str, _Place] = {}
        self._asking = threading.local()
        self._rests_until = 0.0
        client.meta.events.register("before-send.s3.GetObject", self._learn)

    def get(self, arguments: Mapping[str, str]) -> Mapping[str, Any] | None:
        """As `get_object` of boto3 with these arguments, but only the members that are used; None if boto3 is to be asked itself.

        Raises botocore's ClientError for what the store refuses for good.
        """
        place = self._places.get(arguments["Bucket"])
        self._asking.key = None
        if place is None or self._session is None:
            self._asking.key = (arguments["Bucket"], _encoded(arguments["Key"]))
            return None
        if time.monotonic() < self._rests_until:
            return None
        response = self._send(place, arguments)
        if response is not None and response.status_code in _GIVEN:
            return _answer(response)
        if response is not None and response.status_code in _REFUSED:
            self._raise(response)
        if response is None or response.status_code in _BUSY:
            self._rests_until = time.monotonic() + _REST_SECONDS
        # What follows is the second attempt.
        TRAFFIC.add(0, 1)
        return None

    def _send(self, place: _Place, arguments: Mapping[str, str]) -> Any:  # noqa: ANN401 - as above
        """The response; None if there is none."""
        from botocore.awsrequest import AWSRequest
        from botocore.exceptions import BotoCoreError

        headers = {_HEADERS[name]: value for name, value in arguments.items() if name in _HEADERS}
        version = f"?versionId={_encoded(arguments['VersionId'], safe='~')}" if "VersionId" in arguments else ""
        request = AWSRequest("GET", f"{place.base}{_encoded(arguments['Key'])}{version}", {**headers, "User-Agent": self._agent})
        if place.scope:
            self._sign(request, *place.scope)
        prepared = request.prepare()
        prepared.stream_output = True
        TRAFFIC.add(1, 0)
        try:
            return self._session.send(prepared)
        except BotoCoreError:
            return None

    def _sign(self, request: Any, region: str, service: str) -> None:  # noqa: ANN401 - as above
        from botocore.auth import S3SigV4Auth

        S3SigV4Auth(self._credentials.get_frozen_credentials(), service, region).add_auth(request)

    def _raise(self, response: Any) -> None:  # noqa: ANN401 - as above
        from botocore.exceptions import ClientError
        from botocore.parsers import create_parser

        told = {"status_code": response.status_code, "headers": response.headers, "body": response.content}
        parsed = create_parser("rest-xml").parse(told, self._shape)
        if parsed.get("Error", {}).get("Code") in _REFUSED[response.status_code]:
            raise ClientError(parsed, "GetObject")

    def _learn(self, request: Any, **_others: object) -> None:  # noqa: ANN401 - as above
        """Called before botocore sends a request for an object; giving nothing lets it be sent."""
        asked = getattr(self._asking, "key", None)
        if asked is None or _OTHERWISE in request.headers:
            return
        bucket, key = asked
        address = request.url.partition("?")[0]
        if not address.endswith(f"/{key}"):
            return
        scope = _SCOPE.fullmatch(_text(request.headers.get("Authorization", "")))
        if (scope and self._credentials is not None) or "Authorization" not in request.headers:
            self._places[bucket] = _Place(address[: len(address) - len(key)], (scope[1], scope[2]) if scope else None)


def _encoded(text: str, safe: str = "/~") -> str:
    """As botocore encodes keys."""
    from botocore.utils import percent_encode

    return str(percent_encode(text, safe=safe))


def _text(header: str | bytes) -> str:
    return header.decode("latin-1") if isinstance(header, bytes) else header


def _answer(response: Any) -> Mapping[str, Any]:  # noqa: ANN401 - boto3 has no types
    from botocore.response import StreamingBody

    headers = response.headers
    answer: dict[str, Any] = {member: headers[name] for member, name in _MEMBERS.items() if name in headers}
    if "Last-Modified" in headers:
        answer["LastModified"] = parsedate_to_datetime(headers["Last-Modified"])
    length = headers.get("Content-Length")
    return answer | {"ContentLength": int(length), "Body": StreamingBody(response.raw, length)}
