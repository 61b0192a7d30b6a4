"""Presentations (ECMA-376 PresentationML: pptx, pptm, ppsx, ppsm, potx, potm): every slide, hidden ones too, and all else that holds text.

Beside the slides in the order in which they are shown: their notes, comments, tables, diagrams, charts and descriptions of
pictures; masters and layouts, properties, tags, link targets, and embedded files. Pictures are not looked at.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final

from scanner.model.outcome import Problem, Reason
from scanner.model.segment import Member, ReaderItem
from scanner.readers import zip_archive
from scanner.readers.base import Content
from scanner.readers.budget import Budget
from scanner.readers.docx_links import Links
from scanner.readers.docx_parts import FONTS, PICTURES
from scanner.readers.docx_xml import root_name
from scanner.readers.heads import Peeked
from scanner.readers.paragraphs import Flow, Paragraph
from scanner.readers.pptx_order import Order
from scanner.readers.pptx_slides import SLIDES, Slide
from scanner.readers.relationships import key
from scanner.readers.xlsx import properties
from scanner.readers.xlsx_book import DAMAGED
from scanner.readers.xlsx_notes import CHART, SILENT, notes

_XML: Final = frozenset({"vml", "xml"})
_READ: Final = _XML | PICTURES | {"rels"}
_LOOKS: Final = SILENT | {"presentationPr", "tblStyleLst", "viewPr"}
"""Root elements of parts that only say how things look or are shown."""


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """The parts in the order in which they lie in the package; link targets last."""
    content = replace(content, stream=budget.seekable(content.stream))
    links = Links()
    order = Order(budget, links)
    yield from order.learn(content)
    has_text = has_picture = False
    for item in zip_archive.read(content, budget):
        extension = item.name.rpartition(".")[2].lower() if isinstance(item, Member) else ""
        if not isinstance(item, Member) or not (extension in _READ or "/printersettings/" in key(item.name)):
            yield item
            continue
        budget.entry()
        if extension in PICTURES:
            has_picture |= extension not in FONTS
        elif extension in _XML:
            is_property = key(item.name).startswith("/docprops/")
            for found in properties(item, item.stream, budget) if is_property else _part(item, order, links):
                has_text |= not (is_property or isinstance(found, Problem))
                yield found
    yield from links.segments()
    if has_picture and not has_text:
        yield Problem(Reason.MEMBERS_UNREAD, "it shows pictures and no text")


def _part(part: Member, order: Order, links: Links) -> Iterator[ReaderItem]:
    peeked = Peeked(part.stream)
    top = root_name(peeked.head)
    if top in SLIDES:
        slide = Slide(order.part(part.name, SLIDES[top]), links)
        yield from slide.read(peeked.stream)
        if slide.damaged:
            yield Problem(Reason.MALFORMED, DAMAGED, (part.name,))
    elif not (top in _LOOKS or (top == "drawing" and "/diagrams/" in key(part.name))):  # drawings of diagrams repeat their data
        yield from _other(part.name, order.part(part.name, ""), peeked.stream, top)


def _other(name: str, part: str, stream: BinaryIO, top: str) -> Iterator[ReaderItem]:
    """What a part that is no slide says, a line for each value."""
    flow = Flow(part)
    for number, note in enumerate(notes(stream, top, rule=CHART if top == "chartSpace" else None), 1):
        if note is None:
            yield Problem(Reason.MALFORMED, DAMAGED, (name,))
            continue
        flow.add(Paragraph(note[0], number))
        yield from flow.full()
    yield from flow.flush()
