"""PDF: text page by page, form fields, comments, link targets, what the document says of itself, and embedded files.

PDFium reads; pdfminer.six is asked where PDFium finds nothing, garbage or no way in. Pictures are not looked at; pages
that show nothing else are reported as unread.
"""

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from scanner.errors import ReadError
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import Member, ReaderItem, TextSegment
from scanner.readers.base import Content
from scanner.readers.budget import Budget
from scanner.readers.paragraphs import Flow, Paragraph
from scanner.readers.pdf_text import PageLocator, PageText, page_ranges

if TYPE_CHECKING:
    from scanner.readers.pdf_pdfium import Document
    from scanner.readers.pdf_pdfminer import SecondOpinion


@dataclass(frozen=True, slots=True)
class PageContent:
    """What was found on a page.

    :param text: None when it cannot be read
    :param notes: form fields, comments and link targets, a line each
    :param pictured: it shows pictures and no text
    """

    text: PageText | None
    notes: tuple[str, ...] = ()
    pictured: bool = False


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """The pages in order; each begins a new text. What is on a page beside its text has line numbers behind those of the text."""
    from scanner.readers.pdf_pdfium import Document, PdfError

    stream = budget.seekable(content.stream)
    second = _Second(stream)
    try:
        document = Document(stream)
    except PdfError:
        yield from _damaged(stream, second, budget)
        return
    with closing(document):
        information = Flow("information")
        for number, (key, value) in enumerate(document.information().items(), 1):
            information.add(Paragraph(f"{key}: {value}", number))
        told = list(information.flush())
        yield from told
        yield from _pages((_page(document, number, second) for number in range(1, len(document) + 1)), budget, alone=not told)
        yield from _embedded(document, budget)


def _damaged(stream: BinaryIO, second: "_Second", budget: Budget) -> Iterator[ReaderItem]:
    """The pages of a document that PDFium does not open: as pdfminer.six sees them, else all that can be found."""
    try:
        count = len(second.ask())
    except ReadError as error:
        document = _rescued(stream, budget) if error.reason is Reason.MALFORMED else None
        if document is None:
            raise
        yield Problem(Reason.MALFORMED, "its end is missing; pages were looked for from the front")
        with closing(document):
            yield from _pages((_page(document, number, second) for number in range(1, len(document) + 1)), budget)
        return
    yield from _pages((PageContent(second.ask().page(number)) for number in range(1, count + 1)), budget)


def _rescued(stream: BinaryIO, budget: Budget) -> "Document | None":
    from scanner.readers.pdf_pdfium import Document, PdfError
    from scanner.readers.pdf_rescue import rescued

    stream.seek(0)
    data = rescued(stream.read(budget.limits.memory_bytes))
    try:
        return Document(io.BytesIO(data)) if data else None
    except PdfError:
        return None


class _Second:
    """pdfminer.six, imported only when it is asked."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._opinion: SecondOpinion | None = None

    def ask(self) -> "SecondOpinion":
        """The document as pdfminer.six sees it."""
        if self._opinion is None:
            from scanner.readers.pdf_pdfminer import SecondOpinion

            self._opinion = SecondOpinion(self._stream)
        return self._opinion


def _page(document: "Document", number: int, second: _Second) -> PageContent:
    from scanner.readers.pdf_pdfium import PdfError

    try:
        with closing(document.page(number)) as page:
            text, notes = page.text(), tuple(page.notes())
            pictured = text.is_empty and page.has_picture() and not page.has_text()
    except PdfError:
        return PageContent(second.ask().page(number))
    if (text.is_empty and not pictured) or text.is_garbage:
        other = second.ask().page(number)
        text = other if other and not other.is_empty and not other.is_garbage else text
    return PageContent(text, _new(notes, text), pictured)


def _new(notes: tuple[str, ...], text: PageText) -> tuple[str, ...]:
    """Each note once, without targets of links that the page shows anyway: they would be counted twice."""
    shown = "".join(text.text.split())
    return tuple(note for note in dict.fromkeys(notes) if note.removeprefix("mailto:") not in shown)


def _pages(pages: Iterator[PageContent], budget: Budget, *, alone: bool = True) -> Iterator[ReaderItem]:
    """The segments of the pages, and which of them could not be read. Pages count as members do.

    :param alone: nothing but pages was read, so that a document that shows pictures only is wholly unread
    """
    pictured: list[int] = []
    unread: list[int] = []
    count = 0
    for count, page in enumerate(pages, 1):
        budget.entry()
        if page.text is None:
            unread.append(count)
            continue
        if page.pictured:
            pictured.append(count)
        yield from _segments(page, page.text, count, budget)
    if unread:
        yield Problem(Reason.MALFORMED, f"{len(unread)} of {count} pages cannot be read: {page_ranges(unread)}")
    if pictured:
        reason = Reason.UNSUPPORTED_TYPE if alone and len(pictured) == count else Reason.MEMBERS_UNREAD
        yield Problem(reason, f"{len(pictured)} of {count} pages show pictures only: {page_ranges(pictured)}")


def _segments(page: PageContent, text: PageText, number: int, budget: Budget) -> Iterator[TextSegment]:
    if not text.is_empty:
        budget.expand(len(text.text))
        yield TextSegment(text.text, PageLocator(number, breaks=text.breaks))
    if page.notes:
        notes = "\n".join(page.notes)
        budget.expand(len(notes))
        yield TextSegment(notes, PageLocator(number, text.lines + 1))


def _embedded(document: "Document", budget: Budget) -> Iterator[ReaderItem]:
    """Attached files, and what was filled into an XFA form."""
    from scanner.readers.pdf_pdfium import PdfError

    try:
        for name, data in document.attachments():
            budget.expand(len(data))
            yield Member(name, io.BytesIO(data), len(data))
    except PdfError:
        yield Problem(Reason.MALFORMED, "an embedded file cannot be read")
    if data := document.form_data():
        budget.expand(len(data))
        yield Member("form data.xml", io.BytesIO(data), len(data))
