"""Small PDFs made by hand, so that every byte of them is in sight."""

import hashlib
from collections.abc import Sequence

PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")  # ISO 32000-1, algorithm 2


def document(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """A PDF of `objects`, numbered from 1; the first is the catalogue."""
    body = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    last = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + last


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def shown(*lines: str) -> bytes:
    """Page content that shows `lines` below each other."""
    drawn = b"".join(b"(%s) Tj 0 -14 Td " % line.encode("latin-1") for line in lines)
    return b"BT /F1 12 Tf 50 700 Td " + drawn + b"ET"


def pages(*contents: bytes, page: bytes = b"", catalogue: bytes = b"", more: Sequence[bytes] = (), trailer: bytes = b"") -> bytes:
    """A PDF with one page for each of `contents`.

    Objects: 1 the catalogue, 2 the pages, 3 the font, 4 the first page, 5 its content, 6 the second page ..., then `more`.

    :param page: further entries of every page
    """
    numbers = [4 + 2 * index for index in range(len(contents))]
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in zip(numbers, contents, strict=True):
        resources = b"/Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 600 800]"
        objects.append(b"<< /Type /Page /Parent 2 0 R %s /Contents %d 0 R %s >>" % (resources, number + 1, page))
        objects.append(stream(content))
    return document([*objects, *more], trailer=trailer)


def rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    other = 0
    for index in range(256):
        other = (other + state[index] + key[index % len(key)]) % 256
        state[index], state[other] = state[other], state[index]
    first = second = 0
    result = bytearray()
    for byte in data:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        result.append(byte ^ state[(state[first] + state[second]) % 256])
    return bytes(result)


def encrypted(line: str, password: bytes) -> bytes:
    """A page encrypted with 40-bit RC4 for a user password (ISO 32000-1, 7.6.3)."""
    identity = b"0123456789abcdef"
    owner = rc4(hashlib.md5(PADDING).digest()[:5], (password + PADDING)[:32])  # noqa: S324 - the format's own hash
    seed = (password + PADDING)[:32] + owner + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + identity
    key = hashlib.md5(seed).digest()[:5]  # noqa: S324 - the format's own hash
    content_key = hashlib.md5(key + (5).to_bytes(3, "little") + b"\0\0").digest()[:10]  # noqa: S324 - object 5, generation 0
    lock = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (owner.hex().encode(), rc4(key, PADDING).hex().encode())
    trailer = b"/Encrypt 6 0 R /ID [<%s> <%s>]" % (identity.hex().encode(), identity.hex().encode())
    return pages(rc4(content_key, shown(line)), more=[lock], trailer=trailer)
