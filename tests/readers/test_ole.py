"""Compound files are told apart, though not read."""

import io
import struct

import pytest

from scanner.model.outcome import Reason
from scanner.readers.ole import stream_names
from tests.readers.opening import opened

END = 0xFFFFFFFE


def entry(name: str) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    return raw.ljust(64, b"\0") + struct.pack("<H", len(raw)) + bytes(62)


def compound(*names: str, chain: dict[int, int] | None = None) -> bytes:
    """A compound file with 512-byte sectors: 0 is the allocation table, the directory starts in 1."""
    sectors = [names[at : at + 4] for at in range(0, len(names), 4)]
    links = {number: number + 1 if number < len(sectors) else END for number in range(1, len(sectors) + 1)} | (chain or {})
    table = b"".join(struct.pack("<I", links.get(number, 0xFFFFFFFD)) for number in range(128))
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    return bytes(header) + table + b"".join(b"".join(map(entry, group)).ljust(512, b"\0") for group in sectors)


@pytest.mark.parametrize(
    ("names", "reason", "detail"),
    [
        (("Root Entry", "EncryptionInfo", "EncryptedPackage"), Reason.ENCRYPTED, "it needs a password"),
        (("Root Entry", "a", "b", "c", "d", "EncryptedPackage"), Reason.ENCRYPTED, "it needs a password"),
        (("Root Entry", "WordDocument", "1Table"), Reason.MALFORMED, "its main stream is missing"),
        (("Root Entry", "Workbook"), Reason.MALFORMED, "its main stream is missing"),
        (("Root Entry", "VisioDocument"), Reason.UNSUPPORTED_TYPE, "application/vnd.visio"),
        (("Root Entry", "Something"), Reason.UNSUPPORTED_TYPE, "application/x-ole-storage"),
    ],
)
def test_compound_files_are_told_apart_by_their_streams(names: tuple[str, ...], reason: Reason, detail: str) -> None:
    failure = opened(compound(*names), "x.docx").failure
    assert failure is not None
    assert (failure.reason, failure.detail) == (reason, detail)


def test_the_directory_is_followed_over_its_sectors() -> None:
    names = [f"stream {number}" for number in range(10)]
    assert [name for name in stream_names(io.BytesIO(compound(*names))) if name] == names


def test_a_directory_that_loops_ends() -> None:
    assert opened(compound("Root Entry", chain={1: 1}), "x.doc").failure is not None


@pytest.mark.parametrize("length", [8, 100, 512, 700, 1100])
def test_a_truncated_compound_file_is_unsupported(length: int) -> None:
    failure = opened(compound("Root Entry", "WordDocument")[:length], "x.doc").failure
    assert failure is not None
    assert failure.reason is Reason.UNSUPPORTED_TYPE
