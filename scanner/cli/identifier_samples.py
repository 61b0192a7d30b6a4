"""Shows what identifiers find in a sample of the user's own."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence

import typer

from identifiers.model import Identifier
from scanner.detection.detector import Detector
from scanner.detection.settings import DetectionSettings
from scanner.detection.text import Placed
from scanner.errors import ConfigError
from scanner.model.occurrence import Confidence
from scanner.reports.escape import visible

_AROUND = 40


def read_sample(text: str, file: str) -> str:
    """The sample: `text`, standard input for `-`, or the content of `file`."""
    if bool(text) == bool(file):
        raise ConfigError("give a sample: a text, - for standard input, or --file FILE")
    if text == "-":
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    if text:
        return text
    try:
        with open(file, encoding="utf-8", errors="replace") as stream:
            return stream.read()
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}; name another file") from None


def write_found(sample: str, names: tuple[str, ...], identifiers: tuple[Identifier, ...], *, as_json: bool) -> None:
    """Writes each match in `sample` with its span, confidence and evidence to standard output."""
    detector = Detector(identifiers, DetectionSettings(key=os.urandom(32), min_confidence=Confidence.LOW))
    found = sorted(detector.find_spans(sample, names), key=lambda placed: (placed.match.start, placed.match.rule.identifier.id))
    if as_json:
        typer.echo(json.dumps([_as_record(placed) for placed in found], ensure_ascii=False))
        return
    for placed in found:
        typer.echo("\n".join(_lines(sample, placed)))
    typer.echo("nothing is found" + _hint(sample, identifiers) if not found else f"{len(found)} found")


def _as_record(placed: Placed) -> dict[str, object]:
    match = placed.match
    return {
        "identifier": match.rule.identifier.id,
        "start": match.start,
        "end": match.end,
        "value": placed.value,
        "confidence": match.confidence.name.lower(),
        "evidence": match.evidence,
    }


def _lines(sample: str, placed: Placed) -> Iterator[str]:
    match = placed.match
    evidence = ", ".join(match.evidence)
    yield f"{match.rule.identifier.id}  {match.start}-{match.end}  {match.confidence.name.lower()}  {evidence}"
    before, behind = sample[max(0, match.start - _AROUND) : match.start], sample[match.end : match.end + _AROUND]
    yield f"    {visible(before)}«{visible(placed.value)}»{visible(behind)}"


def _hint(sample: str, identifiers: Iterable[Identifier]) -> str:
    """Why not, where the shape is there and only the keyword is missing."""
    from scanner.detection.rules import make_rules

    for rule in make_rules(tuple(identifiers)):
        if rule.identifier.keyword_required and rule.regex.search(sample):
            return f"; {rule.identifier.id} has its shape here, but {_needed(rule.identifier.keywords)} within the distance"
    return ""


def _needed(keywords: Sequence[str]) -> str:
    shown = ", ".join(repr(keyword) for keyword in keywords[:5])
    return f"none of its keywords ({shown}{', ...' if len(keywords) > 5 else ''}) stands"
