"""What a source lists: names of objects, and the facts about them."""

import base64
import os
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from scanner.model.outcome import Outcome


@dataclass(frozen=True, slots=True, order=True)
class ObjectRef:
    """The name of one object, as findings quote it.

    :param store: `file`, `stdin`, or the scheme of a store: `s3`, `http`, `https`
    :param bucket: the bucket; for `file` the absolute folder that was the target, for `http` and `https` host and port
    :param key: the name below `bucket`. Bytes-faithful: undecodable bytes of a local name are surrogate-escaped as
        `os.fsdecode` does, so that `a//b`, `../x`, newlines and non-UTF-8 names survive.
    :param version: version id where the store has one
    """

    store: str
    bucket: str
    key: str
    version: str = ""

    @property
    def uri(self) -> str:
        """The object as a URI, percent-encoded from its very bytes; unique and reversible."""
        if self.store == "file":
            return "file://" + quote(os.fsencode(os.path.join(self.bucket, self.key)))
        version = f"?versionId={quote(self.version)}" if self.version else ""
        return f"{self.bucket_uri}/{quote(os.fsencode(self.key))}{version}"

    @property
    def bucket_uri(self) -> str:
        """What holds the object, as a URI without a slash at its end."""
        # The colon is that of a port, or of an ARN, which is no host.
        safe = "/:[]" if self.store in {"http", "https"} else "/"
        return f"{self.store}://{quote(os.fsencode(self.bucket), safe)}"

    @property
    def path(self) -> str:
        """The object for people, as plain text; undecodable bytes become U+FFFD, so use `uri` to find it again."""
        joined = os.path.join(self.bucket, self.key) if self.store == "file" else f"{self.store}://{self.bucket}/{self.key}"
        return os.fsencode(joined).decode("utf-8", "replace")

    @property
    def key_base64(self) -> str | None:
        """The key's bytes in base64 when they are not valid UTF-8, else None."""
        raw = os.fsencode(self.key)
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            return base64.b64encode(raw).decode("ascii")
        return None


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose an object is, in the words of its store."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class ObjectFacts:
    """What some stores say of an object besides. Becomes known little by little; no part of what the object is.

    :param encryption: `NONE`, `AES256`, `aws:kms` or `aws:kms:dsse`, as Macie calls it; `UNKNOWN` where the store does not say
    :param kms_key: ARN of the key, empty if there is none
    :param tags: key and value; empty if there are none or nobody asked
    :param tag_count: as the store says without being asked for the tags; None if it does not
    """

    encryption: str = "UNKNOWN"
    kms_key: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    tag_count: int | None = None
    owner: Owner | None = None


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object that a source listed.

    :param size: in bytes
    :param modified: when the store says that it was last written, with time zone
    :param etag: changes when the content does; for local files made of size, mtime and inode
    """

    ref: ObjectRef
    size: int
    modified: datetime | None = None
    etag: str = ""
    storage_class: str = ""
    facts: ObjectFacts = field(default=ObjectFacts(), compare=False)


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Something that a source met but does not offer for reading, and what became of it."""

    ref: ObjectRef
    size: int
    outcome: Outcome
