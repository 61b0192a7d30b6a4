"""Asks web servers for bytes of one object, and goes where they send it if that is no place to be led to.

Built on the standard library: each connection must go to the very address that was looked at, or a name that changes its
address in between would lead elsewhere; the connection pools of others resolve names by themselves.
"""

import http.client
import os
import random
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from scanner.errors import ConfigError, ReadError, TargetError
from scanner.model.outcome import Reason
from scanner.sources.addresses import Address, is_link_local, is_loopback, resolve
from scanner.sources.http_target import HttpTarget, parse_url
from scanner.version import VERSION

AUTHORIZATION: Final = "DOWSE_HTTP_AUTHORIZATION"
"""Environment variable with the header of that name for the server that the user named."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_HOPS: Final = 5
# Three waits in the mean take 2 s, all five 8 s; after that the server is down rather than busy.
_BUSY: Final = frozenset({429, 500, 502, 503, 504})
_ATTEMPTS: Final = 6
_FIRST_WAIT: Final = 0.5
# A server may ask for patience, but not for any.
_MOST_PATIENCE: Final = 30
_CONNECT_SECONDS: Final = 10
_READ_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's answer, its body still to be read.

    :param response: of the standard library
    """

    response: http.client.HTTPResponse
    connection: http.client.HTTPConnection

    @property
    def status(self) -> int:
        """The three digits."""
        return self.response.status

    def header(self, name: str) -> str:
        """Its value, empty if there is none."""
        return self.response.headers.get(name, "")

    def read(self, size: int, /) -> bytes:
        """At most so many bytes of the body. Raises OSError and HTTPException."""
        return self.response.read(size)

    def close(self) -> None:
        """Lets go of it."""
        self.response.close()
        self.connection.close()


def check(target: HttpTarget) -> None:
    """Raises TargetError for a target where only metadata services answer, ConfigError for a header that would be sent in the clear."""
    found = resolve(target.host)
    if any(map(is_link_local, found)):
        raise TargetError(f"{target.ref.path}: its address is link-local, where no store answers but the machine's own metadata service")
    if os.environ.get(AUTHORIZATION) and target.scheme == "http" and not all(map(is_loopback, found)):
        raise ConfigError(f"{target.ref.path}: {AUTHORIZATION} would be sent in the clear; name it as https://, or unset the variable")


def get(target: HttpTarget, headers: Mapping[str, str]) -> Reply:
    """The answer to one GET, of a busy server to the first that it takes. Raises ReadError if there is none."""
    for attempt in range(_ATTEMPTS):
        wait = random.uniform(0, _FIRST_WAIT * 2**attempt)  # noqa: S311 - spreads retries, no secret
        last = attempt == _ATTEMPTS - 1
        try:
            reply = _followed(target, headers)
        except ssl.SSLCertVerificationError:
            raise ReadError(Reason.IO_ERROR, "the server's certificate is not trusted; SSL_CERT_FILE names further ones") from None
        except (OSError, http.client.HTTPException) as error:
            if last:
                raise ReadError(Reason.IO_ERROR, f"the server cannot be reached or breaks off ({type(error).__name__})") from None
        else:
            if last or reply.status not in _BUSY:
                return reply
            reply.close()
            wait = max(wait, _patience(reply))
        time.sleep(wait)
    raise AssertionError("the last attempt returns or raises")


def _followed(target: HttpTarget, headers: Mapping[str, str]) -> Reply:
    """The first answer that sends nowhere else. Raises ReadError for redirects that are not followed."""
    at_home = any(map(is_loopback, resolve(target.host)))
    here = target
    for _ in range(_HOPS + 1):
        reply = _asked(here, headers if here.origin != target.origin else {**headers, **_authorization()}, at_home=at_home)
        if reply.status not in _REDIRECTS:
            return reply
        reply.close()
        here = _sent_to(here, reply.header("Location"))
    raise ReadError(Reason.IO_ERROR, f"the server redirects more than {_HOPS} times")


def _sent_to(here: HttpTarget, location: str) -> HttpTarget:
    try:
        there = parse_url(urljoin(f"{here.scheme}://{here.ref.bucket}{here.path}", location))
    except (TargetError, ValueError):
        raise ReadError(Reason.IO_ERROR, "the server redirects to what is no http:// or https:// URL, or has a password in it") from None
    if here.scheme == "https" and there.scheme == "http":
        raise ReadError(Reason.IO_ERROR, "the server redirects from https:// to http://, where anybody could read along")
    return there


def _asked(target: HttpTarget, headers: Mapping[str, str], *, at_home: bool) -> Reply:
    connection = _connected(target, at_home=at_home)
    try:
        common = {"User-Agent": f"dowse/{VERSION}", "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
        connection.request("GET", target.path, headers={**common, **headers})
        return Reply(connection.getresponse(), connection)
    except (OSError, http.client.HTTPException):
        connection.close()
        raise


def _connected(target: HttpTarget, *, at_home: bool) -> http.client.HTTPConnection:
    """A connection to an address that was looked at. Raises OSError, and ReadError for a place where no scan may be led."""
    plain = _dialled(target, at_home=at_home)
    if target.scheme == "http":
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.sock = plain
        return connection
    context = ssl.create_default_context()
    secure = http.client.HTTPSConnection(target.host, target.port, context=context)
    try:
        secure.sock = context.wrap_socket(plain, server_hostname=target.host)
    except OSError:
        plain.close()
        raise
    return secure


def _dialled(target: HttpTarget, *, at_home: bool) -> socket.socket:
    found = resolve(target.host)
    if any(is_link_local(one) or (is_loopback(one) and not at_home) for one in found):
        raise ReadError(Reason.IO_ERROR, "the server redirects to a link-local address or to this machine; that is not followed")
    trouble: OSError = OSError("no address")
    for address in dict.fromkeys(found):
        try:
            return _dial(address, target.port)
        except OSError as error:
            trouble = error
    raise trouble


def _dial(address: Address, port: int) -> socket.socket:
    dialled = socket.create_connection((str(address), port), _CONNECT_SECONDS)
    dialled.settimeout(_READ_SECONDS)
    return dialled


def _authorization() -> dict[str, str]:
    value = os.environ.get(AUTHORIZATION)
    return {"Authorization": value} if value else {}


def _patience(reply: Reply) -> int:
    asked = reply.header("Retry-After")
    return min(int(asked), _MOST_PATIENCE) if asked.isascii() and asked.isdecimal() else 0
