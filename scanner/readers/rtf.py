"""Rich Text Format (Microsoft's specification 1.9.1): everything that somebody wrote, hidden text included.

Body, tables, headers, footers, footnotes, comments, text boxes, tracked deletions, instructions of fields, form fields, variables and
what the document says about itself. Destinations that nobody knows are read too. Pictures are not looked at, and of embedded
objects their picture in words only, which is told.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import regex

from scanner.model.outcome import Problem, Reason
from scanner.model.segment import ReaderItem
from scanner.readers.base import Content
from scanner.readers.budget import Budget
from scanner.readers.docx_inline import Change, ParagraphContent
from scanner.readers.docx_links import Links
from scanner.readers.paper import Paper
from scanner.readers.rtf_text import Characters, Fonts
from scanner.readers.rtf_tokens import BRACE, BYTE, NUMBERED_WORD, TEXT, Token, tokens
from scanner.readers.rtf_words import (
    BESIDE,
    BOXES,
    CHARACTERS,
    DOCUMENT_PAGES,
    INFORMATION,
    LISTS,
    PARAGRAPH_ENDS,
    PARTS,
    SHAPE_TEXTS,
    SILENT,
    SYMBOLS,
    THROUGH,
)

_DEEPEST: Final = 10_000
"""Groups inside each other; what is in deeper ones is read as if it stood in the one around."""
_MOST_FALLBACK: Final = 32
_LONGEST_PART: Final = 40
"""Characters of the name of a part; what is inside of one that is longer belongs to it."""
_LINK: Final = regex.compile(r'\s*HYPERLINK\s+(?:\\\S+\s+)*"([^"]*)"')


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:  # noqa: ARG001 - every reader has a budget; what is held is one paragraph, or rows of one table
    """The parts as they come, link targets last."""
    document = _Document()
    for count, token in enumerate(tokens(content.stream)):
        document.take(token)
        if not count % 256:
            yield from document.paper.taken()
    yield from document.rest()


_WITH_TABLES: Final = frozenset({"body", "body/textbox", "comments", "footer", "footnotes", "header"})
"""Parts in which tables are tables."""


@dataclass(slots=True)
class _Story:
    """A text that is being put together: the body, a note, a value.

    :param kind: the destination that it is
    :param label: stands before it, with a colon
    :ivar cell: paragraphs of the cell that is not whole yet
    """

    part: str
    kind: str = ""
    label: str = ""
    content: ParagraphContent = field(default_factory=ParagraphContent)
    characters: Characters = field(default_factory=Characters)
    cell: list[ParagraphContent] = field(default_factory=list)
    in_table: bool = False
    in_row: bool = False


_State = tuple["_Story | None", str, int, int, Change]
"""What holds inside of a group: where text goes (None for nowhere), the innermost destination, the font, how many characters stand
behind one in Unicode, and what was done to the text."""


class _Document:
    """One document on its way.

    :ivar paper: takes the paragraphs
    """

    def __init__(self) -> None:
        self._links = Links()
        self.paper = Paper(self._links)
        self._fonts = Fonts()
        self._story: _Story | None = _Story("body")
        self._destination = ""
        self._font, self._fallback, self._change = 0, 1, Change.NONE
        self._is_first = self._is_starred = False
        self._groups: list[_State] = []
        self._deeper = 0
        self._objects = 0
        self._has_picture = self._has_text = False
        self._is_marked = self._is_merged = self._is_cell = False
        self._default_font = 0
        self._property = ""
        self._words: dict[str, Callable[[int | None], None]] = {
            **{word: partial(self._fonts.set_document, word) for word in (*DOCUMENT_PAGES, "ansicpg")},
            **dict.fromkeys(("clmgf", "clmrg", "clvmgf", "clvmrg"), self._merge),
            "cell": self._end_cell,
            "deff": self._set_default_font,
            "deleted": partial(self._set_change, Change.DELETED),
            "f": self._set_font,
            "fcharset": lambda number: self._fonts.set_charset(number or 0),
            "intbl": lambda _: self._set_in_cell(value=True),
            "pard": lambda _: self._set_in_cell(value=False),
            "plain": self._set_plain,
            "revised": partial(self._set_change, Change.INSERTED),
            "row": self._end_row,
            "trhdr": self._mark,
            "trowd": self._begin_row,
            "u": self._unicode,
            "uc": self._set_fallback,
        }

    def take(self, token: Token) -> None:
        """The next token."""
        kind, value, number = token
        if kind == TEXT:
            if self._story is not None:
                self._say_bytes(self._story, value)
        elif kind == BYTE:
            if self._story is not None:
                self._say_bytes(self._story, bytes((int(value, 16),)))
        elif kind <= NUMBERED_WORD:
            self._word(value.decode("ascii"), number)
        elif kind == BRACE:
            if value == b"{":
                self._open()
            else:
                self._close()
        else:
            self._symbol(value.decode("latin-1"))

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._is_starred = True
        elif symbol in "\r\n":
            self._end_paragraph()
        else:
            self._say(SYMBOLS.get(symbol, ""))

    def rest(self) -> Iterator[ReaderItem]:
        """What is left at the end, closed or not."""
        is_whole = not self._groups
        while self._groups:
            self._deeper = 0
            self._close()
        if self._story:
            self._end_story(self._story)
        yield from self.paper.rest()
        yield from self._links.segments()
        if not is_whole:
            yield Problem(Reason.MALFORMED, "it ends too early")
        if self._objects:
            yield Problem(Reason.MEMBERS_UNREAD, f"{self._objects} embedded objects are not read")
        if self._has_picture and not self._has_text:
            yield Problem(Reason.MEMBERS_UNREAD, "it shows pictures and no text")

    def _open(self) -> None:
        if len(self._groups) >= _DEEPEST:
            self._deeper += 1
            return
        story = self._story
        self._groups.append((story, self._destination, self._font, self._fallback, self._change))
        if story and story.kind in LISTS and story.content.pieces:
            self._add(": ")
        self._is_first, self._is_starred = True, False

    def _close(self) -> None:
        if self._deeper or not self._groups:
            self._deeper = max(self._deeper - 1, 0)
            return
        inner = self._story
        self._story, self._destination, self._font, self._fallback, outer = self._groups.pop()
        self._is_first = self._is_starred = False
        if inner and inner is not self._story:
            self._end_story(inner)
        elif inner:
            inner.characters.fallback = 0
        self._change = outer

    def _word(self, word: str, number: int | None) -> None:
        if self._is_first and self._begin_destination(word, starred=self._is_starred):
            return
        self._is_first = self._is_starred = False
        if known := self._words.get(word):
            known(number)
        elif word in CHARACTERS:
            self._say(CHARACTERS[word])
        elif word in PARAGRAPH_ENDS:
            self._is_merged |= word == "nestcell"
            self._end_paragraph()

    def _begin_destination(self, word: str, *, starred: bool) -> bool:
        """Whether `word` says what the group that begins is for. One that nobody knows is read if it may be left out."""
        story = self._story
        if word in SILENT or word == "objdata":
            self._has_picture |= word == "pict"
            self._objects += word == "objdata"
            self._enter(None, word)
        elif story is None and self._destination in SILENT:
            return False
        elif word in PARTS:
            self._enter(_Story(PARTS[word], word), word)
        elif word in INFORMATION:
            self._enter(_Story("information", word, word), word)
        elif word == "staticval":
            self._enter(_Story("information", word, self._property), word)
        elif word in THROUGH:
            self._enter(story, word)
        elif starred or word in BESIDE:
            self._enter(_Story(self._beside(word), word), word)
        else:
            return False
        return True

    def _beside(self, word: str) -> str:
        part = self._story.part if self._story else "body"
        kind = "textbox" if word in BOXES else "notes"
        return part if part.endswith(kind) or len(part) > _LONGEST_PART else f"{part}/{kind}"

    def _enter(self, story: _Story | None, word: str) -> None:
        self._story, self._destination = story, word
        self._is_first = self._is_starred = False

    def _say_bytes(self, story: _Story, data: bytes) -> None:
        self._is_first = self._is_starred = False
        if text := story.characters.add(data, self._fonts.of(self._font)):
            story.content.pieces.append((text, self._change))

    def _say(self, text: str) -> None:
        story = self._story
        if story is None:
            return
        if story.characters.fallback:
            story.characters.fallback -= 1
            return
        self._add(story.characters.rest() + text)

    def _add(self, text: str) -> None:
        if text and self._story:
            self._story.content.pieces.append((text, self._change))

    def _unicode(self, number: int | None) -> None:
        story = self._story
        if story is None:
            return
        story.characters.fallback = 0
        self._add(story.characters.rest() + story.characters.unicode(number or 0))
        story.characters.fallback = self._fallback

    def _end_paragraph(self) -> None:
        story = self._story
        if story is None:
            return
        self._finish(story)
        content, story.content = story.content, ParagraphContent()
        if self._is_cell and story.part in _WITH_TABLES:
            story.cell.append(content)
            return
        if story.in_table:
            self._end_table(story)
        self._put(story, content)

    def _finish(self, story: _Story) -> None:
        story.characters.fallback = 0
        if rest := story.characters.rest():
            story.content.pieces.append((rest, self._change))

    def _put(self, story: _Story, content: ParagraphContent) -> None:
        text = content.text
        if story.label and text.strip():
            text = f"{story.label}: {text}"
        self._has_text |= bool(text.strip()) and story.part != "information"
        self.paper.paragraph(story.part, text)
        if rejected := content.rejected:
            self.paper.paragraph(f"{story.part}/deleted", rejected)

    def _end_cell(self, _: int | None) -> None:
        story = self._story
        if story is None:
            return
        self._finish(story)
        if not story.in_table:
            self.paper.begin_table(story.part)
            story.in_table = True
        if not story.in_row:
            self.paper.begin_row(marked=self._is_marked)
            story.in_row = True
        self.paper.begin_cell(plain=not self._is_merged)
        contents, story.cell = [*story.cell, story.content], []
        story.content = ParagraphContent()
        for content in contents:
            self._put(story, content)

    def _end_row(self, _: int | None) -> None:
        story = self._story
        if story and story.in_row:
            self.paper.end_row()
            story.in_row = False

    def _end_table(self, story: _Story) -> None:
        self.paper.end_table()
        story.in_table = story.in_row = False

    def _end_story(self, story: _Story) -> None:
        """A destination ends: what it held is whole."""
        self._finish(story)
        contents, story.cell = [*story.cell, story.content], []
        story.content = ParagraphContent()
        if story.in_table and any(content.text for content in contents):
            self._end_table(story)
        for content in contents:
            if content.pieces and (story.kind in {"", *PARTS} or self._is_told(story, content.text)):
                self._put(story, content)
        if story.in_table:
            self._end_table(story)

    def _is_told(self, story: _Story, text: str) -> bool:
        """Whether it says something by itself: names of properties do not, nor do most instructions of fields."""
        if story.kind in {"propname", "sn"}:
            self._property = text.strip()
            return False
        if story.kind == "fldinst":
            if found := _LINK.match(text):
                self._links.lead_to(found[1])
            return found is None and '"' in text
        return bool(text.strip()) and (story.kind != "sv" or self._property in SHAPE_TEXTS)

    def _set_font(self, number: int | None) -> None:
        if self._destination == "fonttbl":
            self._fonts.declare(number or 0)
        else:
            self._font = number or 0

    def _set_default_font(self, number: int | None) -> None:
        self._default_font = self._font = number or 0

    def _set_plain(self, _: int | None) -> None:
        self._font, self._change = self._default_font, Change.NONE

    def _set_change(self, change: Change, number: int | None) -> None:
        self._change = Change.NONE if number == 0 else change

    def _set_fallback(self, number: int | None) -> None:
        self._fallback = min(max(number or 0, 0), _MOST_FALLBACK)

    def _set_in_cell(self, *, value: bool) -> None:
        self._is_cell = value

    def _begin_row(self, _: int | None) -> None:
        self._is_marked = self._is_merged = False

    def _mark(self, _: int | None) -> None:
        self._is_marked = True

    def _merge(self, _: int | None) -> None:
        self._is_merged = True
