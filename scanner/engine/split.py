"""Which large objects can be read in parts."""

import codecs
import os
from typing import Final

from scanner.engine.task import Entry
from scanner.errors import ReadError
from scanner.readers.heads import HEAD_BYTES
from scanner.readers.magic import recognise
from scanner.sources.base import Source

_BY_LINES: Final = frozenset({"application/jsonl", "text/csv", "text/plain", "text/tab-separated-values", "text/xml"})
_BY_ROW_GROUPS: Final = frozenset({"application/vnd.apache.parquet"})
_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


def splittable(entry: Entry, source: Source) -> bool:
    """Whether the object is of a format that can be read from the middle, in an encoding in which byte 10 is a line feed and nothing else.

    Looks at its first bytes only. False for what cannot be opened, as its reading will tell, and for what is given only from
    front to back.
    """
    if not entry.portable:
        return False
    stored = entry.stored
    try:
        with source.open(stored) as stream:
            if not stream.seekable():
                return False
            head = stream.read(HEAD_BYTES)
    except (ReadError, OSError):
        return False
    media_type = recognise(head, os.path.basename(stored.ref.key), stored.size)
    wide = b"\0" in head or head.startswith(_WIDE)
    return media_type in _BY_ROW_GROUPS or (media_type in _BY_LINES and not wide)
