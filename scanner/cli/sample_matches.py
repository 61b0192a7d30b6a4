"""What `dowse identifiers test` shows of the user's own sample: each match in its line, and why nothing was found."""

from collections.abc import Iterable
from typing import Final

from scanner.acceptance.why_nothing import Hint
from scanner.detection.text import Placed
from scanner.reports.escape import visible

_CONTEXT: Final = 60
_LONGEST_VALUE: Final = 120


def as_text(text: str, found: Iterable[Placed], hints: Iterable[Hint], tried: int) -> str:
    """Three lines for each match, one for each hint.

    :param tried: how many identifiers were looked for
    """
    shown = [_match_lines(text, placed) for placed in found]
    told = [f"{visible(hint.identifier)}: {visible(hint.message)}" for hint in hints]
    if not shown:
        what = f"any of the {tried} identifiers" if tried > 1 else "the identifier"
        told = ["nothing found", *(told or [f"no part of the text has the shape of {what} tried"])]
    return "\n".join((*shown, *told))


def as_record(text: str, found: Iterable[Placed], hints: Iterable[Hint]) -> dict[str, object]:
    """The same as plain JSON values; characters count from 0, lines and columns from 1."""
    matches = [
        {
            "identifier": placed.match.rule.identifier.id,
            "start": placed.match.start,
            "end": placed.match.end,
            "line": text.count("\n", 0, placed.match.start) + 1,
            "column": placed.match.start - _line_start(text, placed.match.start) + 1,
            "value": placed.value,
            "confidence": placed.match.confidence.name.lower(),
            "evidence": list(placed.match.evidence),
        }
        for placed in found
    ]
    return {"matches": matches, "hints": [{"identifier": hint.identifier, "message": hint.message} for hint in hints]}


def _match_lines(text: str, placed: Placed) -> str:
    match = placed.match
    head = f"{visible(match.rule.identifier.id)}  {match.confidence.name.lower()}  {_place(text, match.start, match.end)}"
    return f"{head}\n  {_marked(text, match.start, match.end)}\n  {', '.join(map(visible, match.evidence))}"


def _place(text: str, start: int, end: int) -> str:
    """Lines and columns from 1, both ends inclusive, as findings have them."""
    first, last = text.count("\n", 0, start) + 1, text.count("\n", 0, end - 1) + 1
    from_column, to_column = start - _line_start(text, start) + 1, end - _line_start(text, end - 1)
    return f"line{f' {first}' if first == last else f's {first}-{last}'}, columns {from_column}-{to_column}"


def _marked(text: str, start: int, end: int) -> str:
    """The line around `text[start:end]`, which stands between « and »; what is long is cut."""
    begin, stop = _line_start(text, start), text.find("\n", end)
    before, value, behind = text[begin:start], text[start:end], text[end : stop if stop >= 0 else None].rstrip("\r")
    if len(before) > _CONTEXT:
        before = "…" + before[-_CONTEXT:]
    if len(behind) > _CONTEXT:
        behind = behind[:_CONTEXT] + "…"
    if len(value) > _LONGEST_VALUE:
        value = f"{value[: _LONGEST_VALUE // 2]}…{value[-_LONGEST_VALUE // 2 :]}"
    return f"{visible(before)}«{visible(value)}»{visible(behind)}"


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1
