"""A folder and everything below it."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from scanner.errors import TargetError
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Reason
from scanner.sources import files
from scanner.sources.filters import Filters
from scanner.sources.links import Links
from scanner.sources.options import SourceOptions
from scanner.sources.walk import Lost, Met, Walk


@dataclass(frozen=True, slots=True)
class DirectorySource:
    """A tree of folders.

    Symbolic links are not followed unless the options say so; then those that lead out of all targets are, each end once
    (see `scanner.sources.links`). FIFOs, sockets and devices are never opened.

    :param folder: absolute path, not resolved through symbolic links; the target itself may be one
    :param others: real paths of the run's other targets, which list what lies in them
    """

    folder: str
    options: SourceOptions
    others: frozenset[str] = frozenset()

    @property
    def root(self) -> ObjectRef:
        """The folder."""
        return ObjectRef("file", self.folder, "")

    def objects(self) -> Iterator[StoredObject | Unlisted]:
        """The files in the order of the bytes of their keys. Raises TargetError if the folder itself cannot be listed."""
        filters = Filters(self.options)
        elsewhere = self._elsewhere()
        links = Links(self.others | {os.path.realpath(self.folder)}) if self.options.follow_symlinks else None
        try:
            for met in Walk(self.folder, lambda key: key not in elsewhere and filters.enters(key), links):
                if met.key not in elsewhere:
                    yield self._listed(met, filters)
        except OSError as error:
            raise TargetError(f"{self.folder}: cannot be listed: {error.strerror}; check its permissions") from None

    def portable(self, stored: StoredObject) -> bool:  # noqa: ARG002 - the protocol asks for each object
        """Always."""
        return True

    def expect(self, coming: Sequence[StoredObject], until: int | None = None) -> None:
        """Nothing to prepare."""

    def open(self, stored: StoredObject) -> BinaryIO:
        """A seekable stream. Raises ReadError."""
        return files.open_regular(stored.ref, follow=self.options.follow_symlinks)

    def current(self, stored: StoredObject, stream: BinaryIO) -> StoredObject:
        """With the size, time and inode of the open file."""
        return files.as_it_is_now(stored, stream)

    def described(self, stored: StoredObject) -> StoredObject:
        """As it is: there is nothing more to say."""
        return stored

    def unchanged(self, stored: StoredObject, stream: BinaryIO) -> bool:
        """Whether size, time and inode are those that were listed."""
        return files.still_the_same(stored, stream)

    def _listed(self, met: Met | Lost, filters: Filters) -> StoredObject | Unlisted:
        ref = ObjectRef("file", self.folder, met.key)
        if isinstance(met, Lost):
            return files.lost(ref, met.error)
        if met.key.endswith("/"):
            return files.skipped(ref, 0, Reason.EXCLUDED, "matches an exclude pattern, with everything in it")
        if met.note:
            return files.skipped(ref, 0, Reason.SYMLINK, met.note)
        return files.judge(ref, met.status, filters)

    def _elsewhere(self) -> frozenset[str]:
        """Keys below this folder that are targets of their own, as files and as folders."""
        top = os.path.join(os.path.realpath(self.folder), "")
        keys = [path.removeprefix(top) for path in self.others if path.startswith(top)]
        return frozenset(keys) | frozenset(f"{key}/" for key in keys)
