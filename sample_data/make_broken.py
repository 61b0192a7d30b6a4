"""Files that cannot be read, or not wholly, or not as their names say: each has exactly one outcome."""

import struct
import zlib
from collections.abc import Iterator
from random import Random

from sample_data.marking import found
from sample_data.people import EMAIL
from sample_data.sample import Sample, Truth, text_sample


def samples() -> Iterator[Sample]:
    """Every such file, except those that belong with their format."""
    yield Sample("broken/empty.csv", b"", Truth("Nothing in it at all", "skipped(empty)"))
    yield Sample("broken/picture.png", _picture(), Truth("An image", "skipped(unsupported_type)"))
    yield Sample("broken/noise.bin", Random("noise").randbytes(600), Truth("Bytes of no known kind", "skipped(unsupported_type)"))
    yield Sample(
        "broken/picture.txt", _picture(), Truth("An image under the name of a text: the content decides", "skipped(unsupported_type)")
    )
    yield text_sample(
        "broken/text.zip", f"This is a text, write to {found(EMAIL, 'zip.support@example.org')}\n", "A text under the name of an archive"
    )
    yield text_sample("broken/no_extension", f"#!/bin/sh\n# owner: {found(EMAIL, 'shell.owner@example.org')}\n", "No extension at all")


def _picture() -> bytes:
    """A PNG of 8 by 8 grey pixels (ISO/IEC 15948)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + bytes(range(row, row + 64, 8)) for row in range(8))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b"")
