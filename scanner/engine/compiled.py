"""Keeps compiled prefilters from run to run: compiling one for the whole catalogue takes a second or more, loading it 0.05 s.

A compiled prefilter is run as it is, so a forged one could do anything. It is loaded only from a file with a seal that takes the key
of this installation, in a folder that nobody else can write to, and never through a link.
"""

import errno
import hashlib
import hmac
import os
import platform
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Final

import identifiers
import scanner.detection
from scanner.engine.state_folders import folder_below

_SEAL_BYTES: Final = 32
# Each ruleset has its own, of a few MiB.
_MOST_KEPT: Final = 16
_LARGEST_BYTES: Final = 256 * 1024 * 1024
_SUFFIX: Final = ".compiled"
_OTHERS_MAY_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


class CompiledCache:
    """Files in `dowse/rulesets` below `XDG_CACHE_HOME` (by default `~/.cache`), for their owner only.

    All trouble with them means compiling anew. With `DOWSE_CACHE=off` nothing is read or written.

    :param key: seals them, so that what somebody else wrote, or a failing disk, is never loaded as machine code tables
    """

    def __init__(self, environment: Mapping[str, str], key: bytes) -> None:
        self._folder = os.path.join(folder_below(environment, "XDG_CACHE_HOME", ".cache"), "rulesets")
        self._key = key
        self._off = environment.get("DOWSE_CACHE", "").lower() == "off"

    def get(self, digest: str) -> bytes | None:
        """What `put` stored under `digest` with the same key on such a machine, by such a version; else None."""
        if self._off:
            return None
        name = _name(digest)
        try:
            with _own_folder(self._folder) as folder:
                content = _content(name, folder)
        except OSError:
            return None
        seal, database = content[:_SEAL_BYTES], content[_SEAL_BYTES:]
        return database if hmac.compare_digest(seal, self._seal(name, database)) else None

    def put(self, digest: str, database: bytes) -> None:
        """Store `database`, whole or not at all, and forget those that were stored longest ago."""
        if self._off:
            return
        name = _name(digest)
        with suppress(OSError):
            os.makedirs(os.path.dirname(self._folder), mode=0o700, exist_ok=True)
            with suppress(FileExistsError):
                os.mkdir(self._folder, mode=0o700)
            with _own_folder(self._folder) as folder:
                _write(name, self._seal(name, database) + database, folder)
                _forget(folder)

    def _seal(self, name: str, database: bytes) -> bytes:
        return hmac.digest(self._key, name.encode() + database, hashlib.sha256)


@contextmanager
def _own_folder(path: str) -> Iterator[int]:
    """A descriptor of the folder, so that what happens to its path meanwhile does not matter.

    :raises OSError: if it is missing, a link, somebody else's, or others may write to it
    """
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        _check_owner(folder)
        yield folder
    finally:
        os.close(folder)


def _check_owner(descriptor: int) -> None:
    status = os.fstat(descriptor)
    if status.st_uid != os.geteuid() or status.st_mode & _OTHERS_MAY_WRITE:
        raise PermissionError(errno.EPERM, "somebody else may write to it")


def _content(name: str, folder: int) -> bytes:
    """All of a plain file of ours. Raises OSError for anything else; a pipe in its place does not make it wait."""
    descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    with os.fdopen(descriptor, "rb") as file:
        _check_owner(descriptor)
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "no plain file")
        # As much memory is set aside as is asked for.
        return file.read(min(status.st_size, _LARGEST_BYTES))


def _write(name: str, content: bytes, folder: int) -> None:
    """Under a name of its own first; of several writers the last one wins, and readers see either."""
    draft = f"{name}.{secrets.token_hex(8)}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=folder), "wb") as file:
        try:
            file.write(content)
            file.flush()
            os.replace(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError:
            os.unlink(draft, dir_fd=folder)
            raise


def _forget(folder: int) -> None:
    """Drops what is too much, drafts of writers that were killed included; another run may be doing the same."""
    times = {}
    for name in os.listdir(folder):
        with suppress(FileNotFoundError):
            times[name] = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime_ns
    for name in sorted(times, key=lambda name: times[name], reverse=True)[_MOST_KEPT:]:
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=folder)


def _name(digest: str) -> str:
    """The name of the file: a database fits the ruleset, the code that made it, and the processor."""
    parts = (digest, _engine(), platform.machine(), _processor(), *_code())
    return f"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}{_SUFFIX}"


def _engine() -> str:
    try:
        import hyperscan
    except ImportError:
        return ""
    return str(getattr(hyperscan, "__version__", ""))


def _processor() -> bytes:
    """The first processor's entry, with its features, where the system tells."""
    try:
        with open("/proc/cpuinfo", "rb") as file:
            lines = file.read(8192).split(b"\n\n")[0].splitlines()
    except OSError:
        return b""
    return b"".join(line for line in lines if line.startswith((b"flags", b"Features", b"model name")))


def _code() -> list[tuple[str, int, int]]:
    """Names, sizes and times of the files that decide what is compiled."""
    folders = [*identifiers.__path__, *scanner.detection.__path__]
    entries = [entry for folder in folders for entry in os.scandir(folder) if entry.name.endswith(".py")]
    return sorted((entry.name, entry.stat().st_size, entry.stat().st_mtime_ns) for entry in entries)
