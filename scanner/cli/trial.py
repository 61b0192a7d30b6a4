"""Identifiers tried on a sample, for `dowse identifiers test`."""

import os
import sys

from identifiers.model import Category, Identifier
from scanner.acceptance.why_nothing import Hint, why_nothing
from scanner.detection.detector import Detector
from scanner.detection.settings import DetectionSettings
from scanner.detection.text import Placed
from scanner.errors import ConfigError
from scanner.model.occurrence import Confidence


def read_sample(text: str | None, path: str | None) -> str:
    """The sample, from wherever it comes: `text` itself, standard input for `-`, or a file.

    :raises ConfigError: if there is none, or two, or the file cannot be read
    """
    if (text is None) == (path is None):
        raise ConfigError("give one sample: as TEXT, with --file FILE, or - to read standard input")
    if text is not None and text != "-":
        return text
    return _decoded(_file_bytes(path) if path is not None else sys.stdin.buffer.read(), path or "standard input")


def tried(
    identifiers: tuple[Identifier, ...], sample: str, names: tuple[str, ...], min_confidence: Confidence
) -> tuple[list[Placed], list[Hint]]:
    """The matches by place, and what the others lack: of all when nothing was found, else of custom identifiers only."""
    detector = Detector(identifiers, DetectionSettings(os.urandom(32), min_confidence))
    found = sorted(detector.find_spans(sample, names), key=lambda placed: (placed.match.start, placed.match.end))
    seen = {placed.match.rule.identifier.id for placed in found}
    missed = tuple(one for one in identifiers if one.id not in seen and (not found or one.category is Category.CUSTOM))
    return found, why_nothing(missed, sample, names) if missed else []


def _file_bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({os.strerror(error.errno or 0)})") from error


def _decoded(content: bytes, place: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{place}: is not UTF-8 at byte {error.start}; convert it, or use dowse scan, which knows encodings") from error
