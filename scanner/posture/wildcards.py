"""The two wildcards of policies: `*` stands for any characters, `?` for one."""

from fnmatch import fnmatchcase
from functools import lru_cache


def has_wildcard(text: str) -> bool:
    """Whether a wildcard stands in `text`."""
    return "*" in text or "?" in text


@lru_cache(maxsize=8192)
def matches(pattern: str, text: str) -> bool:
    """Whether `pattern` stands for `text`; case counts."""
    if pattern in ("*", text):
        return True
    # Brackets mean something to fnmatch only.
    return has_wildcard(pattern) and fnmatchcase(text, pattern.replace("[", "[[]"))


def covers(outer: str, inner: str) -> bool:
    """Whether `outer` stands for everything that the pattern `inner` stands for; False when in doubt."""
    if "?" in outer and "*" in inner and outer != inner:
        return False
    return matches(outer, inner)


@lru_cache(maxsize=8192)
def overlap(one: str, other: str) -> bool:
    """Whether some text fits both patterns; True when in doubt."""
    if not has_wildcard(one):
        return matches(other, one)
    if not has_wildcard(other):
        return matches(one, other)
    head_one, head_other = _head(one), _head(other)
    return head_one.startswith(head_other) or head_other.startswith(head_one)


def _head(pattern: str) -> str:
    """What stands before the first wildcard."""
    ends = [place for place in (pattern.find("*"), pattern.find("?")) if place >= 0]
    return pattern[: min(ends)]
