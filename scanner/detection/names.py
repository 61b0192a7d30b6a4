"""What the names over a value (header, JSON path, sheet) say for and against each rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import regex

from identifiers.keywords import split_name
from identifiers.regexes import Expression, compiled
from scanner.detection.keywords import KEYWORD_GAP, KeywordIndex, whole_words
from scanner.detection.prefilter import Hits, Prefilter, in_characters
from scanner.detection.rules import Rule


@dataclass(frozen=True, slots=True)
class NameContext:
    """What a tuple of names says.

    :param keywords: rule index -> the keyword that the names hold
    :param vetoes: identifier id -> the phrase in the innermost name that says it is something else
    """

    keywords: Mapping[int, str]
    vetoes: Mapping[str, str]


NO_NAMES = NameContext({}, {})


_PHRASE_GAP = rf"(?:{KEYWORD_GAP}|\.)"


@cache
def phrase_regex(phrases: tuple[str, ...]) -> "regex.Pattern[str]":
    """Finds the longest of `phrases` as whole words; gaps as in keywords, and dots, as in `order.id`."""
    return compiled(phrase_expression(phrases))


def phrase_expression(phrases: tuple[str, ...]) -> Expression:
    """What `phrase_regex` compiles."""
    longest = sorted(phrases, key=len, reverse=True)
    forms = (_PHRASE_GAP.join(regex.escape(word) for word in phrase.split(" ")) for phrase in longest)
    return Expression(rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W_])", int(regex.IGNORECASE))


class NameReader:
    """Reads names for one ruleset; remembers what it has read, since columns come batch by batch."""

    def __init__(self, rules: tuple[Rule, ...], index: KeywordIndex, prefilter: Prefilter) -> None:
        self._rules = rules
        self._index = index
        self._prefilter = prefilter
        # Many identifiers share their phrases; each set is looked for once.
        self._vetoes: dict[tuple[str, ...], set[str]] = {}
        for rule in rules:
            if rule.identifier.not_names:
                self._vetoes.setdefault(rule.identifier.not_names, set()).add(rule.identifier.id)
        self._known: dict[tuple[str, ...], NameContext] = {}

    def read(self, names: tuple[str, ...]) -> NameContext:
        """What `names`, outermost first, say."""
        if not names:
            return NO_NAMES
        if names not in self._known:
            if len(self._known) > 10_000:
                self._known.clear()
            self._known[names] = self._read(names)
        return self._known[names]

    def _read(self, names: tuple[str, ...]) -> NameContext:
        vetoes = self._read_vetoes(names[-1])
        innermost = self._keywords_of(names[-1:])
        # `cards[0].order_id` is an order's id: what the innermost name denies no outer one can say.
        # Neither can it speak with a word of what denies: `gift card` says that it is no payment card.
        innermost = {rule: word for rule, word in innermost.items() if not _is_part(word, vetoes.get(self._rules[rule].identifier.id, ""))}
        denied = {rule.index for rule in self._rules if rule.identifier.id in vetoes} - innermost.keys()
        said = self._keywords_of(names) | innermost
        return NameContext({rule: keyword for rule, keyword in said.items() if rule not in denied}, vetoes)

    def _keywords_of(self, names: tuple[str, ...]) -> dict[int, str]:
        """Rule index -> the longest of its keywords in `names`."""
        found: dict[int, str] = {}
        for keyword in set[int]().union(*map(self._keywords_in, forms_of_names(names))):
            for rule in self._index.rules[keyword]:
                found[rule] = max(found.get(rule, ""), self._index.keywords[keyword], key=lambda word: (len(word), word))
        return found

    def _keywords_in(self, text: str) -> set[int]:
        words = self._prefilter.words(memoryview(text.encode("utf-8", "replace")))
        hits = in_characters(Hits(keywords=words), text)
        return {hit.keyword for hit in whole_words(hits.keywords, text, self._index)}

    def _read_vetoes(self, name: str) -> dict[str, str]:
        split = split_name(name)
        singular = _singular(split)
        vetoes: dict[str, str] = {}
        for phrases, identifiers in self._vetoes.items():
            found = phrase_regex(phrases).search(split) or phrase_regex(phrases).search(singular)
            if found:
                vetoes |= dict.fromkeys(identifiers, found.group().casefold())
        return vetoes


def _is_part(word: str, phrase: str) -> bool:
    return word != phrase and f" {word} " in f" {phrase} "


# Not the s of `address` and `status`.
_PLURAL = regex.compile(r"(?<=\w[^su])s\b")


def forms_of_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """The texts in which keywords of `names` are looked for: in single words, those in the singular, as they are written."""
    split = " ".join(split_name(name) for name in names)
    return split, _singular(split), " ".join(names)


def _singular(split: str) -> str:
    """`split` with its plurals as singulars: `order ids` as `order id`, since lists are named for all they hold."""
    return _PLURAL.sub("", split)
