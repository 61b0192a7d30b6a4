"""Where output goes: standard output, or a file that appears under its name only when it is whole."""

import fcntl
import gzip
import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final, cast

from scanner.errors import ConfigError, DowseError

# Reports name places and masked values: for their owner only.
_MODE: Final = 0o600


@contextmanager
def open_output(path: str) -> Iterator[BinaryIO]:
    """A binary stream to `path`; `-` is standard output. What goes to a path that ends in `.gz` is compressed.

    A file is written as `path.partial` and takes its name, replacing an older one, when the block ends well; it is on the
    disk then. If the block ends by an exception, what was written stays in `path.partial`. Devices, FIFOs and sockets are
    written directly. Raises ConfigError if it cannot be created, and DowseError if it cannot be written (disk full). A
    broken pipe on standard output stays BrokenPipeError, for the caller to end quietly.
    """
    with _plain_output(path) as out:
        if path.endswith(".gz"):
            # Without name and time, so that equal runs give equal bytes.
            with _Gzip(filename="", mode="wb", fileobj=out, mtime=0) as packed:
                yield cast("BinaryIO", packed)
        else:
            yield out


class _Gzip(gzip.GzipFile):
    """Sinks flush after each record; compressed one by one records would take several times the room."""

    def flush(self, zlib_mode: int = 0) -> None:
        """Nothing: what is written comes out when the file ends, or enough has gathered."""


@contextmanager
def _plain_output(path: str) -> Iterator[BinaryIO]:
    if path == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    elif _is_special(path):
        with _Output(path, _create(path, os.O_WRONLY)) as out:
            yield out
    else:
        with _becoming(path) as out:
            yield out


@contextmanager
def _becoming(path: str) -> Iterator[BinaryIO]:
    # Of a symbolic link, what it leads to is replaced and the link stays.
    final = os.path.realpath(path)
    partial = f"{final}.partial"
    with _Output(path, _create(partial, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW)) as out:
        _claim(out.fileno(), partial)
        try:
            yield out
            out.to_disk()
        except BaseException:
            if out.tell() == 0:
                os.unlink(partial)
            raise
    try:
        os.replace(partial, final)
        _folder_to_disk(final)
    except OSError as error:
        raise DowseError(f"{path}: cannot be put in place: {error.strerror}; the output is in {partial}") from None


def _claim(descriptor: int, partial: str) -> None:
    """Makes the file ours alone and empty."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.fchmod(descriptor, _MODE)
        os.ftruncate(descriptor, 0)
    except BlockingIOError:
        raise ConfigError(f"{partial}: another run is writing it; wait for its end or choose another place") from None
    except OSError as error:
        raise ConfigError(f"{partial}: cannot be written: {error.strerror}; remove it or choose another place") from None


class _Output(io.FileIO):
    """A file that writes everything or says why not."""

    def __init__(self, path: str, descriptor: int) -> None:
        super().__init__(descriptor, "wb")
        self._path = path

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]  # narrower: sinks write bytes
        left = memoryview(data)
        try:
            while left:
                left = left[super().write(left) :]
        except BrokenPipeError:
            raise
        except OSError as error:
            raise DowseError(f"{self._path}: cannot be written: {error.strerror}; free some space or choose another place") from None
        return len(data)

    def to_disk(self) -> None:
        """Waits until everything is on the disk."""
        try:
            os.fsync(self.fileno())
        except OSError as error:
            raise DowseError(f"{self._path}: cannot be written: {error.strerror}; free some space or choose another place") from None


def _create(path: str, flags: int) -> int:
    try:
        return os.open(path, flags | os.O_CLOEXEC, _MODE)
    except OSError as error:
        folder = os.path.dirname(path) or "."
        if isinstance(error, FileNotFoundError) and not os.path.isdir(folder):
            raise ConfigError(f"{path}: the folder {folder} does not exist; create it first") from None
        raise ConfigError(f"{path}: cannot be created: {error.strerror}; choose another place") from None


def _is_special(path: str) -> bool:
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    if stat.S_ISDIR(mode):
        raise ConfigError(f"{path}: it is a folder; name a file in it")
    return not stat.S_ISREG(mode)


def _folder_to_disk(path: str) -> None:
    folder = os.open(os.path.dirname(path) or ".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
