"""PDF by pdfminer.six: the second opinion on pages that PDFium cannot read. Slow, but built differently."""

import io
import logging
import struct
import zlib
from typing import BinaryIO, Final

from pdfminer.converter import TextConverter
from pdfminer.layout import LAParams
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException

from scanner.errors import ReadError
from scanner.model.outcome import Reason
from scanner.readers.pdf_text import PageText, clean

ERRORS: Final = (
    PSException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What malformed files make it raise: about anything, which its maintainers say is to be expected (issues 549 to 551)."""

LAYOUT: Final = LAParams(boxes_flow=None)
"""Lines in boxes, boxes by their place on the page: guessing a reading order takes time with the square of the boxes."""

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # its warnings quote the file's content


class SecondOpinion:
    """A PDF as pdfminer.six sees it, opened when it is first asked.

    :param stream: must be able to seek
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._pages: list[PDFPage] | None = None
        self._resources = PDFResourceManager()

    def __len__(self) -> int:
        return len(self._opened())

    def page(self, number: int) -> PageText | None:
        """What stands on page `number`, from 1; None when it cannot be read either."""
        try:
            page = self._opened()[number - 1]
            output = io.StringIO()
            converter = TextConverter(self._resources, output, laparams=LAYOUT)
            PDFPageInterpreter(self._resources, converter).process_page(page)
        except (*ERRORS, ReadError):
            return None
        return clean(output.getvalue().rstrip("\f"))

    def _opened(self) -> list[PDFPage]:
        if self._pages is None:
            self._pages = self._open()
        return self._pages

    def _open(self) -> list[PDFPage]:
        self._stream.seek(0)
        try:
            return list(PDFPage.create_pages(PDFDocument(PDFParser(self._stream))))
        except PDFEncryptionError as error:
            raise ReadError(Reason.ENCRYPTED, "it needs a password") from error
        except ERRORS as error:
            raise ReadError(Reason.MALFORMED, "neither PDFium nor pdfminer.six can open it") from error
