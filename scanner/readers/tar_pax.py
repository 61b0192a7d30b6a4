"""Headers that say more about the member behind them: GNU long names and pax records (POSIX.1-2017 `pax`)."""

from dataclasses import dataclass, field
from typing import Final

from scanner.readers.budget import MIB
from scanner.readers.tar_header import TarHeader

LONG_NAME: Final = b"L"
LONG_LINK: Final = b"K"
PAX: Final = b"x"
SUN_PAX: Final = b"X"
GLOBAL: Final = b"g"
EXTENSIONS: Final = frozenset({LONG_NAME, LONG_LINK, PAX, SUN_PAX, GLOBAL})
MAX_EXTENSION: Final = MIB
"""Bytes of such a header; longer ones are passed over. Genuine ones have a few hundred."""

SPARSE_OFFSET: Final = "GNU.sparse.offset"
SPARSE_BYTES: Final = "GNU.sparse.numbytes"


@dataclass(frozen=True, slots=True)
class Extension:
    """What extended headers say about the next member.

    :param name: empty where they say nothing
    :param records: pax records; of those that repeat, the last
    :param regions: (offset, length) of the data in a sparse file, where it is given by repeated records
    """

    name: bytes = b""
    records: dict[str, bytes] = field(default_factory=dict)
    regions: tuple[tuple[int, int], ...] = ()

    def number(self, key: str) -> int | None:
        """The record `key` as a number that is not negative, None if there is none."""
        text = self.records.get(key, b"")
        return int(text) if text.isdigit() and len(text) < 20 else None


def extend(before: Extension, header: TarHeader, data: bytes) -> Extension:
    """`before` with what the extended header `header` adds in its `data`."""
    if header.kind == LONG_NAME:
        return Extension(data.split(b"\0", 1)[0], before.records, before.regions)
    if header.kind == LONG_LINK:
        return before
    pairs = list(_records(data))
    records = {**before.records, **dict(pairs)}
    offsets = [int(value) for key, value in pairs if key == SPARSE_OFFSET and value.isdigit()]
    lengths = [int(value) for key, value in pairs if key == SPARSE_BYTES and value.isdigit()]
    name = records.get("GNU.sparse.name") or records.get("path") or before.name
    return Extension(name, records, tuple(zip(offsets, lengths, strict=False)) or before.regions)


def _records(data: bytes) -> list[tuple[str, bytes]]:
    """The records `length key=value`; those before the first that breaks the form."""
    found: list[tuple[str, bytes]] = []
    at = 0
    while at < len(data):
        digits, space, _ = data[at : at + 20].partition(b" ")
        if not space or not digits.isdigit() or not int(digits):
            break
        record = data[at + len(digits) + 1 : at + int(digits)]
        key, equals, value = record.removesuffix(b"\n").partition(b"=")
        if not equals:
            break
        found.append((key.decode("utf-8", "replace"), value))
        at += int(digits)
    return found
