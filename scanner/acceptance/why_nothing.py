"""Why an identifier found nothing in a text: what the closest thing to a match lacks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import regex

from identifiers.keywords import keyword_regex
from identifiers.model import Identifier, KeywordSide, Verdict
from scanner.acceptance.spans import described
from scanner.detection.detector import Detector
from scanner.detection.matcher import is_ignored
from scanner.detection.rules import Rule, make_rules
from scanner.detection.settings import DetectionSettings
from scanner.model.occurrence import Confidence

_SETTINGS: Final = DetectionSettings(key=b"hints keep no fingerprints", min_confidence=Confidence.LOW)
_MOST_KEYWORDS: Final = 5
_OVERLAPPED: Final = "a surer match overlaps it"
# How close a text came; the closest is told.
_TOUCHED, _IGNORED, _REFUSED, _UNSUPPORTED, _DOUBTED = range(5)


@dataclass(frozen=True, slots=True)
class Hint:
    """What keeps an identifier from being found.

    :param identifier: its id
    :param message: one line; quotes the text
    """

    identifier: str
    message: str


@dataclass(frozen=True, slots=True, order=True)
class _Lack:
    closeness: int
    message: str


def why_nothing(identifiers: tuple[Identifier, ...], text: str, names: tuple[str, ...] = ()) -> list[Hint]:
    """One hint for each identifier that comes close to a match in `text`; none for those whose shape does not occur in it.

    :param identifiers: that were not found
    :param names: what stands over the text
    """
    doubted = _doubted(identifiers, text, names)
    hints = []
    for identifier in identifiers:
        lacks = [_Lack(_DOUBTED, doubted[identifier.id])] if identifier.id in doubted else _lacks(identifier, text)
        closest = max(lacks, key=lambda lack: lack.closeness, default=None)
        if closest:
            hints.append(Hint(identifier.id, closest.message))
    return hints


def _doubted(identifiers: tuple[Identifier, ...], text: str, names: tuple[str, ...]) -> dict[str, str]:
    """Ids of identifiers that are found with low confidence, with what to say of it."""
    said: dict[str, str] = {}
    found = (placed.match for placed in Detector(identifiers, _SETTINGS).find_spans(text, names))
    for match in (match for match in found if match.confidence is Confidence.LOW):
        message = f"{described(text, [(match.start, match.end)])} is too unsure to be reported: {', '.join(match.evidence)}"
        said.setdefault(match.rule.identifier.id, f"{message}; --min-confidence low shows it")
    return said


def _lacks(identifier: Identifier, text: str) -> list[_Lack]:
    lacks: list[_Lack] = []
    for rule in make_rules((identifier,)):
        for shape in rule.regex.finditer(text):
            if shape[rule.group]:
                lacks.append(_lack(rule, shape, text))
            if lacks and lacks[-1].closeness == _UNSUPPORTED:
                return lacks
        lacks += _touched(rule, text)
    return lacks


def _lack(rule: Rule, shape: "regex.Match[str]", text: str) -> _Lack:
    """What keeps `shape` from being a match."""
    value = shape[rule.group]
    said = described(text, [shape.span(rule.group)])
    if is_ignored(rule, value):
        return _Lack(_IGNORED, f"{said} is one of its ignore_values or contains one of its ignore_words")
    if rule.validate(value) is Verdict.INVALID:
        return _Lack(_REFUSED, f"{said} has the shape, but the check {rule.check_name} refuses it")
    missing = _OVERLAPPED if rule.alone else _missing(rule.identifier, shape.span(), text)
    return _Lack(_UNSUPPORTED, f"{said} has the shape, but {missing}")


def _missing(identifier: Identifier, span: tuple[int, int], text: str) -> str:
    """What is wrong with the keyword closest to `span`."""
    if identifier.keyword_side is KeywordSide.NAME:
        return "its keywords count in names only, such as the header of a column"
    before_only = identifier.keyword_side is KeywordSide.BEFORE
    hits = [
        (_distance(span, hit.span(), before_only), hit[0]) for word in identifier.keywords for hit in keyword_regex(word).finditer(text)
    ]
    if not hits:
        shown = ", ".join(identifier.keywords[:_MOST_KEYWORDS])
        more = len(identifier.keywords) - _MOST_KEYWORDS
        return f"none of its keywords stands in the text: {shown}{f' and {more} more' if more > 0 else ''}"
    # What is on the wrong side comes last.
    distance, word = min(hits, key=lambda hit: (hit[0] is None, hit[0] or 0))
    if distance is None:
        return f"the keyword {word!r} does not stand before it, where it must"
    if distance <= identifier.max_distance:
        return _OVERLAPPED
    counted = ", counted to the end of the match" if before_only else ""
    return f"the keyword {word!r} is {distance} characters away{counted}; max_distance is {identifier.max_distance}"


def _distance(span: tuple[int, int], keyword: tuple[int, int], before_only: bool) -> int | None:
    """As the matcher measures it; None where a keyword does not count."""
    if keyword[1] <= span[0]:
        return (span[1] if before_only else span[0]) - keyword[1]
    return keyword[0] - span[1] if keyword[0] >= span[1] and not before_only else None


def _touched(rule: Rule, text: str) -> Iterator[_Lack]:
    """The shape without its boundary: inside a longer word or number."""
    found = regex.search(rule.pattern.regex, text, regex.ASCII)
    if found and not rule.regex.match(text, found.start()):
        said = described(text, [found.span()])
        yield _Lack(_TOUCHED, f"{said} has the shape, but is part of something longer (boundary {rule.pattern.boundary.value!r})")
