"""Whether bytes are text, and what they read as: enough for recognising formats, not for reading them."""

import codecs
from typing import Final

MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LANES: Final = (
    (4, (1, 2, 3), "utf-32-le"),
    (4, (0, 1, 2), "utf-32-be"),
    (2, (1,), "utf-16-le"),
    (2, (0,), "utf-16-be"),
)
"""(bytes a unit, which of them are mostly NUL in Latin text, encoding)"""

CONTROLS: Final = bytes(byte for byte in range(0x20) if byte not in b"\b\t\n\v\f\r\x0e\x0f\x1b") + b"\x7f"
"""Control characters that text does not have; ISO 2022 switches alphabets with SO, SI and ESC."""
WIDE_DAMAGE: Final = 0.05
"""Share of undecodable characters up to which bytes behind a byte-order mark are text."""
UTF8_CONTROLS: Final = 0.1
"""Share of control characters up to which valid UTF-8 is text: logs may hold NULs where a disk was full."""
LEGACY_CONTROLS: Final = 0.02
"""The same for other bytes. Compressed or encrypted bytes have 0.1."""


def head_text(head: bytes) -> str | None:
    """`head` as characters if it is text at all, else None. A character that is cut off at its end is left out.

    Bytes of unknown encoding come as Latin-1, which keeps ASCII and loses nothing.
    """
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return _marked(head, encoding)
    if encoding := wide_encoding(head):
        return _marked(head, encoding)
    visible = head.strip(b"\0")  # space that was reserved in advance, or left when a log was cut under its writer
    controls = len(visible) - len(visible.translate(None, CONTROLS))
    if _is_utf8(visible):
        return codecs.getincrementaldecoder("utf-8")().decode(visible) if controls <= len(visible) * UTF8_CONTROLS and visible else None
    return visible.decode("latin-1") if controls <= len(visible) * LEGACY_CONTROLS and b"\0" not in visible else None


def wide_encoding(head: bytes) -> str:
    """`utf-16-le` and the like if NULs stand where Latin text in that encoding has them, else empty."""
    if head.count(0) * 4 < len(head):
        return ""
    return next((encoding for width, lanes, encoding in LANES if _has_lanes(head, width, lanes)), "")


def _has_lanes(head: bytes, width: int, null_lanes: tuple[int, ...]) -> bool:
    units = len(head) // width
    for lane in range(width):
        nulls = head[lane : units * width : width].count(0)
        if nulls < units * 0.7 if lane in null_lanes else nulls > units * 0.05:
            return False
    return units > 0


def _marked(head: bytes, encoding: str) -> str | None:
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    damage = text.count("\ufffd") + sum(character < "\t" for character in text)
    return text if damage <= len(text) * WIDE_DAMAGE else None


def _is_utf8(data: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True
