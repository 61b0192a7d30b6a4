"""What the shell is told."""

from enum import IntEnum


class ExitCode(IntEnum):
    """One meaning for each number, so that "nothing found" and "not looked at" are never confused."""

    COMPLETE = 0
    FINDINGS = 1
    USAGE = 2
    INCOMPLETE = 3
    UNDELIVERED = 4
    # As shells report a program that SIGPIPE ended: who read the output closed it before all was said.
    CLOSED_PIPE = 141
