"""When two spellings are the same value."""

_DROPPED = str.maketrans("", "", " \t\r\n-.")


def comparable(value: str) -> str:
    """`value` as ignore values compare it: without white space, `-` and `.`, without regard to case.

    >>> comparable("078-05-1120") == comparable("078 05 1120")
    True
    """
    return value.translate(_DROPPED).casefold()
