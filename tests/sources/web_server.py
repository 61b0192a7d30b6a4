"""A web server on loopback with one object at every path, that gives parts or does not, redirects, refuses and breaks off as it is told."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import md5
from http.server import BaseHTTPRequestHandler
from typing import Final

import regex

from tests.sources.loopback import Loopback, Quiet

_RANGE: Final = regex.compile(r"bytes=(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, as it came in."""

    method: str
    path: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Say:
    """An answer without an object."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)


class WebServer(Loopback):
    """Also what a test asks afterwards.

    :ivar content: what every path gives; None for nothing
    :ivar ranges: whether parts are given
    :ivar validators: whether the ETag and the time of the last change are told
    :ivar weak: whether the ETag is a weak one
    :ivar lengths: whether the length is told
    :ivar obeys: whether conditions are looked at
    :ivar cut: break off each body after so many bytes, so many times
    :ivar trouble: asked for each request; None lets it pass
    :ivar asked: all requests, in order
    """

    def __init__(self) -> None:
        self.content: bytes | None = b""
        self.ranges = self.validators = self.lengths = self.obeys = True
        self.weak = False
        self.cut: tuple[int, int] = (0, 0)
        self.trouble: Callable[[Asked], Say | None] = lambda _asked: None
        self.asked: list[Asked] = []
        super().__init__(_Handler, "web")


class _Handler(Quiet, BaseHTTPRequestHandler):
    web: WebServer

    def do_GET(self) -> None:
        asked = Asked(self.command, self.path, dict(self.headers.items()))
        self.web.asked.append(asked)
        say, content = self.web.trouble(asked), self.web.content
        if say is None and content is None:
            say = Say(404)
        condition = asked.headers.get("If-Match", "")
        if say is None and content is not None and self.web.obeys and condition not in {"", _etag(content)}:
            say = Say(412)
        if say is not None:
            self._head(say.status, {"Content-Length": "0"} | say.headers)
        elif content is not None:
            self._give(content, _RANGE.fullmatch(asked.headers.get("Range", "")) if self.web.ranges else None)

    def _give(self, content: bytes, span: regex.Match[str] | None) -> None:
        told = {"ETag": ("W/" if self.web.weak else "") + _etag(content), "Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT"}
        headers = told if self.web.validators else {}
        if span and int(span[1]) >= len(content):
            self._head(416, headers | {"Content-Range": f"bytes */{len(content)}", "Content-Length": "0"})
            return
        body = content[int(span[1]) : int(span[2]) + 1] if span else content
        if span:
            headers = headers | {"Content-Range": f"bytes {span[1]}-{int(span[1]) + len(body) - 1}/{len(content)}"}
        headers = headers | ({"Content-Length": str(len(body))} if self.web.lengths else {})
        after, times = self.web.cut
        if times and len(body) > after:
            self.web.cut = (after, times - 1)
            body = body[:after]
        self._head(206 if span else 200, headers)
        # The client may have heard enough.
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


def _etag(content: bytes) -> str:
    return f'"{md5(content, usedforsecurity=False).hexdigest()}"'
