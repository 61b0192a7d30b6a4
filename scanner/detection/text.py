"""Prose: windows over consecutive segments, so that a match on an edge is found exactly once, however the text was cut."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from identifiers.model import Boundary
from scanner.detection import inline_allow
from scanner.detection.keywords import KeywordHit, KeywordIndex, whole_words
from scanner.detection.match import Match, Support, without_beaten
from scanner.detection.matcher import GUARD, Context, Found, Matcher, Search, islands, near_keywords
from scanner.detection.names import NameReader
from scanner.detection.prefilter import Hits, Prefilter, in_characters
from scanner.detection.prose import AROUND, ProseFinder
from scanner.detection.rules import Rule
from scanner.detection.spoken import KeywordHits, SpokenSearch
from scanner.model.location import LineLocation, Location
from scanner.model.occurrence import Confidence
from scanner.model.segment import CONTEXT_CHARACTERS, TextSegment

# Small segments are gathered to this many characters before they are searched, so that the overlap is paid seldom.
_WINDOW: Final = 1 << 20
_KEYWORD_LENGTH: Final = 100


@dataclass(frozen=True, slots=True)
class _Piece:
    """A segment and where it begins in the window; negative when its beginning has been let go."""

    offset: int
    segment: TextSegment


@dataclass(frozen=True, slots=True)
class _Speech:
    """The keywords of a text.

    :param keywords: rule index -> all hits of its keywords
    :param near: for rules that need a keyword those near which they could match
    """

    keywords: KeywordHits
    near: Mapping[int, Sequence[KeywordHit]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A match in a text, its value, and what tells its place when asked.

    :param allowed: by the user's list or by a remark on its line: it is not to be reported
    """

    match: Match
    value: str
    locate: Callable[[], Location]
    allowed: bool = False


class TextSearch:
    """What is needed to search texts with one ruleset; the state of one text is in `TextScan`.

    :param least: rules that without a keyword are less sure are looked for near their keywords only, unless the file may make them surer
    :param window: characters to gather before a search
    :param inline: whether remarks in texts allow what stands on their line
    """

    def __init__(
        self,
        matcher: Matcher,
        prefilter: Prefilter,
        index: KeywordIndex,
        names: NameReader,
        *,
        least: Confidence = Confidence.LOW,
        window: int = _WINDOW,
        inline: bool = True,
    ) -> None:
        self.matcher = matcher
        self.window = window
        self.inline = inline
        self.prefilter = prefilter
        self.names = names
        self._index = index
        self._spoken = SpokenSearch(matcher.rules, index, prefilter)
        self._least = least
        longest = max((rule.pattern.max_length for rule in matcher.rules), default=0)
        farthest = max((rule.identifier.max_distance for rule in matcher.rules), default=0)
        # A match is decided when it, all that may overlap it, and the keywords around those are in sight.
        self.ahead = max(2 * longest + farthest + _KEYWORD_LENGTH + GUARD, longest + inline_allow.REACH)
        self.behind = max(farthest + _KEYWORD_LENGTH + GUARD, inline_allow.REACH)
        assert self.ahead <= CONTEXT_CHARACTERS, "parts of a text come with enough of what is around them"

    def find(self, text: str, names: tuple[str, ...], span: tuple[int, int], resume: dict[int, int]) -> Found:
        """Matches in `text` that start at `span[0]` or later; what starts at `span[1]` or later is not counted.

        :param resume: rule index -> where its search goes on, for matches that reach beyond the start
        """
        begin, cut = span
        context = self.names.read(names)
        data = text.encode("utf-8", "replace")
        hits = in_characters(self.prefilter.scan(memoryview(data)), text)
        words = whole_words(hits.keywords, text, self._index)
        keywords = KeywordHits(words, self._spoken.keywords_of)
        near = self._spoken.near(words, text, data)
        searches = list(self._searches(len(text), hits, _Speech(keywords, near), set(context.keywords), (begin, resume)))
        return self.matcher.confirm(Context(text, keywords, context), searches, cut)

    def _searches(self, size: int, hits: Hits, speech: _Speech, named: set[int], start: tuple[int, dict[int, int]]) -> Iterator[Search]:
        begin, resume = start
        wanted = set(hits.shapes) | set(speech.near) | named | self.prefilter.unfiltered
        for index in sorted(wanted):
            rule = self.matcher.rules[index]
            first = max(begin, resume.get(index, 0))
            spoken = speech.near.get(index, ()) if rule.alone is None else speech.keywords[index]
            regions = self._regions(rule, (first, size), hits, spoken, index in named)
            if regions:
                yield Search(rule, regions)

    def _regions(self, rule: Rule, span: tuple[int, int], hits: Hits, keywords: Sequence[KeywordHit], named: bool) -> list[tuple[int, int]]:
        start, stop = span
        reported_alone = rule.alone is not None and (rule.alone >= self._least or rule.grows)
        if named or (reported_alone and rule.index in self.prefilter.unfiltered):
            return [span]
        if reported_alone:
            return islands(hits.shapes.get(rule.index, ()), rule.pattern.max_length, start, stop)
        if not keywords:
            return []
        # Without a boundary matches may begin anywhere, so only a search from the front finds the same ones always.
        return [span] if rule.pattern.boundary is Boundary.NONE else near_keywords(rule, keywords, start, stop)


class TextScan:
    """The search of one text that comes in segments.

    :param search: the ruleset's
    :param names: what stands for the whole text
    :param prose: finds names and addresses; None if they are not looked for
    """

    def __init__(self, search: TextSearch, names: tuple[str, ...], prose: ProseFinder | None = None) -> None:
        self._search = search
        self._prose = prose
        # What decides on a match, or on a name, is in sight before it is decided.
        self._ahead = max(search.ahead, AROUND if prose else 0)
        self._behind = max(search.behind, AROUND if prose else 0)
        self._names = names
        self._pieces: list[_Piece] = []
        self._window = ""
        self._waiting: list[str] = []
        self._size = 0
        self._decided = 0
        # What is counted lies between: context that comes with a part of a text stands before and behind it.
        self._first = 0
        self._last: int | None = None
        self._resume: dict[int, int] = {}
        self._rivals: list[Match] = []
        self.shapes: Counter[tuple[int, Support]] = Counter()

    def feed(self, segment: TextSegment) -> list[Placed]:
        """The matches that can be decided now."""
        if segment.counted:
            self._last = None
        elif self._first == self._size:
            self._first += len(segment.text)
        elif self._last is None:
            self._last = self._size
        self._pieces.append(_Piece(self._size, segment))
        self._waiting.append(segment.text)
        self._size += len(segment.text)
        return self._advance(self._size - self._ahead, self._search.window)

    def finish(self) -> list[Placed]:
        """The matches that were waiting for more text."""
        return self._advance(self._size, 1)

    def _advance(self, cut: int, least: int) -> list[Placed]:
        """The matches before `cut` that are not given out yet, unless these are less than `least` characters."""
        cut = cut if self._last is None else min(cut, self._last)
        if cut - max(self._decided, self._first) < least:
            return []
        if self._decided < self._first:
            self._decide(self._first)
            self.shapes.clear()
        placed = self._decide(cut)
        self._let_go()
        return placed

    def _decide(self, cut: int) -> list[Placed]:
        self._window = "".join([self._window, *self._waiting])
        self._waiting = []
        sight = self._window[: cut + self._ahead]
        found = self._search.find(sight, self._names, (self._decided, cut), self._resume)
        mine = [match for match in found.matches if match.origin < cut]
        others = [match for match in found.matches if match.origin >= cut]
        kept = without_beaten(mine, [*others, *self._rivals])
        # A name or an address is a judgement, not a shape: it takes nothing from what it overlaps, and loses nothing to it.
        named = self._prose.find(sight, (self._decided, cut)) if self._prose else []
        remarks = self._search.inline and bool(kept or named) and inline_allow.MARK in self._window
        placed = [self._place(match, remarks=remarks) for match in kept]
        self.shapes.update((one.match.rule.index, one.match.support) for one in placed if not one.allowed)
        self.shapes.update((one.rule.index, one.support) for one in found.failed)
        placed += [self._place(match, remarks=remarks) for match in named]
        self._rivals = [match for match in (*self._rivals, *mine) if match.reach > cut]
        self._resume = {rule: end for rule, end in (self._resume | found.ends).items() if end > cut}
        self._decided = cut
        return placed

    def _let_go(self) -> None:
        drop = max(0, self._decided - self._behind)
        self._window = self._window[drop:]
        self._size -= drop
        self._decided -= drop
        self._first -= drop
        self._last = None if self._last is None else self._last - drop
        self._resume = {rule: end - drop for rule, end in self._resume.items()}
        self._rivals = [match.moved(drop) for match in self._rivals]
        moved = [_Piece(piece.offset - drop, piece.segment) for piece in self._pieces]
        self._pieces = [piece for piece in moved if piece.offset + len(piece.segment.text) > 0]

    def _place(self, match: Match, *, remarks: bool) -> Placed:
        piece = next(piece for piece in reversed(self._pieces) if piece.offset <= match.start)
        inside = piece.offset + len(piece.segment.text)
        text = piece.segment.text
        if match.end > inside:
            text += self._window[inside : match.end]
        locate = partial(piece.segment.locator.at, text, match.start - piece.offset, match.end - piece.offset)
        value = self._window[match.start : match.end]
        listed = self._search.matcher.allowed
        allowed = listed is not None and value in listed
        return Placed(match, value, locate, allowed or (remarks and self._is_remarked(match, locate)))

    def _is_remarked(self, match: Match, locate: Callable[[], Location]) -> bool:
        """Whether a remark allows the match. Only texts that consist of lines have remarks, not pages and paragraphs."""
        remarked = inline_allow.allows(self._window, match.start, match.end, match.rule.identifier.id)
        return remarked and isinstance(locate(), LineLocation)
