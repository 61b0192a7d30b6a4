"""Buckets `b` and `other` on loopback: as much of the language of Google Cloud Storage as reading takes, and refusals as told."""

import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

import regex

from scanner.config import StoreConfig
from tests.sources.loopback import Loopback, Quiet

_RANGE: Final = regex.compile(r"bytes=(\d+)-(\d+)")
_PAGE: Final = 3


@dataclass
class Kept:
    content: bytes
    generation: int = 1
    facts: dict[str, object] = field(default_factory=dict)


class FakeGcs(Loopback):
    """Also what a test asks afterwards.

    :ivar objects: name -> what is kept; may be changed at any time
    :ivar refuse: status and message that every request for bytes is answered with, if any
    :ivar refuse_listing: the same for lists, from the second page on
    :ivar methods: all that came in
    :ivar spans: ranges that were asked for
    :ivar payers: who was said to pay
    """

    def __init__(self) -> None:
        self.objects: dict[str, Kept] = {}
        self.refuse: tuple[int, str] | None = None
        self.refuse_listing: tuple[int, str] | None = None
        self.methods: set[str] = set()
        self.spans: list[str] = []
        self.payers: set[str] = set()
        super().__init__(_Handler, "gcs")

    @property
    def config(self) -> StoreConfig:
        return StoreConfig(endpoint_url=self.url, no_sign_request=True)


class _Handler(Quiet, BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    gcs: FakeGcs

    def do_GET(self) -> None:
        self.gcs.methods.add(self.command)
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        self.gcs.payers.add(query.get("userProject", ""))
        steps = parts.path.removeprefix("/download").removeprefix("/storage/v1/b").strip("/").split("/")
        bucket, name = unquote(steps[0]), unquote(steps[2]) if len(steps) > 2 else ""
        if not bucket:
            self._json(200, {"items": [{"name": "b"}, {"name": "other"}]})
        elif bucket != "b":
            self._refuse(404, "The specified bucket does not exist.")
        elif not name:
            self._list(query)
        elif (kept := self.gcs.objects.get(name)) is None:
            self._refuse(404, f"No such object: b/{name}")
        elif parts.path.startswith("/download"):
            self._give(kept, query)
        else:
            self._json(200, _resource(name, kept))

    def _give(self, kept: Kept, query: dict[str, str]) -> None:
        asked = self.headers.get("Range", "")
        self.gcs.spans.append(asked)
        if self.gcs.refuse:
            self._refuse(*self.gcs.refuse)
        elif query.get("ifGenerationMatch") != str(kept.generation):
            self._refuse(412, "At least one of the pre-conditions you specified did not hold.")
        else:
            span = _RANGE.fullmatch(asked)
            assert span is not None, "each request is for a range"
            body = kept.content[int(span[1]) : int(span[2]) + 1]
            told = f"bytes {span[1]}-{int(span[1]) + len(body) - 1}/{len(kept.content)}"
            self._send(206, {"Content-Range": told, "X-Goog-Generation": str(kept.generation)}, body)

    def _list(self, query: dict[str, str]) -> None:
        refusal, start = self.gcs.refuse_listing, int(query.get("pageToken", 0))
        if refusal and start:
            self._refuse(*refusal)
            return
        names = sorted((name for name in self.gcs.objects if name.startswith(query.get("prefix", ""))), key=str.encode)
        more = {"nextPageToken": str(start + _PAGE)} if start + _PAGE < len(names) else {}
        self._json(200, {"items": [_resource(name, self.gcs.objects[name]) for name in names[start : start + _PAGE]], **more})

    def _refuse(self, status: int, message: str) -> None:
        self._json(status, {"error": {"code": status, "message": message, "errors": [{"reason": "said", "message": message}]}})

    def _json(self, status: int, answer: dict[str, object]) -> None:
        self._send(status, {"Content-Type": "application/json"}, json.dumps(answer).encode())

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _resource(name: str, kept: Kept) -> dict[str, object]:
    return {
        "name": name,
        "bucket": "b",
        "generation": str(kept.generation),
        "size": str(len(kept.content)),
        "updated": "2026-01-01T00:00:00.000Z",
        "storageClass": "STANDARD",
    } | kept.facts
