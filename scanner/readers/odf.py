"""OpenDocument files (ISO/IEC 26300): texts, sheets, slides and drawings in packages (odt, ods, odp, odg) and flat (fodt, fods, fodp).

Paragraphs, tables, sheets with hidden ones, slides with notes, headers, footers, footnotes, comments, text boxes, deleted text,
fields, forms, properties, link targets, macros, and embedded objects. Pictures are not looked at.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from scanner.errors import ReadError
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import Member, ReaderItem
from scanner.readers import zip_archive
from scanner.readers.base import Content
from scanner.readers.budget import MIB, Budget
from scanner.readers.docx_links import Links
from scanner.readers.docx_parts import FONTS, PICTURES
from scanner.readers.heads import Peeked
from scanner.readers.odf_story import Story
from scanner.readers.xlsx_book import DAMAGED

_STORIES: Final = frozenset({"content.xml", "meta.xml", "styles.xml"})
_LOOKS: Final = frozenset({"current.xml", "layout-cache", "manifest.rdf", "mimetype", "settings.xml"})
_LOOKS_IN: Final = ("Configurations2/", "META-INF/", "ObjectReplacements/", "Thumbnails/")
"""Files that only say how things look or belong together, and pictures of what is there anyway."""
_PICTURES: Final = PICTURES | {"svm"}
_MANIFEST: Final = "META-INF/manifest.xml"
_MANIFEST_BYTES: Final = 16 * MIB
_SEALED: Final = "encrypted-package"
"""The one member of documents that are encrypted as a whole (OpenDocument 1.4 part 2)."""


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """The parts in the order in which they lie in the package; link targets last. Raises ReadError (ENCRYPTED) for one with a password."""
    content = replace(content, stream=budget.seekable(content.stream))
    links = Links()
    is_sealed = _is_sealed(content, budget)
    has_text = has_picture = False
    for item in zip_archive.read(content, budget):
        file = item.name.rpartition("/")[2] if isinstance(item, Member) else ""
        is_picture = file.rpartition(".")[2].lower() in _PICTURES
        if not isinstance(item, Member) or not (is_picture or file in _STORIES or _says_nothing(item.name, file)):
            yield item
            continue
        budget.entry()
        if file in _STORIES:
            for found in _part(item, links, budget, is_sealed=is_sealed):
                has_text |= file == "content.xml"
                yield found
        else:
            has_picture |= is_picture and not item.name.startswith(_LOOKS_IN) and file.rpartition(".")[2].lower() not in FONTS
    yield from links.segments()
    if has_picture and not has_text:
        yield Problem(Reason.MEMBERS_UNREAD, "it shows pictures and no text")


def read_flat(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """A document that is one XML file, in the same way."""
    links = Links()
    story = Story("body", links, budget)
    yield from story.read(content.stream)
    yield from links.segments()
    if story.damaged:
        yield Problem(Reason.MALFORMED, DAMAGED)


def _says_nothing(name: str, file: str) -> bool:
    return file in _LOOKS or name.startswith(_LOOKS_IN) or name == _SEALED


def _part(part: Member, links: Links, budget: Budget, *, is_sealed: bool) -> Iterator[ReaderItem]:
    peeked = Peeked(part.stream)
    if is_sealed and not peeked.head.lstrip(b"\xef\xbb\xbf\t\r\n ").startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        if part.name == "content.xml":
            raise ReadError(Reason.ENCRYPTED, "it needs a password")
        yield Problem(Reason.ENCRYPTED, "it needs a password", (part.name,))
        return
    story = Story(posixpath.dirname(part.name) or "body", links, budget)
    yield from story.read(peeked.stream)
    if story.damaged:
        yield Problem(Reason.MALFORMED, DAMAGED, (part.name,))


def _is_sealed(content: Content, budget: Budget) -> bool:
    """Whether the manifest says of any part that it is encrypted; raises ReadError where the package is so as a whole."""
    sealed = False
    for item in zip_archive.read(content, budget):
        if isinstance(item, Member) and item.name == _MANIFEST:
            sealed = b"encryption-data" in item.stream.read(min(_MANIFEST_BYTES, budget.limits.memory_bytes))
        elif isinstance(item, Member) and item.name == _SEALED:
            raise ReadError(Reason.ENCRYPTED, "it needs a password")
    return sealed
