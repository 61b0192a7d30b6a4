"""Writes documents of Word and PowerPoint 97 to 2003 and messages of Outlook by hand, as small as they may be."""

import struct
from collections.abc import Mapping, Sequence
from typing import Final

from sample_data.compounds import compound

STORIES: Final = ("body", "footnotes", "header", "macros", "comments", "endnotes", "body/textbox", "header/textbox")


def old_document(stories: Mapping[str, str], *, wide: bool = True, flags: int = 0, inside: Mapping[str, bytes] | None = None) -> bytes:
    """A doc file ([MS-DOC]) of stories; `\\r` ends a paragraph.

    :param wide: characters have two bytes
    :param inside: further streams
    """
    texts = [stories.get(name, "") for name in STORIES]
    text = "".join(texts) + ("\r" if any(texts[1:]) else "")
    data = text.encode("utf-16-le" if wide else "cp1252")
    head = bytearray(2048)
    struct.pack_into("<HH6xH", head, 0, 0xA5EC, 0xC1, 0x0200 | flags)
    struct.pack_into("<H", head, 0x20, 14)
    struct.pack_into("<H", head, 0x3E, 22)
    struct.pack_into("<H", head, 0x98, 0x5D)
    struct.pack_into("<8i", head, 0x4C, *map(len, texts))
    place = len(head) if wide else len(head) * 2 | 0x40000000
    piece_table = struct.pack("<IIHIH", 0, len(text), 0, place, 0)
    clx = b"\x01\x02\x00ab\x02" + struct.pack("<I", len(piece_table)) + piece_table
    struct.pack_into("<II", head, 0x1A2, 0, len(clx))
    return compound({"WordDocument": bytes(head) + data, "1Table": clx, **(inside or {})})


def atom(kind: int, data: bytes, *, container: bool = False) -> bytes:
    """A record of a ppt file ([MS-PPT])."""
    return struct.pack("<HHI", 0xF if container else 0, kind, len(data)) + data


def old_slides(slides: Sequence[Sequence[str]]) -> bytes:
    """A ppt file of slides with texts."""
    made = b"".join(
        atom(0x03EE, atom(0x040C, b"".join(atom(0x0FA0, text.encode("utf-16-le")) for text in texts), container=True), container=True)
        for texts in slides
    )
    return compound({"PowerPoint Document": atom(0x03E8, b"", container=True) + made, "Current User": bytes(20)})


def old_message(texts: Mapping[str, str], streams: Mapping[str, bytes] | None = None) -> bytes:
    """A msg file ([MS-OXMSG]).

    :param texts: by the path of their storage and the number of the property: `0037`, `__recip_version1.0_#00000000/3003`
    :param streams: further ones by their paths
    """
    named = {_stream(path): text.encode("utf-16-le") for path, text in texts.items()}
    return compound({"__properties_version1.0": bytes(32), **named, **(streams or {})})


def _stream(path: str) -> str:
    storage, slash, number = path.rpartition("/")
    return f"{storage}{slash}__substg1.0_{number}001F"
