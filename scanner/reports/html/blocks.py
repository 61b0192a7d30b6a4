"""JSON inside the page: blocks of data that the page's own script reads and no browser runs.

Each block is an array or an object of arrays, without names of members: a hundred thousand findings are to load in a moment.
`templates/report.js` tells the members by their place, as the functions here do.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import orjson
from markupsafe import Markup

from identifiers.model import Identifier
from identifiers.regulations import load_regulations, regulations_of
from scanner.reports.escape import visible
from scanner.reports.html.columns import ColumnEntry
from scanner.reports.html.listing import Json, Listing

EVIDENCE_BLOCK: Final = 100
"""Findings whose evidence stands in one block; a block is parsed when the first of them is opened."""

# In a script element these could begin its end tag, a comment or an entity.
_MARKUP: Final = ((b"&", rb"\u0026"), (b"<", rb"\u003c"), (b">", rb"\u003e"))
_CONFIDENCES: Final = ("low", "medium", "high")


class Words:
    """Texts by number, so that each stands in the page once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, word: str) -> int:
        """The number of `word`, from 0 in the order in which they were first asked for."""
        return self._numbers.setdefault(word, len(self._numbers))

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)


def findings_block(listing: Listing, entries: Sequence[ColumnEntry], identifiers: Mapping[str, Identifier]) -> Iterator[Markup]:
    """`{"lines": [...], "columns": [...], "words": [...], "identifiers": [...]}` in pieces.

    A line is `[root, folder, name, severity, count, type, size, outcome, [[identifier, count, severity, confidence], ...], life]`,
    where root, folder, type, outcome, life are numbers of words, an identifier is a number of the list of identifiers, and severity and
    confidence count from 1. A column is `[dataset, name, identifier, severity, confidence, count, values, objects, level]`, likewise.
    """
    words, kinds = Words(), Words()
    yield embedded(b'{"lines":[')
    for number, line in enumerate(listing.lines()):
        yield embedded((b",\n" if number else b"") + orjson.dumps(_line(line, words, kinds)))
    columns = [_column(entry, words, kinds) for entry in entries]
    rest = {"columns": columns, "words": list(words), "identifiers": [_kind(name, identifiers) for name in kinds]}
    yield embedded(b"]," + orjson.dumps(rest)[1:])


def evidence_blocks(listing: Listing) -> Iterator[Iterator[Markup]]:
    """The blocks of evidence, each an array, in pieces; each must be used up before the next."""
    items = iter(listing.evidence())
    for first in items:
        yield _evidence_block(first, items)


def embedded(json: bytes) -> Markup:
    """`json` as the content of a script element."""
    for character, escape in _MARKUP:
        json = json.replace(character, escape)
    return Markup(json.decode())  # noqa: S704 - without any character that HTML knows


def _evidence_block(first: bytes, items: Iterator[bytes]) -> Iterator[Markup]:
    yield embedded(b"[" + first)
    for _, item in zip(range(EVIDENCE_BLOCK - 1), items, strict=False):
        yield embedded(b",\n" + item)
    yield embedded(b"]")


def _line(line: Json, words: Words, kinds: Words) -> list[object]:
    detections = line["detections"]
    assert isinstance(detections, list)
    return [
        words.number(str(line["root"])),
        words.number(str(line["folder"])),
        line["name"],
        line["severity"],
        line["count"],
        words.number(str(line["type"])),
        line["size"],
        words.number(str(line["outcome"])),
        [[kinds.number(name), count, severity, 1 + _CONFIDENCES.index(sure)] for name, count, severity, sure in detections],
        words.number(str(line["life"])),
    ]


def _column(entry: ColumnEntry, words: Words, kinds: Words) -> list[object]:
    return [
        words.number(entry.dataset),
        entry.column,
        kinds.number(entry.identifier),
        entry.severity,
        entry.confidence,
        entry.count,
        entry.values,
        entry.objects,
        words.number(entry.level),
    ]


def _kind(name: str, identifiers: Mapping[str, Identifier]) -> list[object]:
    """`[id, name, category, countries, names of regulations]`."""
    one = identifiers[name]
    names = {regulation.id: regulation.name for regulation in load_regulations().regulations}
    return [visible(one.id), visible(one.name), one.category.value, list(one.countries), [names[id_] for id_ in regulations_of(one)]]
