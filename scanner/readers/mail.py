"""E-mail: single messages (RFC 5322, with the parts of RFC 2046) and mailboxes of them (mbox, RFC 4155).

What is written as it is, heads and plain bodies, is read as text with the lines of the object. A part in base64 or quoted-printable
is a member, decoded, under the name that the message gives it.
"""

import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Final

from scanner.model.segment import Member, ReaderItem, TextSegment
from scanner.readers.base import Content
from scanner.readers.budget import Budget
from scanner.readers.decoded import buffered
from scanner.readers.encoding import Encoding, detect
from scanner.readers.lines import line_ends
from scanner.readers.locators import LineLocator
from scanner.readers.mail_lines import DECODERS, DecodedPart, MailLines
from scanner.readers.text import Place
from scanner.readers.windows import TEXT_WINDOW_BYTES

# Of a longer head only the beginning is looked at.
_LONGEST_HEAD: Final = 256 * 1024
# Parts inside parts.
_MOST_NESTED: Final = 100
_MAILBOX_MARK: Final = b"From "


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:  # noqa: ARG001 - every reader has a budget; parts are smaller than what they come from
    """The text of `content` in segments, and its encoded parts as members where they stand."""
    return _Mail(content).items()


@dataclass(frozen=True, slots=True)
class _Part:
    """What the head of a message, or of a part of one, says.

    :param boundary: what parts the parts in it, if it has any
    :param decoder: how it is encoded; empty for text as it is
    :param encloses: it is a message itself
    """

    boundary: bytes
    decoder: str
    name: str
    encloses: bool

    @classmethod
    def of(cls, head: bytes, number: int) -> "_Part":
        """What `head` says of the part with this number, which gives a part without a name its own."""
        told: Message = BytesHeaderParser().parsebytes(head)
        encoding = str(told.get("Content-Transfer-Encoding", "")).strip().lower()
        kind = told.get_content_type()
        boundary = told.get_boundary("") if told.get_content_maintype() == "multipart" else ""
        name = told.get_filename("") or f"part {number}{mimetypes.guess_extension(kind) or ''}"
        decoder = encoding if encoding in DECODERS and not boundary else ""
        return cls(boundary.encode("latin-1", "replace"), decoder, name, kind == "message/rfc822" and not decoder)


class _Mail:
    """One object on its way."""

    def __init__(self, content: Content) -> None:
        self._lines = MailLines(content.stream)
        self._text = _Text(detect(content.head))
        self._is_mailbox = content.head.startswith(_MAILBOX_MARK)
        self._message = self._number = 0
        self._boundaries: list[bytes] = []

    def items(self) -> Iterator[ReaderItem]:
        """The items in the order of the object."""
        head: bytearray | None = bytearray()
        for line in self._lines:
            yield from self._text.add(line)
            if self._begins_message(line):
                head, self._boundaries, self._number = bytearray(), [], 0
                self._message += 1
            elif self._begins_part(line):
                head = bytearray()
            elif head is not None and line.strip() and len(head) < _LONGEST_HEAD:
                head += line
            elif head is not None:
                part = self._part(bytes(head))
                head = bytearray() if part.encloses else None
                if part.decoder:
                    yield from self._member(part)
        yield from self._text.rest()

    def _begins_message(self, line: bytes) -> bool:
        return self._is_mailbox and self._lines.after_blank and line.startswith(_MAILBOX_MARK)

    def _begins_part(self, line: bytes) -> bool:
        """Whether `line` is a delimiter with a part behind it; one that ends the parts is heeded, too."""
        if not line.startswith(b"--"):
            return False
        mark = line[2:].rstrip()
        if mark in self._boundaries:
            del self._boundaries[self._boundaries.index(mark) + 1 :]
            return True
        if mark.endswith(b"--") and mark[:-2] in self._boundaries:
            del self._boundaries[self._boundaries.index(mark[:-2]) :]
        return False

    def _part(self, head: bytes) -> _Part:
        self._number += 1
        part = _Part.of(head, self._number)
        if part.boundary:
            self._boundaries = [*self._boundaries[-_MOST_NESTED:], part.boundary]
        return part

    def _member(self, part: _Part) -> Iterator[ReaderItem]:
        yield from self._text.rest()
        stream = DecodedPart(self._lines, part.decoder, self._ends_part)
        name = f"message {self._message}/{part.name}" if self._is_mailbox else part.name
        yield Member(name, buffered(stream))
        stream.drain()
        self._text.skip(stream.lines)

    def _ends_part(self, line: bytes) -> bool:
        mark = line[2:].rstrip() if line.startswith(b"--") else b""
        return mark in self._boundaries or mark.removesuffix(b"--") in self._boundaries or self._begins_message(line)


class _Text:
    """Lines on their way to segments."""

    def __init__(self, encoding: Encoding) -> None:
        self._encoding = encoding
        self._ends = line_ends(encoding)
        self._decoder = encoding.decoder()
        self._data = bytearray()
        self._skip = encoding.bom
        self._place = Place()
        self._continues = False

    def add(self, line: bytes) -> Iterator[TextSegment]:
        """A segment whenever there is enough for one."""
        self._data += line[self._skip :]
        self._skip = 0
        if len(self._data) >= TEXT_WINDOW_BYTES:
            yield from self._given(final=False)

    def rest(self) -> Iterator[TextSegment]:
        """What was not given yet; what comes next does not go on from it."""
        yield from self._given(final=True)
        self._decoder = self._encoding.decoder()
        self._continues = False

    def skip(self, lines: int) -> None:
        """Pass over lines that are read otherwise."""
        self._place = Place(self._place.line + lines)

    def _given(self, *, final: bool) -> Iterator[TextSegment]:
        data = memoryview(bytes(self._data))
        text = self._decoder.decode(data, final=final)
        self._data.clear()
        if text:
            yield TextSegment(text, LineLocator(self._place.line, self._place.column), continues=self._continues)
            self._continues = True
        self._place = self._place.behind(text, self._ends.count(data, text))
