"""The first look at a column: in which of its texts any rule could match at all. It costs nanoseconds for each text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from identifiers.arrow_regex import holds, is_known
from identifiers.extent import LEAST_TOKEN, TOKEN_REGEX, digits_regex
from identifiers.facts import facts_of
from identifiers.keywords import linear_keywords
from identifiers.model import Boundary
from scanner.detection.column_rule import ColumnRule
from scanner.detection.keywords import KeywordIndex
from scanner.detection.names import NameContext
from scanner.detection.prefilter import FEW_DIGITS, Prefilter, Present
from scanner.detection.values import ColumnTexts, are_numbers, bytes_of, join, longest_of, places_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Flags = npt.NDArray[np.bool_]
    Places = npt.NDArray[np.int64]

# RE2 gets slow when an expression has many branches: four that are alike take a third of the time of twenty at once. So many expressions,
# each of which must be compiled, are worth it for few rules only.
_BRANCHES: Final = 4
_FEW: Final = 60
_MOST_BRANCHES: Final = 40
_LEAST_NUMBER: Final = 6
# So many numbers at the head of a column make it worth asking all of it.
_GLANCE: Final = 32
_LONGEST_NUMBER: Final = 40


@dataclass(frozen=True, slots=True)
class Heard:
    """Rules that need a keyword, and keywords that occur somewhere, whole words or not.

    :param keywords: indices of those of rules that do not stand out
    """

    rules: frozenset[int]
    keywords: frozenset[int]

    def without(self, rules: frozenset[int]) -> "Heard":
        """The same for fewer rules."""
        return Heard(self.rules - rules, self.keywords)


@dataclass(frozen=True, slots=True)
class _Limits:
    """What a text must have for any rule to match in it, under names that speak for some rules.

    :param shortest: characters
    :param whole: numbers without a decimal point that have fewer characters hold nothing
    :param broken: the same for numbers with one
    """

    shortest: int
    whole: int
    broken: int


class Gate:
    """Opens for the texts of a column that may hold a match of one ruleset."""

    def __init__(self, rules: Sequence[ColumnRule], index: KeywordIndex, prefilter: Prefilter) -> None:
        self._rules = rules
        self._index = index
        self._prefilter = prefilter
        self._unions: dict[frozenset[int], tuple[str, ...] | None] = {}
        self._known_limits: dict[frozenset[int], _Limits] = {}
        self._keyword_unions: dict[frozenset[int], tuple[str, ...] | None] = {}

    @cached_property
    def needs_everything(self) -> bool:
        """Whether a rule of the user's may match anything without a name over it."""
        return any(rule.rule.custom and rule.rule.alone is not None for rule in self._rules)

    def narrowed(self, column: ColumnTexts, context: NameContext) -> ColumnTexts | None:
        """`column` without what a glance shows to hold nothing, and with each text once where they repeat; None if nothing is left."""
        if longest_of(column.texts) < self._limits(context).shortest:
            return None
        column = column.repeating()
        return self._without_numbers(column, context) if column.codes is None else column

    def _without_numbers(self, column: ColumnTexts, context: NameContext) -> ColumnTexts | None:
        """`column` without the texts that are short numbers; None if all of them are."""
        import numpy as np

        limits = self._limits(context)
        whole, broken = limits.whole, limits.broken
        if min(whole, broken) < _LEAST_NUMBER:
            return column
        if longest_of(column.texts) < min(whole, broken) and are_numbers(column.texts):
            return None
        numbers = _number_regex(whole, broken)
        if not holds(column.texts.slice(0, _GLANCE), numbers).all():
            return column
        left = np.flatnonzero(~holds(column.texts, numbers))
        return column.only(left) if len(left) else None

    def _limits(self, context: NameContext) -> _Limits:
        """What texts must have here; most columns are named alike, so it is found out once for all of them."""
        key = frozenset(context.keywords)
        if key not in self._known_limits:
            relevant = [self._rules[rule] for rule in self._alone | key]
            shortest = min((self._shortest_spoken, *(rule.least for rule in relevant)))
            self._known_limits[key] = _Limits(shortest, *_number_limits(relevant))
        return self._known_limits[key]

    @cached_property
    def _shortest_spoken(self) -> int:
        """The same for rules that need a keyword in the text."""
        spoken = [rule.least + rule.shortest_keyword for rule in self._rules if rule.rule.alone is None]
        return min(spoken, default=_LONGEST_NUMBER)

    @cached_property
    def _alone(self) -> frozenset[int]:
        return frozenset(rule.rule.index for rule in self._rules if rule.rule.alone is not None)

    def any_match(self, texts: "pa.Array", rules: frozenset[int]) -> "Flags":
        """Which of `texts` may hold a match of one of `rules`, without asking for keywords."""
        return _any_of(texts, self._union(rules))

    def present(self, texts: "pa.Array") -> Present:
        """What occurs anywhere in `texts`."""
        return self._prefilter.present(bytes_of(texts))

    def possible(self, present: Present, context: NameContext) -> frozenset[int]:
        """The rules that a shape or a name speaks for."""
        return present.shapes | self._prefilter.unfiltered | frozenset(context.keywords)

    def heard(self, present: Present) -> Heard:
        """The rules that need a keyword and might find one: by what stands out in the column, or by their keywords."""
        quiet = frozenset(rule for keyword in present.keywords for rule in self._index.rules[keyword]) - self._named
        return Heard((quiet - self._loud) | self._standing_out(present), present.keywords)

    def _standing_out(self, present: Present) -> frozenset[int]:
        nothing = frozenset[int]()
        return (self._by_digits if present.digits else nothing) | (self._by_tokens if present.tokens else nothing)

    @cached_property
    def _named(self) -> frozenset[int]:
        return frozenset(rule.rule.index for rule in self._rules if rule.rule.named_only)

    @cached_property
    def _by_digits(self) -> frozenset[int]:
        return frozenset(rule.rule.index for rule in self._spoken if rule.digits >= FEW_DIGITS)

    @cached_property
    def _by_tokens(self) -> frozenset[int]:
        return (
            frozenset(rule.rule.index for rule in self._spoken if facts_of(rule.rule.pattern.regex).token >= LEAST_TOKEN) - self._by_digits
        )

    @cached_property
    def _loud(self) -> frozenset[int]:
        return self._by_digits | self._by_tokens

    @property
    def _spoken(self) -> Iterable[ColumnRule]:
        return (rule for rule in self._rules if rule.rule.alone is None and not rule.rule.named_only)

    def only_heard(self, heard: Heard) -> Heard:
        """`heard` for those rules that match nothing without a keyword; the others are seen by their shapes."""
        return Heard(frozenset(rule for rule in heard.rules if self._rules[rule].rule.alone is None), heard.keywords)

    def open_for(self, texts: "pa.Array", possible: frozenset[int], heard: Heard) -> "Places":
        """The texts in which one of the rules may match, ascending.

        :param possible: rules that need no keyword in the text
        :param heard: rules that do
        """
        import numpy as np

        longest = longest_of(texts)
        mask = np.zeros(len(texts), dtype=bool)
        fitting = self._fitting(possible, longest)
        self._add(mask, texts, fitting)
        spoken = self._fitting(heard.rules - fitting, longest)
        if spoken:
            self._add_spoken(mask, texts, Heard(spoken, heard.keywords))
        return np.flatnonzero(mask)

    def _fitting(self, rules: frozenset[int], longest: int) -> frozenset[int]:
        return frozenset(rule for rule in rules if self._rules[rule].least <= longest)

    def _add_spoken(self, mask: "Flags", texts: "pa.Array", heard: Heard) -> None:
        import numpy as np

        outstanding = ((self._by_digits, digits_regex(FEW_DIGITS)), (self._by_tokens, TOKEN_REGEX))
        asked = [expression for rules, expression in outstanding if not heard.rules.isdisjoint(rules)]
        if asked:
            # Nulls cannot be joined, and hold nothing.
            left = np.flatnonzero(~mask & texts.is_valid().to_numpy(zero_copy_only=False) if texts.null_count else ~mask)
            places = left[self._with_words(texts.take(left) if len(left) < len(texts) else texts)]
            mask[places[np.logical_or.reduce([holds(texts.take(places), expression) for expression in asked])]] = True
        quiet = heard.without(self._loud)
        if quiet.rules:
            places = np.flatnonzero(_any_of(texts, self._keyword_union(quiet)) & ~mask)
            mask[places[_any_of(texts.take(places), self._union(quiet.rules))]] = True

    def _with_words(self, texts: "pa.Array") -> "Places":
        """The texts that hold a keyword."""
        import numpy as np

        if not len(texts):
            return np.zeros(0, dtype=np.int64)
        joined, starts = join(texts)
        return places_of([end for _, _, end in self._prefilter.words(joined)], starts)

    def _keyword_union(self, heard: Heard) -> tuple[str, ...] | None:
        """Finds all texts with one of the keywords that speak for the rules."""
        wanted = sorted(keyword for keyword in heard.keywords if not heard.rules.isdisjoint(self._index.rules[keyword]))
        key = frozenset(wanted)
        if key not in self._keyword_unions:
            union = linear_keywords(self._index.keywords[keyword] for keyword in wanted)
            self._keyword_unions[key] = (union,) if is_known(union) else None
        return self._keyword_unions[key]

    def _add(self, mask: "Flags", texts: "pa.Array", rules: frozenset[int]) -> None:
        if rules:
            mask |= _any_of(texts, self._union(rules))

    def _union(self, rules: frozenset[int]) -> tuple[str, ...] | None:
        """Expressions of which one matches wherever one of `rules` does; None when that cannot be said."""
        if rules not in self._unions:
            self._unions[rules] = _united([self._rules[rule].part for rule in sorted(rules)])
        return self._unions[rules]


def _any_of(texts: "pa.Array", expressions: tuple[str, ...] | None) -> "Flags":
    """Which of `texts` hold a match of one of `expressions`; all that are no null where it cannot be asked."""
    import numpy as np

    if expressions is None:
        return np.asarray(texts.is_valid().to_numpy(zero_copy_only=False))
    found = np.zeros(len(texts), dtype=bool)
    for expression in expressions:
        found |= holds(texts, expression)
    return found


def _united(parts: Iterable[str | None]) -> tuple[str, ...] | None:
    distinct = list(dict.fromkeys(parts))
    if None in distinct:
        return None
    # Sorted, so that those that begin alike are together.
    known = sorted(part for part in distinct if part is not None)
    size = _BRANCHES if len(known) <= _FEW else _MOST_BRANCHES
    united = ["|".join(f"(?:{part})" for part in known[at : at + size]) for at in range(0, len(known), size)]
    return tuple(united) if all(map(is_known, united)) else tuple(known)


def _number_limits(rules: Sequence[ColumnRule]) -> tuple[int, int]:
    """See `_Limits`; both 0 where a rule is the user's, so that nothing is known of it."""
    if any(rule.rule.custom for rule in rules):
        return 0, 0
    whole = min((rule.decimal for rule in rules if rule.decimal is not None), default=_LONGEST_NUMBER)
    # The guards of a number let nothing match before or behind a decimal point.
    beside = [rule.decimal for rule in rules if rule.decimal is not None and not _ends_at_points(rule)]
    return whole, min(beside, default=_LONGEST_NUMBER)


def _ends_at_points(rule: ColumnRule) -> bool:
    """Whether no match reaches to a decimal point."""
    return rule.rule.pattern.boundary is Boundary.NUMBER and not facts_of(rule.rule.pattern.regex).point


def _number_regex(whole: int, broken: int) -> str:
    """Matches whole texts that are numbers of fewer characters than that, without and with a decimal point."""
    inner = (broken - 3) // 2
    return rf"\A-?(?:[0-9]{{1,{whole - 2}}}|[0-9]{{1,{inner}}}\.[0-9]{{1,{inner}}})\z"
