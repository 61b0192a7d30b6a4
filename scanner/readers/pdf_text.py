"""Text of a PDF page as it is scanned, and the way back to its lines."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

import regex

from scanner.model.location import PageLocation

HYPHENS: Final = regex.compile("[\ufffe\x02]")
"""What PDFium writes for a hyphen at the end of a line, together with the end of the line itself."""
UNREADABLE: Final = regex.compile("[\ufffd\ufffe\uffff\ue000-\uf8ff\x00-\x08\x0e-\x1f]|\\(cid:\\d+\\)")
"""Characters for which a font gives no meaning; pdfminer writes `(cid:12)` for them."""
GARBAGE_SHARE: Final = 0.3


@dataclass(frozen=True, slots=True)
class PageLocator:
    """Lines of a page.

    :param page: from 1
    :param first_line: line of the first character, from 1
    :param breaks: indices of hyphens behind which a new line begins although no line feed stands there
    """

    page: int
    first_line: int = 1
    breaks: tuple[int, ...] = ()

    def at(self, text: str, start: int, end: int) -> PageLocation:
        """The line on which `text[start:end]` begins, and its columns there."""
        before = bisect_right(self.breaks, start - 1)
        line = self.first_line + text.count("\n", 0, start) + before
        line_start = max(text.rfind("\n", 0, start) + 1, self.breaks[before - 1] + 1 if before else 0)
        ends = [at for at in (text.find("\n", start), self.breaks[before] + 1 if before < len(self.breaks) else -1) if at >= 0]
        return PageLocation(self.page, line, start - line_start + 1, min([end, *ends]) - line_start)


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page reads.

    :param breaks: as in PageLocator
    """

    text: str
    breaks: tuple[int, ...] = ()

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return 1 + self.text.count("\n") + len(self.breaks)

    @property
    def is_garbage(self) -> bool:
        """Whether too much of it is no characters at all."""
        visible = len(self.text) - self.text.count(" ") - self.text.count("\n")
        return sum(len(found) for found in UNREADABLE.findall(self.text)) > visible * GARBAGE_SHARE

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be read on it."""
        return not self.text.strip()


def clean(raw: str) -> PageText:
    r"""`raw` with line feeds as line ends, and words and numbers that are hyphenated over lines in one piece.

    >>> clean("4111-1111\ufffe1111-1111\r\nend").text
    '4111-1111-1111-1111\nend'
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    breaks = tuple(found.start() for found in HYPHENS.finditer(text))
    return PageText(HYPHENS.sub("-", text) if breaks else text, breaks)


def page_ranges(pages: list[int]) -> str:
    """Page numbers in short.

    >>> page_ranges([1, 2, 3, 7])
    '1-3, 7'
    """
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)
