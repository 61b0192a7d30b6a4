"""gzip, bzip2, xz and zstd, whole, joined and damaged."""

import bz2
import gzip
import io
import lzma
import struct
import zlib
from collections.abc import Callable

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.outcome import Reason
from scanner.readers.budget import MIB, Budget, Limits
from scanner.readers.compressed import inner_name, stored_name
from scanner.readers.decoded import DecodedStream, buffered
from scanner.readers.decoders import (
    Decoder,
    ZipLzmaDecoder,
    ZlibDecoder,
    bz2_decoder,
    deflate_decoder,
    gzip_decoder,
    xz_decoder,
    zstd_decoder,
)
from tests.readers.opening import opened

TEXT = "".join(f"line {number} of a longer text\n" for number in range(20_000))
Compress = Callable[[bytes], bytes]
CODECS: dict[str, Compress] = {
    "gz": gzip.compress,
    "bz2": lambda data: bz2.compress(data, 1),  # blocks of 100 kB; a block that is cut is lost
    "xz": lzma.compress,
    "lzma": lambda data: lzma.compress(data, lzma.FORMAT_ALONE),
    "zst": zstandard.compress,
}


@pytest.mark.parametrize("suffix", CODECS)
def test_a_compressed_file_is_read_as_what_is_in_it(suffix: str) -> None:
    found = opened(CODECS[suffix](TEXT.encode()), f"notes.txt.{suffix}")
    assert found.texts == {(): TEXT}
    assert found.problems == []
    assert found.failure is None


@pytest.mark.parametrize("suffix", CODECS)
def test_streams_that_cannot_seek_are_read_too(suffix: str) -> None:
    assert opened(CODECS[suffix](TEXT.encode()), f"notes.txt.{suffix}", seekable=False).texts == {(): TEXT}


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz", "zst"])
def test_files_that_were_joined_are_read_to_the_last(suffix: str) -> None:
    compress = CODECS[suffix]
    found = opened(compress(b"first half, ") + compress(b"second half\n"), f"a.txt.{suffix}")
    assert found.texts == {(): "first half, second half\n"}
    assert found.problems == []


@pytest.mark.parametrize("suffix", CODECS)
def test_what_comes_before_a_cut_is_read_and_the_cut_reported(suffix: str) -> None:
    whole = CODECS[suffix](TEXT.encode())
    found = opened(whole[: len(whole) * 9 // 10], f"a.txt.{suffix}")
    assert TEXT.startswith(found.texts[()])
    assert len(found.texts[()]) > len(TEXT) // 3
    assert [(problem.reason, problem.detail) for problem in found.problems] == [(Reason.MALFORMED, "it ends too early")]


def test_what_comes_before_damage_is_read_even_in_a_small_file() -> None:
    whole = bytearray(gzip.compress(b"my ssn is 219-22-9999\n"))
    whole[-6] ^= 0xFF
    found = opened(bytes(whole), "a.txt.gz")
    assert found.texts == {(): "my ssn is 219-22-9999\n"}
    assert found.reasons == [(Reason.MALFORMED, ())]


def test_damage_in_the_middle_costs_little_before_it() -> None:
    plain = b"".join(b"%d %s\n" % (number, zlib.crc32(b"%d" % number).to_bytes(4, "big").hex().encode()) for number in range(100_000))
    whole = bytearray(gzip.compress(plain))
    whole[len(whole) // 2 : len(whole) // 2 + 40] = bytes(40)
    found = opened(bytes(whole), "a.txt.gz")
    assert found.reasons == [(Reason.MALFORMED, ())]
    assert found.texts[()][: len(plain) // 2 - 50_000] == plain[: len(plain) // 2 - 50_000].decode()


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz", "zst"])
def test_other_bytes_behind_the_data_are_reported(suffix: str) -> None:
    found = opened(CODECS[suffix](b"all of it\n") + b"but then something else follows here", f"a.txt.{suffix}")
    assert found.texts == {(): "all of it\n"}
    assert [problem.detail for problem in found.problems] == ["bytes that are not compressed data follow it"]


@pytest.mark.parametrize("suffix", ["gz", "xz", "zst", "bz2"])
def test_zeros_behind_the_data_are_padding(suffix: str) -> None:
    assert opened(CODECS[suffix](b"all of it\n") + bytes(1024), f"a.txt.{suffix}").problems == []


def test_a_compressed_picture_is_as_unsupported_as_the_picture() -> None:
    found = opened(gzip.compress(b"\x89PNG\r\n\x1a\n" + bytes(100)), "a.png.gz")
    assert found.failure is not None
    assert (found.failure.reason, found.failure.detail) == (Reason.UNSUPPORTED_TYPE, "image/png")


def test_a_compressed_file_without_content_gives_nothing() -> None:
    found = opened(gzip.compress(b""), "a.txt.gz")
    assert (found.texts, found.problems, found.failure) == ({}, [], None)


def test_a_bomb_ends_with_what_was_found_before() -> None:
    bomb = gzip.compress(b"ssn 219-22-9999\n" + b"the same line again and again\n" * 300_000, 9)
    found = opened(bomb, "bomb.txt.gz", Limits(ratio=100, ratio_after=5 * MIB))
    assert found.failure is not None
    assert found.failure.reason is Reason.BUDGET_RATIO
    assert found.texts[()].startswith("ssn 219-22-9999\n")
    assert len(found.texts[()]) < 7 * MIB


def test_the_ratio_of_a_stream_of_unknown_size_counts_what_was_read_of_it() -> None:
    varied = "".join(f"{number * 7919 % 100_003}\n" for number in range(100_000)).encode()
    limits = Limits(ratio=20, ratio_after=1000)
    assert opened(gzip.compress(varied), "a.txt.gz", limits, seekable=False).failure is None
    found = opened(gzip.compress(b"x\n" * 1_000_000), "a.txt.gz", limits, seekable=False)
    assert found.failure is not None
    assert found.failure.reason is Reason.BUDGET_RATIO


def test_gzip_in_gzip_ends_at_the_depth() -> None:
    data = b"deep\n"
    for _ in range(12):
        data = gzip.compress(data)
    found = opened(data, "a.gz")
    assert found.failure is not None
    assert found.failure.reason is Reason.BUDGET_DEPTH


def test_xz_that_wants_too_much_memory_is_refused() -> None:
    data = lzma.compress(b"text\n", filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 64 * MIB}])
    found = opened(data, "a.xz", Limits(memory_bytes=MIB))
    assert found.failure is not None
    assert found.failure.reason is Reason.BUDGET_MEMORY


def test_zstd_that_wants_too_long_a_history_is_refused() -> None:
    # frame header: 1 GiB window (RFC 8878 3.1.1.1.2: exponent 20 in the high five bits), then one empty last block
    frame = b"\x28\xb5\x2f\xfd" + bytes([0x00, 20 << 3]) + b"\x01\x00\x00"
    found = opened(frame, "a.zst")
    assert found.failure is not None
    assert found.failure.reason is Reason.BUDGET_MEMORY


@pytest.mark.parametrize(
    ("name", "stored", "expected"),
    [
        ("data.csv.gz", "", "data.csv"),
        ("data.csv.gz", "other.txt", "data.csv"),
        ("backup.tgz", "", "backup.tar"),
        ("backup.tar.zst", "", "backup.tar"),
        ("part-0001", "customers.csv", "customers.csv"),
        ("part-0001.gz", "customers.csv", "customers.csv"),
        ("part-0001.gz", "", "part-0001"),
        ("part-0001", "", "part-0001"),
    ],
)
def test_the_name_of_what_is_inside_is_only_a_hint(name: str, stored: str, expected: str) -> None:
    assert inner_name(name, stored) == expected


def test_the_name_in_a_gzip_header_is_found_behind_an_extra_field() -> None:
    header = b"\x1f\x8b\x08\x0c" + bytes(6) + struct.pack("<H", 3) + b"abc" + b"customers.csv\0"
    assert stored_name(header) == "customers.csv"
    assert stored_name(header[:-1]) == ""
    assert stored_name(b"\x1f\x8b\x08\x08" + bytes(6) + b"bad\x1bname\0") == ""
    assert stored_name(gzip.compress(b"x")) == ""


@given(data=st.binary(max_size=3000), step=st.integers(1, 500), name=st.sampled_from(["gz", "gz by zlib", "bz2", "xz", "zst"]))
def test_any_bytes_come_back_whatever_the_size_of_the_reads(data: bytes, step: int, name: str) -> None:
    makers: dict[str, tuple[Compress, Callable[[], Decoder]]] = {
        "gz": (gzip.compress, gzip_decoder),
        "gz by zlib": (gzip.compress, lambda: ZlibDecoder(31)),
        "bz2": (bz2.compress, bz2_decoder),
        "xz": (lzma.compress, lambda: xz_decoder(64 * MIB)),
        "zst": (zstandard.compress, zstd_decoder),
    }
    compress, make = makers[name]
    raw = DecodedStream(io.BytesIO(compress(data) + compress(data)), make, Budget(Limits(), None))
    read = bytearray()
    while piece := raw.read(step):
        read += piece
    assert bytes(read) == data + data
    assert raw.damage == ""


@given(data=st.binary(max_size=3000), cut=st.integers(0, 3000))
def test_raw_deflate_tells_where_it_ends(data: bytes, cut: int) -> None:
    compressor = zlib.compressobj(wbits=-15)
    packed = compressor.compress(data) + compressor.flush()
    stream = DecodedStream(io.BytesIO(packed + b"PK\x07\x08 and what follows"), deflate_decoder, Budget(Limits(), None), frames=1)
    assert buffered(stream).read() == data
    assert (stream.damage, stream.consumed) == ("", len(packed))
    truncated = DecodedStream(io.BytesIO(packed[: min(cut, len(packed) - 1)]), deflate_decoder, Budget(Limits(), None), frames=1)
    assert data.startswith(buffered(truncated).read())
    assert truncated.damage == "it ends too early"


def test_lzma_in_zip_needs_no_end_mark() -> None:
    raw = lzma.compress(
        TEXT.encode(), lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16, "lc": 3, "lp": 0, "pb": 2}]
    )
    header = b"\x09\x04" + struct.pack("<HBI", 5, (2 * 5 + 0) * 9 + 3, 1 << 16)
    stream = DecodedStream(io.BytesIO(header + raw), lambda: ZipLzmaDecoder(len(TEXT)), Budget(Limits(), None), frames=1)
    assert buffered(stream).read() == TEXT.encode()
    assert stream.damage == ""
