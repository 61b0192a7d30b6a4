"""One object of a web server, named by its URL."""

import http.client
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import BinaryIO, Final, cast

import regex

from scanner.errors import ReadError
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Outcome, Reason, Status
from scanner.sources.files import skipped
from scanner.sources.filters import Filters
from scanner.sources.http_ask import Reply, check, get
from scanner.sources.http_target import HttpTarget, parse_url
from scanner.sources.options import SourceOptions
from scanner.sources.remote import Answer, RemoteReader, as_opened, was_unchanged

_SPAN: Final = regex.compile(r"bytes (?P<start>[0-9]{1,18})-(?P<last>[0-9]{1,18})/(?P<total>[0-9]{1,18})")
_DENIED: Final = frozenset({401, 403, 407})
_GONE: Final = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class HttpSource:
    """An object that the user named by its URL. Only ever asks for it; follows nothing that stands in it.

    :param target: may hold secrets in its query
    """

    target: HttpTarget = field(repr=False)
    options: SourceOptions

    @property
    def root(self) -> ObjectRef:
        """The object."""
        return self.target.ref

    def objects(self) -> Iterator[StoredObject | Unlisted]:
        """The one object, or why it is not offered; its size is given as 0 if the server does not say it.

        Asks for its first byte: what is signed for GET cannot be asked for by HEAD.
        """
        try:
            answer = _answer(self.target, StoredObject(self.root, 0), range(1))
        except ReadError as error:
            yield Unlisted(self.root, 0, Outcome(Status.FAILED, error.reason, error.detail))
            return
        answer.body.close()
        yield _judged(answer, Filters(self.options))

    def portable(self, stored: StoredObject) -> bool:  # noqa: ARG002 - the protocol asks for each object
        """Always."""
        return True

    def expect(self, coming: Sequence[StoredObject], until: int | None = None) -> None:
        """Remembers how far it is wanted."""
        _reader(self.target).expect(coming, until)

    def open(self, stored: StoredObject) -> BinaryIO:
        """A stream, seekable if the server gives parts or the object is small. Raises ReadError."""
        return cast("BinaryIO", _reader(self.target).open(stored))

    def current(self, stored: StoredObject, stream: BinaryIO) -> StoredObject:  # noqa: ARG002 - the stream knows better
        """As it was when it was opened."""
        return as_opened(stream)

    def described(self, stored: StoredObject) -> StoredObject:
        """As it is: there is nothing more to say."""
        return stored

    def unchanged(self, stored: StoredObject, stream: BinaryIO) -> bool:  # noqa: ARG002 - the stream knows better
        """Whether all parts were of the same ETag, time and size. Raises ReadError if fetching failed otherwise."""
        return was_unchanged(stream)


def open_http(target: str, options: SourceOptions) -> HttpSource:
    """The object at the URL `target`. Raises TargetError and ConfigError for what is wrong without asking the server."""
    parsed = parse_url(target)
    check(parsed)
    return HttpSource(parsed, options)


@lru_cache(maxsize=16)
def _reader(target: HttpTarget) -> RemoteReader:
    return RemoteReader(lambda stored, wanted: _answer(target, stored, wanted), (http.client.HTTPException,))


def _judged(answer: Answer, filters: Filters) -> StoredObject | Unlisted:
    now = answer.now
    size = None if answer.length is None else now.size
    if unwanted := filters.why_not(now.ref.key, size, now.modified) or filters.by_chance(now.ref.key):
        return skipped(now.ref, now.size, Reason.EXCLUDED, unwanted)
    return skipped(now.ref, 0, Reason.EMPTY) if answer.length == 0 else now


def _answer(target: HttpTarget, stored: StoredObject, wanted: range | None) -> Answer:
    """The answer to one request. Raises ReadError."""
    reply = get(target, _range(wanted) | _condition(stored))
    try:
        return _understood(reply, stored, wanted)
    except ReadError:
        reply.close()
        raise


def _understood(reply: Reply, stored: StoredObject, wanted: range | None) -> Answer:
    if reply.status == 416 and reply.header("Content-Range") == "bytes */0" and not stored.size:
        return Answer(_as_answered(stored.ref, reply, 0), 0, reply)
    if reply.status not in {200, 206}:
        raise _refusal(reply.status)
    span = _SPAN.fullmatch(reply.header("Content-Range")) if reply.status == 206 else None
    start = int(span["start"]) if span else 0
    if (reply.status == 206 and span is None) or start != (wanted.start if wanted else 0):
        raise ReadError(Reason.IO_ERROR, "the server does not give the parts of the object that it is asked for")
    length = _number(reply.header("Content-Length"))
    now = _as_answered(stored.ref, reply, int(span["total"]) if span else length or 0)
    if _differ(stored, now):
        raise ReadError(Reason.CHANGED, "it was written to while it was read")
    return Answer(now, int(span["last"]) + 1 - start if span else length, reply)


def _refusal(status: int) -> ReadError:
    if status in _GONE:
        return ReadError(Reason.GONE, f"the server has no such object ({status})")
    if status in _DENIED:
        return ReadError(Reason.ACCESS_DENIED, f"the server refuses it ({status}); see docs/stores.md for what can be sent with a request")
    if status in {412, 416}:
        return ReadError(Reason.CHANGED, "it was written to while it was read")
    return ReadError(Reason.IO_ERROR, f"the server answers {status}")


def _as_answered(ref: ObjectRef, reply: Reply, size: int) -> StoredObject:
    return StoredObject(ref, size, _moment(reply.header("Last-Modified")), reply.header("ETag").removeprefix('"').removesuffix('"'))


def _differ(listed: StoredObject, now: StoredObject) -> bool:
    """Whether what answered is something else than what was listed, as far as both say."""
    if listed.etag or now.etag:
        return bool(listed.etag) and listed.etag != now.etag
    return bool((listed.modified and listed.modified != now.modified) or (listed.size and listed.size != now.size))


def _range(wanted: range | None) -> dict[str, str]:
    return {"Range": f"bytes={wanted.start}-{wanted.stop - 1}"} if wanted else {}


def _condition(stored: StoredObject) -> dict[str, str]:
    """Of a server that has it, the exact version; a weak ETag never matches and is compared afterwards (RFC 9110, 13.1.1)."""
    return {"If-Match": f'"{stored.etag}"'} if stored.etag and not stored.etag.startswith("W/") else {}


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None
