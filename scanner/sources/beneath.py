"""Opens what lies below a folder step by step.

Each name is opened relative to the folder before it, never by its whole path. So a path may be longer than the
system's limit (4,096 bytes on Linux), and a folder that is swapped for a symbolic link meanwhile leads nowhere else.
"""

import os
from types import TracebackType
from typing import Final, Self

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
# Without O_NONBLOCK, a file that has become a FIFO would wait for a writer.
_FILE: Final = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC


class Beneath:
    """Holds one folder at a time open: the target's own, or the one that was asked for last.

    :param root: absolute path of the target's folder, followed if it is a symbolic link
    :param follow: whether names below it may be symbolic links
    """

    def __init__(self, root: str, *, follow: bool) -> None:
        self._root = root
        self._no_link = 0 if follow else os.O_NOFOLLOW
        self._key = ""
        self._folder = os.open(root, _FOLDER)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        os.close(self._folder)

    def folder(self, key: str) -> int:
        """A descriptor of the folder `key` (empty, or ending with `/`), good until the next call. Raises OSError."""
        if key != self._key:
            self._move(key)
        return self._folder

    def file(self, key: str) -> int:
        """A new descriptor of `key`, to be closed by the caller, of whatever kind it is. Raises OSError."""
        parent, _, name = key.rpartition("/")
        return os.open(name, _FILE | self._no_link, dir_fd=self.folder(f"{parent}/" if parent else ""))

    def _move(self, key: str) -> None:
        if not key.startswith(self._key):
            self._step(self._root, "", None)
        for name in key[len(self._key) : -1].split("/") if key != self._key else ():
            self._step(name, f"{self._key}{name}/", self._folder)

    def _step(self, name: str, key: str, parent: int | None) -> None:
        opened = os.open(name, _FOLDER | (self._no_link if parent is not None else 0), dir_fd=parent)
        os.close(self._folder)
        self._folder, self._key = opened, key
