"""The prefilter on Vectorscan, through the `hyperscan` wheel: all expressions in one pass."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import hyperscan
import regex

from identifiers.extent import LEAST_TOKEN, TOKEN_REGEX, digits_regex
from identifiers.factor import bounded_factor, digit_run, factor, has_literal, sketch
from identifiers.facts import facts_of, read_facts, written_facts
from identifiers.keywords import is_spaced
from identifiers.model import Boundary
from scanner.detection.camel import CamelWords
from scanner.detection.keywords import KEYWORD_GAP
from scanner.detection.prefilter import FEW_DIGITS, Hits, Present, quiet_keywords, shape_rules
from scanner.detection.rules import Rule

# In byte mode a class that matches "anything but" counts bytes where the real pattern counts characters.
_NEEDS_UTF8 = regex.compile(r"\[\^|(?<!\\)\.|\\[DWSX]|[^\x00-\x7f]")
_LENGTH_BYTES: Final = 8
_NOTHING: Final = 0xFFFFFFF
# What stands out in columns, whatever rule it belongs to.
_DIGITS, _TOKENS = 0xFFFFFFE, 0xFFFFFFD
_MANY_DIGITS: Final = 8
_MOST_DIGITS: Final = 12
# The databases by what they are for; the first ones are of shapes.
_TEXT, _COLUMN, _NEAR, _WORDS, _LETTERS, _QUIET = range(6)
_TABLES: Final = 3
_TAIL: Final = 1024
_PADDING: Final = b"\n" * 64


@dataclass(frozen=True, slots=True)
class Expression:
    """What is looked for.

    :param number: reported when it is found
    """

    number: int
    shape: str
    flags: int

    def once(self) -> "Expression":
        """The same, reported once a buffer and without its start: far cheaper where it is everywhere."""
        flags = (self.flags & ~hyperscan.HS_FLAG_SOM_LEFTMOST) | hyperscan.HS_FLAG_SINGLEMATCH
        return Expression(self.number, self.shape, flags)


def _shape(number: int, part: str) -> Expression:
    utf8 = hyperscan.HS_FLAG_UTF8 if _NEEDS_UTF8.search(part) else 0
    return Expression(number, part, int(hyperscan.HS_FLAG_PREFILTER | utf8))


def _body(keyword: str) -> str:
    words = [regex.escape(word, special_only=True, literal_spaces=True) for word in keyword.split(" ")]
    return KEYWORD_GAP.join(words)


def _keyword(number: int, keyword: str) -> Expression:
    """`keyword` wherever its letters are."""
    flags = hyperscan.HS_FLAG_CASELESS | (0 if keyword.isascii() else hyperscan.HS_FLAG_UTF8)
    return Expression(number, _body(keyword), int(flags))


def _word(number: int, keyword: str) -> Expression:
    """`keyword` where no letter or digit of ASCII stands before it, and no small letter or digit behind.

    The match begins with the character before it. What `CamelWords` finds is left out.
    """
    flags = hyperscan.HS_FLAG_SOM_LEFTMOST | (0 if keyword.isascii() else hyperscan.HS_FLAG_UTF8)
    before = "(?:^|[^0-9A-Za-z])" if keyword[0].isascii() and is_spaced(keyword[0]) else ""
    behind = "(?:$|[^0-9a-z])" if is_spaced(keyword[-1]) else ""
    return Expression(number, f"{before}(?i:{_body(keyword)}){behind}", int(flags))


def _compile(expressions: Sequence[Expression]) -> "hyperscan.Database":
    # A database needs at least one expression; this one matches nothing that is valid UTF-8.
    all_of = [*expressions, Expression(_NOTHING, "\\xff\\xff\\xff", 0)]
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[one.shape.encode() for one in all_of],
        ids=[one.number for one in all_of],
        elements=len(all_of),
        flags=[one.flags for one in all_of],
    )
    return database


def _compiles(expression: Expression) -> bool:
    try:
        _compile([expression])
    except hyperscan.error:
        return False
    return True


def _in_texts(rules: Sequence[Rule]) -> dict[str, tuple[int, ...]]:
    """The rules of each expression to look for in texts. All that are nothing but digits share one: each costs as much as all others."""
    runs = {rule.index: digit_run(rule.pattern.regex) for rule in rules if rule.pattern.boundary is not Boundary.NONE}
    digits = {rule: run for rule, run in runs.items() if run is not None}
    table = _by_expression([rule for rule in rules if rule.index not in digits], _factor)
    if digits:
        least, most = min(low for low, _ in digits.values()), max(high for _, high in digits.values())
        table[rf"\b[0-9]{{{least},{most}}}\b"] = tuple(digits)
    return table


def _factor(rule: Rule) -> str:
    """The part to look for in texts, where what stands around it can be asked."""
    form = factor if rule.pattern.boundary is Boundary.NONE else bounded_factor
    return form(rule.pattern.regex) or ""


def _sketch(rule: Rule) -> str:
    """As `_factor`, but the same for all rules that need many digits, or a long token, and have no literal of their own."""
    shape = rule.pattern.regex
    if not has_literal(shape):
        if facts_of(shape).digits >= _MANY_DIGITS:
            return digits_regex(_MANY_DIGITS)
        if facts_of(shape).token >= LEAST_TOKEN:
            return TOKEN_REGEX
    return sketch(shape) or ""


def _rough(rule: Rule) -> str:
    """As `_sketch`, for rules that are looked for near a keyword only: all with so many digits share one."""
    shape = rule.pattern.regex
    digits = min(facts_of(shape).digits, _MOST_DIGITS)
    return digits_regex(digits) if digits >= FEW_DIGITS and not has_literal(shape) else sketch(shape) or ""


def _by_expression(rules: Iterable[Rule], expression: Callable[[Rule], str]) -> dict[str, tuple[int, ...]]:
    """The rules of each expression; those without one are left out."""
    found: dict[str, tuple[int, ...]] = {}
    for rule in rules:
        found[expression(rule)] = (*found.get(expression(rule), ()), rule.index)
    found.pop("", None)
    return found


class VectorscanPrefilter:
    """Six compiled databases: of shapes and of keywords, for all places in a text, and for what occurs in a column at all; of the
    shapes that need a keyword, for what occurs near one; and of the keywords that matter even where nothing stands out.

    Rules that have the same part share an expression. Those that need many digits share one in columns: telling them apart
    costs more than asking each of them where there are so many digits.

    :param database: from `serialise`, to spare the compilation; must be of the same rules and keywords
    """

    def __init__(self, rules: tuple[Rule, ...], keywords: tuple[str, ...], database: bytes | None = None) -> None:
        alone, spoken = shape_rules(rules), [rule for rule in rules if rule.alone is None]
        self._shapes = tuple(rule.pattern.regex for rule in rules)
        self._camel = CamelWords(dict(enumerate(keywords)))
        self._quiet_camel = CamelWords({number: keywords[number] for number in quiet_keywords(rules, keywords)})
        if database is None:
            tables = (_in_texts(alone), _by_expression(alone, _sketch), _by_expression(spoken, _rough))
            self._owners = tuple(tuple(table.values()) for table in tables)
            shapes = [[_shape(number, part) for number, part in enumerate(table)] for table in tables]
            shapes[_COLUMN] += [_shape(_DIGITS, digits_regex(FEW_DIGITS)), _shape(_TOKENS, TOKEN_REGEX)]
            self._compile_all(shapes, keywords, quiet_keywords(rules, keywords))
        else:
            self._load(database)
        seen = [self._seen(which) for which in range(_TABLES)]
        self.unfiltered = frozenset(rule.index for rule in alone) - (seen[_TEXT] & seen[_COLUMN])
        self._unfiltered_near = frozenset(rule.index for rule in spoken) - seen[_NEAR]

    def _seen(self, which: int) -> frozenset[int]:
        """The rules that a table of shapes looks for."""
        known = (owners for number, owners in enumerate(self._owners[which]) if number not in self._refused[which])
        return frozenset(rule for owners in known for rule in owners)

    def _compile_all(self, shapes: list[list[Expression]], keywords: tuple[str, ...], quiet: list[int]) -> None:
        known = [table if _compiles_all(table) else [shape for shape in table if _compiles(shape)] for table in shapes]
        self._refused = tuple(
            frozenset(shape.number for shape in table) - {shape.number for shape in those}
            for table, those in zip(shapes, known, strict=True)
        )
        words = [_word(number, keyword) for number, keyword in enumerate(keywords)]
        letters = [_keyword(number, keywords[number]) for number in quiet]
        tables = (known[_TEXT], _once(known[_COLUMN]), _once(known[_NEAR]), words, _once(letters), [words[number] for number in quiet])
        self._keep([_compile(table) for table in tables])

    def _keep(self, databases: "Sequence[hyperscan.Database]") -> None:
        self._databases = tuple(databases)
        self._scratches = tuple(hyperscan.Scratch(database) for database in databases)

    def serialise(self) -> bytes:
        """The databases, whose shapes they look for and which they lack, and what is known of all shapes."""
        refused = [sorted(numbers) for numbers in self._refused]
        told = json.dumps({"owners": self._owners, "refused": refused, "facts": written_facts(self._shapes)})
        pieces = (told.encode(), *(hyperscan.dumpb(database) for database in self._databases))
        return b"".join(len(piece).to_bytes(_LENGTH_BYTES, "big") + piece for piece in pieces)

    def _load(self, serialised: bytes) -> None:
        pieces, at = [], 0
        while at < len(serialised):
            size = int.from_bytes(serialised[at : at + _LENGTH_BYTES], "big")
            pieces.append(serialised[at + _LENGTH_BYTES : at + _LENGTH_BYTES + size])
            at += _LENGTH_BYTES + size
        told = json.loads(pieces[0])
        self._owners = tuple(tuple(map(tuple, table)) for table in told["owners"])
        self._refused = tuple(map(frozenset, told["refused"]))
        read_facts(told["facts"])
        self._keep([hyperscan.loadb(piece, hyperscan.HS_MODE_BLOCK) for piece in pieces[1:]])

    def scan(self, data: memoryview) -> Hits:
        """Candidates in `data`, which is valid UTF-8; offsets in bytes."""
        return Hits(self.shapes(data), self.words(data))

    def shapes(self, data: memoryview) -> dict[int, list[int]]:
        """The shapes in `data`, as `scan` gives them."""
        ends: dict[int, list[int]] = {}

        def note_shape(number: int, _start: int, end: int, _flags: int, _context: Any) -> None:  # noqa: ANN401 - set by the binding
            ends.setdefault(number, []).append(end)

        self._scan(_TEXT, data, note_shape)
        return {rule: found for number, found in ends.items() for rule in self._owners[_TEXT][number]}

    def words(self, data: memoryview) -> list[tuple[int, int, int]]:
        """The keywords in `data`, as `scan` gives them."""
        return self._words_of(_WORDS, data) + self._camel.find(data)

    def quiet_words(self, data: memoryview) -> list[tuple[int, int, int]]:
        """As `words`, of the keywords that `quiet_keywords` names."""
        return self._words_of(_QUIET, data) + self._quiet_camel.find(data)

    def _words_of(self, which: int, data: memoryview) -> list[tuple[int, int, int]]:
        found: list[tuple[int, int, int]] = []

        def note(number: int, start: int, end: int, _flags: int, _context: Any) -> None:  # noqa: ANN401 - set by the binding
            found.append((number, start, end))

        self._scan(which, data, note)
        return found

    def present(self, data: memoryview) -> Present:
        """What occurs anywhere in `data`, which is valid UTF-8."""
        shapes, keywords = set(self._numbers(_COLUMN, data)), self._numbers(_LETTERS, data)
        stand_outs = shapes & {_DIGITS, _TOKENS}
        return Present(self._rules(_COLUMN, shapes - stand_outs), frozenset(keywords), _DIGITS in stand_outs, _TOKENS in stand_outs)

    def near(self, data: memoryview) -> frozenset[int]:
        """The rules without a shape of their own, whose shape may occur in `data`, which is valid UTF-8."""
        return self._rules(_NEAR, self._numbers(_NEAR, data)) | self._unfiltered_near

    def _rules(self, table: int, numbers: Iterable[int]) -> frozenset[int]:
        return frozenset(rule for number in numbers for rule in self._owners[table][number])

    def _numbers(self, which: int, data: memoryview) -> list[int]:
        """The expressions of a database that reports each once."""
        found: list[int] = []

        def note(number: int, _start: int, _end: int, _flags: int, _context: Any) -> None:  # noqa: ANN401 - set by the binding
            found.append(number)

        # Now and then Vectorscan misses the first match of an expression when it ends where the buffer ends.
        if len(data) > _TAIL:
            self._scan(which, data, note)
        self._scan(which, memoryview(bytes(data[-_TAIL:]) + _PADDING), note)
        return found

    def _scan(self, which: int, data: memoryview, note: Any) -> None:  # noqa: ANN401 - the binding's own callback type
        # The binding takes any buffer; its types say otherwise.
        self._databases[which].scan(cast("bytes", data), match_event_handler=note, scratch=self._scratches[which])


def _once(expressions: Iterable[Expression]) -> list[Expression]:
    return [one.once() for one in expressions]


def _compiles_all(expressions: Sequence[Expression]) -> bool:
    """Whether none is refused; asking for each by itself takes longer than compiling them together."""
    try:
        _compile(expressions)
    except hyperscan.error:
        return False
    return True
