"""From a path as the user writes it to its source."""

import os
import stat
from urllib.parse import unquote_to_bytes

from scanner.errors import TargetError
from scanner.sources.base import Source
from scanner.sources.directory import DirectorySource
from scanner.sources.options import SourceOptions
from scanner.sources.single_file import SingleFileSource
from scanner.sources.trouble import kind_of


def open_local(target: str, options: SourceOptions) -> Source:
    """The folder or file at the path, or `file://` URI, `target`. Raises TargetError if there is none that can be listed."""
    path = _path(target)
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            os.scandir(path).close()
            return DirectorySource(_absolute(path), options)
    except (OSError, ValueError) as error:
        raise TargetError(f"{target}: {_complaint(error)}") from None
    if not stat.S_ISREG(status.st_mode):
        raise TargetError(f"{target}: it is {kind_of(status.st_mode)}, neither a file nor a folder; give its content to `dowse scan -`")
    folder, name = os.path.split(_absolute(path))
    return SingleFileSource(folder, name, options)


def _path(target: str) -> str:
    if not target.startswith("file://"):
        return target
    host, slash, rest = target.removeprefix("file://").partition("/")
    if host not in {"", "localhost"}:
        raise TargetError(f"{target}: it names the host {host!r}; only files of this machine can be read, as in file:///data")
    return os.fsdecode(unquote_to_bytes(slash + rest))


def _absolute(path: str) -> str:
    """The absolute path without `.` and `..`; resolved through symbolic links only where a `..` stands behind one."""
    tidy = os.path.abspath(path)
    return tidy if os.path.exists(tidy) and os.path.samefile(tidy, path) else os.path.realpath(path)


def _complaint(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "there is no such file or folder; check the spelling"
        case PermissionError():
            return "it may not be read; check its permissions or run as a user who may"
        case OSError():
            return f"it cannot be read: {error.strerror}"
        case _:
            return "it is no path: it holds a NUL character"
