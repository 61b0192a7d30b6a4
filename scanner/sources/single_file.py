"""A target that is one local file."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.sources import files
from scanner.sources.filters import Filters
from scanner.sources.options import SourceOptions


@dataclass(frozen=True, slots=True)
class SingleFileSource:
    """One file that the user named; if it is a symbolic link, what it leads to is read.

    :param folder: absolute path of the folder it lies in
    :param name: its name there
    """

    folder: str
    name: str
    options: SourceOptions

    @property
    def root(self) -> ObjectRef:
        """The file."""
        return ObjectRef("file", self.folder, self.name)

    def objects(self) -> Iterator[StoredObject | Unlisted]:
        """The one file, or why it is not offered."""
        try:
            status = os.stat(os.path.join(self.folder, self.name))
        except OSError as error:
            yield files.lost(self.root, error)
        else:
            yield files.judge(self.root, status, Filters(self.options))

    def portable(self, stored: StoredObject) -> bool:  # noqa: ARG002 - the protocol asks for each object
        """Always."""
        return True

    def expect(self, coming: Sequence[StoredObject], until: int | None = None) -> None:
        """Nothing to prepare."""

    def open(self, stored: StoredObject) -> BinaryIO:
        """A seekable stream. Raises ReadError."""
        return files.open_regular(stored.ref, follow=True)

    def current(self, stored: StoredObject, stream: BinaryIO) -> StoredObject:
        """With the size, time and inode of the open file."""
        return files.as_it_is_now(stored, stream)

    def described(self, stored: StoredObject) -> StoredObject:
        """As it is: there is nothing more to say."""
        return stored

    def unchanged(self, stored: StoredObject, stream: BinaryIO) -> bool:
        """Whether size, time and inode are those that were listed."""
        return files.still_the_same(stored, stream)
