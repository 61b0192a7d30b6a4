"""What stands directly before a value and says that it is something else: `order id: 4111...`, `<td>Order id</td><td>4111...`."""

from collections.abc import Iterator
from functools import cache
from typing import Final

import regex

from scanner.detection.names import phrase_regex
from scanner.detection.rules import Rule

_REACH: Final = 40
_END: Final = regex.compile(r"""[\s:=#"'<>(\[|.\-]*\Z""")
# All characters that may stand between label and value; the last blank of Unicode is U+3000.
_MARKS: Final = "".join(filter(_END.fullmatch, map(chr, range(0x3001))))

# What may wrap a value without naming it. Elements with names of their own are labels, and what stands before them is not theirs.
_WRAPPED_REACH: Final = 160
# `</order_id>` ends what was an order's id.
_CLOSING: Final = regex.compile(r"(?r)</[\w:.\-]*\Z")
_ELEMENTS: Final = r"(?:td|th|dd|dt|li|p|b|i|em|strong|span|div|label|key|name|value|val|string|text|data)"
# What all of it ends with, blanks and quotes aside: a quick look that spares prose the search.
_WRAPPED: Final = (">", ":", "=")
_QUOTED: Final = " \t\r\n\v\f\"'"
_WRAPPING: Final = regex.compile(
    rf"""(?xri)
    (?: (?:</{_ELEMENTS}\s*> \s*)* <{_ELEMENTS}(?:\s[^<>]*)?> \s* )+ ["']? \Z      # </th><td>
  | ["']? ,? \s+ ["']? (?:value|content) ["']? \s* [:=] \s* ["']? \Z               # name="..." value="
    """
)


class Labels:
    """The labels of one ruleset."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        phrases = {rule.identifier.id: rule.identifier.not_names for rule in rules if rule.identifier.not_names}
        self._phrases = {identifier: phrase_regex(those) for identifier, those in phrases.items()}
        self._ends = {identifier: _ends_of(those) for identifier, those in phrases.items()}

    def before(self, text: str, start: int, identifier: str) -> str:
        """The phrase directly before the value at `start` that says it is no `identifier`; empty if there is none."""
        if identifier not in self._ends or not start:
            return ""
        return next(filter(None, (self._said(label, identifier) for label in _labels(text, start))), "")

    def _said(self, label: str, identifier: str) -> str:
        if not label.rstrip(_MARKS).lower().endswith(self._ends[identifier]):
            return ""
        said = list(self._phrases[identifier].finditer(label))
        if not said or not _END.match(label, said[-1].end()) or _CLOSING.search(label, 0, said[-1].start()):
            return ""
        return said[-1].group().casefold()


def _labels(text: str, start: int) -> Iterator[str]:
    """The rest of the line before `start`, and the same before the markup around the value."""
    yield text[max(0, start - _REACH) : start].rpartition("\n")[2]
    before = text[max(0, start - _WRAPPED_REACH) : start]
    wrapping = _WRAPPING.search(before) if before.rstrip(_QUOTED).endswith(_WRAPPED) else None
    if wrapping:
        yield before[: wrapping.start()][-_REACH:].rpartition("\n")[2]


@cache
def _ends_of(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """What the last words of `phrases` end in: a quick look that spares nearly all searches for the phrases."""
    return tuple({phrase.rstrip(_MARKS).split()[-1].lower() for phrase in phrases})
