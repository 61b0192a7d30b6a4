"""What an `http://` or `https://` target names, and how it is called without the secrets that URLs carry."""

import hashlib
import os
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import regex

from scanner.errors import TargetError
from scanner.model.objects import ObjectRef

_PORTS: Final = {"http": 80, "https": 443}
_WEB: Final = regex.compile(r"https?://.*", regex.DOTALL | regex.IGNORECASE)
_CONTROL: Final = regex.compile(r"[\x00-\x20\x7f]")
# What RFC 3986 allows as it is, and what is encoded already.
_SAFE: Final = "%/:=&?~+!$,;'@()*"
# Parameters that say who may fetch and until when, not what: Amazon's and Google's signatures, those of CloudFront ...
_SIGNING: Final = regex.compile(
    r"x-amz-.*|x-goog-.*|awsaccesskeyid|googleaccessid|signature|expires|key-pair-id|policy", regex.IGNORECASE | regex.DOTALL
)
# ... and of Azure's shared access signatures ("Create a service SAS", "Create a user delegation SAS").
_SAS: Final = regex.compile(r"s[vpterisr]|ss|srt|spr|sip|sig|sk(?:oid|tid|t|e|s|v)|saoid|suoid|scid|sdd|ses|rsc[cdelt]")


@dataclass(frozen=True, slots=True)
class HttpTarget:
    """One object of a web server.

    :param scheme: `http` or `https`
    :param host: name or address, in lower case
    :param path: path and query as they are sent; may hold secrets
    """

    scheme: str
    host: str
    port: int
    path: str = field(repr=False)

    @property
    def origin(self) -> tuple[str, str, int]:
        """Whom it is asked of."""
        return self.scheme, self.host, self.port

    @property
    def ref(self) -> ObjectRef:
        """Its name. Of a query only a short hash appears, before the extension, and nothing of what only signs."""
        path, _, query = self.path.partition("?")
        key = unquote(path.removeprefix("/"), errors="surrogateescape")
        told = _unsigned(query)
        if told or quote(os.fsencode(key)) != quote(path.removeprefix("/"), safe="%/"):
            stem, extension = os.path.splitext(key)
            key = f"{stem}~{hashlib.sha256(os.fsencode(f'{path}?{told}')).hexdigest()[:8]}{extension}"
        return ObjectRef(self.scheme, self._place, key)

    @property
    def _place(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def parse_url(url: str) -> HttpTarget:
    """What `url` names; its fragment is of no concern. Raises TargetError, which does not repeat what may be secret."""
    parts = urlsplit(url)
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    scheme = parts.scheme.lower()
    if not host or scheme not in _PORTS or _CONTROL.search(host):
        raise TargetError(f"{shown(url)}: it is no URL of an object, as in https://example.com/data.csv; write spaces as %20")
    if "@" in parts.netloc:
        raise TargetError(
            f"{shown(url)}: it holds a user name or a password, which everybody on this machine could read; "
            "put the header that is to be sent in DOWSE_HTTP_AUTHORIZATION"
        )
    query = f"?{parts.query}" if parts.query else ""
    return HttpTarget(scheme, host, port or _PORTS[scheme], quote(os.fsencode((parts.path or "/") + query), safe=_SAFE))


def shown(target: str) -> str:
    """`target` as it may be printed: of a URL neither user, password, query nor fragment; anything else as it is."""
    if not _WEB.fullmatch(target):
        return target
    scheme, _, rest = target.partition("://")
    place = regex.split(r"[/?#\\]", rest, maxsplit=1)[0]
    path, mark, _ = regex.sub("#.*", "", rest[len(place) :]).partition("?")
    return f"{scheme}://{place.rpartition('@')[2]}{path}{'?...' if mark else ''}"


def _unsigned(query: str) -> str:
    """What of the query says which object is meant."""
    given = parse_qsl(query, keep_blank_values=True)
    signing = (_SIGNING, _SAS) if "sig" in dict(given) else (_SIGNING,)
    kept = [pair for pair in given if not any(one.fullmatch(pair[0]) for one in signing)]
    return "&".join(f"{quote(name)}={quote(value)}" for name, value in kept)
