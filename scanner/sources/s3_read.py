"""Asks a bucket for its objects and for what it says of them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from scanner.errors import ReadError
from scanner.model.objects import ObjectFacts, StoredObject
from scanner.model.outcome import Reason
from scanner.sources.remote import Answer, RemoteReader
from scanner.sources.s3_connect import is_amazon
from scanner.sources.s3_direct import DirectGet
from scanner.sources.s3_trouble import read_error

_ENCRYPTIONS: Final = frozenset({"AES256", "aws:kms", "aws:kms:dsse"})


class ObjectReader(RemoteReader):
    """Opens objects of one store.

    :param client: of `scanner.sources.s3_connect`
    :param extra: what every request carries
    """

    def __init__(self, client: Any, extra: Mapping[str, str]) -> None:  # noqa: ANN401 - boto3 has no types
        from botocore.exceptions import BotoCoreError
        from urllib3.exceptions import HTTPError

        super().__init__(self._answer, (BotoCoreError, HTTPError))
        self._client = client
        self._direct = DirectGet(client)
        self._extra = extra

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

    def _answer(self, stored: StoredObject, wanted: range | None) -> Answer:
        answer = self._get(stored, wanted)
        return Answer(_as_answered(stored, answer, amazon=is_amazon(self._client)), _length(answer), answer["Body"])

    def _get(self, stored: StoredObject, wanted: range | None) -> Mapping[str, Any]:
        """The answer to one request for `wanted`, or for everything. Raises ReadError; CHANGED if it is not what was listed."""
        from botocore.exceptions import BotoCoreError, ClientError

        ref = stored.ref
        arguments: dict[str, str] = {"Bucket": ref.bucket, "Key": ref.key, **self._extra}
        if ref.version:
            arguments["VersionId"] = ref.version
        elif stored.etag:
            arguments["IfMatch"] = f'"{stored.etag}"'
        if wanted is not None:
            arguments["Range"] = f"bytes={wanted.start}-{wanted.stop - 1}"
        try:
            answer: Mapping[str, Any] = self._direct.get(arguments) or self._client.get_object(**arguments)
        except (ClientError, BotoCoreError) as error:
            raise read_error(error) from None
        if wanted is not None and wanted.start and not answer.get("ContentRange"):
            answer["Body"].close()
            raise ReadError(Reason.IO_ERROR, "the store does not give parts of objects, and it is too large to be had at once")
        return answer


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
