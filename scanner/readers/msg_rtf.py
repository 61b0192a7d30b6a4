"""RTF as Outlook packs it ([MS-OXRTFCP])."""

import struct
from typing import Final

from scanner.errors import ReadError
from scanner.model.outcome import Reason
from scanner.readers.budget import Budget

_PACKED: Final = b"LZFu"
_PLAIN: Final = b"MELA"
_WINDOW: Final = 4096
_BEGIN: Final = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArial"
    rb"Times New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What the window holds at the start (2.1.2.1)."""


def unpacked_rtf(data: bytes, budget: Budget) -> bytes:
    """The RTF in `data`, as far as it is whole. Raises ReadError (MALFORMED) for what is packed otherwise, or out of the budget."""
    kind = data[8:12]
    if kind == _PLAIN:
        return data[16:]
    if kind != _PACKED:
        raise ReadError(Reason.MALFORMED, "its body is packed in a way that nobody knows")
    (size,) = struct.unpack_from("<I", data, 4)
    if size > budget.limits.memory_bytes:
        raise ReadError(Reason.BUDGET_MEMORY, f"its body has more than {budget.limits.memory_bytes} bytes")
    found = bytearray(_BEGIN)
    at = 16
    while at < len(data) and len(found) < size + len(_BEGIN):
        control = data[at]
        at += 1
        for bit in range(8):
            if not control >> bit & 1:
                found += data[at : at + 1]
                at += 1
            elif (more := _copied(found, data[at : at + 2])) is None:
                at = len(data)
                break
            else:
                found += more
                at += 2
    budget.expand(len(found))
    return bytes(found[len(_BEGIN) :])


def _copied(found: bytearray, reference: bytes) -> bytes | None:
    """What a reference into the window stands for; None where it ends the text."""
    if len(reference) < 2:
        return None
    place, length = int.from_bytes(reference, "big") >> 4, (reference[1] & 0xF) + 2
    back = (len(found) - place) % _WINDOW
    if not back:
        return None
    start = len(found) - back
    if start < 0:
        return bytes(length)
    piece = bytes(found[start : start + length])
    return (piece * (length // len(piece) + 1))[:length]
