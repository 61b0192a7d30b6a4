"""Keeps compiled prefilters from run to run: compiling one for the whole catalogue takes a second or more, loading it 0.05 s."""

import hashlib
import hmac
import os
import platform
import secrets
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

import identifiers
import scanner.detection
from scanner.engine.state_folders import folder_below

_SEAL_BYTES: Final = 32
# Each ruleset has its own, of about 2 MiB.
_MOST_KEPT: Final = 16


class CompiledCache:
    """Files in `dowse` below `XDG_CACHE_HOME` (by default `~/.cache`), for their owner only. All trouble with them means compiling anew.

    :param key: seals them, so that what somebody else wrote, or a failing disk, is never loaded as machine code tables
    """

    def __init__(self, environment: Mapping[str, str], key: bytes) -> None:
        self._folder = folder_below(environment, "XDG_CACHE_HOME", ".cache")
        self._key = key

    def get(self, digest: str) -> bytes | None:
        """What `put` stored under `digest` with the same key on such a machine, by such a version; else None."""
        name = _name(digest)
        try:
            with open(os.path.join(self._folder, name), "rb") as file:
                seal, database = file.read(_SEAL_BYTES), file.read()
        except OSError:
            return None
        return database if hmac.compare_digest(seal, self._seal(name, database)) else None

    def put(self, digest: str, database: bytes) -> None:
        """Store `database`, and forget those that were stored longest ago."""
        name = _name(digest)
        draft = os.path.join(self._folder, f"{name}.{secrets.token_hex(8)}")
        with suppress(OSError):
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(self._seal(name, database) + database)
            os.replace(draft, os.path.join(self._folder, name))
            self._forget()

    def _seal(self, name: str, database: bytes) -> bytes:
        return hmac.digest(self._key, name.encode() + database, hashlib.sha256)

    def _forget(self) -> None:
        with os.scandir(self._folder) as entries:
            kept = sorted((entry for entry in entries if entry.is_file()), key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
        for entry in kept[_MOST_KEPT:]:
            os.unlink(entry.path)


def _name(digest: str) -> str:
    """The name of the file: a database fits the ruleset, the code that made it, and the processor."""
    parts = (digest, _engine(), platform.machine(), _processor(), *_code())
    return f"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}.compiled"


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
