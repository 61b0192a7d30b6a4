"""The posture of files on disk: who besides their owner can read or change them."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

# Names of folders that clients of file-sharing services keep in step with a server, and the marks they leave in them.
_SYNCED_NAMES: Final = ("dropbox", "onedrive", "google drive", "googledrive", "icloud drive", "nextcloud", "owncloud", "box sync")
_SYNCED_MARKS: Final = (".dropbox", ".stfolder", ".sync_folder_attributes", ".owncloudsync.log", ".nextcloudsync.log")


@dataclass(frozen=True, slots=True)
class FileReach:
    """Who can reach a file; None where it cannot be told.

    :param everybody_reads: every user of the machine: the file and all folders above it let them
    :param group_reads: the members of its group
    :param exported: the export that it lies in, from /etc/exports
    :param synced: the folder that is kept in step with a server
    """

    path: str
    everybody_reads: bool | None
    everybody_writes: bool | None
    group_reads: bool | None
    exported: str
    synced: str

    @property
    def open(self) -> bool:
        """Whether anybody besides owner and group can reach it."""
        return bool(self.everybody_reads or self.everybody_writes or self.exported or self.synced)


def file_reach(path: str, exports: Sequence[str] = ()) -> FileReach:
    """Who can reach the file at `path`, links followed.

    :param exports: folders that are exported to other machines; see `exported_folders`
    """
    real = os.path.realpath(path)
    folders = list(_above(real))
    return FileReach(
        path,
        _allowed(real, folders, stat.S_IROTH, stat.S_IXOTH),
        _allowed(real, folders, stat.S_IWOTH, stat.S_IXOTH),
        _allowed(real, folders, stat.S_IRGRP, 0),
        next((one for one in exports if _within(real, one)), ""),
        next((one for one in folders if _synced(one)), ""),
    )


def exported_folders(text: str) -> tuple[str, ...]:
    """The folders of the text of /etc/exports."""
    lines = (line.strip() for line in text.replace("\\\n", " ").splitlines())
    found = (_first_word(line) for line in lines if line and not line.startswith("#"))
    return tuple(dict.fromkeys(found))


def _first_word(line: str) -> str:
    """The path, which may stand in quotes."""
    return line[1:].partition('"')[0] if line.startswith('"') else line.split(maxsplit=1)[0]


def _above(path: str) -> Iterator[str]:
    """The folders over a path, from the nearest up."""
    while (folder := os.path.dirname(path)) != path:
        yield folder
        path = folder


def _allowed(path: str, folders: Sequence[str], wanted: int, passing: int) -> bool | None:
    """Whether the file has the mode bit `wanted` and every folder above it `passing`."""
    try:
        modes = [os.stat(folder).st_mode for folder in folders] if passing else []
        return bool(os.stat(path).st_mode & wanted) and all(mode & passing for mode in modes)
    except OSError:
        return None


def _within(path: str, folder: str) -> bool:
    root = os.path.realpath(folder)
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def _synced(folder: str) -> bool:
    name = os.path.basename(folder).lower()
    return name.startswith(_SYNCED_NAMES) or any(os.path.exists(os.path.join(folder, mark)) for mark in _SYNCED_MARKS)
