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
from identifiers.model import Boundary
from scanner.detection.keyword_search import KeywordSearch
from scanner.detection.pieces import joined, split
from scanner.detection.prefilter import FEW_DIGITS, Hits, Present, quiet_keywords, shape_rules, silent_keywords
from scanner.detection.rules import Rule

# In byte mode a class that matches "anything but" counts bytes where the real pattern counts characters.
_NEEDS_UTF8 = regex.compile(r"\[\^|(?<!\\)\.|\\[DWSX]|[^\x00-\x7f]")
_NOTHING: Final = 0xFFFFFFF
# What stands out in columns, whatever rule it belongs to.
_DIGITS, _TOKENS = 0xFFFFFFE, 0xFFFFFFD
_MANY_DIGITS: Final = 8
_MOST_DIGITS: Final = 12
# The databases of shapes by what they are for.
_TEXT, _COLUMN, _NEAR = range(3)
_TABLES: Final = 3
_TAIL: Final = 1024
_MOST_KNOWN: Final = 4096
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
    """As `_sketch`, for rules that are looked for near a keyword only: those with some digits by these alone.

    Those with neither digits nor a literal are left out. Telling them apart costs a hundred times as much as all others, and what
    is near a keyword is short.
    """
    shape = rule.pattern.regex
    digits = min(facts_of(shape).digits, _MOST_DIGITS)
    if digits >= FEW_DIGITS or (digits and not has_literal(shape)):
        return digits_regex(digits)
    return (sketch(shape) or "") if has_literal(shape) else ""


def _by_expression(rules: Iterable[Rule], expression: Callable[[Rule], str]) -> dict[str, tuple[int, ...]]:
    """The rules of each expression; those without one are left out."""
    found: dict[str, tuple[int, ...]] = {}
    for rule in rules:
        found[expression(rule)] = (*found.get(expression(rule), ()), rule.index)
    found.pop("", None)
    return found


class VectorscanPrefilter:
    """Three compiled databases of shapes: for all places in a text, for what occurs in a column at all, and of those that need a
    keyword, for what occurs near one. Two searches for keywords: for whole words, and for the letters of those that matter even where
    nothing stands out.

    Rules that have the same part share an expression. Those that need many digits share one in columns: telling them apart
    costs more than asking each of them where there are so many digits.

    :param database: from `serialise`, to spare the compilation; must be of the same rules and keywords
    """

    def __init__(self, rules: tuple[Rule, ...], keywords: tuple[str, ...], database: bytes | None = None) -> None:
        alone, spoken = shape_rules(rules), [rule for rule in rules if rule.alone is None]
        self._shapes = tuple(rule.pattern.regex for rule in rules)
        if database is None:
            tables = (_in_texts(alone), _by_expression(alone, _sketch), _by_expression(spoken, _rough))
            self._owners = tuple(tuple(table.values()) for table in tables)
            shapes = [[_shape(number, part) for number, part in enumerate(table)] for table in tables]
            shapes[_COLUMN] += [_shape(_DIGITS, digits_regex(FEW_DIGITS)), _shape(_TOKENS, TOKEN_REGEX)]
            self._compile_all(shapes, rules, keywords)
        else:
            self._load(database)
        self._silent = silent_keywords(rules, keywords)
        seen = [self._seen(which) for which in range(_TABLES)]
        self.unfiltered = frozenset(rule.index for rule in alone) - (seen[_TEXT] & seen[_COLUMN])
        self._unfiltered_near = frozenset(rule.index for rule in spoken) - seen[_NEAR]
        self._known: dict[tuple[int, ...], frozenset[int]] = {}

    def _seen(self, which: int) -> frozenset[int]:
        """The rules that a table of shapes looks for."""
        known = (owners for number, owners in enumerate(self._owners[which]) if number not in self._refused[which])
        return frozenset(rule for owners in known for rule in owners)

    def _compile_all(self, shapes: list[list[Expression]], rules: tuple[Rule, ...], keywords: tuple[str, ...]) -> None:
        tables = (shapes[_TEXT], _once(shapes[_COLUMN]), _once(shapes[_NEAR]))
        databases, self._refused = zip(*map(_compile_known, tables), strict=True)
        self._keep(databases)
        self._words = KeywordSearch.of(dict(enumerate(keywords)), whole=True)
        self._letters = KeywordSearch.of({number: keywords[number] for number in quiet_keywords(rules, keywords)}, whole=False)

    def _keep(self, databases: "Sequence[hyperscan.Database]") -> None:
        self._databases = tuple(databases)
        self._scratches = tuple(hyperscan.Scratch(database) for database in databases)

    def serialise(self) -> bytes:
        """The databases, whose shapes they look for and which they lack, and what is known of all shapes."""
        refused = [sorted(numbers) for numbers in self._refused]
        told = json.dumps({"owners": self._owners, "refused": refused, "facts": written_facts(self._shapes)})
        databases = [hyperscan.dumpb(database) for database in self._databases]
        return joined([told.encode(), self._words.serialise(), self._letters.serialise(), *databases])

    def _load(self, serialised: bytes) -> None:
        told_piece, words, letters, *databases = split(serialised)
        told = json.loads(told_piece)
        self._owners = tuple(tuple(map(tuple, table)) for table in told["owners"])
        self._refused = tuple(map(frozenset, told["refused"]))
        read_facts(told["facts"])
        self._keep([hyperscan.loadb(database, hyperscan.HS_MODE_BLOCK) for database in databases])
        self._words, self._letters = KeywordSearch.loaded(words), KeywordSearch.loaded(letters)

    def scan(self, data: memoryview) -> Hits:
        """Candidates in `data`, which is valid UTF-8; offsets in bytes."""
        words = self.words(data)
        return Hits(self.shapes(data), [hit for hit in words if hit[0] not in self._silent] if self._silent else words)

    def shapes(self, data: memoryview) -> dict[int, list[int]]:
        """The shapes in `data`, as `scan` gives them."""
        ends: dict[int, list[int]] = {}

        def note_shape(number: int, _start: int, end: int, _flags: int, _context: Any) -> None:  # noqa: ANN401 - set by the binding
            ends.setdefault(number, []).append(end)

        self._scan(_TEXT, data, note_shape)
        return {rule: found for number, found in ends.items() for rule in self._owners[_TEXT][number]}

    def words(self, data: memoryview) -> list[tuple[int, int, int]]:
        """The keywords in `data`, as `scan` gives them."""
        return self._words.find(data)

    def present(self, data: memoryview) -> Present:
        """What occurs anywhere in `data`, which is valid UTF-8."""
        shapes = set(self._numbers(_COLUMN, data))
        stand_outs = shapes & {_DIGITS, _TOKENS}
        return Present(self._rules(_COLUMN, shapes - stand_outs), self._letters.present(data), _DIGITS in stand_outs, _TOKENS in stand_outs)

    def near(self, data: memoryview) -> frozenset[int]:
        """The rules without a shape of their own, whose shape may occur in `data`, which is valid UTF-8."""
        # Texts have the same few combinations again and again.
        numbers = tuple(sorted(self._numbers(_NEAR, data)))
        if numbers not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[numbers] = self._rules(_NEAR, numbers) | self._unfiltered_near
        return self._known[numbers]

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


def _compile_known(expressions: Sequence[Expression]) -> "tuple[hyperscan.Database, frozenset[int]]":
    """A database of `expressions`, and the numbers of those that cannot be looked for; asking for each by itself takes long."""
    try:
        return _compile(expressions), frozenset()
    except hyperscan.error:
        known = [one for one in expressions if _compiles(one)]
        return _compile(known), frozenset(one.number for one in expressions) - {one.number for one in known}
