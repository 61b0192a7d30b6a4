"""Precision, recall and F1 of found spans against marked ones: a span counts when both of its ends are right."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.names.corpus import Document, Span


@dataclass(slots=True)
class Score:
    """What was found rightly, wrongly, and not at all."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def add(self, wanted: set[Span], found: set[Span]) -> None:
        """Count one document."""
        self.right += len(wanted & found)
        self.wrong += len(found - wanted)
        self.missed += len(wanted - found)


def score(documents: Sequence[Document], found: Iterable[Iterable[Span]]) -> dict[tuple[str, str], Score]:
    """(kind, group) -> score, where a group is `all`, a language or a genre."""
    scores: dict[tuple[str, str], Score] = {}
    for document, spans in zip(documents, found, strict=True):
        given = set(spans)
        for kind in ("NAME", "ADDRESS"):
            wanted_here = {one for one in document.spans if one.kind == kind}
            found_here = {one for one in given if one.kind == kind}
            for group in ("all", f"language {document.language}", f"genre {document.genre}"):
                scores.setdefault((kind, group), Score()).add(wanted_here, found_here)
    return scores


def mistakes(document: Document, found: Iterable[Span]) -> Counter[tuple[str, str, str]]:
    """(`wrong` or `missed`, kind, text) of what differs."""
    given, wanted = set(found), set(document.spans)
    wrong = [("wrong", one.kind, document.text[one.start : one.end]) for one in given - wanted]
    return Counter([*wrong, *(("missed", one.kind, document.text[one.start : one.end]) for one in wanted - given)])


def overlapping(documents: Sequence[Document], found: Iterable[Iterable[Span]]) -> dict[tuple[str, str], Score]:
    """As `score`, but a span is right when it overlaps one of its kind that is wanted."""
    scores: dict[tuple[str, str], Score] = {}
    for document, spans in zip(documents, found, strict=True):
        given = set(spans)
        for kind in ("NAME", "ADDRESS"):
            wanted = [one for one in document.spans if one.kind == kind]
            here = [one for one in given if one.kind == kind]
            right = sum(any(_overlap(one, other) for other in wanted) for one in here)
            missed = sum(not any(_overlap(one, other) for other in here) for one in wanted)
            for group in ("all", f"language {document.language}", f"genre {document.genre}"):
                one = scores.setdefault((kind, group), Score())
                one.right, one.wrong, one.missed = one.right + right, one.wrong + len(here) - right, one.missed + missed
    return scores


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
