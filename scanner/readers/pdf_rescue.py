"""PDFs whose end is missing, and with it the table of objects and often the root of the page tree."""

from typing import Final

import regex

PAGE: Final = regex.compile(rb"(?<!\d)(\d{1,10})\s+\d{1,5}\s+obj\b(?:(?!endobj|stream).){0,4000}?/Type\s*/Page(?![A-Za-z])", regex.DOTALL)
FREE: Final = 1 << 22
"""An object number that documents do not reach: PDFium allows 2^22 objects, and a few behind them."""
LAST_OBJECT: Final = b"endobj"


def rescued(data: bytes) -> bytes | None:
    """`data` up to its last complete object, with a page tree of all pages that are left; None when there are none.

    Pages inside compressed object streams (ISO 32000-1, 7.5.7) are not found.
    """
    end = data.rfind(LAST_OBJECT) + len(LAST_OBJECT)
    kept = data[:end] if end >= len(LAST_OBJECT) else b""
    pages = list(dict.fromkeys(int(found.group(1)) for found in PAGE.finditer(kept)))
    if not pages:
        return None
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    tree = b"\n%d 0 obj\n<< /Type /Pages /Kids [%s] /Count %d >>\nendobj\n" % (FREE - 2, kids, len(pages))
    root = b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (FREE - 1, FREE - 2)
    return kept + tree + root + b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n0\n%%%%EOF\n" % (FREE, FREE - 1)
