"""One writer at a time: a lock beside the store that the system releases when its holder ends, however it ends."""

import fcntl
import os
from datetime import UTC, datetime

from scanner.errors import StateError

# Enough for two numbers and a time.
_NOTE_BYTES = 200


class WriterLock:
    """The lock of the store at `path`, held until `release`. It is a file of its own: SQLite's locks lie on the store itself.

    :raises StateError: if another process has it, or the file cannot be made
    """

    def __init__(self, path: str) -> None:
        self._name = f"{path}-lock"
        try:
            self._descriptor = os.open(self._name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise StateError(f"{self._name}: cannot be made: {error.strerror}; choose another place with --state") from None
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = _read(self._descriptor)
            os.close(self._descriptor)
            raise StateError(_refused(path, holder, error)) from None
        note = f"process {os.getpid()} since {datetime.now(UTC).isoformat(timespec='seconds')}"
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, note.encode(), 0)

    def release(self) -> None:
        """Let another one have it. The file stays: removing it could take the lock from under somebody else."""
        os.close(self._descriptor)


def _read(descriptor: int) -> str:
    text = os.pread(descriptor, _NOTE_BYTES, 0).decode("ascii", "replace")
    return text if text.isprintable() else ""


def _refused(path: str, holder: str, error: OSError) -> str:
    if not isinstance(error, BlockingIOError):
        return f"{path}: its folder cannot hold a lock: {error.strerror}; choose another place with --state"
    return f"{path}: another run is writing to it ({holder or 'its process is not known'}); wait for its end, or choose another --state"
