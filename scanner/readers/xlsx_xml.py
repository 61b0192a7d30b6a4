"""XML parts of workbooks as a stream of events: whatever the size of a part, only the element at hand is held.

Expat, which comes with Python, and not lxml: lxml builds a tree for each row, and a row may be as large as its sheet. Document
types are refused, so that there are no entities. What does not parse comes as text without markup, up to the next element at
which reading can begin again.
"""

import codecs
import html
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Final, Protocol
from xml.parsers import expat

import regex

from scanner.readers.budget import MIB

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

CHUNK_BYTES: Final = 64 * 1024
LONGEST_TOKEN_BYTES: Final = 2 * MIB
"""A tag or comment that is longer is damage; Expat holds a token until it is whole."""
LONGEST_TAG_BYTES: Final = 4096
"""Where markup is taken out, a tag that is longer may be cut, so that a piece of it stays."""
MOST_RESTARTS: Final = 1000
"""Damages of one part after each of which reading begins again; what is behind the last one comes as text."""
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_BREAK: Final = regex.compile(r"</(?:\w+:)?(?:c|comment|f|is|p|row|si|text|v)\s*>")
_TAG: Final = regex.compile(r"<[/\w?][^<>]*>")


class Listener(Protocol):
    """Takes the events of one part. Names come as they are written, prefix included: `local` takes it off."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters; a long text comes in several calls."""

    def broken(self) -> None:
        """The part is damaged here: the elements that are open will not end."""


class RefusedError(Exception):
    """A document type, which Office packages must not have (ECMA-376 part 2, 8.2.2)."""


class Walk:
    """Reads one part once.

    :param around: elements inside which `anchor` may stand; reading begins again at an `anchor`
    :param anchor: name of that element; empty where everything behind a damage is to be text
    :ivar damaged: some of it did not parse
    """

    def __init__(self, stream: "Source", listener: Listener, around: tuple[str, ...] = (), anchor: str = "") -> None:
        self.damaged = False
        self._stream = stream
        self._listener = listener
        self._opening = "".join(f"<{name}>" for name in around).encode()
        self._anchor = regex.compile(rb"<(?:\w+:)?" + anchor.encode() + rb"[\s/>]") if anchor else None

    def read(self) -> Iterator[str]:
        """What did not parse, as text; empty texts between, whenever the listener may have news."""
        data = self._stream.read(CHUNK_BYTES)
        if data.startswith(UTF_16):
            self._stream = _Recoded(self._stream, data)
            data = self._stream.read(CHUNK_BYTES)
        parser, opening = _parser(self._listener, "utf-8" if isinstance(self._stream, _Recoded) else None), 0
        for _ in range(MOST_RESTARTS):
            rest = yield from self._parsed(parser, opening, data)
            if rest is None:
                return
            self.damaged = True
            self._listener.broken()
            data = yield from self._stripped(rest, self._anchor)
            if not data:
                return
            parser, opening = _parser(self._listener, "utf-8"), len(self._opening)
            parser.Parse(self._opening, False)  # noqa: FBT003 - it has no name
        yield from self._stripped(data, None)

    def _parsed(self, parser: "XMLParserType", base: int, data: bytes) -> Generator[str, None, bytes | None]:
        """Feeds `parser` with `data` and what follows; returns the bytes from the first damage on, None if there is none.

        :param base: bytes that were fed to it before
        """
        pending = b""
        while True:
            pending += data
            try:
                parser.Parse(data, not data)
            except (expat.ExpatError, RefusedError, LookupError, ValueError):  # the latter two: an encoding that Python does not have
                return pending[_token_start(pending, parser.ErrorByteIndex - base) :]
            yield ""
            if not data:
                return None
            done = max(parser.CurrentByteIndex - base, 0)
            pending, base = pending[done:], base + done
            if len(pending) > LONGEST_TOKEN_BYTES:
                return pending
            data = self._stream.read(CHUNK_BYTES)

    def _stripped(self, data: bytes, anchor: "regex.Pattern[bytes] | None") -> Generator[str, None, bytes]:
        """The text of `data` and what follows, up to the next `anchor`; returns the bytes from there on, none at the end."""
        begin = 1  # what is damaged may be an anchor itself
        while True:
            found = anchor.search(data, begin) if anchor else None
            if found:
                yield _plain(data[: found.start()])
                return data[found.start() :]
            more = self._stream.read(CHUNK_BYTES)
            cut = _between_tags(data) if more else len(data)
            yield _plain(data[:cut])
            if not more:
                return b""
            data, begin = data[cut:] + more, int(cut == 0)


class Source(Protocol):
    """What a part is read from."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at its end."""


class _Recoded:
    """A part in UTF-16 as UTF-8.

    :param begin: what was read of it already
    """

    def __init__(self, stream: Source, begin: bytes) -> None:
        self._stream = stream
        self._begin = begin
        self._decoder = codecs.getincrementaldecoder("utf-16")("replace")

    def read(self, size: int, /) -> bytes:
        """The next bytes; none at the end."""
        while data := self._begin or self._stream.read(size):
            self._begin = b""
            if text := self._decoder.decode(data):
                return text.encode("utf-8", "replace")
        return self._decoder.decode(b"", final=True).encode("utf-8", "replace")


def _parser(listener: Listener, encoding: str | None) -> "XMLParserType":
    parser = expat.ParserCreate(encoding)
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = listener.start
    parser.EndElementHandler = listener.end
    parser.CharacterDataHandler = listener.text
    return parser


def _refuse(*_: object) -> None:
    raise RefusedError


def local(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


def _token_start(data: bytes, at: int) -> int:
    """Where the tag begins that holds byte `at`; `at` itself where that is in a text, of which what is before was told."""
    at = max(at, 0)
    tag = data.rfind(b"<", 0, at + 1)
    return tag if tag >= 0 and data.find(b">", tag, at) < 0 else at


def _between_tags(data: bytes) -> int:
    """Where to cut, so that no tag is cut: before the last tag that is open, if any and if it is not too long."""
    opened = data.rfind(b"<", len(data) - LONGEST_TAG_BYTES if len(data) > LONGEST_TAG_BYTES else 0)
    return opened if opened > 0 and data.find(b">", opened) < 0 else len(data)


def _plain(data: bytes) -> str:
    """Without tags, with line ends between cells and paragraphs."""
    text = _TAG.sub("", _BREAK.sub("\n", data.decode("utf-8", "replace")))
    return html.unescape(text).strip()
