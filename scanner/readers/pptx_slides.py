"""What stands on slides, in their notes and in comments on them (ECMA-376 part 1, chapters 19 and 21), front to back."""

from collections.abc import Callable, Iterator
from typing import Final

from scanner.readers.docx_links import Links
from scanner.readers.paper import Paper, PaperSegment
from scanner.readers.xlsx_xml import Source, Walk, local

SLIDES: Final = {
    "cmLst": "comments",
    "dataModel": "diagram",
    "handoutMaster": "",
    "notes": "notes",
    "notesMaster": "",
    "sld": "slide",
    "sldLayout": "",
    "sldMaster": "",
}
"""Root elements of parts with paragraphs of DrawingML, and what each is to its slide."""
_MARKED_COLUMNS: Final = 3
"""A first row that is styled as one of headings, as nearly every table has it, says so from so many columns on; two are a form as often."""
_LONGEST_SPAN: Final = 4
"""Digits."""


class Slide:
    """Reads one part.

    :param part: as ParagraphLocation has it; descriptions of pictures come as a part of their own, `slide3/descriptions`
    :ivar damaged: some of it did not parse
    """

    def __init__(self, part: str, links: Links) -> None:
        self.damaged = False
        self._part = part
        self._paper = Paper(links)

    def read(self, stream: Source) -> Iterator[PaperSegment]:
        """What it holds, in order."""
        walk = Walk(stream, _Listener(self._part, self._paper), ("sld", "cSld", "spTree"), "sp")
        for damage in walk.read():
            for line in damage.split("\n") if damage else ():
                self._paper.paragraph(self._part, line)
            yield from self._paper.taken()
        yield from self._paper.rest()
        self.damaged = walk.damaged


class _Listener:
    """Turns the events of one part into paragraphs and tables."""

    def __init__(self, part: str, paper: Paper) -> None:
        self._part = part
        self._paper = paper
        self._taking = False
        self._choices: list[bool] = []
        self._unread = 0
        self._columns = 0
        self._is_styled = False
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "AlternateContent": lambda _: self._choices.append(False),
            "Fallback": self._fall_back,
            "br": lambda _: paper.text("\n"),
            "cNvPr": self._describe,
            "docPr": self._describe,
            "gridCol": self._column,
            "hlinkClick": self._describe,
            "p": lambda _: paper.begin(part),
            "t": self._take,
            "tbl": self._table,
            "tblPr": self._style,
            "tc": self._cell,
            "text": self._comment,
            "tr": lambda _: paper.begin_row(marked=self._is_styled and self._columns >= _MARKED_COLUMNS),
        }
        self._ends: dict[str, Callable[[], None]] = {
            "AlternateContent": self._end_alternate,
            "Fallback": self._end_fallback,
            "p": paper.end,
            "t": self._leave,
            "tbl": paper.end_table,
            "text": self._end_comment,
            "tr": paper.end_row,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """See Listener."""
        if self._unread:
            self._unread += 1
        elif known := self._starts.get(local(name)):
            known(attributes)

    def end(self, name: str) -> None:
        """See Listener."""
        if self._unread > 1:
            self._unread -= 1
        elif known := self._ends.get(local(name)):
            known()

    def text(self, data: str) -> None:
        """See Listener."""
        if self._taking and not self._unread:
            self._paper.text(data)
            if self._choices and not self._choices[-1]:
                self._choices[-1] = not data.isspace()

    def broken(self) -> None:
        """See Listener."""
        self._taking, self._unread = False, 0
        self._choices.clear()
        self._paper.break_off()

    def _take(self, _: dict[str, str]) -> None:
        self._taking = True

    def _leave(self) -> None:
        self._taking = False

    def _comment(self, _: dict[str, str]) -> None:
        """Comments of old have their text in one element."""
        self._paper.begin(self._part)
        self._taking = True

    def _end_comment(self) -> None:
        self._taking = False
        self._paper.end()

    def _describe(self, attributes: dict[str, str]) -> None:
        for name in ("title", "descr", "tooltip"):
            if text := attributes.get(name, "").strip():
                self._paper.paragraph(f"{self._part}/descriptions", text)

    def _fall_back(self, _: dict[str, str]) -> None:
        """What a choice before it says in other words is not read again (ECMA-376 part 3)."""
        if self._choices and self._choices[-1]:
            self._unread = 1

    def _end_fallback(self) -> None:
        self._unread = 0

    def _end_alternate(self) -> None:
        said = self._choices.pop() if self._choices else False
        if self._choices:
            self._choices[-1] |= said

    def _table(self, _: dict[str, str]) -> None:
        self._columns, self._is_styled = 0, False
        self._paper.begin_table(self._part)

    def _style(self, attributes: dict[str, str]) -> None:
        self._is_styled = attributes.get("firstRow") in {"1", "true", "on"} and attributes.get("firstCol") not in {"1", "true", "on"}

    def _column(self, _: dict[str, str]) -> None:
        self._columns += 1

    def _cell(self, attributes: dict[str, str]) -> None:
        """Cells that another one covers are there and empty."""
        is_plain = not any(name in attributes for name in ("gridSpan", "rowSpan", "hMerge", "vMerge"))
        self._paper.begin_cell(plain=is_plain)
