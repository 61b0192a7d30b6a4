"""Vectorscan and the plain prefilter lead to the same matches."""

import random
from collections.abc import Iterator
from typing import Final

from identifiers.model import Identifier
from scanner.acceptance.bench import Bench
from scanner.acceptance.failure import Failure
from scanner.acceptance.spans import matches_of, quoted
from scanner.acceptance.specimens import examples_of
from scanner.detection.detector import Detector

NAME: Final = "prefilter-agreement"
_SHUFFLES: Final = 8
_SEPARATORS: Final = ("", " ", "\n", ", ", "-", "\t", "é", "漢")

Seen = list[tuple[int, int, tuple[str, ...]]]


def check(identifier: Identifier, bench: Bench) -> Iterator[Failure]:
    """A failure for each text on which the two differ: every example, and examples strung together in many orders."""
    fast, plain = bench.alone(identifier), bench.plain(identifier)
    for text in _texts(identifier):
        with_vectorscan, without = _seen(identifier, fast, text), _seen(identifier, plain, text)
        if with_vectorscan != without:
            differing = sorted(set(with_vectorscan) ^ set(without))
            said = f"{quoted(text)}: expected the same with and without Vectorscan"
            side = "with" if differing[0] in with_vectorscan else "without"
            yield Failure(identifier.id, NAME, f"{said}; found {differing[0]} only {side} it")


def _texts(identifier: Identifier) -> Iterator[str]:
    pieces = [*(example.text for example in examples_of(identifier)), *identifier.ignores]
    yield from pieces
    # Always the same for an identifier, whatever else is checked.
    source = random.Random(identifier.id)  # noqa: S311 - orders of examples, no secrets
    for _ in range(_SHUFFLES if pieces else 0):
        source.shuffle(pieces)
        yield "".join(piece + source.choice(_SEPARATORS) for piece in pieces)


def _seen(identifier: Identifier, detector: Detector, text: str) -> Seen:
    return [(match.start, match.end, match.evidence) for match in matches_of(identifier, detector, text)]
