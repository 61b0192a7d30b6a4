"""Writes small PDF files by hand: lines of Helvetica on pages, plain or compressed, open or encrypted (ISO 32000-1)."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import md5
from typing import Final

from sample_data.marking import read_marks
from sample_data.sample import Sample, line_places, truth_of

Pages = Sequence[Sequence[str]]

# ISO 32000-1, 7.6.3.3: what short passwords are filled up with.
_PAD: Final = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_PERMISSIONS: Final = (-44).to_bytes(4, "little", signed=True)
_DOCUMENT_ID: Final = bytes(range(16))
_FIRST_PAGE: Final = 4


@dataclass(frozen=True, slots=True)
class Lock:
    """Passwords of an encrypted file; one without a `user` password opens for everyone but is encrypted all the same."""

    user: str
    owner: str


def pdf_sample(name: str, pages: Pages, about: str, *, lock: Lock | None = None, compressed: bool = False) -> Sample:
    """A PDF of marked lines; pages and the lines on them count from 1. Its outcome is that of an open file."""
    texts = [read_marks("\n".join(lines)) for lines in pages]
    placed = [(mark, line_places(text, f"page {page}")(mark)) for page, (text, marks) in enumerate(texts, start=1) for mark in marks]
    return Sample(name, _document([text.split("\n") for text, _ in texts], lock, compressed=compressed), truth_of(about, placed))


def _document(pages: Pages, lock: Lock | None, *, compressed: bool) -> bytes:
    key = _file_key(lock) if lock else None
    objects = [*_head(len(pages)), *_page_objects(pages, key, compressed=compressed)]
    if lock:
        objects.append(_encryption(lock))
    written, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    document_id = _DOCUMENT_ID.hex().encode()
    trailer = b"/Size %d /Root 1 0 R /ID [<%b> <%b>]" % (len(objects) + 1, document_id, document_id)
    if lock:
        trailer += b" /Encrypt %d 0 R" % len(objects)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(written) + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< %b >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
        trailer,
        len(written),
    )


def _head(page_count: int) -> list[bytes]:
    kids = b" ".join(b"%d 0 R" % number for number in range(_FIRST_PAGE, _FIRST_PAGE + 2 * page_count, 2))
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, page_count),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]


def _page_objects(pages: Pages, key: bytes | None, *, compressed: bool) -> Iterator[bytes]:
    for index, lines in enumerate(pages):
        content = _FIRST_PAGE + 2 * index + 1
        yield b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % content
        stream = b"BT /F1 11 Tf 60 780 Td 16 TL\n" + b"\n".join(_shown(line) for line in lines) + b"\nET"
        entry = b" /Filter /FlateDecode" if compressed else b""
        stream = zlib.compress(stream) if compressed else stream
        stream = rc4(_object_key(key, content), stream) if key else stream
        yield b"<< /Length %d%b >>\nstream\n%b\nendstream" % (len(stream), entry, stream)


def _shown(line: str) -> bytes:
    """One line of text, in two pieces with a kern between them, as typesetting programs write."""
    middle = len(line) // 2
    first, second = (
        piece.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252") for piece in (line[:middle], line[middle:])
    )
    return b"[(%b) -12 (%b)] TJ T*" % (first, second)


def _padded(password: str) -> bytes:
    return (password.encode("latin-1") + _PAD)[:32]


def _owner_entry(lock: Lock) -> bytes:
    return rc4(_md5(_padded(lock.owner))[:5], _padded(lock.user))


def _file_key(lock: Lock) -> bytes:
    return _md5(_padded(lock.user) + _owner_entry(lock) + _PERMISSIONS + _DOCUMENT_ID)[:5]


def _object_key(key: bytes, number: int) -> bytes:
    return _md5(key + number.to_bytes(3, "little") + b"\0\0")[: len(key) + 5]


def _encryption(lock: Lock) -> bytes:
    owner, user = _owner_entry(lock).hex().encode(), rc4(_file_key(lock), _PAD).hex().encode()
    return b"<< /Filter /Standard /V 1 /R 2 /O <%b> /U <%b> /P -44 >>" % (owner, user)


def _md5(data: bytes) -> bytes:
    return md5(data, usedforsecurity=False).digest()


def rc4(key: bytes, data: bytes) -> bytes:
    """`data` enciphered or deciphered with RC4, which is what PDF 1.4 has."""
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
