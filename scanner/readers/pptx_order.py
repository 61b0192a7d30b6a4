"""Which slide the parts of a presentation belong to, and in which order slides are shown (ECMA-376 part 1, 13.3 and 19.2)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from scanner.model.outcome import Problem, Reason
from scanner.model.segment import Member
from scanner.readers import zip_archive
from scanner.readers.base import Content
from scanner.readers.budget import MIB, Budget
from scanner.readers.docx_links import Links
from scanner.readers.docx_xml import DamagedXmlError, root
from scanner.readers.relationships import followed, key
from scanner.readers.xlsx_book import DAMAGED, stem

if TYPE_CHECKING:
    from lxml.etree import _Element

_STRUCTURE_BYTES: Final = 16 * MIB
_PRESENTATION: Final = "/presentation.xml"
_SLIDES: Final = "/slides/"


class Order:
    """What the relationships of a presentation tell.

    :param links: told where relationships lead; nothing is fetched
    """

    def __init__(self, budget: Budget, links: Links) -> None:
        self._budget = budget
        self._links = links
        self._shown: list[str] = []
        self._targets: dict[str, str] = {}
        self._owners: dict[str, str] = {}
        self._numbers: dict[str, int] = {}

    def learn(self, content: Content) -> Iterator[Problem]:
        """Reads them; tells those that cannot be read."""
        for item in zip_archive.read(content, self._budget):
            name = key(item.name) if isinstance(item, Member) else ""
            if isinstance(item, Member) and name.endswith((".rels", _PRESENTATION)):
                yield from self._part(item, name)
        self._numbers = {self._targets.get(shown, ""): number for number, shown in enumerate(self._shown, 1)}

    def part(self, name: str, kind: str) -> str:
        """What a location calls a part: `slide3`, `slide3/notes`, `slide3/chart1`; `slideMaster1` for one of no slide.

        :param kind: what it is to its slide, empty for the name of its file
        """
        place = key(name)
        if place in self._numbers or kind == "slide":
            return f"slide{self._numbers[place]}" if place in self._numbers else stem(name)
        owner = self._owners.get(place)
        before = f"slide{self._numbers[owner]}/" if owner in self._numbers else ""
        return before + (kind if before and kind else stem(name))

    def _part(self, part: Member, name: str) -> Iterator[Problem]:
        most = min(_STRUCTURE_BYTES, self._budget.limits.memory_bytes)
        data = part.stream.read(most + 1)
        if len(data) > most:
            yield Problem(Reason.BUDGET_MEMORY, f"it has more than {most} bytes", (part.name,))
            return
        try:
            tree = root(data)
        except DamagedXmlError:
            if name.endswith(".rels"):
                yield Problem(Reason.MALFORMED, DAMAGED, (part.name,))
            return
        if name.endswith(".rels"):
            self._follow(name, tree)
        else:
            self._shown = [_relation(slide) for slide in tree.iterfind("{*}sldIdLst/{*}sldId")]

    def _follow(self, name: str, tree: "_Element") -> None:
        for owner, identity, place in followed(name, tree, self._links):
            if owner.endswith(_PRESENTATION):
                self._targets[identity] = place
            elif _SLIDES in owner and "/slidelayouts/" not in place:
                self._owners.setdefault(place, owner)


def _relation(slide: "_Element") -> str:
    """The relationship of a slide: its attribute `id` that has a namespace; the one without is a number."""
    return next((str(value) for name, value in slide.attrib.items() if str(name).endswith("}id")), "")
