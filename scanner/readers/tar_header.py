"""One header block of a tar file, POSIX.1-2017 `pax` and the GNU manual, section "Basic Tar Format"."""

from dataclasses import dataclass
from typing import Final

BLOCK: Final = 512
ASCII: Final = bytes(range(128))


@dataclass(frozen=True, slots=True)
class TarHeader:
    """What one header block says.

    :param name: the bytes of the name, the prefix included
    :param size: bytes of data behind the header, without padding
    :param kind: the type flag, `b"0"` for a regular file
    :param block: the block itself
    """

    name: bytes
    size: int
    kind: bytes
    block: bytes


def is_header(block: bytes) -> bool:
    """Whether the checksum in `block` is right. Older programs summed signed bytes."""
    if len(block) < BLOCK or not block[:257].strip(b"\0"):
        return False
    declared = octal(block[148:156])
    if declared is None:
        return False
    blank = block[:148] + b" " * 8 + block[156:512]
    total = sum(blank)
    return declared in {total, total - 256 * len(blank.translate(None, ASCII))}


def parse(block: bytes) -> TarHeader | None:
    """The header in `block`; None if it is none."""
    size = number(block[124:136])
    if not is_header(block) or size is None or size < 0:
        return None
    name = block[:100].split(b"\0", 1)[0]
    prefix = block[345:500].split(b"\0", 1)[0]
    # GNU tar uses the prefix for other things, and says so with another magic.
    if prefix and block[257:263] == b"ustar\0":
        name = prefix + b"/" + name
    return TarHeader(name, size, block[156:157], block)


def octal(field: bytes) -> int | None:
    """The number in a field of octal digits, None if there is none."""
    digits = field.split(b"\0", 1)[0].strip()
    try:
        return int(digits, 8) if digits else None
    except ValueError:
        return None


def number(field: bytes) -> int | None:
    """The number in a field of octal digits or, with its first bit set, in base 256 as GNU tar writes large ones."""
    if field[:1] in (b"\x80", b"\xff"):
        value = int.from_bytes(field[1:], "big")
        return value if field[:1] == b"\x80" else value - (1 << (8 * (len(field) - 1)))
    return octal(field) if field.strip(b"\0 ") else 0
