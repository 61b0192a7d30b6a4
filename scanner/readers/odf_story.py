"""What an OpenDocument file says, front to back (OpenDocument 1.3 part 3): paragraphs, tables, sheets and slides."""

from collections.abc import Callable, Iterator
from enum import Enum
from itertools import groupby
from operator import itemgetter
from typing import Final

import regex

from scanner.model.segment import ReaderItem
from scanner.readers.budget import Budget
from scanner.readers.docx_links import Links
from scanner.readers.odf_sheets import OdfSheets, count_of
from scanner.readers.paper import Paper, PaperSegment
from scanner.readers.xlsx_sheet import Row
from scanner.readers.xlsx_table import table
from scanner.readers.xlsx_xml import Source, Walk, local

_SPOKEN: Final = frozenset(
    "current-value description help-text label string-value string-value-if-false string-value-if-true value".split()  # noqa: SIM905 - a list of words
)
"""Attributes in which people write, whatever the element."""
_META: Final = frozenset(
    "creator description initial-creator keyword printed-by subject title user-defined".split()  # noqa: SIM905 - a list of words
)
"""What a document says about itself that people wrote."""
_VALUES: Final = frozenset(
    {"dc:creator", "presentation:date-time-decl", "presentation:footer-decl", "presentation:header-decl", "office:script"}
)
_DESCRIPTIONS: Final = frozenset({"svg:desc", "svg:title", "table:desc", "table:title"})
"""Elements that are no paragraphs and whose text is for people."""
_PARTS: Final = {
    "annotation": "comments",
    "footer": "footer",
    "footer-first": "footer",
    "footer-left": "footer",
    "header": "header",
    "header-first": "header",
    "header-left": "header",
    "master-page": "master",
    "notes": "notes",
    "tracked-changes": "deleted",
}
"""Elements that hold paragraphs of a part of their own."""
_SHAPES: Final = frozenset("caption circle custom-shape ellipse frame path polygon rect regular-polygon".split())  # noqa: SIM905 - a list of words
"""Elements of drawings that hold paragraphs; on sheets those must not be taken for the cell's."""
_UNREAD: Final = ("binary-data", "note-citation", "ruby-text")
_SPACES: Final = regex.compile(r"[ \t\r\n]+")
_MOST_SPACES: Final = 1000
_LONGEST_PART: Final = 60
"""Characters of the name of a part; what is inside of one that is longer belongs to it."""


class _Where(Enum):
    """Where characters belong."""

    PAPER = "a paragraph"
    NOWHERE = "nothing"


_Target = _Where | list[str]
"""A list for those of a cell."""


class Story:
    """Reads one stream of XML.

    :param part: what its paragraphs belong to unless they say otherwise: `body`, or the name of an embedded object
    :ivar damaged: some of it did not parse
    """

    def __init__(self, part: str, links: Links, budget: Budget) -> None:
        self.damaged = False
        self._part = part
        self._paper = Paper(links)
        self._sheets = OdfSheets(self._paper, budget)
        self._listener = _Listener(part, self._paper, self._sheets, links)

    def read(self, stream: Source) -> Iterator[ReaderItem]:
        """What it holds, in order: sheets as tables, all else as paragraphs."""
        for sheet, items in groupby(self._items(stream), key=itemgetter(0)):
            if sheet:
                yield from table(sheet, (item for _, item in items))
            else:
                yield from (item for _, item in items if not isinstance(item, Row))
        yield from self._paper.rest()

    def _items(self, stream: Source) -> Iterator[tuple[str, Row | PaperSegment]]:
        """Rows and segments, with the sheet in which they stand."""
        walk = Walk(stream, self._listener, ("office:body", "table:table"), "table-row")
        sheet = ""
        for damage in walk.read():
            for rows in self._sheets.taken():
                sheet = rows.sheet
                yield from ((sheet, Row(number, rows.cells)) for number in range(rows.number, rows.number + rows.count))
            for line in damage.split("\n") if damage else ():
                self._paper.paragraph(f"{self._part}/damaged", line)
            yield from ((sheet, segment) for segment in self._paper.taken())
        self.damaged = walk.damaged


class _Listener:
    """Turns the events into paragraphs, tables and rows of sheets."""

    def __init__(self, part: str, paper: Paper, sheets: OdfSheets, links: Links) -> None:
        self._paper, self._sheets, self._links = paper, sheets, links
        self._base = part
        self._parts = [("", part)]
        self._tables: list[bool] = []
        self._targets: list[_Target] = []
        self._ends_blank = False
        self._value: list[str] | None = None
        self._unread = self._pages = 0
        self._in_meta = self._in_sheets = self._in_heading_rows = False
        self._page = "slide"
        self._label = ""
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            **dict.fromkeys(("p", "h"), self._begin_paragraph),
            **dict.fromkeys(_UNREAD, self._pass_over),
            **dict.fromkeys(("table-cell", "covered-table-cell"), self._begin_cell),
            **{name: self._entering(name, part) for name, part in _PARTS.items()},
            **{name: self._entering_shape(name) for name in _SHAPES},
            **dict.fromkeys(_VALUES | _DESCRIPTIONS, self._begin_value),
            "line-break": lambda _: self._say("\n"),
            "note": self._begin_note,
            "office:drawing": self._begin_drawing,
            "office:meta": self._begin_meta,
            "office:spreadsheet": self._begin_sheets,
            "page": self._begin_page,
            "s": self._say_spaces,
            "span": lambda _: None,
            "tab": lambda _: self._say("\t"),
            "table": self._begin_table,
            "table-header-rows": self._begin_heading_rows,
            "table-row": self._begin_row,
        }
        self._ends: dict[str, Callable[[], None]] = {
            **dict.fromkeys(("p", "h"), self._end_paragraph),
            **dict.fromkeys(("table-cell", "covered-table-cell"), self._end_cell),
            **{name: self._leaving(name) for name in (*_PARTS, *_SHAPES, "note", "page")},
            **dict.fromkeys(_DESCRIPTIONS, self._end_description),
            **dict.fromkeys(_VALUES, self._end_value),
            "office:meta": self._end_meta,
            "table": self._end_table,
            "table-header-rows": self._end_heading_rows,
            "table-row": self._end_row,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """See Listener."""
        if self._unread:
            self._unread += 1
        elif self._in_meta:
            self._label = attributes.get("meta:name", "") or local(name)
            self._value = [] if local(name) in _META else None
        elif known := self._starts.get(name) or self._starts.get(local(name)):
            known(attributes)
            if "xlink:href" in attributes:
                self._other(attributes)
        else:
            self._other(attributes)

    def end(self, name: str) -> None:
        """See Listener."""
        if self._unread:
            self._unread -= 1
        elif self._in_meta and name != "office:meta":
            self._end_meta_value()
        elif known := self._ends.get(name) or self._ends.get(local(name)):
            known()

    def text(self, data: str) -> None:
        """See Listener."""
        if self._unread:
            return
        if self._value is not None:
            self._value.append(data)
        elif self._targets:
            data = _SPACES.sub(" ", data) if "\n" in data or "  " in data or "\t" in data else data
            self._say(data[1:] if self._ends_blank and data.startswith(" ") else data)
            self._ends_blank = data.endswith(" ")

    def broken(self) -> None:
        """See Listener."""
        self._targets.clear()
        self._tables.clear()
        del self._parts[1:]
        self._unread, self._value, self._in_meta = 0, None, False
        self._paper.break_off()
        self._sheets.broken()

    @property
    def _part(self) -> str:
        return self._parts[-1][1]

    def _say(self, text: str) -> None:
        """More of the paragraph that is open."""
        target = self._targets[-1] if self._targets else _Where.NOWHERE
        if isinstance(target, list):
            target.append(text)
        elif target is _Where.PAPER:
            self._paper.text(text)

    def _say_spaces(self, attributes: dict[str, str]) -> None:
        self._say(" " * min(count_of(attributes, "text:c"), _MOST_SPACES))

    def _begin_paragraph(self, _: dict[str, str]) -> None:
        """In a cell of a sheet it is the cell's, unless it stands in a comment or a drawing there."""
        self._ends_blank = True
        cell = self._sheets.cell
        if cell is not None and len(self._parts) == 1 and self._tables[-1:] != [False]:
            self._targets.append([])
            return
        self._paper.begin(self._part, self._sheets.place)
        self._targets.append(_Where.PAPER)

    def _end_paragraph(self) -> None:
        target = self._targets.pop() if self._targets else _Where.NOWHERE
        self._ends_blank = False
        if target is _Where.PAPER:
            self._paper.end()
        elif isinstance(target, list) and self._sheets.cell is not None:
            self._sheets.cell.shown.append("".join(target))

    def _pass_over(self, _: dict[str, str]) -> None:
        self._unread = 1

    def _entering(self, name: str, kind: str) -> Callable[[dict[str, str]], None]:
        is_behind = kind in {"deleted", "notes"}

        def enter(_: dict[str, str]) -> None:
            if self._part in {"body", "master"} and not is_behind:
                self._enter(name, kind)
            elif self._part.endswith(kind) or len(self._part) > _LONGEST_PART:
                self._enter(name, self._part)
            else:
                self._enter(name, f"{self._part}/{kind}")

        return enter

    def _entering_shape(self, name: str) -> Callable[[dict[str, str]], None]:
        def enter(attributes: dict[str, str]) -> None:
            self._enter(name, f"{self._base}/textbox" if self._sheets.cell is not None else self._part)
            self._other(attributes)

        return enter

    def _leaving(self, name: str) -> Callable[[], None]:
        def leave() -> None:
            if self._parts[-1][0] == name:
                self._parts.pop()
                self._targets.pop()

        return leave

    def _enter(self, name: str, part: str) -> None:
        """What is in here belongs to `part`, and is no part of the paragraph around it."""
        self._parts.append((name, part))
        self._targets.append(_Where.NOWHERE)

    def _begin_note(self, attributes: dict[str, str]) -> None:
        self._entering("note", "endnotes" if attributes.get("text:note-class") == "endnote" else "footnotes")(attributes)

    def _begin_page(self, _: dict[str, str]) -> None:
        self._pages += 1
        before = "" if self._base == "body" else f"{self._base}/"
        self._enter("page", f"{before}{self._page}{self._pages}")

    def _begin_drawing(self, _: dict[str, str]) -> None:
        self._page = "page"

    def _begin_sheets(self, _: dict[str, str]) -> None:
        self._in_sheets = True

    def _begin_meta(self, _: dict[str, str]) -> None:
        self._in_meta = True

    def _end_meta(self) -> None:
        self._in_meta = False

    def _end_meta_value(self) -> None:
        if self._value and (text := "".join(self._value).strip()):
            self._paper.paragraph("meta", f"{self._label}: {text}")
        self._value = None

    def _begin_value(self, _: dict[str, str]) -> None:
        self._value = []

    def _end_value(self) -> None:
        self._tell_value(self._part)

    def _end_description(self) -> None:
        self._tell_value(f"{self._part}/descriptions")

    def _tell_value(self, part: str) -> None:
        text = "".join(self._value or ()).strip()
        self._value = None
        if text:
            self._paper.paragraph(part, text, self._sheets.place)

    def _other(self, attributes: dict[str, str]) -> None:
        """What an element says in attributes: texts, and where it leads."""
        for name, value in attributes.items():
            if name == "xlink:href":
                if ":" in value:
                    self._links.lead_to(value)
            elif local(name) in _SPOKEN and value.strip():
                self._paper.paragraph(f"{self._part}/values", value, self._sheets.place)

    def _begin_table(self, attributes: dict[str, str]) -> None:
        """A table of the document itself is a sheet in a workbook; any other one is a table among paragraphs."""
        is_sheet = self._in_sheets and not self._tables and len(self._parts) == 1
        self._tables.append(is_sheet)
        if is_sheet:
            self._sheets.begin(attributes)
        else:
            self._paper.begin_table(self._part)

    def _end_table(self) -> None:
        if self._tables and not self._tables.pop():
            self._paper.end_table()

    def _begin_heading_rows(self, _: dict[str, str]) -> None:
        self._in_heading_rows = True

    def _end_heading_rows(self) -> None:
        self._in_heading_rows = False

    @property
    def _on_sheet(self) -> bool:
        return self._tables[-1] if self._tables else self._in_sheets

    def _begin_row(self, attributes: dict[str, str]) -> None:
        if self._on_sheet:
            self._sheets.begin_row(attributes)
        else:
            self._paper.begin_row(marked=self._in_heading_rows)

    def _end_row(self) -> None:
        if self._on_sheet:
            self._sheets.end_row()
        else:
            self._paper.end_row()

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        if self._on_sheet:
            self._sheets.begin_cell(attributes)
            return
        columns = count_of(attributes, "table:number-columns-spanned")
        is_plain = columns == count_of(attributes, "table:number-rows-spanned") == 1
        self._paper.begin_cell(count_of(attributes, "table:number-columns-repeated"), plain=is_plain)

    def _end_cell(self) -> None:
        if self._on_sheet:
            self._sheets.end_cell()
