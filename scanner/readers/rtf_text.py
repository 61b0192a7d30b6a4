"""Characters of RTF: code pages of the document and its fonts, bytes of several for one character, and Unicode with its fallbacks."""

from typing import Final

from scanner.readers.code_pages import code_page
from scanner.readers.rtf_words import CODE_PAGES, DOCUMENT_PAGES

_HIGH: Final = range(0xD800, 0xDC00)
_LOW: Final = range(0xDC00, 0xE000)


class Fonts:
    """Which code page characters are in.

    :ivar page: that of the document
    """

    def __init__(self) -> None:
        self.page = "cp1252"
        self._pages: dict[int, str] = {}
        self._number = 0

    def declare(self, number: int) -> None:
        """What follows is said of the font with this number."""
        self._number = number

    def set_charset(self, charset: int) -> None:
        """The character set of the font that was declared last."""
        if charset in CODE_PAGES:
            self._pages[self._number] = CODE_PAGES[charset]

    def set_document(self, word: str, number: int | None) -> None:
        """The code page of the document, by name or by number."""
        self.page = DOCUMENT_PAGES.get(word) or code_page(number or 0, self.page)

    def of(self, font: int) -> str:
        """The code page of a font."""
        return self._pages.get(font, self.page)


def _utf8(data: bytes) -> str:
    """`data` as UTF-8, which many programs write against the rules; empty if it is none."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return ""


class Characters:
    """Puts the characters of one text together.

    :ivar fallback: how many characters that follow stand for one that was told in Unicode
    """

    def __init__(self) -> None:
        self.fallback = 0
        self._bytes = bytearray()
        self._page = ""
        self._high = 0

    def add(self, data: bytes, page: str) -> str:
        """What `data` comes to, as far as its characters are whole; they may go on in the next call."""
        if self.fallback:
            passed = min(self.fallback, len(data))
            self.fallback -= passed
            data = data[passed:]
        if not self._bytes and data.isascii():
            return data.decode("ascii")
        if not self._bytes and len(data) > 1 and (text := _utf8(data)):
            return text
        before = self.rest() if self._bytes and page != self._page else ""
        self._page = page
        self._bytes += data
        return before

    def rest(self) -> str:
        """What is left of the bytes."""
        if not self._bytes:
            return ""
        text = self._bytes.decode(self._page, "replace")
        self._bytes.clear()
        return text

    def unicode(self, number: int) -> str:
        r"""The character of `\u` with this number; halves of one beyond the first plane wait for each other."""
        code = number + 0x10000 if number < 0 else number
        if code in _HIGH:
            self._high = code
            return ""
        high, self._high = self._high, 0
        if code in _LOW:
            return chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)) if high else "\ufffd"
        return chr(code) if 0 < code < 0x110000 else ""
