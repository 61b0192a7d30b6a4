"""A store with one bucket, `b`, on loopback, that gives its objects faithfully, and trouble where a test wants some."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import md5
from http.server import BaseHTTPRequestHandler
from typing import Final
from urllib.parse import parse_qs, quote, unquote, urlsplit
from xml.sax.saxutils import escape

import regex

from scanner.config import StoreConfig
from tests.sources.loopback import Loopback, Quiet

_RANGE: Final = regex.compile(r"bytes=(\d+)-(\d+)")
_PAGE: Final = 3


@dataclass(frozen=True, slots=True)
class Got:
    """A request for an object, as it came in.

    :param span: first and last byte asked for; None for all
    """

    key: str
    span: tuple[int, int] | None
    if_match: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is no object."""

    status: int
    code: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """Break off after so many bytes of the body."""

    after: int


Trouble = Refusal | Cut


class FaultyStore(Loopback):
    """Also what a test asks afterwards.

    :ivar contents: key -> bytes; may be changed at any time
    :ivar trouble: asked for each GET of an object; None lets it pass
    :ivar refuse_listing: what the second page of the bucket's list is answered with, if not None
    :ivar requests: all GETs of objects, in order
    :ivar sent: bytes of bodies
    :ivar payers: what each GET says of who pays
    :ivar signatures: the signature of each GET, empty for none
    :ivar methods: all that came in
    """

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}
        self.headers: dict[str, str] = {}
        self.trouble: Callable[[Got], Trouble | None] = lambda _got: None
        self.refuse_listing: Refusal | None = None
        self.requests: list[Got] = []
        self.sent = 0
        self.payers: list[str] = []
        self.signatures: list[str] = []
        self.methods: set[str] = set()
        super().__init__(_Handler, "store")

    @property
    def config(self) -> StoreConfig:
        return StoreConfig(endpoint_url=self.url)


class _Handler(Quiet, BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store: FaultyStore

    def parse_request(self) -> bool:
        parsed = super().parse_request()
        self.store.methods.add(self.command)
        return parsed

    def do_GET(self) -> None:
        self.store.payers.append(self.headers.get("x-amz-request-payer", ""))
        self.store.signatures.append(self.headers.get("Authorization", ""))
        parts = urlsplit(self.path)
        bucket, _, key = unquote(parts.path[1:]).partition("/")
        if bucket != "b":
            self._refuse(Refusal(404, "NoSuchBucket"))
        elif key:
            self._give(key)
        else:
            self._list({name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()})

    def _give(self, key: str) -> None:
        found = _RANGE.fullmatch(self.headers.get("Range", ""))
        span = (int(found[1]), int(found[2])) if found else None
        got = Got(key, span, self.headers.get("If-Match", "").strip('"'))
        self.store.requests.append(got)
        trouble = self.store.trouble(got)
        content = self.store.contents.get(key)
        if isinstance(trouble, Refusal):
            self._refuse(trouble)
        elif content is None:
            self._refuse(Refusal(404, "NoSuchKey"))
        elif got.if_match and got.if_match != etag(content):
            self._refuse(Refusal(412, "PreconditionFailed"))
        else:
            self._send(content, span, trouble)

    def _send(self, content: bytes, span: tuple[int, int] | None, cut: Cut | None) -> None:
        body = content if span is None else content[span[0] : span[1] + 1]
        self.send_response(200 if span is None else 206)
        if span is not None:
            self.send_header("Content-Range", f"bytes {span[0]}-{span[0] + len(body) - 1}/{len(content)}")
        self.send_header("ETag", f'"{etag(content)}"')
        self.send_header("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")
        self.send_header("Content-Length", str(len(body)))
        for name, value in self.store.headers.items():
            self.send_header(name, value)
        self.end_headers()
        sent = body if cut is None else body[: cut.after]
        self.wfile.write(sent)
        self.store.sent += len(sent)
        self.close_connection = cut is not None

    def _list(self, query: Mapping[str, str]) -> None:
        refusal = self.store.refuse_listing
        if refusal and "continuation-token" in query:
            self._refuse(refusal)
            return
        keys = sorted((key for key in self.store.contents if key.startswith(query.get("prefix", ""))), key=str.encode)
        start = int(query.get("continuation-token", 0))
        page, more = keys[start : start + _PAGE], start + _PAGE < len(keys)
        token = f"<NextContinuationToken>{start + _PAGE}</NextContinuationToken>" if more else ""
        entries = "".join(map(self._entry, page))
        self._xml(
            200,
            f"<ListBucketResult><Name>b</Name><EncodingType>url</EncodingType><IsTruncated>{str(more).lower()}</IsTruncated>"
            f"{token}{entries}</ListBucketResult>",
        )

    def _entry(self, key: str) -> str:
        content = self.store.contents[key]
        return (
            f"<Contents><Key>{quote(key)}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>&quot;{etag(content)}&quot;</ETag>"
            f"<Size>{len(content)}</Size><StorageClass>STANDARD</StorageClass></Contents>"
        )

    def _refuse(self, refusal: Refusal) -> None:
        self._xml(refusal.status, f"<Error><Code>{refusal.code}</Code><Message>{escape(refusal.message)}</Message></Error>")

    def _xml(self, status: int, text: str) -> None:
        data = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@lru_cache(maxsize=64)
def etag(content: bytes) -> str:
    return md5(content, usedforsecurity=False).hexdigest()
