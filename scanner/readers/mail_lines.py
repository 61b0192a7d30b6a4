"""The lines of e-mail, and the parts of it that are encoded."""

import binascii
import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# RFC 5322 allows 998 characters; what is longer comes in pieces.
_LONGEST_LINE: Final = 1024 * 1024
_ALPHABET: Final = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))


class MailLines:
    """Lines with their ends, from the front; the last one can be taken back.

    :ivar after_blank: whether the line before was blank, or there was none
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._again: bytes | None = None
        self._blank = True
        self.after_blank = True

    def __iter__(self) -> Iterator[bytes]:
        while line := self.take():
            yield line

    def take(self) -> bytes:
        """The next line; empty at the end."""
        if self._again is not None:
            line, self._again = self._again, None
            return line
        line = self._stream.readline(_LONGEST_LINE)
        self.after_blank, self._blank = self._blank, not line.strip()
        return line

    def give_back(self, line: bytes) -> None:
        """Have `line` come once more."""
        self._again = line


class _Base64:
    """Decodes line by line; passes over what is no base64, as RFC 2045 6.8 demands."""

    def __init__(self) -> None:
        self._pending = b""

    def decode(self, line: bytes) -> bytes:
        """What the line stands for, as far as its letters are whole groups."""
        letters = self._pending + line.translate(None, _ALPHABET)
        whole = len(letters) // 4 * 4
        self._pending = letters[whole:]
        return binascii.a2b_base64(letters[:whole])

    def end(self) -> bytes:
        """What the letters left over stand for."""
        # One letter alone stands for no byte.
        letters = self._pending if len(self._pending) > 1 else b""
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


class _QuotedPrintable:
    """Decodes line by line."""

    def decode(self, line: bytes) -> bytes:
        """What the line stands for."""
        return binascii.a2b_qp(line)

    def end(self) -> bytes:
        """Nothing: no line waits for the next."""
        return b""


DECODERS: Final[dict[str, Callable[[], _Base64 | _QuotedPrintable]]] = {"base64": _Base64, "quoted-printable": _QuotedPrintable}
"""By the word that heads have for it."""


class DecodedPart(io.RawIOBase):
    """What a part holds, decoded as it is read.

    :param ends: whether a line is one that stands behind the part
    :ivar lines: that were read of it
    """

    def __init__(self, lines: MailLines, decoder: str, ends: Callable[[bytes], bool]) -> None:
        self.lines = 0
        self._source = lines
        self._decoder = DECODERS[decoder]()
        self._ends = ends
        self._decoded = b""
        self._over = False

    def readable(self) -> bool:
        """Always: it is for reading only."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Decode into `buffer`; 0 at the end."""
        view = memoryview(buffer).cast("B")
        while not self._decoded and not self._over:
            self._decoded = self._next()
        data, self._decoded = self._decoded[: len(view)], self._decoded[len(view) :]
        view[: len(data)] = data
        return len(data)

    def drain(self) -> None:
        """Pass over what nobody read."""
        while not self._over:
            self._next()

    def _next(self) -> bytes:
        line = self._source.take()
        if line and not self._ends(line):
            self.lines += line.endswith(b"\n")
            return self._decoder.decode(line)
        self._source.give_back(line)
        self._over = True
        return self._decoder.end()
