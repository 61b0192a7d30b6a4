"""Keywords by their first letters: Vectorscan compiles thousands of literals in a moment, where as many expressions take seconds.

The text is brought to small letters first, and all that is no letter or digit of ASCII to a space, so that a literal can ask for
what stands around a word. Keywords with other letters are looked for only in texts that have such letters.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import hyperscan

from identifiers.fold import fold

# A space in a keyword stands for nothing, one mark, or up to three blanks.
_GAPS: Final = (b"", b" ", b"  ", b"   ")
# Bytes of a literal; what follows is compared by hand.
LITERAL_BYTES: Final = 12
# Words with fewer letters occur inside of so many others that what stands behind them is looked at, too.
_SHORT: Final = 6
ASCII_LETTERS: Final = bytes(ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else 32 for code in range(256))
# For keywords with letters beyond ASCII, whose bytes stay as they are.
UTF8_LETTERS: Final = bytes(code if code > 127 else ASCII_LETTERS[code] for code in range(256))


@dataclass(frozen=True, slots=True)
class LiteralTable:
    """Literals, and which keywords begin with them.

    :param literals: bytes after folding; a space is anything but a letter or digit of ASCII
    :param owners: for each literal the indices of its keywords
    """

    literals: tuple[bytes, ...]
    owners: tuple[tuple[int, ...], ...]


def ascii_literals(keywords: Mapping[int, str], *, whole: bool) -> LiteralTable:
    """The literals of the keywords of ASCII, and of those that can be written in it, as Turkish ones in capitals can.

    :param keywords: by their indices
    :param whole: look for whole words only, else wherever their letters are
    """
    folded = ((number, fold(keyword)) for number, keyword in keywords.items())
    return _table((number, _ascii_forms(keyword, whole=whole)) for number, keyword in folded if keyword.isascii())


def other_literals(keywords: Mapping[int, str]) -> LiteralTable:
    """The literals of the keywords with other letters, wherever these are."""
    others = ((number, folded) for number, keyword in keywords.items() if not (folded := fold(keyword)).isascii())
    return _table((number, _beginnings([word.encode().translate(UTF8_LETTERS) for word in keyword.split()])) for number, keyword in others)


def _table(forms: Iterable[tuple[int, Iterable[bytes]]]) -> LiteralTable:
    owners: dict[bytes, list[int]] = {}
    for number, literals in forms:
        for literal in sorted(set(literals)):
            owners.setdefault(literal, []).append(number)
    return LiteralTable(tuple(owners), tuple(map(tuple, owners.values())))


def _ascii_forms(keyword: str, *, whole: bool) -> list[bytes]:
    words = [word.encode().translate(ASCII_LETTERS) for word in keyword.split()]
    if not whole:
        return _beginnings(words)
    before = b"" if words[0].startswith(b" ") else b" "
    # Where more words follow, the second one may have the third right behind it.
    is_short = len(words) <= 2 and sum(map(len, words)) < _SHORT and not words[-1].endswith(b" ")
    return [before + beginning + (b" " if is_short else b"") for beginning in _beginnings(words)]


def _beginnings(words: Sequence[bytes]) -> list[bytes]:
    """The first two words of a keyword, with each gap that may stand between them."""
    first, *rest = words
    gaps = _GAPS if rest else _GAPS[:1]
    return [(first + gap + b"".join(rest[:1]))[:LITERAL_BYTES] for gap in gaps]


class LiteralSearch:
    """Finds where the literals of a table stand.

    :param once: report each literal once a text
    :param database: from `serialise`, to spare the compilation
    """

    def __init__(self, table: LiteralTable, *, once: bool = False, database: bytes | None = None) -> None:
        self.table = table
        self._database = _compile(table.literals, once=once) if database is None else hyperscan.loadb(database, hyperscan.HS_MODE_BLOCK)
        self._scratch = hyperscan.Scratch(self._database)
        self._sizes = [*map(len, table.literals), 0]

    def serialise(self) -> bytes:
        """The compiled literals."""
        return hyperscan.dumpb(self._database)

    def find(self, text: bytes) -> list[tuple[int, int]]:
        """Number and start of each literal in `text`, which is folded."""
        found: list[tuple[int, int]] = []

        def note(number: int, _start: int, end: int, _flags: int, _context: Any) -> None:  # noqa: ANN401 - set by the binding
            found.append((number, end))

        self._database.scan(text, match_event_handler=note, scratch=self._scratch)
        return [(number, end - self._sizes[number]) for number, end in found]


def _compile(literals: Sequence[bytes], *, once: bool) -> "hyperscan.Database":
    # A database needs at least one expression.
    all_of = [*literals, b"\xff\xff\xff"]
    flags = int(hyperscan.HS_FLAG_SINGLEMATCH) if once else 0
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(expressions=all_of, ids=list(range(len(all_of))), elements=len(all_of), flags=[flags] * len(all_of), literal=True)
    return database
