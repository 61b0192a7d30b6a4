"""Remarks in a text by which its author allows what stands on their line: `# dowse:allow`, `// dowse:allow=ID`."""

from typing import Final

import regex

from scanner.model.remarks import ALLOW

MARK: Final = ALLOW
REACH: Final = 1000
"""Characters between a match and a remark on its line, at most."""

_REMARK: Final = regex.compile(rf"(?<![\w:.]){MARK}(?:=(?P<ids>[\w(),.-]*)|(?![\w=-]))")


def allows(text: str, start: int, end: int, identifier: str) -> bool:
    """Whether a remark on one of the lines of `text[start:end]` allows `identifier` there.

    >>> allows("ssn = '219-22-9999'  # dowse:allow", 7, 18, "USA_SOCIAL_SECURITY_NUMBER")
    True
    >>> allows("ssn = '219-22-9999'  # dowse:allow=EMAIL_ADDRESS", 7, 18, "USA_SOCIAL_SECURITY_NUMBER")
    False
    """
    first, behind = max(0, start - REACH), end + REACH
    before = text[first:start]
    first += max(before.rfind("\n"), before.rfind("\r")) + 1
    ends = [place for place in (text.find(mark, end, behind) for mark in "\n\r") if place >= 0]
    return any(_covers(remark["ids"], identifier) for remark in _REMARK.finditer(text, first, min([behind, *ends])))


def _covers(ids: str | None, identifier: str) -> bool:
    """Whether the list of ids behind a remark, perhaps with punctuation at its end, names `identifier`; None names all."""
    return ids is None or any(identifier in (named, named.rstrip(".-"), named.rstrip(").-")) for named in ids.split(","))
