"""What the shell is told."""

from enum import IntEnum


class ExitCode(IntEnum):
    """One meaning for each number, so that "nothing found" and "not looked at" are never confused."""

    COMPLETE = 0
    FINDINGS = 1
    USAGE = 2
    INCOMPLETE = 3
    UNDELIVERED = 4
