"""ZIP archives that are the same whenever they are written."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

MOMENT: Final = (2024, 5, 12, 6, 25, 0)
_ENCRYPTED: Final = 1


@dataclass(frozen=True, slots=True)
class _Header:
    """Where things stand in one of the two headers that each member has (APPNOTE.TXT 4.3.7 and 4.3.12)."""

    signature: bytes
    flags_at: int
    name_at: int


_HEADERS: Final = (_Header(b"PK\3\4", 6, 30), _Header(b"PK\1\2", 8, 46))


def zipped(members: Mapping[str, bytes], *, stored: bool = False) -> bytes:
    """An archive of `members` in their order; a name that ends in `/` makes a folder."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, MOMENT)
            # So that the archive does not tell on which system it was made.
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return held.getvalue()


def locked(sealed: Mapping[str, bytes], password: bytes, beside: Mapping[str, bytes] | None = None) -> bytes:
    """An archive whose members `sealed` are encrypted in the traditional way (APPNOTE.TXT 6.1), those `beside` them are not."""
    ciphered = {name: _ciphered(content, password) for name, content in sealed.items()}
    archive = bytearray(zipped({**ciphered, **(beside or {})}, stored=True))
    for name, content in sealed.items():
        for header in _HEADERS:
            _declare_encrypted(archive, header, name.encode(), content)
    return bytes(archive)


def _declare_encrypted(archive: bytearray, header: _Header, name: bytes, content: bytes) -> None:
    """Sets the flag, and the size and CRC of the plain content, in one header of the member `name`."""
    start = archive.find(header.signature)
    while archive[start + header.name_at : start + header.name_at + len(name)] != name:
        start = archive.find(header.signature, start + 4)
    archive[start + header.flags_at] |= _ENCRYPTED
    crc_at = start + header.flags_at + 8
    archive[crc_at : crc_at + 4] = zlib.crc32(content).to_bytes(4, "little")
    archive[crc_at + 8 : crc_at + 12] = len(content).to_bytes(4, "little")


def _ciphered(content: bytes, password: bytes) -> bytes:
    """A 12-byte header whose last byte is the CRC's highest, then the content, both enciphered."""
    header = bytes(range(11)) + (zlib.crc32(content) >> 24).to_bytes(1, "little")
    keys = [0x12345678, 0x23456789, 0x34567890]
    for byte in password:
        _update(keys, byte)
    out = bytearray()
    for byte in header + content:
        mixed = keys[2] & 0xFFFF | 2
        out.append(byte ^ (mixed * (mixed ^ 1) >> 8 & 0xFF))
        _update(keys, byte)
    return bytes(out)


def _update(keys: list[int], byte: int) -> None:
    keys[0] = _crc_step(keys[0], byte)
    keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
    keys[2] = _crc_step(keys[2], keys[1] >> 24)


def _crc_step(crc: int, byte: int) -> int:
    # zlib inverts the register before and after; ZIP's cipher wants it raw.
    return zlib.crc32(bytes([byte]), crc ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
