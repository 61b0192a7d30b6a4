"""Parts of a workbook beside its sheets: comments, drawings, copies of other tables, connections, and whatever else holds text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from scanner.readers.xlsx_xml import Source, Walk, local

SILENT: Final = frozenset(
    """
    Types calcChain chartStyle colorStyle formControlPr metadata mapInfo ocx pivotTableDefinition richStyleSheet rvStructures rvTypesInfo
    slicers slicerCacheDefinition styleSheet table tableSingleCells tableStyles theme
    timelines timelineCacheDefinition volTypes worksheetSortMap
    """.split()  # noqa: SIM905 - as many quoted words would be unreadable
)
"""Root elements of parts that only say how things look or belong together."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What of a part is read.

    :param texts: elements whose text counts; None for all
    :param attributes: attributes that count; None for all
    :param ends: elements at whose end a line ends, beside those of `texts`
    :param named: each text has the name of its element before it
    """

    texts: frozenset[str] | None = None
    attributes: frozenset[str] | None = None
    ends: frozenset[str] = frozenset()
    named: bool = False


_NONE: Final[frozenset[str]] = frozenset()
_T: Final = frozenset({"t"})
RULES: Final = {
    "ThreadedComments": Rule(frozenset({"text"}), _NONE, frozenset({"threadedComment"})),
    "authorLst": Rule(_NONE, frozenset({"name", "userId"})),
    "chartSpace": Rule(_T, _NONE, frozenset({"p"})),
    "cmAuthorLst": Rule(_NONE, frozenset({"name"})),
    "comments": Rule(_T | {"author"}, _NONE, frozenset({"comment", "author"})),
    "externalLink": Rule(frozenset({"v"}), frozenset({"val"}), frozenset({"v"})),
    "personList": Rule(_NONE, frozenset({"displayName", "userId"})),
    "pivotCacheDefinition": Rule(_NONE, frozenset({"name", "v"})),
    "pivotCacheRecords": Rule(_NONE, frozenset({"v"})),
    "presentation": Rule(_NONE, frozenset({"name"})),
    "tagLst": Rule(_NONE, frozenset({"val"})),
    "userShapes": Rule(_T, frozenset({"descr", "title"}), frozenset({"p"})),
    "wsDr": Rule(_T, frozenset({"descr", "title"}), frozenset({"p"})),
    "xml": Rule(None, _NONE, frozenset({"div", "p"})),
}
"""By root element; of any other part all text and all attributes are read, each under its name."""
CHART: Final = Rule(_T | {"v"}, _NONE, frozenset({"p", "v"}))
"""A chart beside no sheet, whose values stand nowhere else."""
_ANYTHING: Final = Rule(named=True)
_PLAIN_NAMES: Final = 2
"""Names of elements that are no longer say nothing."""


def notes(stream: Source, root: str, *, threaded: bool = False, rule: Rule | None = None) -> Iterator[tuple[str, str] | None]:
    """Lines of a part with this root element, each with the cell that it belongs to, if any; None once where it did not parse.

    :param threaded: the workbook has threaded comments, of which the plain ones hold copies for old programs
    :param rule: what of it is read, if not what RULES say
    """
    listener = _Listener(rule or RULES.get(root, _ANYTHING), threaded=threaded)
    walk = Walk(stream, listener)
    for damage in walk.read():
        yield from listener.taken()
        if damage:
            yield from ((line, "") for line in damage.split("\n"))
    if walk.damaged:
        yield None


class _Listener:
    """Collects lines by a rule."""

    def __init__(self, rule: Rule, *, threaded: bool) -> None:
        self._rule = rule
        self._threaded = threaded
        self._copies: set[str] = set()
        self._authors = 0
        self._done: list[tuple[str, str]] = []
        self._pieces: list[str] = []
        self._name = self._cell = self._field = ""
        self._twice = False

    def taken(self) -> list[tuple[str, str]]:
        """What was collected since the last time."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """See Listener."""
        self._name = local(name)
        if self._name == "Fallback":
            self._twice = True  # what a choice before it says in other words (ECMA-376 part 3)
        if self._rule.named:
            self._end_line()
        if self._name in {"comment", "threadedComment"}:
            self._cell = attributes.get("ref", "")
            self._twice = attributes.get("authorId") in self._copies
        if self._name == "cacheField":
            self._field = attributes.get("name", "")
        if self._rule.attributes != _NONE and self._name != "x":
            self._take(attributes)

    def end(self, name: str) -> None:
        """See Listener."""
        name = local(name)
        if name in {"Fallback", "comment"}:
            self._twice = False
        elif name == "author":
            self._end_author()
        if self._rule.named or name in self._rule.ends:
            self._end_line(name if self._rule.named else "")
        self._name = ""

    def text(self, data: str) -> None:
        """See Listener."""
        if not self._twice and (self._rule.texts is None or self._name in self._rule.texts):
            self._pieces.append(data)

    def broken(self) -> None:
        """See Listener."""
        self._end_line()

    def _end_author(self) -> None:
        """Copies of threaded comments have an author of their own, `tc=` and the id of the comment."""
        if self._threaded and "".join(self._pieces).startswith("tc="):
            self._copies.add(str(self._authors))
            self._pieces = []
        self._authors += 1

    def _take(self, attributes: dict[str, str]) -> None:
        for key, value in attributes.items():
            name = local(key)
            if not value.strip() or key.startswith("xmlns") or (self._rule.attributes is not None and name not in self._rule.attributes):
                continue
            before = name if self._rule.named else self._field if name == "v" else ""
            self._done.append((f"{before}: {value}" if before else value, ""))

    def _end_line(self, name: str = "") -> None:
        text = "".join(self._pieces).strip()
        self._pieces = []
        if text:
            self._done.append((f"{name}: {text}" if len(name) > _PLAIN_NAMES else text, self._cell))
