"""What a zip file holds: documents of office programs and the like are zip files too."""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from scanner.readers.extensions import ODF, OFFICE, ending

LOCAL_HEADER: Final = b"PK\x03\x04"
SIZE_BEHIND: Final = 8  # flag bit 3: the sizes stand behind the data, APPNOTE 4.4.4
OOXML: Final = "application/vnd.openxmlformats-officedocument."
WORD: Final = OOXML + "wordprocessingml.document"
SHEET: Final = OOXML + "spreadsheetml.sheet"
BINARY_SHEET: Final = "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
SLIDES: Final = OOXML + "presentationml.presentation"

CONTENT_TYPES: Final = (
    (b"wordprocessingml.document.main+xml", WORD),
    (b"wordprocessingml.template.main+xml", WORD),
    (b"word.document.macroEnabled.main+xml", WORD),
    (b"word.template.macroEnabledTemplate.main+xml", WORD),
    (b"spreadsheetml.sheet.main+xml", SHEET),
    (b"spreadsheetml.template.main+xml", SHEET),
    (b"ms-excel.sheet.macroEnabled.main+xml", SHEET),
    (b"ms-excel.template.macroEnabled.main+xml", SHEET),
    (b"ms-excel.addin.macroEnabled.main+xml", SHEET),
    (b"ms-excel.sheet.binary.macroEnabled.main", BINARY_SHEET),
    (b"presentationml.presentation.main+xml", SLIDES),
    (b"presentationml.slideshow.main+xml", SLIDES),
    (b"presentationml.template.main+xml", SLIDES),
    (b"ms-powerpoint.presentation.macroEnabled.main+xml", SLIDES),
    (b"ms-powerpoint.slideshow.macroEnabled.main+xml", SLIDES),
    (b"ms-powerpoint.template.macroEnabled.main+xml", SLIDES),
    (b"ms-powerpoint.addin.macroEnabled.main+xml", SLIDES),
)
"""What `[Content_Types].xml` says of the main part, ECMA-376 part 1 and [MS-OFFMACRO2]; strict documents use the same."""

FOLDERS: Final = (
    ("word/", WORD),
    ("xl/", SHEET),
    ("ppt/", SLIDES),
)
MARKERS: Final = (
    ("AndroidManifest.xml", "application/vnd.android.package-archive"),
    ("META-INF/MANIFEST.MF", "application/java-archive"),
)


def package_type(head: bytes, name: str) -> str:
    """The media type of a zip file, from the members at its head; `application/zip` when they show nothing special."""
    members = list(_members(head))
    if members and members[0][0] == "mimetype":
        declared = bytes(members[0][1][:100]).split(b"PK", 1)[0].strip()
        if declared.startswith((b"application/vnd.oasis.opendocument.", b"application/epub+zip")):
            return declared.decode("ascii", "replace")
    names = [member for member, _ in members]
    if "[Content_Types].xml" in names:
        return _ooxml_type(members[names.index("[Content_Types].xml")][1], names) or OFFICE.get(ending(name), "application/zip")
    if "content.xml" in names and (kind := ODF.get(ending(name))):
        return kind  # packed again by a program that does not put the declaration first
    found = _by_folder(names) or _by_name(names, name) or "application/zip"
    return next((kind for marker, kind in MARKERS if marker in names), found)


def _ooxml_type(deflated: bytes, names: list[str]) -> str:
    """What the content types say, or the folders where they say nothing; Word if either does, so that no claim hides its text."""
    text = _inflate(deflated) or deflated
    said, lies_in = next((kind for mark, kind in CONTENT_TYPES if mark in text), ""), _by_folder(names)
    return WORD if WORD in {said, lies_in} else said or lies_in


def _by_folder(names: list[str]) -> str:
    if "xl/workbook.bin" in names:
        return BINARY_SHEET
    if not any(member in {"[Content_Types].xml", "_rels/.rels"} for member in names):
        return ""
    return next((kind for folder, kind in FOLDERS if any(member.startswith(folder) for member in names)), "")


def _by_name(names: list[str], name: str) -> str:
    """What the name says where the folders do not speak against it: some programs put the content types at the end."""
    kind = OFFICE.get(ending(name), "")
    return kind if kind and any(member.startswith(folder) for folder, _ in FOLDERS for member in names) else ""


def _members(head: bytes) -> Iterator[tuple[str, bytes]]:
    """Name of each local header in `head`, and the bytes from its data on."""
    at = head.find(LOCAL_HEADER)
    while at >= 0 and at + 30 <= len(head):
        flags, size, name_length, extra_length = struct.unpack_from("<6xH10xI4xHH", head, at)
        start = at + 30 + name_length + extra_length
        yield head[at + 30 : at + 30 + name_length].decode("utf-8", "replace"), head[start:]
        at = head.find(LOCAL_HEADER, start if flags & SIZE_BEHIND else start + size)


def _inflate(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(-15).decompress(data, 256 * 1024)
    except zlib.error:
        return b""
