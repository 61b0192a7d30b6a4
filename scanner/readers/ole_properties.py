"""Property sets ([MS-OLEPS]): what old Office documents say about themselves."""

import struct
from collections.abc import Iterator
from typing import Final

from scanner.readers.code_pages import code_page

_NARROW, _WIDE, _VECTOR = 0x1E, 0x1F, 0x1000
_MOST: Final = 1000
"""Properties of a set, and values of one, that are looked at; genuine ones have a few dozen."""
_NAMES, _CODE_PAGE = 0, 1
"""Numbers of the properties that name the others, and that say how texts are written."""


def property_texts(stream: bytes) -> Iterator[str]:
    """The texts in a stream of property sets, each with the name that somebody gave it, if any; as far as it is whole."""
    for at in range(28, min(28 + 20 * int.from_bytes(stream[24:28], "little"), len(stream) - 19, 28 + 20 * _MOST), 20):
        section = stream[int.from_bytes(stream[at + 16 : at + 20], "little") :]
        yield from _section(section)


def _section(section: bytes) -> Iterator[str]:
    count = min(int.from_bytes(section[4:8], "little"), _MOST, max(len(section) - 8, 0) // 8)
    places = dict(struct.iter_unpack("<II", section[8 : 8 + 8 * count]))
    page = (
        code_page(int.from_bytes(section[places[_CODE_PAGE] + 4 : places[_CODE_PAGE] + 6], "little")) if _CODE_PAGE in places else "cp1252"
    )
    names = _names(section, places[_NAMES], page) if _NAMES in places else {}
    for number, place in places.items():
        if number > _CODE_PAGE:
            yield from (f"{names[number]}: {text}" if number in names else text for text in _texts(section, place, page))


def _texts(section: bytes, at: int, page: str) -> Iterator[str]:
    kind, count = int.from_bytes(section[at : at + 4], "little"), 1
    at += 4
    if kind & _VECTOR:
        count = min(int.from_bytes(section[at : at + 4], "little"), _MOST)
        kind, at = kind & ~_VECTOR, at + 4
    if kind not in {_NARROW, _WIDE}:
        return
    for _ in range(count):
        size = int.from_bytes(section[at : at + 4], "little") * (2 if kind == _WIDE else 1)
        raw = section[at + 4 : at + 4 + size]
        at += 4 + size
        text = raw.decode("utf-16-le" if kind == _WIDE else page, "replace").partition("\0")[0].strip()
        if text:
            yield text
        if at >= len(section):
            return


def _names(section: bytes, at: int, page: str) -> dict[int, str]:
    names: dict[int, str] = {}
    count = min(int.from_bytes(section[at : at + 4], "little"), _MOST)
    at += 4
    for _ in range(count):
        if at + 8 > len(section):
            break
        number, length = struct.unpack_from("<II", section, at)
        size = length * 2 + (length * 2) % 4 if page == "utf-16-le" else length
        names[number] = section[at + 8 : at + 8 + size].decode(page, "replace").partition("\0")[0]
        at += 8 + size
    return names
