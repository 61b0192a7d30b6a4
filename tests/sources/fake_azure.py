"""A storage account, `acct`, with one container, `c`, on loopback: as much of Azure's language as reading takes, and refusals as told."""

from dataclasses import dataclass, field
from hashlib import md5
from http.server import BaseHTTPRequestHandler
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import regex

from scanner.config import StoreConfig
from tests.sources.loopback import Loopback, Quiet

_RANGE: Final = regex.compile(r"bytes=(\d+)-(\d+)")
_PAGE: Final = 3
_DATE: Final = "Thu, 01 Jan 2026 00:00:00 GMT"


@dataclass
class Blob:
    content: bytes
    tier: str = "Hot"
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        return f"0x{md5(self.content, usedforsecurity=False).hexdigest()[:15].upper()}"


class FakeAzure(Loopback):
    """Also what a test asks afterwards.

    :ivar blobs: name -> blob; may be changed at any time
    :ivar refuse: status and code that every request for a blob is answered with, if any
    :ivar refuse_listing: the same for lists, from the second page on
    :ivar methods: all that came in
    :ivar spans: ranges that were asked for
    :ivar conditions: ETags that were asked for
    """

    def __init__(self) -> None:
        self.blobs: dict[str, Blob] = {}
        self.refuse: tuple[int, str] | None = None
        self.refuse_listing: tuple[int, str] | None = None
        self.methods: set[str] = set()
        self.spans: list[str] = []
        self.conditions: set[str] = set()
        super().__init__(_Handler, "azure")

    @property
    def config(self) -> StoreConfig:
        return StoreConfig(endpoint_url=f"http://127.0.0.1:{self.port}/acct", no_sign_request=True)


class _Handler(Quiet, BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    azure: FakeAzure

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.azure.methods.add(self.command)
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        _, _, container, *rest = parts.path.split("/", 3)
        name = unquote(rest[0]) if rest else ""
        if not container:
            self._xml("<EnumerationResults><Containers>" + _container("c") + _container("other") + "</Containers></EnumerationResults>")
        elif container != "c":
            self._refuse(404, "ContainerNotFound")
        elif name:
            self._blob(name, query)
        else:
            self._list(query)

    def _blob(self, name: str, query: dict[str, str]) -> None:
        blob, wanted = self.azure.blobs.get(name), self.headers.get("If-Match", "").strip('"')
        if self.azure.refuse:
            self._refuse(*self.azure.refuse)
        elif blob is None:
            self._refuse(404, "BlobNotFound")
        elif query.get("comp") == "tags":
            self._xml(_tags(blob, "Tags"))
        elif wanted and wanted != blob.etag:
            self._refuse(412, "ConditionNotMet")
        else:
            self._give(blob)

    def _give(self, blob: Blob) -> None:
        asked = self.headers.get("x-ms-range", self.headers.get("Range", ""))
        span = _RANGE.fullmatch(asked)
        body = blob.content[int(span[1]) : int(span[2]) + 1] if span else blob.content
        headers = {
            "ETag": f'"{blob.etag}"',
            "Last-Modified": _DATE,
            "x-ms-blob-type": "BlockBlob",
            "x-ms-access-tier": blob.tier,
            "x-ms-server-encrypted": "true",
        }
        if span:
            headers["Content-Range"] = f"bytes {span[1]}-{int(span[1]) + len(body) - 1}/{len(blob.content)}"
        if self.command == "GET":
            self.azure.spans.append(asked)
            self.azure.conditions.add(self.headers.get("If-Match", ""))
        self._send(206 if span else 200, headers, body)

    def _list(self, query: dict[str, str]) -> None:
        refusal, start = self.azure.refuse_listing, int(query.get("marker") or 0)
        if refusal and start:
            self._refuse(*refusal)
            return
        names = sorted((name for name in self.azure.blobs if name.startswith(query.get("prefix", ""))), key=str.encode)
        marker = str(start + _PAGE) if start + _PAGE < len(names) else ""
        entries = "".join(_entry(name, self.azure.blobs[name]) for name in names[start : start + _PAGE])
        self._xml(f"<EnumerationResults><Blobs>{entries}</Blobs><NextMarker>{marker}</NextMarker></EnumerationResults>")

    def _refuse(self, status: int, code: str) -> None:
        self._send(
            status,
            {"x-ms-error-code": code, "Content-Type": "application/xml"},
            f"<Error><Code>{escape(code)}</Code><Message>No.</Message></Error>".encode(),
        )

    def _xml(self, text: str) -> None:
        self._send(200, {"Content-Type": "application/xml"}, f'<?xml version="1.0" encoding="utf-8"?>{text}'.encode())

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


def _container(name: str) -> str:
    return f'<Container><Name>{name}</Name><Properties><Last-Modified>{_DATE}</Last-Modified><Etag>"1"</Etag></Properties></Container>'


def _entry(name: str, blob: Blob) -> str:
    # Characters that XML cannot hold come percent-encoded, and are said to.
    odd = any(character < " " for character in name)
    told = f'<Name Encoded="true">{_encoded(name)}</Name>' if odd else f"<Name>{escape(name)}</Name>"
    return (
        f"<Blob>{told}<Properties><Last-Modified>{_DATE}</Last-Modified><Etag>{blob.etag}</Etag><Content-Length>{len(blob.content)}"
        f"</Content-Length><BlobType>BlockBlob</BlobType><AccessTier>{blob.tier}</AccessTier><ServerEncrypted>true</ServerEncrypted>"
        f"</Properties>{_tags(blob, 'Tags') if blob.tags else ''}</Blob>"
    )


def _encoded(name: str) -> str:
    return "".join(f"%{ord(character):02X}" if character < " " or character == "%" else escape(character) for character in name)


def _tags(blob: Blob, element: str) -> str:
    pairs = "".join(f"<Tag><Key>{key}</Key><Value>{value}</Value></Tag>" for key, value in blob.tags.items())
    return f"<{element}><TagSet>{pairs}</TagSet></{element}>"
