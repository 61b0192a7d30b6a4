"""What a run looks at as a whole, so that an object which it does not meet there is known to be gone."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scanner.model.objects import ObjectRef
from scanner.sources.base import Source
from scanner.sources.judged import JudgedSource
from scanner.sources.s3 import S3Source
from scanner.sources.s3_target import S3Target
from scanner.sources.several import SeveralSources
from scanner.state.names import Name, name_of


@dataclass(frozen=True, slots=True)
class Cover:
    """Objects of one bucket, or files.

    :param prefix: of their keys as `Name` has them
    :param exact: only the object whose key is the prefix
    :param versions: objects with a version of their own, instead of those without; None for either
    :param version: only this version
    """

    store: str
    bucket: str
    prefix: bytes
    exact: bool = False
    versions: bool | None = None
    version: str | None = None

    def holds(self, name: Name) -> bool:
        """Whether the object is one of them."""
        if (name.store, name.bucket) != (self.store, self.bucket) or not self._holds_version(name.version):
            return False
        return name.key == self.prefix if self.exact else name.key.startswith(self.prefix)

    @property
    def end(self) -> bytes | None:
        """The first key behind all that begin with the prefix; None if there is none."""
        kept = self.prefix.rstrip(b"\xff")
        return kept[:-1] + bytes([kept[-1] + 1]) if kept else None

    def _holds_version(self, version: str) -> bool:
        if self.version is not None:
            return version == self.version
        return self.versions is None or bool(version) == self.versions


def covers_of(source: Source, met: Iterable[str] = ()) -> Iterator[Cover]:
    """What `source` covers.

    :param met: buckets that its listing met. Of those that a pattern means no other is covered: a bucket that is not listed any
        more may also be one of another account.
    """
    match source:
        case SeveralSources():
            for part in source.parts.values():
                yield from covers_of(part, met)
        case JudgedSource():
            yield from covers_of(source.inner, met)
        case S3Source():
            for target in source.targets:
                yield from _of_buckets(source, target, met)
        case _:
            yield _of_root(source.root)


def _of_root(root: ObjectRef) -> Cover:
    name = name_of(root)
    return Cover(name.store, name.bucket, name.key, exact=bool(root.key))


def _of_buckets(source: S3Source, target: S3Target, met: Iterable[str]) -> Iterator[Cover]:
    buckets = [bucket for bucket in met if target.means(bucket)] if target.is_pattern else [target.bucket]
    version, prefix = source.options.version_id, target.prefix.encode()
    for bucket in buckets:
        if version is not None:
            yield Cover("s3", bucket, prefix, exact=True, version=version)
        else:
            yield Cover("s3", bucket, prefix, versions=source.options.all_versions)


class Shadows:
    """Where the listing could not look, or did not on the user's word: what is not met there may be there all the same."""

    def __init__(self) -> None:
        self._prefixes: set[tuple[str, str, bytes]] = set()
        self._sorted: list[tuple[str, str, bytes]] | None = None

    def add(self, name: Name) -> None:
        """Everything whose key begins with that of `name`; of a file, also all below it if it is a folder."""
        self._prefixes.add((name.store, name.bucket, name.key))
        self._sorted = None

    def over(self, name: Name) -> bool:
        """Whether it lies where nobody looked."""
        if self._sorted is None:
            self._sorted = _outermost(sorted(self._prefixes))
        place = bisect_right(self._sorted, (name.store, name.bucket, name.key)) - 1
        return place >= 0 and _holds(self._sorted[place], (name.store, name.bucket, name.key))


def _outermost(prefixes: Sequence[tuple[str, str, bytes]]) -> list[tuple[str, str, bytes]]:
    kept: list[tuple[str, str, bytes]] = []
    for one in prefixes:
        if not kept or not _holds(kept[-1], one):
            kept.append(one)
    return kept


def _holds(outer: tuple[str, str, bytes], inner: tuple[str, str, bytes]) -> bool:
    return outer[:2] == inner[:2] and inner[2].startswith(outer[2])
