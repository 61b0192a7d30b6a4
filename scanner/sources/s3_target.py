"""What an `s3://` target names: buckets, and a prefix or an object in them."""

import fnmatch
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import regex

from scanner.errors import TargetError

_GLOB: Final = frozenset("*?[")
# An access point is named by its ARN, which holds a slash that belongs to it.
_ACCESS_POINT: Final = regex.compile(r"(?P<bucket>arn:[a-z-]+:s3[a-z-]*:[^/]*accesspoint[/:][^/]+)(?:/(?P<key>.*))?", regex.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class S3Target:
    """Keys of some buckets.

    :param bucket: name, access point, or a pattern with `*`, `?` and `[...]`; never empty
    :param prefix: of the keys, letter by letter; empty for all
    """

    bucket: str
    prefix: str = ""

    @property
    def is_pattern(self) -> bool:
        """Whether the buckets that it means must be looked up."""
        return not _GLOB.isdisjoint(self.bucket)

    def means(self, bucket: str) -> bool:
        """Whether it means the bucket of this name."""
        return fnmatch.fnmatchcase(bucket, self.bucket) if self.is_pattern else bucket == self.bucket


def parse_target(target: str) -> S3Target:
    """What `target` names: `s3://` all buckets, `s3://logs-*` those that match, `s3://bucket/prefix` keys that begin so.

    The prefix is taken letter by letter, as the store compares it: nothing is decoded and no slash is added or removed.
    Raises TargetError if no key can begin so.
    """
    rest = target[len("s3://") :]
    found = _ACCESS_POINT.fullmatch(rest)
    bucket, _, prefix = (found["bucket"], "/", found["key"] or "") if found else rest.partition("/")
    try:
        prefix.encode()
    except UnicodeEncodeError:
        raise TargetError(f"{target!a}: keys are UTF-8, and this is not") from None
    if not bucket and prefix:
        raise TargetError(f"{target}: it names no bucket; write s3://BUCKET/PREFIX, or s3://* for all buckets")
    return S3Target(bucket or "*", prefix)


def prefixes_in(bucket: str, targets: Iterable[S3Target]) -> list[str]:
    """What is to be listed of `bucket`: sorted, and none that another one covers."""
    kept: list[str] = []
    for prefix in sorted({target.prefix for target in targets if target.means(bucket)}, key=str.encode):
        if not kept or not prefix.startswith(kept[-1]):
            kept.append(prefix)
    return kept
