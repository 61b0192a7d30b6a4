"""The prefilter on Vectorscan, through the `hyperscan` wheel: all expressions in one pass."""

from collections.abc import Sequence
from typing import Any, Final, cast

import hyperscan
import regex

from identifiers.factor import factor
from scanner.detection.keywords import KEYWORD_GAP
from scanner.detection.prefilter import Hits, shape_rules
from scanner.detection.rules import Rule

# In byte mode a class that matches "anything but" counts bytes where the real pattern counts characters.
_NEEDS_UTF8 = regex.compile(r"\[\^|(?<!\\)\.|\\[DWSX]|[^\x00-\x7f]")
_KEYWORD_FLAGS: Final = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_SOM_LEFTMOST
_LENGTH_BYTES: Final = 8

Expression = tuple[int, str, int]
"""Number, regex and flags of an expression."""


def _shape(rule: Rule) -> Expression | None:
    part = factor(rule.pattern.regex)
    if part is None:
        return None
    utf8 = hyperscan.HS_FLAG_UTF8 if _NEEDS_UTF8.search(part) else 0
    return rule.index, part, int(hyperscan.HS_FLAG_PREFILTER | utf8)


def _keyword(number: int, keyword: str) -> Expression:
    words = [regex.escape(word, special_only=True, literal_spaces=True) for word in keyword.split(" ")]
    return number, KEYWORD_GAP.join(words), int(_KEYWORD_FLAGS | (0 if keyword.isascii() else hyperscan.HS_FLAG_UTF8))


def _compile(expressions: Sequence[Expression]) -> "hyperscan.Database":
    # A database needs at least one expression; this one matches nothing that is valid UTF-8.
    numbers, shapes, flags = zip(*expressions, (0, "\\xff\\xff\\xff", 0), strict=True)
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(expressions=[shape.encode() for shape in shapes], ids=list(numbers), elements=len(numbers), flags=list(flags))
    return database


def _compiles(expression: Expression) -> bool:
    try:
        _compile([expression])
    except hyperscan.error:
        return False
    return True


class VectorscanPrefilter:
    """Two compiled databases: one of shapes, one of keywords.

    :param database: from `serialise`, to spare the compilation; must be of the same rules and keywords
    """

    def __init__(self, rules: tuple[Rule, ...], keywords: tuple[str, ...], database: bytes | None = None) -> None:
        wanted = shape_rules(rules)
        shapes = [shape for shape in map(_shape, wanted) if shape is not None]
        if database is None:
            known = [shape for shape in shapes if _compiles(shape)]
            self._known = frozenset(number for number, _, _ in known)
            self._shapes = _compile(known)
            self._keywords = _compile([_keyword(number, keyword) for number, keyword in enumerate(keywords)])
        else:
            self._load(database)
        self._expressions = [shape for shape in shapes if shape[0] in self._known]
        self.unfiltered = frozenset(rule.index for rule in wanted) - self._known
        self._make_scratch()

    def _make_scratch(self) -> None:
        self._scratch = hyperscan.Scratch(self._shapes), hyperscan.Scratch(self._keywords)

    def without(self, rules: frozenset[int]) -> "VectorscanPrefilter":
        """A prefilter of the same keywords, and of all shapes but those of `rules`."""
        other = VectorscanPrefilter.__new__(VectorscanPrefilter)
        other.unfiltered = self.unfiltered - rules
        other._known = self._known - rules  # noqa: SLF001 - its own kind
        other._expressions = [shape for shape in self._expressions if shape[0] not in rules]  # noqa: SLF001 - as above
        other._shapes = _compile(other._expressions)  # noqa: SLF001 - as above
        other._keywords = self._keywords  # noqa: SLF001 - as above
        other._make_scratch()  # noqa: SLF001 - as above
        return other

    def serialise(self) -> bytes:
        """The databases, and which rules they know."""
        known = ",".join(str(index) for index in sorted(self._known)).encode()
        pieces = (known, hyperscan.dumpb(self._shapes), hyperscan.dumpb(self._keywords))
        return b"".join(len(piece).to_bytes(_LENGTH_BYTES, "big") + piece for piece in pieces)

    def _load(self, serialised: bytes) -> None:
        pieces, at = [], 0
        while at < len(serialised):
            size = int.from_bytes(serialised[at : at + _LENGTH_BYTES], "big")
            pieces.append(serialised[at + _LENGTH_BYTES : at + _LENGTH_BYTES + size])
            at += _LENGTH_BYTES + size
        known, shapes, keywords = pieces
        self._known = frozenset(int(index) for index in known.decode().split(",") if index)
        self._shapes = hyperscan.loadb(shapes, hyperscan.HS_MODE_BLOCK)
        self._keywords = hyperscan.loadb(keywords, hyperscan.HS_MODE_BLOCK)

    def scan(self, data: memoryview) -> Hits:
        """Candidates in `data`, which is valid UTF-8; offsets in bytes."""
        hits = Hits()

        def note_shape(number: int, _start: int, end: int, _flags: int, _context: Any) -> None:  # noqa: ANN401 - set by the binding
            hits.shapes.setdefault(number, []).append(end)

        def note_keyword(number: int, start: int, end: int, _flags: int, _context: Any) -> None:  # noqa: ANN401 - as above
            hits.keywords.append((number, start, end))

        # The binding takes any buffer; its types say otherwise.
        buffer = cast("bytes", data)
        self._shapes.scan(buffer, match_event_handler=note_shape, scratch=self._scratch[0])
        self._keywords.scan(buffer, match_event_handler=note_keyword, scratch=self._scratch[1])
        return hits
