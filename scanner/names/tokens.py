"""Words as the model sees them: runs of letters, runs of digits, single signs, line ends, of which many in a row are one."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

import regex

_TOKEN: Final = regex.compile(r"\p{L}[\p{L}\p{M}]*|\p{N}+|\n\s*|\S")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text.

    :param words: each as it stands in the text
    :param starts: where each begins, in characters
    """

    words: list[str]
    starts: list[int]

    def at(self, place: int) -> int:
        """The first token that begins at the character `place` or behind it."""
        return bisect_left(self.starts, place)

    def end(self, token: int) -> int:
        """Behind the last character of `token`."""
        return self.starts[token] + len(self.words[token])


def tokenise(text: str) -> Tokens:
    r"""All tokens of `text`.

    >>> tokenise("D. O'Brien,\n12a").words
    ['D', '.', 'O', "'", 'Brien', ',', '\n', '12', 'a']
    """
    words: list[str] = []
    starts: list[int] = []
    for found in _TOKEN.finditer(text):
        words.append(found[0] if found[0][0] != "\n" else "\n")
        starts.append(found.start())
    return Tokens(words, starts)
