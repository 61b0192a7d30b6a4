"""Walks a tree of folders in the order of the bytes of its keys, with little memory whatever its size or depth."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scanner.sources.beneath import Beneath
from scanner.sources.links import Links


@dataclass(frozen=True, slots=True)
class Met:
    """Something below the target's folder.

    :param key: relative path; ends with `/` for a folder that is not entered
    :param status: of the file, or of the link itself where a link is not followed
    :param note: why it goes no further here, as a short phrase; empty if there is nothing to say
    """

    key: str
    status: os.stat_result
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """Something below the target's folder that cannot be reached; the key of a folder ends with `/`."""

    key: str
    error: OSError


@dataclass(frozen=True, slots=True)
class _Listing:
    """A folder on the way from the root to where the walk is.

    :param names: of what is still to be met in it, the next one last; folders end with `/`
    :param real: its real path if it was reached through a link, else empty
    """

    key: str
    names: list[str]
    real: str = ""


class Walk:
    """One pass over a tree. Memory holds the names of the folders from the root to where it is, and one open descriptor.

    :param root: absolute path of the folder
    :param enters: whether to enter the folder of this key, which ends with `/`; asked once for each
    :param links: decides on symbolic links; None to follow none
    """

    def __init__(self, root: str, enters: Callable[[str], bool], links: Links | None) -> None:
        self._root = root
        self._enters = enters
        self._links = links

    def __iter__(self) -> Iterator[Met | Lost]:
        """Everything in the tree but the folders that were entered. Raises OSError if the root itself cannot be listed."""
        with Beneath(self._root, follow=self._links is not None) as beneath:
            trail = [_Listing("", self._names(beneath, ""))]
            while trail:
                here = trail[-1]
                if not here.names:
                    trail.pop()
                    continue
                found = self._meet(beneath, here, here.names.pop())
                if isinstance(found, _Listing):
                    trail.append(found)
                else:
                    yield found

    def _names(self, beneath: Beneath, key: str) -> list[str]:
        with os.scandir(beneath.folder(key)) as entries:
            names = [entry.name + "/" if self._is_folder(entry) else entry.name for entry in entries]
        # With its slash, a folder sorts where the keys of its files belong: `a-b` before `a/b`.
        return sorted(names, key=os.fsencode, reverse=True)

    def _is_folder(self, entry: os.DirEntry[str]) -> bool:
        try:
            return entry.is_dir(follow_symlinks=self._links is not None)
        except OSError:
            # A link into a folder that may not be searched, or in a circle: met as what it is, a link.
            return False

    def _meet(self, beneath: Beneath, here: _Listing, name: str) -> Met | Lost | _Listing:
        key = here.key + name
        try:
            status = os.lstat(name.rstrip("/"), dir_fd=beneath.folder(here.key))
            if name.endswith("/") and not self._enters(key):
                return Met(key, status)
            real = self._real(here, name, status)
            reached = os.stat(name.rstrip("/"), dir_fd=beneath.folder(here.key)) if real else status
            if self._links and real and (refusal := self._links.refusal(real)):
                return Met(key.rstrip("/"), status, refusal)
            return _Listing(key, self._names(beneath, key), real) if name.endswith("/") else Met(key, reached)
        except OSError as error:
            return Lost(key, error)

    def _real(self, here: _Listing, name: str, status: os.stat_result) -> str:
        """The real path of what was reached through a followed link, else empty."""
        if self._links and stat.S_ISLNK(status.st_mode):
            return os.path.realpath(os.path.join(self._root, here.key + name))
        return os.path.join(here.real, name.rstrip("/")) if here.real else ""
