"""Decompressors under one face: that of `bz2.BZ2Decompressor`, with output bounded in every call."""

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import Final, Protocol, cast

from scanner.readers.budget import MIB

GZIP_BITS: Final = 31  # zlib's name for "with a gzip header", RFC 1952
RAW_BITS: Final = -15  # zlib's name for "raw deflate", RFC 1951
ZIP_LZMA_HEADER: Final = 9  # version, length of the properties (5), the properties
MAX_LZMA_DICTIONARY: Final = 128 * MIB
MAX_ZSTD_WINDOW: Final = 128 * MIB
"""History that a zstd frame may ask for: what `zstd` itself accepts without `--long` beyond 27, zstd(1)."""
ZSTD_FEED: Final = 1024
"""Bytes given to zstd at once. Four bytes can make a block of 128 KiB (RFC 8878 3.1.1.2.2), so that this bounds a call to 32 MiB."""


class Decoder(Protocol):
    """Decodes one frame (gzip member, bz2 stream, zstd frame ...)."""

    @property
    def eof(self) -> bool:
        """Whether the frame's end mark was decoded."""

    @property
    def needs_input(self) -> bool:
        """Whether `decompress` gives nothing more without more input."""

    @property
    def unused_data(self) -> bytes:
        """Input behind the frame."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """At most about `max_length` bytes; raises one of `ERRORS` for corrupt input."""


MakeDecoder = Callable[[], Decoder]
ERRORS: Final = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)
"""What corrupt input raises; the errors of isal and zstandard are turned into ValueError here."""


class ZlibDecoder:
    """Deflate by the standard library, for machines without isal."""

    def __init__(self, bits: int) -> None:
        self._inner = zlib.decompressobj(bits)

    @property
    def eof(self) -> bool:
        """Whether the stream's end was decoded."""
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        """Whether all input was used."""
        return not self._inner.unconsumed_tail and not self._inner.eof

    @property
    def unused_data(self) -> bytes:
        """Input behind the stream."""
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """At most `max_length` bytes."""
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


class IsalDecoder:
    """Deflate by isal, about twice as fast as zlib."""

    def __init__(self, flag: int) -> None:
        from isal import igzip_lib

        self._inner = igzip_lib.IgzipDecompressor(flag=flag)
        self._error = cast("type[Exception]", igzip_lib.error)

    @property
    def eof(self) -> bool:
        """Whether the stream's end was decoded."""
        return bool(self._inner.eof)

    @property
    def needs_input(self) -> bool:
        """Whether all input was used."""
        return bool(self._inner.needs_input)

    @property
    def unused_data(self) -> bytes:
        """Input behind the stream."""
        return bytes(self._inner.unused_data)

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """At most `max_length` bytes."""
        try:
            return bytes(self._inner.decompress(data, max_length))
        except self._error as error:
            raise ValueError("corrupt deflate data") from error


class ZstdDecoder:
    """One zstd frame. What a feed gives beyond `max_length` waits for the next call.

    :param max_window: bytes of history that a frame may ask for
    """

    def __init__(self, max_window: int) -> None:
        import zstandard

        self._inner = zstandard.ZstdDecompressor(max_window_size=max_window).decompressobj()
        self._error = cast("type[Exception]", zstandard.ZstdError)
        self._input = b""
        self._output = b""

    @property
    def eof(self) -> bool:
        """Whether the frame's end was decoded and handed out."""
        return self._inner.eof and not self._output

    @property
    def needs_input(self) -> bool:
        """Whether all input was used and all output handed out."""
        return not self._input and not self._output and not self._inner.eof

    @property
    def unused_data(self) -> bytes:
        """Input behind the frame."""
        return self._inner.unused_data + self._input

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """At most `max_length` bytes."""
        self._input += data
        if not self._output and self._input and not self._inner.eof:
            fed, self._input = self._input[:ZSTD_FEED], self._input[ZSTD_FEED:]
            try:
                self._output = self._inner.decompress(fed)
            except self._error as error:
                raise ValueError(str(error)) from error
        given, self._output = self._output[:max_length], self._output[max_length:]
        return given


class StoredDecoder:
    """No compression: the next `size` bytes are the data."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._input = b""

    @property
    def eof(self) -> bool:
        """Whether all bytes were handed out."""
        return self._left == 0

    @property
    def needs_input(self) -> bool:
        """Whether all input was handed out."""
        return not self._input and self._left > 0

    @property
    def unused_data(self) -> bytes:
        """Input behind the data."""
        return self._input

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """At most `max_length` bytes."""
        self._input += data
        count = min(max_length, self._left, len(self._input))
        given, self._input = self._input[:count], self._input[count:]
        self._left -= count
        return given


class ZipLzmaDecoder:
    """LZMA as zip has it (APPNOTE 5.8.8): a short header, then raw data that need not have an end mark.

    :param size: bytes that come out; None when unknown, then there must be an end mark
    """

    def __init__(self, size: int | None) -> None:
        self._inner: lzma.LZMADecompressor | None = None
        self._left = size
        self._header = b""

    @property
    def eof(self) -> bool:
        """Whether all data came out."""
        return self._left == 0 or (self._inner is not None and self._inner.eof)

    @property
    def needs_input(self) -> bool:
        """Whether all input was used."""
        return not self.eof and (self._inner is None or self._inner.needs_input)

    @property
    def unused_data(self) -> bytes:
        """Input behind the end mark."""
        return self._inner.unused_data if self._inner and self._inner.eof else b""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """At most `max_length` bytes."""
        if self._inner is None:
            self._header += data
            if len(self._header) < ZIP_LZMA_HEADER:
                return b""
            self._inner, data = _raw_lzma(self._header[4:ZIP_LZMA_HEADER]), self._header[ZIP_LZMA_HEADER:]
        given = self._inner.decompress(data, max_length if self._left is None else min(max_length, self._left))
        if self._left is not None:
            self._left -= len(given)
        return given


def _raw_lzma(properties: bytes) -> lzma.LZMADecompressor:
    """For LZMA data with these five bytes: lc, lp and pb in one, and the size of the dictionary."""
    packed, dictionary = properties[0], int.from_bytes(properties[1:], "little")
    rest, literal_context = divmod(packed, 9)
    position, literal_position = divmod(rest, 5)
    if position > 4 or dictionary > MAX_LZMA_DICTIONARY:
        raise ValueError("no LZMA properties")
    settings = {"id": lzma.FILTER_LZMA1, "dict_size": max(dictionary, 4096), "lc": literal_context, "lp": literal_position, "pb": position}
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[settings])


def gzip_decoder() -> Decoder:
    """For one gzip member, header and trailer checked."""
    try:
        from isal import igzip_lib
    except ImportError:
        return ZlibDecoder(GZIP_BITS)
    return IsalDecoder(igzip_lib.DECOMP_GZIP)


def deflate_decoder() -> Decoder:
    """For raw deflate, as zip has it."""
    try:
        from isal import igzip_lib
    except ImportError:
        return ZlibDecoder(RAW_BITS)
    return IsalDecoder(igzip_lib.DECOMP_DEFLATE)


def zstd_decoder() -> Decoder:
    """For one zstd frame."""
    return ZstdDecoder(MAX_ZSTD_WINDOW)


def bz2_decoder() -> Decoder:
    """For one bz2 stream."""
    return bz2.BZ2Decompressor()


def xz_decoder(memory_bytes: int) -> Decoder:
    """For one xz or legacy lzma stream whose dictionary fits into `memory_bytes`."""
    return lzma.LZMADecompressor(lzma.FORMAT_AUTO, memlimit=memory_bytes)
