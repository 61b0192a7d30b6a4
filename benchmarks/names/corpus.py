"""The written corpus of texts with person names and mailing addresses, and its fixed split by document.

Documents are separated by blank lines. The first line of each is `@ ID | GENRE | LANGUAGE`; in the lines after it
`[[N|...]]` marks a name and `[[A|...]]` an address, in which `↵` stands for a line end.
"""

import glob
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import regex

FOLDER: Final = os.path.join(os.path.dirname(os.path.abspath(__file__)), "corpus")
KINDS: Final = {"N": "NAME", "A": "ADDRESS"}
FOLDS: Final = 5
LATER: Final = "later-"
"""How the ids of documents begin that were written after the mistakes of a model were read: what was learnt from them is no test."""
_MARK: Final = regex.compile(r"\[\[(?P<kind>[NA])\|(?P<value>.*?)\]\]")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A name or an address in a text, in characters.

    :param kind: NAME or ADDRESS
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Document:
    """One text with what stands in it."""

    id: str
    genre: str
    language: str
    text: str
    spans: tuple[Span, ...]

    @property
    def locked(self) -> bool:
        """Whether it is kept for the test: a fifth, by a hash of its id, of those that were there when the first model was measured."""
        return _hash(self.id) % FOLDS == 0 and not self.id.startswith(LATER)

    @property
    def fold(self) -> int:
        """0 to 4: its part in cross-validation; by another hash than `locked`."""
        return _hash(f"fold {self.id}") % FOLDS


def read_corpus(folder: str = FOLDER) -> list[Document]:
    """All documents, locked ones included, by id.

    :raises ValueError: for a malformed document, with its file and line
    """
    documents = [one for path in sorted(glob.glob(os.path.join(glob.escape(folder), "*.txt"))) for one in _read(path)]
    twice = {one.id for one in documents if sum(other.id == one.id for other in documents) > 1} if _repeats(documents) else set()
    if twice:
        raise ValueError(f"ids of several documents: {', '.join(sorted(twice))}")
    return sorted(documents, key=lambda one: one.id)


def for_tuning(documents: list[Document]) -> list[Document]:
    """Those that may be looked at."""
    return [one for one in documents if not one.locked]


def for_test(documents: list[Document]) -> list[Document]:
    """Those that are read by the final measurement only."""
    return [one for one in documents if one.locked]


def _repeats(documents: list[Document]) -> bool:
    return len({one.id for one in documents}) < len(documents)


def _read(path: str) -> Iterator[Document]:
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith("@ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        fields = [field.strip() for field in lines[start][2:].split("|")]
        if len(fields) != 3:
            raise ValueError(f"{path}:{start + 1}: the head of a document is `@ ID | GENRE | LANGUAGE`")
        body = "\n".join(lines[start + 1 : end]).strip("\n")
        yield Document(fields[0], fields[1], fields[2].lower(), *unmark(body))


def unmark(marked: str) -> tuple[str, tuple[Span, ...]]:
    """The text without marks, and where what they mark stands.

    >>> unmark("Dear [[N|Ann]],")
    ('Dear Ann,', (Span(start=5, end=8, kind='NAME'),))
    """
    pieces: list[str] = []
    spans: list[Span] = []
    size = behind = 0
    for mark in _MARK.finditer(marked):
        between, value = marked[behind : mark.start()], mark["value"].replace("↵", "\n")
        pieces += [between, value]
        spans.append(Span(size + len(between), size + len(between) + len(value), KINDS[mark["kind"]]))
        size, behind = size + len(between) + len(value), mark.end()
    return "".join([*pieces, marked[behind:]]), tuple(spans)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
