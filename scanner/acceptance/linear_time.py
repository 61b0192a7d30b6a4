"""The time for a text grows with its length, also for texts full of almost-matches."""

import time
from collections.abc import Iterator
from typing import Final

from identifiers.model import Identifier
from scanner.acceptance.bench import Bench
from scanner.acceptance.failure import Failure
from scanner.acceptance.spans import quoted
from scanner.acceptance.specimens import examples_of, specimens_of
from scanner.detection.detector import Detector

NAME: Final = "linear-time"
_KIB: Final = 1024
_SIZES: Final = (16 * _KIB, 32 * _KIB, 64 * _KIB)
# Processor seconds. At one nanosecond a step, work that grows with the square of 16 KiB takes twenty times as long, so
# what is faster needs no second look.
_QUICK: Final = 0.006
_LONGEST: Final = 1.5
_GROWTH: Final = 3.0
_ROUNDS: Final = 3
_PIECES: Final = ("7", "a", "Z", "-", " ", ".", "=", "1 ", "12-", "a.", "a@", "/x", "\n", "é")


def check(identifier: Identifier, bench: Bench) -> Iterator[Failure]:
    """A failure for the first kind of text on which twice the length takes more than three times the time."""
    detector = bench.alone(identifier)
    # Under a name with a keyword every character must be looked at.
    names = identifier.keywords[:1]
    for piece in near_misses(identifier):
        message = _judged(detector, piece, names)
        if message:
            yield Failure(identifier.id, NAME, f"a text of {quoted(piece)} over and over: {message}")
            return


def near_misses(identifier: Identifier) -> tuple[str, ...]:
    """Texts that, repeated, look like values again and again: values, their beginnings, digits, letters, separators."""
    texts = [specimen.text for specimen in specimens_of(identifier)] or [example.text for example in examples_of(identifier)]
    beginnings = (text[:length] for text in texts for length in (len(text), len(text) - 1, len(text) // 2, min(32, len(text) // 2)))
    spaced = (f"{text}{separator}" for text in texts for separator in (" ", "-"))
    return tuple(dict.fromkeys(piece for piece in (*beginnings, *spaced, *_PIECES) if piece))


def _judged(detector: Detector, piece: str, names: tuple[str, ...]) -> str:
    """What is wrong with the times for texts of `piece`; empty if nothing is."""
    first = _seconds(detector, piece, _SIZES[0], names, rounds=1)
    if first < _QUICK:
        return ""
    times = []
    for size in _SIZES:
        times.append(_seconds(detector, piece, size, names, rounds=_ROUNDS))
        if times[-1] > _LONGEST:
            return f"expected less than {_LONGEST} s for {size // _KIB} KiB; took {times[-1]:.2f} s"
    # Over both doublings together, since one alone is at the mercy of the machine.
    if times[-1] > times[0] * _GROWTH ** (len(_SIZES) - 1):
        shown = ", ".join(f"{seconds * 1000:.0f} ms for {size // _KIB} KiB" for seconds, size in zip(times, _SIZES, strict=True))
        return f"expected at most {_GROWTH:.0f} times the time for twice the length; took {shown}"
    return ""


def _seconds(detector: Detector, piece: str, size: int, names: tuple[str, ...], rounds: int) -> float:
    """Processor seconds of the fastest of `rounds` searches."""
    text = (piece * (1 + size // len(piece)))[:size]
    return min(_once(detector, text, names) for _ in range(rounds))


def _once(detector: Detector, text: str, names: tuple[str, ...]) -> float:
    start = time.process_time()
    detector.find_spans(text, names)
    return time.process_time() - start
