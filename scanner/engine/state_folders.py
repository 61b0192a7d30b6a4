"""Where Dowse keeps what outlives a run, by the XDG Base Directory Specification."""

import os
from collections.abc import Mapping


def folder_below(environment: Mapping[str, str], variable: str, default: str) -> str:
    """`dowse` below the folder that `variable` names, else below `default` in the home folder.

    A relative path in the variable does not count, as the specification has it.
    """
    base = environment.get(variable, "")
    if not os.path.isabs(base):
        base = os.path.join(environment.get("HOME") or os.path.expanduser("~"), default)
    return os.path.join(base, "dowse")
