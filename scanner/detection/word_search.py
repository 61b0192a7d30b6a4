"""Keywords of a text. Most of them matter only near digits or tokens, so where these are few, only their surroundings are searched."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from identifiers.extent import LEAST_TOKEN
from scanner.detection.matcher import GUARD
from scanner.detection.prefilter import FEW_DIGITS, Prefilter, is_loud
from scanner.detection.rules import Rule

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Places = npt.NDArray[np.int64]

Words = list[tuple[int, int, int]]

# Digits of one number lie within so many bytes of each other: two marks stand between them at the most.
_NUMBER_BYTES: Final = 3 * (FEW_DIGITS - 1) + 1
# Keywords have at most 90 characters, and each of their spaces may stand for three.
_LONGEST_KEYWORD: Final = 270
_UTF8_BYTES: Final = 4
# Where the surroundings are more than this share of a text, all of it is searched at once.
_MOST_SHARE: Final = 0.5
# Rules with longer matches would make everything a surrounding.
_LONGEST_MATCH: Final = 512
_SEPARATOR: Final = b"\n"


class WordSearch:
    """Finds the keywords that can speak for anything, for one ruleset."""

    def __init__(self, rules: Sequence[Rule], prefilter: Prefilter) -> None:
        self._prefilter = prefilter
        spoken = [rule for rule in rules if rule.alone is None]
        loud = [rule for rule in spoken if is_loud(rule)]
        self._reach = max((_reach(rule) for rule in loud if rule.pattern.max_length <= _LONGEST_MATCH), default=0)
        # Rules that match anywhere hear all their keywords, and so do those with matches of any length.
        self._everywhere = any(rule.pattern.max_length > _LONGEST_MATCH for rule in loud)

    def find(self, data: bytes, *, ascii_only: bool, matches: Sequence[tuple[int, int]]) -> Words:
        """Keywords as `Prefilter.words` gives them: all that stand near digits, tokens or `matches`, and those of rules that need neither.

        :param data: a text in UTF-8
        :param matches: where rules may match without a keyword, from and to, in bytes
        """
        if self._everywhere:
            return self._prefilter.words(memoryview(data))
        reach = self._reach * (1 if ascii_only else _UTF8_BYTES)
        regions = _surroundings(data, reach, matches)
        if sum(end - start for start, end in regions) > _MOST_SHARE * len(data):
            return self._prefilter.words(memoryview(data))
        return self._prefilter.quiet_words(memoryview(data)) + self._within(data, regions)

    def _within(self, data: bytes, regions: Sequence[tuple[int, int]]) -> Words:
        """The keywords in `regions`, ascending and apart from each other."""
        import numpy as np

        if not regions:
            return []
        found = self._prefilter.words(memoryview(_SEPARATOR.join(data[start:end] for start, end in regions)))
        sizes = np.array([end - start + 1 for start, end in regions])
        begins = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        shifts = (np.array([start for start, _ in regions]) - begins).tolist()
        pieces = (begins.searchsorted(np.array([end - 1 for _, _, end in found], dtype=np.int64), "right") - 1).tolist()
        return [(word, max(0, start + shifts[piece]), end + shifts[piece]) for (word, start, end), piece in zip(found, pieces, strict=True)]


def _reach(rule: Rule) -> int:
    return rule.identifier.max_distance + rule.pattern.max_length + _LONGEST_KEYWORD + GUARD


def _surroundings(data: bytes, reach: int, matches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of `reach` around all digits that are close together, all tokens and `matches`; joined where they touch."""
    import numpy as np

    codes = np.frombuffer(data, dtype=np.uint8)
    digits = np.flatnonzero((codes - np.uint8(ord("0"))) < 10)
    close = digits[FEW_DIGITS - 1 :] - digits[: 1 - FEW_DIGITS] <= _NUMBER_BYTES if len(digits) >= FEW_DIGITS else np.zeros(0, dtype=bool)
    spans = np.array(matches, dtype=np.int64).reshape(-1, 2)
    centres = np.concatenate((digits[: len(close)][close], _tokens(codes)))
    starts = np.concatenate((centres, spans[:, 0])) - reach
    order = np.argsort(starts, kind="stable")
    starts = np.maximum(starts[order], 0)
    ends = np.minimum(np.maximum.accumulate((np.concatenate((centres, spans[:, 1])) + reach)[order]), len(data))
    if not len(starts):
        return []
    first = np.flatnonzero(np.concatenate(([True], starts[1:] > ends[:-1])))
    last = np.concatenate((first[1:] - 1, [len(starts) - 1]))
    return [_whole_letters(codes, *pair) for pair in zip(starts[first].tolist(), ends[last].tolist(), strict=True)]


def _tokens(codes: "npt.NDArray[np.uint8]") -> "Places":
    """Where what may be a long token begins, and every so many bytes inside of it."""
    import numpy as np

    others = np.flatnonzero(~_token_letters()[codes])
    gaps = np.diff(np.concatenate(([-1], others, [len(codes)])))
    long = np.flatnonzero(gaps > LEAST_TOKEN)
    starts = np.concatenate(([-1], others))[long] + 1
    steps = [np.arange(start, start + size, 256) for start, size in zip(starts.tolist(), gaps[long].tolist(), strict=True)]
    return np.concatenate(steps) if steps else np.zeros(0, dtype=np.int64)


@cache
def _token_letters() -> "npt.NDArray[np.bool_]":
    import numpy as np

    table = np.zeros(256, dtype=bool)
    table[[code for code in range(128) if chr(code).isalnum() or chr(code) in "+/_-"]] = True
    return table


def _whole_letters(codes: "npt.NDArray[np.uint8]", start: int, end: int) -> tuple[int, int]:
    """The stretch without cutting a character of several bytes."""
    while start > 0 and 0x80 <= codes[start] < 0xC0:
        start -= 1
    while end < len(codes) and 0x80 <= codes[end] < 0xC0:
        end += 1
    return start, end
