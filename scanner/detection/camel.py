"""Keywords that begin inside a camelCase word: `employeeSsn`. Looking for them with all others would halve the prefilter's speed."""

from collections.abc import Mapping
from typing import Final

# Letters that must agree before a keyword is taken for a candidate; shorter first words have fewer.
_LETTERS: Final = 6


class CamelWords:
    """Finds keywords whose capital stands behind a small letter, both of them ASCII.

    :param keywords: by their indices
    """

    def __init__(self, keywords: Mapping[int, str]) -> None:
        self._by_letters: dict[bytes, list[int]] = {}
        for number, keyword in keywords.items():
            letters = keyword.split(" ")[0][:_LETTERS].encode()[:_LETTERS]
            if letters[:1].isalpha():
                self._by_letters.setdefault(letters, []).append(number)

    def find(self, data: memoryview) -> list[tuple[int, int, int]]:
        """Where keywords may begin so: keyword index, its start, and a place inside it; in bytes of `data`."""
        import numpy as np

        codes = np.frombuffer(data, dtype=np.uint8)
        if len(codes) < 2:
            return []
        capitals = np.flatnonzero((codes - np.uint8(ord("A"))) < 26)
        capitals = capitals[capitals > 0]
        starts = capitals[(codes[capitals - 1] - np.uint8(ord("a"))) < 26]
        beginnings = ((start, bytes(data[start : start + _LETTERS]).lower()) for start in starts.tolist())
        return [(number, start, start + 1) for start, letters in beginnings for number in self._beginning(letters)]

    def _beginning(self, letters: bytes) -> list[int]:
        return [number for size in range(1, _LETTERS + 1) for number in self._by_letters.get(letters[:size], ())]
