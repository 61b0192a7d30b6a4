"""What a workbook says of itself before its cells can be read: its texts, its formats, names of its sheets, the epoch of its dates.

Programs write these parts behind the sheets as often as before them, so that the package is gone through twice.
"""

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Final

import regex

from scanner.model.outcome import Problem, Reason
from scanner.model.segment import Member, ReaderItem, TextSegment
from scanner.readers import zip_archive
from scanner.readers.base import Content
from scanner.readers.budget import MIB, Budget
from scanner.readers.docx_links import Links
from scanner.readers.docx_xml import DamagedXmlError, attribute, root, stripped
from scanner.readers.paragraphs import Flow, Paragraph
from scanner.readers.relationships import followed, key
from scanner.readers.xlsx_strings import SharedStrings
from scanner.readers.xlsx_styles import Formats

if TYPE_CHECKING:
    from lxml.etree import _Element

STRUCTURE_BYTES: Final = 16 * MIB
"""Largest part that is held as a tree."""
_PLAIN_NAME: Final = regex.compile(r"\p{L}+ ?\d{0,3}")
"""Names of sheets that say nothing about anybody: a word, `Sheet 12`."""
DAMAGED: Final = "its XML is damaged or has a document type; what did not parse was read without markup"
UNFIT: Final = "the texts that its cells share do not fit into memory; those that do not were read without the places of their cells"


class Book:
    """What is known of a workbook.

    :param links: told where relationships lead
    :ivar threaded: it has threaded comments
    :ivar read: names of the parts that need not be read again
    """

    def __init__(self, budget: Budget, links: Links) -> None:
        self.strings = SharedStrings(budget.limits.memory_bytes)
        self.formats = Formats()
        self.epoch_1904 = False
        self.threaded = False
        self.read: set[str] = set()
        self._budget = budget
        self._links = links
        self._names: dict[str, str] = {}
        self._targets: dict[str, str] = {}
        self._owners: dict[str, str] = {}

    def opening(self, content: Content) -> Iterator[ReaderItem]:
        """Learns all of it; gives what stands in no cell as text, and what is wrong with these parts."""
        for item in zip_archive.read(content, self._budget):
            if isinstance(item, Member):
                yield from self._part(item)
            elif isinstance(item, Problem) and item.member and item.member[0] in self.read:
                yield item

    def sheet(self, part: str) -> str:
        """The name of the sheet that a part holds or belongs to; else that of its file."""
        owner = self._owners.get(key(part), key(part))
        return self._names.get(self._targets.get(owner, "")) or stem(part)

    def name_sheet(self, relation: str, name: str) -> None:
        """Note the name of the sheet to which a relationship leads."""
        self._names[relation] = name

    def missing(self, parts: set[str]) -> int:
        """How many sheets it names that are not among `parts`, which are their keys."""
        there = {self._targets.get(part) for part in parts}
        return len(self._names.keys() - there)

    def _part(self, part: Member) -> Iterator[ReaderItem]:
        name = key(part.name)
        self.threaded |= "/threadedcomments/" in name
        if name.endswith("/sharedstrings.xml"):
            self.read.add(part.name)
            yield from self._take_strings(part)
            return
        flow = Flow(stem(part.name))
        if name.endswith((".rels", "/styles.xml", "/workbook.xml")):
            self.read.add(part.name)
            tree = yield from self._tree(part, flow)
            if tree is not None:
                self._learn(name, tree, flow)
        yield from flow.flush()

    def _learn(self, name: str, tree: "_Element", flow: Flow) -> None:
        if name.endswith(".rels"):
            self._follow(name, tree)
        elif name.endswith("/styles.xml"):
            self.formats = Formats(tree)
        else:
            self._take_sheets(tree, flow)

    def _tree(self, part: Member, flow: Flow) -> "Generator[ReaderItem, None, _Element | None]":
        """The tree of a part; None where there is none, its text is then in `flow`."""
        data = part.stream.read(min(STRUCTURE_BYTES, self._budget.limits.memory_bytes) + 1)
        if len(data) > min(STRUCTURE_BYTES, self._budget.limits.memory_bytes):
            yield Problem(Reason.BUDGET_MEMORY, f"it has more than {len(data) - 1} bytes", (part.name,))
            return None
        try:
            return root(data)
        except DamagedXmlError:
            yield Problem(Reason.MALFORMED, DAMAGED, (part.name,))
            for number, text in enumerate(stripped(data, 0), 1):
                flow.add(Paragraph(text, number))
            return None

    def _take_strings(self, part: Member) -> Iterator[ReaderItem]:
        yield from texts("sharedStrings", self.strings.read(part.stream))
        if self.strings.damaged:
            yield Problem(Reason.MALFORMED, DAMAGED, (part.name,))
        if not self.strings.fits:
            yield Problem(Reason.BUDGET_MEMORY, UNFIT, (part.name,))

    def _follow(self, name: str, tree: "_Element") -> None:
        """Note where relationships lead. Nothing is fetched."""
        for owner, identity, part in followed(name, tree, self._links):
            if owner.endswith(("/workbook.bin", "/workbook.xml")):
                self._targets[part] = identity
            elif "/worksheets/" in owner:
                self._owners[part] = owner

    def _take_sheets(self, tree: "_Element", flow: Flow) -> None:
        """Sheets, shown or hidden; the epoch; names that stand for values and not for places."""
        for sheet in tree.iterfind("{*}sheets/{*}sheet"):
            self._names[attribute(sheet, "id")] = attribute(sheet, "name")
        for number, name in enumerate(self._names.values(), 1):
            flow.add(Paragraph("" if _PLAIN_NAME.fullmatch(name) else name, number))
        properties = tree.find("{*}workbookPr")
        self.epoch_1904 = properties is not None and attribute(properties, "date1904") in {"1", "true", "on"}
        for number, defined in enumerate(tree.iterfind("{*}definedNames/{*}definedName"), len(self._names) + 1):
            value, comment = str(defined.text or ""), attribute(defined, "comment")
            if comment or "!" not in value or '"' in value:
                flow.add(Paragraph(f"{attribute(defined, 'name')}: {value} {comment}".strip(), number))


def stem(part: str) -> str:
    """The name of the file of a part, without extension."""
    return part.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or part


def texts(part: str, lines: Iterator[str]) -> Iterator[TextSegment]:
    """Lines as paragraphs of what a location calls `part`."""
    flow = Flow(part)
    for number, line in enumerate(lines, 1):
        flow.add(Paragraph(line, number))
        yield from flow.full()
    yield from flow.flush()
