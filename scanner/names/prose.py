"""Names and addresses in prose: the gate says where to look, rules and the judge look there."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.util import find_spec
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

import regex

from scanner.names.again import find_again
from scanner.names.beside import is_titled_thing
from scanner.names.features import Features, features_of
from scanner.names.gate import Gate
from scanner.names.judge import OWN, Judge, Named, judge_name, make_judge
from scanner.names.lexicon import BIT, ORDINARY, Lexicon, load_lexicon
from scanner.names.listed import find_listed
from scanner.names.refine import is_addressed, is_heading, is_part_of_title, is_program, is_program_text, may_name, refined
from scanner.names.small import find_small, greets, is_chat
from scanner.names.units import REACH, excerpts

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Offsets = npt.NDArray[np.int64]

AROUND: Final = 2 * REACH
"""Characters before and behind a place that decide what is found there."""
_BATCH: Final = 64
# A text as short as a letter is read as a whole: who signs below is named above.
_LETTER: Final = 2000
_STEP: Final = 20
# Texts that are asked at once whether they are worth a look.
_MANY: Final = 4096
# How far around a word others are asked whether they are words of a language, how many must be, and how few say nothing.
_NEAR: Final = 200
# What keeps texts apart that are looked at as one.
_FAR: Final = "\n" * _NEAR
_MOST: Final = 0.75
_FEW: Final = 3
_WORDS: Final = BIT["common"] | BIT["usual"] | BIT["seldom"] | BIT["particle"]
_ANY_NAME: Final = BIT["given"] | BIT["surname"] | BIT["surname_rare"] | BIT["particle"]
_SMALL_WORD: Final = regex.compile(r"(?<![\p{L}\p{N}_.@/-])\p{Ll}[\p{L}\p{M}]+(?![\p{L}\p{N}_@/=-])")


@dataclass(frozen=True, slots=True)
class Prose:
    """A name or an address in prose.

    :param kind: NAME or ADDRESS
    :param evidence: which rules and which model spoke
    :param sure: more than one of them did
    """

    start: int
    end: int
    kind: str
    evidence: tuple[str, ...]
    sure: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a text that is looked at.

    :param places: where something could stand, counted from `start`, ascending
    """

    text: str
    start: int
    end: int
    places: list[int]


class ProseSearch:
    """Looks for names and addresses.

    :param source: the model, see `make_judge`; empty for rules only
    :param kinds: what is wanted, of NAME and ADDRESS
    """

    def __init__(self, source: str = OWN, kinds: frozenset[str] = frozenset({"NAME", "ADDRESS"}), lexicon: Lexicon | None = None) -> None:
        self._source = source
        self._kinds = kinds
        self._lexicon = lexicon or load_lexicon()
        self._gate = Gate(self._lexicon)

    def find(self, text: str, data: bytes, span: tuple[int, int], *, asks: Callable[[], bool] = lambda: True) -> Iterator[Prose]:
        """What begins in `span` of `text`, looked for as it is asked for: by place, and then single words of the names that were found.

        :param data: `text` in UTF-8
        :param asks: whether the model is still to be asked; else only rules speak
        """
        pieces = _pieces(text, self._places(text, data) or self._small_places(text), span)
        seen: set[tuple[int, int, str]] = set()
        everywhere: list[Prose] = []
        for place in range(0, len(pieces), _BATCH):
            found = chain.from_iterable(self._in_pieces(pieces[place : place + _BATCH], ask=asks()))
            for one in sorted(found, key=lambda one: (one.start, one.end, one.kind)):
                key = (one.start, one.end, one.kind)
                everywhere.append(one)
                if one.kind in self._kinds and span[0] <= one.start < span[1] and key not in seen:
                    seen.add(key)
                    yield one
        if "NAME" in self._kinds:
            yield from self._again(text, everywhere, span)

    def find_each(self, texts: Sequence[str], *, asks: Callable[[], bool] = lambda: True) -> Iterator[list[Prose]]:
        """What is in each of many texts that `worth_looking` chose, as `find` gives it; the model is asked for a batch at a time."""
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            pieces = [_pieces(text, self._places_in(text), (0, len(text))) for text in batch]
            found = iter(self._in_pieces(list(chain.from_iterable(pieces)), ask=asks()))
            for text, own in zip(batch, pieces, strict=True):
                yield self._all_in(text, list(chain.from_iterable(islice(found, len(own)))))

    def _all_in(self, text: str, found: Sequence[Prose]) -> list[Prose]:
        """Each of what the pieces of `text` gave, once, with single words of names."""
        unique = {(one.start, one.end, one.kind): one for one in reversed(found)}
        wanted = [one for _, one in sorted(unique.items()) if one.kind in self._kinds]
        return [*wanted, *self._again(text, found, (0, len(text)))] if "NAME" in self._kinds else wanted

    def _places_in(self, text: str) -> list[int]:
        """Where to look in a text in which there is something to look at."""
        return [0] if _is_read_whole(text) else self._places(text, text.encode("utf-8", "replace")) or self._small_places(text)

    def _again(self, text: str, found: Sequence[Prose], span: tuple[int, int]) -> Iterator[Prose]:
        names = [(one.start, one.end) for one in found if one.kind == "NAME"]
        for start, end in find_again(text, names, ((one.start, one.end) for one in found), span, self._lexicon):
            yield Prose(start, end, "NAME", ("rule:again",))

    def worth_looking(self, texts: Sequence[str]) -> list[int]:
        """Which of `texts` could hold something, ascending: many at once, much sooner than one by one."""
        return [start + place for start in range(0, len(texts), _MANY) for place in self._worth_looking(texts[start : start + _MANY])]

    def _worth_looking(self, texts: Sequence[str]) -> list[int]:
        import numpy as np

        joined = _FAR.join(texts)
        ends = np.cumsum([len(text) + len(_FAR) for text in texts])
        seen = set(ends.searchsorted(self._seen_places(joined, joined.encode("utf-8", "replace")), "right").tolist())
        return [number for number, text in enumerate(texts) if number in seen or self._small_places(text)]

    def _places(self, text: str, data: bytes) -> list[int]:
        """Where to look, in characters, ascending."""
        return self._seen_places(text, data) or self._small_places(text)

    def _seen_places(self, text: str, data: bytes) -> list[int]:
        """What the gate sees of them."""
        places = self._gate.places(data)
        weak = [place for place in _characters(places.weak, text, data) if self._is_language(text, place)]
        found = sorted([*_characters(places.strong, text, data), *weak])
        return [place for place in found if not is_program(text, place)]

    def _small_places(self, text: str) -> list[int]:
        """Where names stand in a short text without any capital letter, which the gate does not see, and in which somebody is spoken to."""
        if len(text) > _LETTER or not text.islower() or not greets(text):
            return []
        return [start for start, _, _ in find_small(text, self._lexicon)]

    def _is_language(self, text: str, place: int) -> bool:
        """Whether most words around `place` are words of the languages that are read, or hardly any stand there."""
        words = _SMALL_WORD.findall(text, max(0, place - _NEAR), place + _NEAR)
        known = sum(flag & _WORDS != 0 for flag in self._lexicon.flags(words))
        return len(words) < _FEW or known >= _MOST * len(words)

    def find_in(self, text: str) -> list[Prose]:
        """All in one short text."""
        found = self.find(text, text.encode("utf-8", "replace"), (0, len(text)))
        return sorted(found, key=lambda one: (one.start, one.end, one.kind))

    def _in_pieces(self, pieces: Sequence[_Piece], *, ask: bool) -> list[list[Prose]]:
        """What is in each piece, in characters of its text. The model, if it is to be asked, is loaded when there is something to ask."""
        told = [features_of(piece.text[piece.start : piece.end], self._lexicon) for piece in pieces]
        judged: list[list[Named]] = [[] for _ in told]
        asked = [number for number, one in enumerate(told) if may_name(one) and not _is_small_line(one.text)] if ask else []
        judge = self._judge if asked else None
        if judge:
            answers = judge.judge([told[number] for number in asked], [pieces[number].places for number in asked])
            for number, named in zip(asked, answers, strict=True):
                judged[number] = named
        name = self._judge_name if ask else ""
        return [
            [replace(one, start=piece.start + one.start, end=piece.start + one.end) for one in settle(one_told, named, name)]
            for piece, one_told, named in zip(pieces, told, judged, strict=True)
        ]

    @cached_property
    def _judge_name(self) -> str:
        """What the judge is called, who need not be there yet; empty if there is none."""
        return judge_name(self._source) if self._source and find_spec("spacy") else ""

    @cached_property
    def _judge(self) -> Judge | None:
        try:
            return make_judge(self._source) if self._source else None
        except ImportError:
            # Said before the scan began, see `scanner.engine.name_settings`.
            return None


def _characters(places: "Offsets", text: str, data: bytes) -> list[int]:
    """Offsets in bytes as offsets in characters."""
    import numpy as np

    if len(text) == len(data) or not len(places):
        return list(places.tolist())
    # The bytes that begin a character, counted.
    begun = np.cumsum((np.frombuffer(data, np.uint8) & 0xC0) != 0x80)
    return list((begun[places] - 1).tolist())


def _pieces(text: str, places: Sequence[int], span: tuple[int, int]) -> list[_Piece]:
    """The pieces around `places`, which ascend, in which something could begin in `span`, each once, by place."""
    if len(text) <= _LETTER:
        # Of a letter the model reads every word, of a program what is near the places.
        near = range(0, len(text), _STEP) if _is_read_whole(text) else places
        return [_Piece(text, 0, len(text), list(near))] if places else []
    around = [place for place in places if span[0] - REACH <= place < span[1] + REACH]
    return [
        _Piece(text, start, end, [place - start for place in places[bisect_left(places, start) : bisect_left(places, end)]])
        for start, end in excerpts(text, around)
        if end > span[0] and start < span[1]
    ]


def _is_small_line(text: str) -> bool:
    """Whether it is one line in small letters, of which rules say enough."""
    return text.islower() and "\n" not in text.strip()


def _is_read_whole(text: str) -> bool:
    return len(text) <= _LETTER and not is_program_text(text)


def _said_by_rules(told: Features) -> dict[tuple[int, int], str]:
    """Start and end of names -> the rule. Who speaks in small letters speaks to somebody: `dev:` in a list of settings does not."""
    said = {_without_words(told, start, end) if kind == "role" else (start, end): kind for start, end, kind in told.labelled}
    small = {span: told.text[slice(*span)] for span, kind in said.items() if kind == "speaker" and told.text[span[0]].islower()}
    if not is_chat(told.text):
        said = {span: kind for span, kind in said.items() if kind != "small"}
    things = {
        span
        for span, kind in said.items()
        if kind in {"title", "role"} and is_titled_thing(told.tokens, told.flags, told.tokens.at(span[0]))
    }
    return {span: kind for span, kind in said.items() if span not in things and (span not in small or len(set(small.values())) > 1)}


def _without_words(told: Features, start: int, end: int) -> tuple[int, int]:
    """The name without usual words behind it: `brother Alex At home`."""
    first, behind = told.tokens.at(start), told.tokens.at(end)
    while behind - first > 1 and told.flags[behind - 1] & ORDINARY and not told.flags[behind - 1] & _ANY_NAME:
        behind -= 1
    return start, told.tokens.end(behind - 1)


def _settled(names: Sequence[tuple[int, int]], rules: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of `names` those that overlap none that a rule has found, but for the very same."""
    return [one for one in names if one in rules or not any(one[0] < end and start < one[1] for start, end in rules)]


def settle(told: Features, judged: Sequence[Named], judge: str) -> list[Prose]:
    """What rules and judge come to together: an address by rule beats all it overlaps, a name that both found is sure."""
    found = [Prose(start, end, "ADDRESS", ("rule:address",)) for start, end in told.addresses]
    labelled = _said_by_rules(told)
    # Where a rule and the model differ in where a name ends, the rule is right nearly always.
    names = _settled(refined(told, [(one.start, one.end) for one in judged if one.kind == "NAME"]), labelled)
    for one in (
        *(Named(start, end, "NAME") for start, end in names),
        *(one for one in judged if one.kind == "ADDRESS" and is_addressed(told, one.start, one.end)),
    ):
        if any(one.start < other.end and other.start < one.end for other in found if other.kind == "ADDRESS"):
            continue
        rule = labelled.pop((one.start, one.end), "") if one.kind == "NAME" else ""
        evidence = (f"rule:{rule}", f"model:{judge}") if rule else (f"model:{judge}",)
        found.append(Prose(one.start, one.end, one.kind, evidence, bool(rule)))
    listed = find_listed(told.tokens, told.flags)
    labelled.update(dict.fromkeys((one for one in listed if not judge or not is_part_of_title(told, *one)), "listed"))
    for span in told.personal:
        labelled.setdefault(span, "sentence")
    for (start, end), kind in labelled.items():
        if kind == "initials" and judge and is_heading(told.text, start, end):
            continue
        if not any(start < other.end and other.start < end for other in found):
            found.append(Prose(start, end, "NAME", (f"rule:{kind}",)))
    return sorted(found, key=lambda one: (one.start, one.end))
