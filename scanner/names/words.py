"""A list of words that can be asked for one word, and for all words of an Arrow array at once."""

from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from scanner.names.fold import fold, fold_all
from scanner.names.lists import words_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Flags = npt.NDArray[np.bool_]
    Hashes = npt.NDArray[np.uint64]

# Bytes of a folded word; longer ones are in no list.
_LONGEST: Final = 160
# Any fixed number: the hashes need only be the same for the list and for what is looked up.
_SEED: Final = 0x5EED


class Words:
    """One list. Words are folded before they are looked up, so case and accents do not matter.

    :param names: of the lists that are joined, see `scanner.names.lists`
    """

    def __init__(self, *names: str) -> None:
        self._names = names

    @cached_property
    def folded(self) -> frozenset[str]:
        """All words as they are looked up, for many questions about words that are folded already."""
        return frozenset().union(*map(words_of, self._names))

    def __contains__(self, word: str) -> bool:
        """Whether `word`, as it is written, is in the list."""
        return fold(word) in self.folded

    def which(self, texts: "pa.Array", *, folded: bool = False) -> "Flags":
        """For each text of an Arrow string array whether it is in the list; nulls are not. About 50 ns a text.

        :param folded: the texts are what `fold_all` gives
        """
        import numpy as np

        hashes = _hashes(texts if folded else fold_all(texts))
        places = np.minimum(self._sorted.searchsorted(hashes), len(self._sorted) - 1)
        return np.asarray(self._sorted[places] == hashes)

    @cached_property
    def _sorted(self) -> "Hashes":
        import numpy as np
        import pyarrow as pa

        return np.unique(_hashes(pa.array(sorted(self.folded), pa.string())))


def _hashes(texts: "pa.Array") -> "Hashes":
    """A number of 64 bits for each text; 0 for nulls, empty and very long texts. Two different texts share one by chance only."""
    import numpy as np
    import pyarrow as pa

    texts = texts.cast(pa.string()) if texts.type != pa.string() else texts
    _, offsets, data = texts.buffers()
    if data is None or not len(texts):
        return np.zeros(len(texts), dtype=np.uint64)
    ends = np.frombuffer(offsets, dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1].astype(np.int64)
    lengths = np.diff(ends)
    letters = np.frombuffer(data, dtype=np.uint8)[ends[0] : ends[-1]]
    within = np.arange(len(letters)) - np.repeat(ends[:-1] - ends[0], lengths)
    weighed = (letters.astype(np.uint64) + np.uint64(1)) * _weights()[np.minimum(within, _LONGEST)]
    sums = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(weighed, dtype=np.uint64)))
    hashes = sums[ends[1:] - ends[0]] - sums[ends[:-1] - ends[0]]
    known = (lengths > 0) & (lengths <= _LONGEST)
    return np.where(known & texts.is_valid().to_numpy(zero_copy_only=False), hashes, np.uint64(0))


@cache
def _weights() -> "Hashes":
    """An odd random number for each place in a word."""
    import numpy as np

    return np.random.default_rng(_SEED).integers(0, 2**63, _LONGEST + 1, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
