"""Several targets as one source, in which every object appears once."""

import heapq
import itertools
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from scanner.errors import ConfigError
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.sources.base import Source
from scanner.sources.cloud import CloudSource
from scanner.sources.directory import DirectorySource
from scanner.sources.options import SourceOptions
from scanner.sources.registry import open_source
from scanner.sources.s3 import S3Source
from scanner.sources.stdin import StdinSource


@dataclass(frozen=True, slots=True)
class SeveralSources:
    """Sources by what they cover, listed in the order of that.

    :param parts: root -> source; as `open_sources` makes it, no two list the same object
    """

    parts: Mapping[ObjectRef, Source]

    @property
    def root(self) -> ObjectRef:
        """Nothing in particular: the empty reference."""
        return ObjectRef("", "", "")

    def portable(self, stored: StoredObject) -> bool:
        """As the part that listed it says."""
        return self.part(stored.ref).portable(stored)

    def __reduce__(self) -> tuple[object, ...]:
        # Standard input cannot travel to another process, and what it gave is not opened there.
        return SeveralSources, ({root: part for root, part in self.parts.items() if not isinstance(part, StdinSource)},)

    def part(self, ref: ObjectRef) -> Source:
        """The source that listed `ref`."""
        whole = replace(ref, key="", version="")
        return self.parts.get(replace(ref, version="")) or self.parts.get(whole) or self.parts[replace(whole, bucket="")]

    def objects(self) -> Iterator[StoredObject | Unlisted]:
        """Everything of one bucket, then of the next; parts in the same bucket (files of one folder) are merged."""
        for _, group in itertools.groupby(sorted(self.parts.items()), key=_bucket):
            yield from heapq.merge(*(part.objects() for _, part in group), key=_key_bytes)

    def expect(self, coming: Sequence[StoredObject], until: int | None = None) -> None:
        """Tells each part what it is to expect."""
        by_part: dict[ObjectRef, list[StoredObject]] = {}
        for stored in coming:
            by_part.setdefault(self.part(stored.ref).root, []).append(stored)
        for own in by_part.values():
            self.part(own[0].ref).expect(own, until)

    def open(self, stored: StoredObject) -> BinaryIO:
        """As the part that listed it does."""
        return self.part(stored.ref).open(stored)

    def current(self, stored: StoredObject, stream: BinaryIO) -> StoredObject:
        """As the part that listed it says."""
        return self.part(stored.ref).current(stored, stream)

    def described(self, stored: StoredObject) -> StoredObject:
        """As the part that listed it says."""
        return self.part(stored.ref).described(stored)

    def unchanged(self, stored: StoredObject, stream: BinaryIO) -> bool:
        """As the part that listed it says."""
        return self.part(stored.ref).unchanged(stored, stream)


def open_sources(targets: Sequence[str], options: SourceOptions) -> Source:
    """One source for all `targets`.

    A target that is named twice, also by way of a symbolic link, counts once. One that lies in another is listed on its
    own and left out of the other's walk, so that patterns that exclude it there do not undo that it was named.
    """
    opened = _joined([open_source(target, options) for target in dict.fromkeys(targets)])
    if not any(isinstance(source, S3Source | CloudSource) for source in opened):
        _refuse_bucket_options(options)
    by_path: dict[str, Source] = {}
    for source in opened:
        by_path.setdefault(_identity(source), source)
    local = frozenset(path for path, source in by_path.items() if source.root.store == "file")
    parts = [_aware(source, local - {path}) for path, source in by_path.items()]
    return parts[0] if len(parts) == 1 else SeveralSources({part.root: part for part in parts})


def _joined(opened: list[Source]) -> list[Source]:
    """With one source for all buckets of a store: prefixes of theirs may cover each other."""
    by_store: dict[str, S3Source | CloudSource] = {}
    others: list[Source] = []
    for source in opened:
        if isinstance(source, S3Source | CloudSource):
            before = by_store.setdefault(source.root.store, source)
            if before is not source:
                by_store[source.root.store] = replace(before, targets=(*before.targets, *source.targets))
        else:
            others.append(source)
    return [*others, *by_store.values()]


def _refuse_bucket_options(options: SourceOptions) -> None:
    """Raises ConfigError for options that would be of no effect, which their user may not notice."""
    given = {
        "--all-versions": options.all_versions,
        "--version-id": options.version_id,
        "--storage-class": options.storage_classes,
        "--exclude-storage-class": options.exclude_storage_classes,
        "--tag": options.tags,
        "--exclude-tag": options.exclude_tags,
        "--bucket-tag": options.bucket_tags,
    }
    for flag, value in given.items():
        if value:
            raise ConfigError(f"{flag} is for objects in buckets; none of the targets begins with s3://, az:// or gs://")


def _bucket(item: tuple[ObjectRef, Source]) -> tuple[str, str]:
    return item[0].store, item[0].bucket


def _key_bytes(listed: StoredObject | Unlisted) -> bytes:
    return os.fsencode(listed.ref.key)


def _identity(source: Source) -> str:
    root = source.root
    return os.path.realpath(os.path.join(root.bucket, root.key)) if root.store == "file" else root.uri


def _aware(source: Source, others: frozenset[str]) -> Source:
    return replace(source, others=others) if isinstance(source, DirectorySource) else source
