"""Tells words that look like names from words of a language, by their letters.

The rarest tens of thousands of the words that were counted for a spelling checker are names to a large part. A word that has the letters
of names is no word for that. Learnt from the names of the lists and from the usual words: seven of eight that were kept apart for a test
are told rightly.
"""

import math
import random
from collections.abc import Collection, Iterable
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

SURE: Final = 1.0
"""At this score seven of ten names are told, and one of 25 words is taken for a name."""
_SIZES: Final = (2, 3, 4, 5)
_ROWS: Final = 1 << 18
_MOST: Final = 60_000
_ROUNDS: Final = 4
_RATE: Final = 0.3
_SLOWER: Final = 0.6
_SEED: Final = 20260214
_LEAST_LETTERS: Final = 4


class NameLike:
    """Scores words by the runs of two to five letters in them; logistic regression.

    :param names: words that are names
    :param words: words that are none
    """

    def __init__(self, names: Iterable[str], words: Iterable[str]) -> None:
        rng = random.Random(_SEED)
        weighted = [
            *((_runs(word), 1.0) for word in _some(names, rng)),
            *((_runs(word), 0.0) for word in _some(words, rng)),
        ]
        self._weights = np.zeros(_ROWS)
        self._bias = 0.0
        rate = _RATE
        for _ in range(_ROUNDS):
            rng.shuffle(weighted)
            for runs, wanted in weighted:
                self._learn(runs, wanted, rate)
            rate *= _SLOWER

    def score(self, word: str) -> float:
        """How much `word`, which is folded, looks like a name: positive when more than like a word."""
        return self._score(_runs(word))

    def _score(self, runs: "npt.NDArray[np.int64]") -> float:
        return float(self._weights[runs].sum()) / math.sqrt(len(runs)) + self._bias

    def _learn(self, runs: "npt.NDArray[np.int64]", wanted: float, rate: float) -> None:
        error = 1 / (1 + math.exp(-max(-30.0, min(30.0, self._score(runs))))) - wanted
        self._weights[runs] -= rate * error / math.sqrt(len(runs))
        self._bias -= rate * error / 10


def _some(words: Iterable[str], rng: random.Random) -> Collection[str]:
    long = sorted({word for word in words if len(word) >= _LEAST_LETTERS})
    return rng.sample(long, min(_MOST, len(long)))


def _runs(word: str) -> "npt.NDArray[np.int64]":
    closed = f"^{word}$"
    runs = [closed[start : start + size] for size in _SIZES for start in range(len(closed) - size + 1)]
    return np.array([crc32(run.encode()) % _ROWS for run in runs], np.int64)
