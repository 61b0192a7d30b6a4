"""A story of a document (body, header, footnotes ...): its paragraphs and tables in order."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.model.segment import ColumnSegment, TextSegment
from scanner.readers.docx_grid import is_bold, rows, spans, width
from scanner.readers.docx_inline import SKIPPED, paragraph_content
from scanner.readers.docx_links import Links
from scanner.readers.docx_tables import Cell, Table, columns, holds_data
from scanner.readers.docx_xml import attribute, blocks, branch, local
from scanner.readers.paragraphs import Flow, Paragraph

if TYPE_CHECKING:
    from lxml.etree import _Element

DocxSegment = TextSegment | ColumnSegment


class Story:
    """Reads one part.

    Beside its text there are, as parts of their own: `/textbox`; `/deleted`, paragraphs as they were before deletions;
    `/notes`, field instructions and descriptions of pictures.

    :param part: as ParagraphLocation has it
    :param links: told the text
    :param is_box: for text boxes; those inside text boxes belong to the same part
    """

    def __init__(self, part: str, links: Links, *, is_box: bool = False) -> None:
        self._part = part
        self._links = links
        self._flow, self._deleted, self._notes = Flow(part), Flow(f"{part}/deleted"), Flow(f"{part}/notes")
        self._boxes = self if is_box else Story(f"{part}/textbox", links, is_box=True)
        self._pending: list[DocxSegment] = []
        self._paragraphs = self._tables = 0

    def read(self, data: bytes) -> Iterator[DocxSegment]:
        """The segments of the part; `rest` gives the last of them, even when DamagedXmlError ended this."""
        for block in blocks(data):
            yield from self._block(block)
            yield from self._flow.full()

    def plain(self, text: str) -> None:
        """Add a paragraph that comes without markup."""
        self._paragraphs += 1
        self._links.show(text)
        self._flow.add(Paragraph(text, self._paragraphs))

    def boxed(self, box: "_Element") -> None:
        """Add what a text box holds."""
        self._pending += self._children(box)

    def rest(self) -> Iterator[DocxSegment]:
        """What was not given yet."""
        yield from self._flow.flush()
        yield from self._pending
        if self._boxes is not self:
            yield from self._boxes.rest()
        yield from self._deleted.flush()
        yield from self._notes.flush()

    def _block(self, element: "_Element") -> Iterator[DocxSegment]:
        match local(element):
            case "p":
                self._flow.add(self._paragraph(element, ""))
            case "tbl":
                yield from self._table(element)
            case "AlternateContent":
                for chosen in branch(element):
                    yield from self._children(chosen)
            case "footnote" | "endnote" if _is_ruler(element):
                return
            case name if name not in SKIPPED:
                yield from self._children(element)

    def _children(self, element: "_Element") -> Iterator[DocxSegment]:
        for child in element:
            yield from self._block(child)

    def _paragraph(self, element: "_Element", cell: str) -> Paragraph:
        content = paragraph_content(element)
        text = content.text
        self._paragraphs += 1
        number = self._paragraphs
        self._links.show(text)
        if rejected := content.rejected:
            self._deleted.add(Paragraph(rejected, number, cell))
        for note in filter(self._links.news, content.instructions):
            self._notes.add(Paragraph(note, number, cell))
        for description in content.descriptions:
            self._notes.add(Paragraph(description, number, cell))
        for box in content.boxes:
            self._boxes.boxed(box)
        return Paragraph(text, number, cell)

    def _table(self, element: "_Element") -> Iterator[DocxSegment]:
        table = self._parsed(element)
        if holds_data(table):
            yield from self._flow.interrupt()
            yield from columns(table, self._part)
            return
        for row in table.rows:
            for column, cell in enumerate(row, 1):
                for paragraph in cell.paragraphs:
                    ends_cell = paragraph is cell.paragraphs[-1] and column < len(row)
                    self._flow.add(paragraph, "\t" if ends_cell else "\n")

    def _parsed(self, element: "_Element") -> Table:
        self._tables += 1
        number = self._tables
        parsed = []
        for index, (_, cells) in enumerate(rows(element), 1):
            parsed.append(tuple(self._row(cells, f"table {number}, row {index}")))
        return Table(number, tuple(parsed), marked=any(marked for marked, _ in rows(element)))

    def _row(self, cells: "list[_Element]", place: str) -> Iterator[Cell]:
        column = 1
        for cell in cells:
            yield self._cell(cell, f"{place}, column {column}")
            column += width(cell)

    def _cell(self, element: "_Element", place: str) -> Cell:
        paragraphs: list[Paragraph] = []
        nested = self._cell_blocks(element, place, paragraphs)
        return Cell(tuple(paragraphs), plain=not (nested or spans(element)), bold=is_bold(element))

    def _cell_blocks(self, element: "_Element", place: str, paragraphs: list[Paragraph]) -> bool:
        """Collects the paragraphs of a cell, those of tables inside it included; whether there are such tables."""
        nested = False
        for child in element:
            match local(child):
                case "p":
                    paragraphs.append(self._paragraph(child, place))
                case "tbl":
                    nested = True
                    paragraphs += [paragraph for row in self._parsed(child).rows for cell in row for paragraph in cell.paragraphs]
                case "AlternateContent":
                    nested |= sum(self._cell_blocks(chosen, place, paragraphs) for chosen in branch(child)) > 0
                case name if name not in SKIPPED:
                    nested |= self._cell_blocks(child, place, paragraphs)
        return nested


def _is_ruler(note: "_Element") -> bool:
    """Whether a note is but the line that Word draws above notes (ECMA-376 part 1, 17.11.23), which nobody counts."""
    return bool(attribute(note, "type")) and not any(text.text for text in note.iter("{*}t", "{*}delText"))
