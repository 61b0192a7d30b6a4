"""The time for a text grows with its length, also for texts full of almost-matches."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
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
# Processor seconds for a first look at 4 KiB. Work that grows with its square is 8 million steps of about 10 ns, four times
# as long; so what is faster than this needs no second look.
_GLANCE: Final = 4 * _KIB
_QUICK: Final = 0.02
# More than 1.5 s for 64 KiB is too slow, however it grows.
_SLOWEST: Final = 1.5 / (64 * _KIB)
_GROWTH: Final = 3.0
_ROUNDS: Final = 3
_PIECES: Final = ("7", "a", "-", " ", "1 ", "12-", "a.", "a@", "=", "é")


@dataclass(frozen=True, slots=True)
class _Trial:
    """A kind of text: one piece over and over, and a real value at the end, so that no prefilter passes over it all.

    :param names: what stands over the text; under a keyword every character must be looked at
    """

    detector: Detector
    piece: str
    value: str
    names: tuple[str, ...]

    def seconds(self, size: int) -> float:
        """Processor seconds of one search in `size` characters."""
        end = "\n" + self.value
        text = (self.piece * (1 + size // len(self.piece)))[: max(0, size - len(end))] + end
        start = time.process_time()
        self.detector.find_spans(text, self.names)
        return time.process_time() - start


def check(identifier: Identifier, bench: Bench) -> Iterator[Failure]:
    """A failure for the first kind of text on which twice the length takes more than three times the time."""
    values = _values(identifier)
    for piece in near_misses(identifier):
        trial = _Trial(bench.alone(identifier), piece, values[0] if values else "", identifier.keywords[:1])
        message = _judged(trial)
        if message:
            yield Failure(identifier.id, NAME, f"a text of {quoted(piece)} over and over: {message}")
            return


def near_misses(identifier: Identifier) -> tuple[str, ...]:
    """Texts that, repeated, look like values again and again: values of each form, their beginnings, digits, letters, separators."""
    forms = {_form(text): text for text in reversed(_values(identifier))}.values()
    beginnings = (text[:length] for text in forms for length in (len(text) - 1, len(text) // 2, min(32, len(text) // 2)))
    values = (text + separator for text in forms for separator in ("", " "))
    return tuple(dict.fromkeys(piece for piece in (*beginnings, *values, *_PIECES) if piece))


def _form(text: str) -> str:
    """Equal for texts in which the same kinds of characters follow each other: one of them says as much as all."""
    kinds = ("9" if character.isdigit() else "a" if character.isalpha() else character for character in text)
    return "".join(kind for kind, _ in groupby(kinds))


def _values(identifier: Identifier) -> list[str]:
    """Values by themselves, or whole examples where no value stands by itself."""
    return [specimen.text for specimen in specimens_of(identifier)] or [example.text for example in examples_of(identifier)]


def _judged(trial: _Trial) -> str:
    """What is wrong with the times; empty if nothing is."""
    if trial.seconds(_GLANCE) < _QUICK:
        return ""
    times: dict[int, float] = {}
    for size in (_GLANCE, *_SIZES):
        # The machine may be busy: what is too slow gets more chances, and the fastest counts.
        times[size] = trial.seconds(size)
        for _ in range(_ROUNDS - 1):
            if times[size] > _SLOWEST * size or _grows_too_fast(times):
                times[size] = min(times[size], trial.seconds(size))
        if times[size] > _SLOWEST * size:
            return f"expected less than {_SLOWEST * size:.2f} s for {size // _KIB} KiB; took {times[size]:.2f} s"
    return _complaint(times) if _grows_too_fast(times) else ""


def _grows_too_fast(times: dict[int, float]) -> bool:
    """Over both doublings together, since one alone is at the mercy of the machine."""
    smallest, largest = _SIZES[0], _SIZES[-1]
    return largest in times and times[largest] > times[smallest] * _GROWTH ** (len(_SIZES) - 1)


def _complaint(times: dict[int, float]) -> str:
    shown = ", ".join(f"{times[size] * 1000:.0f} ms for {size // _KIB} KiB" for size in _SIZES)
    return f"expected at most {_GROWTH:.0f} times the time for twice the length; took {shown}"
