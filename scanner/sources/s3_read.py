"""Reads objects of a bucket: small ones by one request, large ones by ranges, all of the one version that was opened."""

import io
import random
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any, Final

from scanner.errors import ReadError
from scanner.model.objects import ObjectFacts, StoredObject
from scanner.model.outcome import Reason
from scanner.sources.ranged import BLOCK, MOST, RangedRaw
from scanner.sources.s3_connect import is_amazon
from scanner.sources.s3_trouble import read_error
from scanner.sources.traffic import TRAFFIC

_CHUNK: Final = 256 * 1024
_BUFFER: Final = 64 * 1024
_ENCRYPTIONS: Final = frozenset({"AES256", "aws:kms", "aws:kms:dsse"})
# Objects that are sent for at once; boto3 gains nothing beyond, a process has but one interpreter.
_AT_ONCE: Final = 16
# How often a body that breaks off is taken up again, and the wait before in seconds, which doubles.
_RESUMPTIONS: Final = 6
_FIRST_WAIT: Final = 0.05


class S3Stream(io.BufferedReader):
    """An open object.

    :ivar stored: the object that is read: as listed, or as it was when it was opened if it had been written anew
    """

    def __init__(self, ranged: RangedRaw, stored: StoredObject) -> None:
        super().__init__(ranged, _BUFFER)
        self.stored = stored
        self._ranged = ranged

    @property
    def failure(self) -> ReadError | None:
        """What fetching failed of, whatever a parser made of it."""
        return self._ranged.failure


class ObjectReader:
    """Opens objects of one store.

    :param client: of `scanner.sources.s3_connect`
    :param extra: what every request carries
    """

    def __init__(self, client: Any, extra: Mapping[str, str]) -> None:  # noqa: ANN401 - boto3 has no types
        self._client = client
        self._extra = extra
        self._pool: ThreadPoolExecutor | None = None
        self._coming: dict[StoredObject, Future[S3Stream]] = {}
        self._until: int | None = None

    def expect(self, coming: Sequence[StoredObject], until: int | None) -> None:
        """Send for `coming`, if they are several and small; what was expected before is forgotten."""
        for future in self._coming.values():
            future.cancel()
        self._coming, self._until = {}, until
        if len(coming) > 1 and sum(stored.size for stored in coming) <= 2 * MOST:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(_AT_ONCE, "fetch")
            self._coming = {stored: self._pool.submit(self._opened, stored) for stored in coming}

    def open(self, stored: StoredObject) -> S3Stream:
        """A stream with its first bytes at hand, for small objects with all of them. Raises ReadError."""
        future = self._coming.pop(stored, None)
        return self._opened(stored) if future is None else future.result()

    def described(self, stored: StoredObject) -> StoredObject:
        """With its tags, if it has some and they may be read."""
        if stored.facts.tag_count == 0:
            return stored
        tags = self.tags(stored)
        return stored if isinstance(tags, ReadError) else replace(stored, facts=replace(stored.facts, tags=tags, tag_count=len(tags)))

    def tags(self, stored: StoredObject) -> tuple[tuple[str, str], ...] | ReadError:
        """Keys and values by key, or why they cannot be read."""
        from botocore.exceptions import BotoCoreError, ClientError

        ref = stored.ref
        version = {"VersionId": ref.version} if ref.version else {}
        try:
            answer = self._client.get_object_tagging(Bucket=ref.bucket, Key=ref.key, **version, **self._extra)
        except (ClientError, BotoCoreError) as error:
            return read_error(error)
        return tuple(sorted((str(tag["Key"]), str(tag["Value"])) for tag in answer.get("TagSet", ())))

    def _opened(self, stored: StoredObject) -> S3Stream:
        whole = stored.size <= MOST
        try:
            answer = self._get(stored, None if whole else range(BLOCK))
        except ReadError as error:
            if error.reason is not Reason.CHANGED:
                raise
            # It was written anew since it was listed: what is there now is read.
            answer = self._get(replace(stored, etag=""), range(BLOCK))
        now = _as_answered(stored, answer, amazon=is_amazon(self._client))
        head = self._body(now, range(min(now.size, _length(answer))), answer)
        return S3Stream(RangedRaw(now.size, partial(self._fetch, now), head, self._until), now)

    def _fetch(self, stored: StoredObject, start: int, end: int) -> bytes:
        return self._body(stored, range(start, end), self._get(stored, range(start, end)))

    def _get(self, stored: StoredObject, wanted: range | None) -> Mapping[str, Any]:
        """The answer to one request for `wanted`, or for everything. Raises ReadError; CHANGED if it is not what was listed."""
        from botocore.exceptions import BotoCoreError, ClientError

        ref = stored.ref
        arguments: dict[str, object] = {"Bucket": ref.bucket, "Key": ref.key, **self._extra}
        if ref.version:
            arguments["VersionId"] = ref.version
        elif stored.etag:
            arguments["IfMatch"] = f'"{stored.etag}"'
        if wanted is not None:
            arguments["Range"] = f"bytes={wanted.start}-{wanted.stop - 1}"
        try:
            answer: Mapping[str, Any] = self._client.get_object(**arguments)
        except (ClientError, BotoCoreError) as error:
            raise read_error(error) from None
        if wanted is not None and wanted.start and not answer.get("ContentRange"):
            answer["Body"].close()
            raise ReadError(Reason.IO_ERROR, "the store does not give parts of objects, and it is too large to be had at once")
        return answer

    def _body(self, stored: StoredObject, wanted: range, answer: Mapping[str, Any]) -> bytes:
        """The bytes `wanted`; a body that breaks off is taken up where it did. Raises ReadError."""
        data = bytearray()
        trouble = _append(data, answer["Body"], len(wanted))
        for attempt in range(_RESUMPTIONS):
            if len(data) >= len(wanted):
                return bytes(data)
            time.sleep(random.uniform(0, _FIRST_WAIT * 2**attempt))  # noqa: S311 - spreads retries, no secret
            rest = range(wanted.start + len(data), wanted.stop)
            TRAFFIC.add(0, 1)
            trouble = _append(data, self._get(stored, rest)["Body"], len(wanted))
        if len(data) >= len(wanted):
            return bytes(data)
        raise ReadError(Reason.IO_ERROR, f"the store broke off {_RESUMPTIONS + 1} times ({trouble})")


def _append(data: bytearray, body: Any, most: int) -> str:  # noqa: ANN401 - boto3 has no types
    """Read `body` to its end, or until `data` has as many bytes; the kind of error that ended it early, if one did."""
    from botocore.exceptions import BotoCoreError
    from urllib3.exceptions import HTTPError

    try:
        while len(data) < most and (chunk := body.read(min(_CHUNK, most - len(data)))):
            data += chunk
    except (BotoCoreError, HTTPError, OSError) as error:
        return type(error).__name__
    finally:
        body.close()
    return "it ended early"


def _as_answered(stored: StoredObject, answer: Mapping[str, Any], *, amazon: bool) -> StoredObject:
    """`stored` with its facts, if the answer is of the very object that was listed; else what the answer says of it."""
    etag, total, facts = str(answer.get("ETag", "")).strip('"'), _total(answer), _facts(stored.facts, answer, amazon=amazon)
    if etag == stored.etag and total == stored.size:
        return replace(stored, facts=facts)
    modified, storage_class = answer.get("LastModified"), answer.get("StorageClass", "STANDARD")
    return replace(stored, size=total, etag=etag, modified=modified, storage_class=storage_class, facts=facts)


def _facts(known: ObjectFacts, answer: Mapping[str, Any], *, amazon: bool) -> ObjectFacts:
    encryption = str(answer.get("ServerSideEncryption", ""))
    if encryption not in _ENCRYPTIONS:
        # Amazon tells of all encryption but that with a customer's key, which it cannot read; other stores may keep silent.
        encryption = "NONE" if amazon and not encryption else "UNKNOWN"
    # Amazon does not count tags for those who may not read them, and where there are none.
    count = int(answer.get("TagCount", 0))
    return replace(known, encryption=encryption, kms_key=str(answer.get("SSEKMSKeyId", "")), tag_count=count)


def _length(answer: Mapping[str, Any]) -> int:
    return int(answer["ContentLength"])


def _total(answer: Mapping[str, Any]) -> int:
    """Bytes of the whole object, of which the answer may hold a part."""
    found = str(answer.get("ContentRange", "")).rpartition("/")[2]
    return int(found) if found.isdecimal() else _length(answer)
