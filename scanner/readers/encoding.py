"""How the bytes of a text become characters. Decoding never fails and never drops a byte, whatever the bytes are.

Bytes that are wrong in the encoding become the characters that Windows-1252 has for them (Latin-1 where it has none), one by one,
so that the result does not depend on where a window of the text begins.
"""

import codecs
import io
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

import regex

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SAMPLE_BYTES: Final = 64 * 1024
# The detector is slow; a few lines with unusual bytes tell it as much as the whole sample.
_DETECTOR_BYTES: Final = 4 * 1024
# Below this many unusual bytes a detector only guesses.
_TELLING_BYTES: Final = 12
_CONTROLS: Final = bytes(code for code in range(32) if chr(code) not in "\t\n\r\f\x1b")
# Bytes that are control characters in ASCII: half of those of wide Latin or Cyrillic text, hardly any of other text.
_WIDE_CONTROLS: Final = 0.2
_KEEP_BYTES: Final = "dowse.keep-bytes"

_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le", 4),
    (codecs.BOM_UTF32_BE, "utf-32-be", 4),
    (codecs.BOM_UTF8, "utf-8", 1),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
)
# Encodings without state between lines, so that a text can be entered at any line end.
_LEGACY: Final = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp437", "cp850", "cp852", "cp866"),
    *("iso8859-2", "iso8859-5", "iso8859-7", "iso8859-9", "iso8859-15", "koi8-r", "mac-roman", "tis-620"),
    *("cp932", "euc-jp", "gb18030", "big5", "cp949"),
)
# Letters and digits of EBCDIC, which mainframes write; all its variants have them at the same places, as the blank.
_EBCDIC: Final = "cp037"
_EBCDIC_WORDS: Final = "".join(chr(code) for code in range(128) if chr(code).isalnum() or chr(code) == " ").encode(_EBCDIC)
_UNUSUAL_LINE: Final = regex.compile(rb"[^\n\r]*[\x80-\xff][^\n\r]*[\n\r]?")


def _windows_characters() -> dict[int, str]:
    """Windows-1252 for the bytes in which it differs from Latin-1; it leaves five undefined."""
    defined = {}
    for byte in range(0x80, 0xA0):
        try:
            defined[byte] = bytes([byte]).decode("cp1252")
        except UnicodeDecodeError:
            continue
    return defined


_WINDOWS_CHARACTERS: Final = _windows_characters()


def _keep_bytes(error: UnicodeError) -> tuple[str, int]:
    """Gives codecs the characters for bytes that they cannot decode."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("latin-1").translate(_WINDOWS_CHARACTERS), error.end


codecs.register_error(_KEEP_BYTES, _keep_bytes)


class Decoder(Protocol):
    """Decodes a text piece by piece."""

    def decode(self, data: memoryview, final: bool = False) -> str:
        """The characters that are complete with `data`; `final` when nothing follows."""


class Utf8Decoder:
    """As Python's incremental decoder, which copies every piece before it looks at it."""

    def __init__(self) -> None:
        self._rest = b""

    def decode(self, data: memoryview, final: bool = False) -> str:
        """See `Decoder`."""
        joined = self._rest + bytes(data) if self._rest else data
        text, used = codecs.utf_8_decode(joined, _KEEP_BYTES, final)
        self._rest = bytes(joined[used:])
        return text


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding of text.

    :param name: of Python's codec
    :param bom: bytes of the byte order mark at the very beginning; they are no text
    :param unit: bytes of a code unit; characters begin at multiples of it
    """

    name: str
    bom: int = 0
    unit: int = 1

    def decode(self, data: bytes) -> str:
        """The characters of a whole text or of whole lines of it, the byte order mark already taken off."""
        return data.decode(self.name, _KEEP_BYTES)

    def as_utf8(self, data: bytes) -> bytes:
        """The same text as `decode` gives, in UTF-8; mostly `data` itself."""
        if self.name == "utf-8":
            with suppress(UnicodeDecodeError):
                data.decode()
                return data
        return self.decode(data).encode()

    def decoder(self) -> "Decoder":
        """A decoder for a text that comes in pieces cut anywhere."""
        return Utf8Decoder() if self.name == "utf-8" else codecs.getincrementaldecoder(self.name)(_KEEP_BYTES)

    def encode(self, character: str) -> bytes | None:
        """The bytes of one ASCII character; None where the encoding lacks it."""
        try:
            return character.encode(self.name)
        except UnicodeEncodeError:
            return None


UTF_8: Final = Encoding("utf-8")


def detect(head: bytes) -> Encoding:
    """The encoding of the text that begins with `head`.

    Asked in this order: a byte order mark, the NULs of UTF-16 and UTF-32, strict UTF-8, the letters and blanks of EBCDIC, a detector;
    in the end it is Windows-1252.
    """
    sample = head[:SAMPLE_BYTES]
    for mark, name, unit in _BOMS:
        if sample.startswith(mark):
            return Encoding(name, bom=len(mark), unit=unit)
    wide = _wide(sample) if b"\0" in sample else None
    if wide is not None:
        return wide
    if _is_utf8(sample):
        return UTF_8
    return Encoding(_EBCDIC if _is_ebcdic(sample) else _legacy(_unusual(sample)))


def _is_utf8(sample: bytes) -> bool:
    """Whether it is UTF-8; a character that is cut off at the end counts as whole."""
    try:
        codecs.utf_8_decode(sample, "strict", False)  # noqa: FBT003 - `final` is positional in codecs
    except UnicodeDecodeError:
        return False
    return True


def _wide(sample: bytes) -> Encoding | None:
    """UTF-32 or UTF-16 without a byte order mark, else None. ASCII with a few NULs in it is neither."""
    if _is_utf8(sample) and len(sample) - len(sample.translate(None, _CONTROLS)) < len(sample) * _WIDE_CONTROLS:
        return None
    for name, unit in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        whole = sample[: len(sample) // unit * unit]
        if whole and _reads_as_text(whole, name):
            return Encoding(name, unit=unit)
    return None


def _reads_as_text(sample: bytes, name: str) -> bool:
    """Whether it decodes to characters that texts hold: hardly any control characters, a good share of ASCII."""
    try:
        text = codecs.getincrementaldecoder(name)("strict").decode(sample)
    except UnicodeDecodeError:
        return False
    controls = sum(text.count(chr(code)) for code in _CONTROLS)
    ascii_characters = len(text.encode("ascii", "ignore")) - controls
    return controls * 50 <= len(text) and ascii_characters * 100 >= len(text)


def _is_ebcdic(sample: bytes) -> bool:
    """Whether four of five bytes are letters, digits and blanks of EBCDIC, many of them blanks, and hardly any is one of ASCII."""
    words = len(sample) - len(sample.translate(None, _EBCDIC_WORDS))
    blanks = sample.count(b"\x40")
    return words * 5 >= len(sample) * 4 and blanks * 20 >= len(sample) and sample.count(b" ") * 100 < len(sample)


def _unusual(sample: bytes) -> bytes:
    """The lines with bytes beyond ASCII, at most `_DETECTOR_BYTES`."""
    kept = bytearray()
    for line in _UNUSUAL_LINE.finditer(sample):
        kept += line.group()
        if len(kept) >= _DETECTOR_BYTES:
            break
    return bytes(kept[:_DETECTOR_BYTES])


@lru_cache(maxsize=16)
def _legacy(sample: bytes) -> str:
    """The most plausible encoding of a sample that is not Unicode."""
    from charset_normalizer import from_bytes

    if sum(byte >= 0x80 for byte in sample) < _TELLING_BYTES:
        return "cp1252"
    matches = list(from_bytes(sample, cp_isolation=list(_LEGACY), preemptive_behaviour=False))
    if not matches:
        return "cp1252"
    # The detector orders equals by name; of those, Windows-1252 is by far the most frequent.
    equals = [match for match in matches if match.chaos <= matches[0].chaos]
    return "cp1252" if any("cp1252" in match.could_be_from_charset for match in equals) else matches[0].encoding


class Utf8Stream(io.RawIOBase):
    """A text in any encoding as a stream of valid UTF-8, without its byte order mark.

    :param stream: at its first byte
    """

    def __init__(self, stream: BinaryIO, encoding: Encoding) -> None:
        self._stream = stream
        self._decoder = encoding.decoder()
        self._skip = encoding.bom
        self._ready = memoryview(b"")
        self._ended = False

    def readable(self) -> bool:
        """Always: it is for reading only."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """What is ready of the text, and if nothing is, the next piece of it."""
        target = memoryview(buffer).cast("B")
        while not self._ready and not self._ended:
            self._next_piece(max(len(target), SAMPLE_BYTES))
        given = self._ready[: len(target)]
        target[: len(given)] = given
        self._ready = self._ready[len(given) :]
        return len(given)

    def _next_piece(self, size: int) -> None:
        data = self._stream.read(size)
        self._ended = not data
        self._ready = memoryview(self._decoder.decode(memoryview(data)[self._skip :], final=not data).encode())
        self._skip = max(self._skip - len(data), 0)
