"""Keywords: the words that, near a match or in the name over it, say what it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from identifiers.keywords import keyword_end
from scanner.detection.rules import Rule

# A space in a keyword also stands for nothing, "_", "-" or a line break, as in Macie's managed identifiers.
KEYWORD_GAP: Final = r"(?:[_\-]|\s{1,3})?"


@dataclass(frozen=True, slots=True)
class KeywordIndex:
    """All keywords of a ruleset, each once.

    :param keywords: sorted
    :param rules: for each keyword the indices of the rules that it speaks for
    """

    keywords: tuple[str, ...]
    rules: tuple[tuple[int, ...], ...]


def index_keywords(rules: Iterable[Rule]) -> KeywordIndex:
    """Collects the keywords of `rules`."""
    owners: dict[str, list[int]] = {}
    for rule in rules:
        for keyword in rule.identifier.keywords:
            owners.setdefault(keyword.lower(), []).append(rule.index)
    ordered = sorted(owners)
    return KeywordIndex(tuple(ordered), tuple(tuple(owners[keyword]) for keyword in ordered))


def whole_words(hits: Iterable[tuple[int, int, int]], text: str, index: KeywordIndex) -> list["KeywordHit"]:
    """The hits of the prefilter that are whole words, each once, in the order of their starts.

    :param hits: (keyword index, start, end) in characters of `text`; the start may be the character before the keyword
    """
    found = set()
    for keyword, start, _end in hits:
        for begin in (start + 1, start):
            end = keyword_end(index.keywords[keyword], text, begin)
            if end is not None:
                found.add(KeywordHit(begin, end, keyword))
                break
    return sorted(found)


@dataclass(frozen=True, slots=True, order=True)
class KeywordHit:
    """A keyword in a text, `end` behind its last character."""

    start: int
    end: int
    keyword: int
