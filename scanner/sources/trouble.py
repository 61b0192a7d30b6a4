"""What an error of the operating system means for an object."""

import errno
import os
import stat
from typing import Final

from scanner.errors import ReadError
from scanner.model.outcome import Outcome, Reason, Status

_REASONS: Final = {
    errno.ENOENT: Reason.GONE,
    # A folder on the way has become a file.
    errno.ENOTDIR: Reason.GONE,
    # The server of a network file system no longer knows the file.
    errno.ESTALE: Reason.GONE,
    # Opened without following links: since it was listed it has become a symbolic link.
    errno.ELOOP: Reason.GONE,
    errno.EACCES: Reason.ACCESS_DENIED,
    errno.EPERM: Reason.ACCESS_DENIED,
    # A socket, or a FIFO without a writer.
    errno.ENXIO: Reason.SPECIAL_FILE,
}
_SKIPPED: Final = frozenset({Reason.GONE, Reason.SPECIAL_FILE})
_KINDS: Final = (
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a character device"),
    (stat.S_ISBLK, "a block device"),
    (stat.S_ISDIR, "a folder"),
)


def read_error(error: OSError) -> ReadError:
    """`error` as what it means for the object it befell."""
    return ReadError(_REASONS.get(error.errno or 0, Reason.IO_ERROR), os.strerror(error.errno) if error.errno else "")


def outcome_of(error: OSError) -> Outcome:
    """`error` as the outcome of what could not be reached."""
    meaning = read_error(error)
    return Outcome(Status.SKIPPED if meaning.reason in _SKIPPED else Status.FAILED, meaning.reason, meaning.detail)


def kind_of(mode: int) -> str:
    """What a file that is not regular is, for people."""
    return next((name for test, name in _KINDS if test(mode)), "no regular file")
