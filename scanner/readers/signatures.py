"""First bytes of file formats, as their own specifications give them.

Formats that are recognised by more than fixed bytes (zip kinds, tar, PDF, text ...) have their own code in `magic`.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Signature:
    """Bytes that stand at fixed places of every file of one format.

    :param parts: (offset from the start of the file, bytes)
    """

    media_type: str
    parts: tuple[tuple[int, bytes], ...]

    def matches(self, head: bytes) -> bool:
        """Whether `head` has all of the bytes."""
        return all(head.startswith(expected, offset) for offset, expected in self.parts)

    @property
    def printable(self) -> bool:
        """Whether a text could begin like this by chance."""
        return all(0x20 <= byte < 0x7F for _, expected in self.parts for byte in expected)


def _table(*rows: tuple[str, bytes] | tuple[str, int, bytes] | tuple[str, int, bytes, int, bytes]) -> tuple[Signature, ...]:
    return tuple(_signature(row) for row in rows)


def _signature(row: tuple[str, bytes] | tuple[str, int, bytes] | tuple[str, int, bytes, int, bytes]) -> Signature:
    if len(row) == 2:
        return Signature(row[0], ((0, row[1]),))
    if len(row) == 3:
        return Signature(row[0], ((row[1], row[2]),))
    return Signature(row[0], ((row[1], row[2]), (row[3], row[4])))


COMPRESSED: Final = _table(
    ("application/gzip", b"\x1f\x8b\x08"),
    ("application/x-bzip2", 0, b"BZh", 4, b"1AY&SY"),
    ("application/x-bzip2", 0, b"BZh", 4, b"\x17rE8P\x90"),
    ("application/x-compress", b"\x1f\x9d"),
    ("application/x-lz4", b"\x04\x22\x4d\x18"),
    ("application/x-lz4", b"\x02\x21\x4c\x18"),
    ("application/x-lzip", b"LZIP\x01"),
    ("application/x-lzop", b"\x89LZO\x00\r\n\x1a\n"),
    ("application/x-snappy-framed", b"\xff\x06\x00\x00sNaPpY"),
    ("application/x-xz", b"\xfd7zXZ\x00"),
    ("application/zstd", b"\x28\xb5\x2f\xfd"),
    *[("application/zstd", bytes([0x50 + low, 0x2A, 0x4D, 0x18])) for low in range(16)],  # skippable frames, RFC 8878 3.1.2
)

ARCHIVES: Final = _table(
    ("application/vnd.ms-cab-compressed", b"MSCF\x00\x00\x00\x00"),
    ("application/vnd.rar", b"Rar!\x1a\x07"),
    ("application/x-7z-compressed", b"7z\xbc\xaf\x27\x1c"),
    ("application/x-apple-diskimage", 0, b"\x78\x01\x73\x0d\x62\x62\x60"),
    ("application/x-archive", b"!<arch>\n"),
    ("application/x-cpio", b"070701"),
    ("application/x-cpio", b"070702"),
    ("application/x-cpio", b"070707"),
    ("application/x-iso9660-image", 0x8001, b"CD001"),
    ("application/x-rpm", b"\xed\xab\xee\xdb"),
    ("application/x-squashfs", b"hsqs"),
    ("application/x-xar", b"xar!\x00"),
    ("application/zip", b"PK\x03\x04"),
    ("application/zip", b"PK\x05\x06"),
    ("application/zip", b"PK\x07\x08PK\x03\x04"),
)

DATA: Final = _table(
    ("application/vnd.apache.arrow.file", b"ARROW1\x00\x00"),
    ("application/vnd.apache.avro", b"Obj\x01"),
    ("application/vnd.apache.orc", b"ORC"),
    ("application/vnd.apache.parquet", b"PAR1"),
    ("application/vnd.apache.parquet", b"PARE"),  # encrypted footer, Parquet modular encryption
    ("application/vnd.apache.feather", b"FEA1"),
    ("application/vnd.ms-access", b"\x00\x01\x00\x00Standard "),
    ("application/vnd.sqlite3", b"SQLite format 3\x00"),
    ("application/vnd.tcpdump.pcap", b"\xd4\xc3\xb2\xa1"),
    ("application/vnd.tcpdump.pcap", b"\xa1\xb2\xc3\xd4"),
    ("application/vnd.tcpdump.pcap", b"\x4d\x3c\xb2\xa1"),
    ("application/x-pcapng", b"\x0a\x0d\x0d\x0a"),
    ("application/x-bplist", b"bplist00"),
    ("application/x-esedb", 4, b"\xef\xcd\xab\x89"),
    ("application/x-fits", b"SIMPLE  =                    T"),
    ("application/x-gettext-translation", b"\xde\x12\x04\x95"),
    ("application/x-gettext-translation", b"\x95\x04\x12\xde"),
    ("application/x-gguf", b"GGUF"),
    ("application/x-git-index", b"DIRC\x00\x00\x00"),
    ("application/x-git-pack", b"PACK\x00\x00\x00"),
    ("application/x-grib", b"GRIB"),
    ("application/x-hdf5", b"\x89HDF\r\n\x1a\n"),
    ("application/x-matlab-data", b"MATLAB 5.0 MAT-file"),
    ("application/x-netcdf", b"CDF\x01"),
    ("application/x-netcdf", b"CDF\x02"),
    ("application/x-numpy", b"\x93NUMPY"),
    ("application/x-outlook-pst", b"!BDN"),
    ("application/x-rdata", b"RDX2\n"),
    ("application/x-rdata", b"RDX3\n"),
    ("application/x-sas-data", 0, b"\x00" * 12 + b"\xc2\xea\x81\x60"),
    ("application/x-spss-sav", b"$FL2"),
    ("application/x-spss-sav", b"$FL3"),
    ("application/x-stata-dta", b"<stata_dta><header>"),
    ("application/x-systemd-journal", b"LPKSHHRH"),
    ("application/x-tzif", b"TZif"),
    ("application/x-windows-evtx", b"ElfFile\x00"),
    ("application/x-windows-registry", b"regf"),
    ("application/x-ole-storage", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
)

SECRETS: Final = _table(
    ("application/x-age-encrypted", b"age-encryption.org/v1\n"),
    ("application/x-java-keystore", b"\xfe\xed\xfe\xed\x00\x00\x00"),
    ("application/x-java-keystore", b"\xce\xce\xce\xce\x00\x00\x00"),
    ("application/x-keepass", b"\x03\xd9\xa2\x9a\x65\xfb\x4b\xb5"),
    ("application/x-keepass", b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5"),
    ("application/x-luks", b"LUKS\xba\xbe"),
    ("application/x-openssl-encrypted", b"Salted__"),
)

PROGRAMS: Final = _table(
    ("application/wasm", b"\x00asm"),
    ("application/x-dex", 0, b"dex\n", 7, b"\x00"),
    ("application/x-elf", b"\x7fELF"),
    ("application/x-llvm-bitcode", b"BC\xc0\xde"),
    ("application/x-lua-bytecode", b"\x1bLua"),
    ("application/x-mach-binary", b"\xce\xfa\xed\xfe"),
    ("application/x-mach-binary", b"\xcf\xfa\xed\xfe"),
    ("application/x-mach-binary", b"\xfe\xed\xfa\xce"),
    ("application/x-mach-binary", b"\xfe\xed\xfa\xcf"),
    ("application/x-terminfo", b"\x1a\x01"),
    ("application/x-terminfo", b"\x1e\x02"),
    ("application/x-windows-help", b"ITSF"),
    ("application/x-windows-shortcut", b"L\x00\x00\x00\x01\x14\x02\x00"),
    ("application/x-shockwave-flash", b"FWS"),
    ("application/x-shockwave-flash", b"CWS"),
    ("application/x-shockwave-flash", b"ZWS"),
    ("application/vnd.microsoft.portable-executable", b"MZ"),
)

IMAGES: Final = _table(
    ("image/avif", 4, b"ftypavif"),
    ("image/bmp", 0, b"BM", 6, b"\x00\x00\x00\x00"),
    ("image/emf", 0, b"\x01\x00\x00\x00", 40, b" EMF"),
    ("image/gif", b"GIF87a"),
    ("image/gif", b"GIF89a"),
    ("image/heic", 4, b"ftyphei"),
    ("image/heic", 4, b"ftypmif1"),
    ("image/jp2", b"\x00\x00\x00\x0cjP  \r\n\x87\n"),
    ("image/jpeg", b"\xff\xd8\xff"),
    ("image/jxl", b"\x00\x00\x00\x0cJXL \r\n\x87\n"),
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/tiff", b"II*\x00"),
    ("image/tiff", b"MM\x00*"),
    ("image/vnd.adobe.photoshop", b"8BPS\x00"),
    ("image/vnd.djvu", b"AT&TFORM"),
    ("image/vnd.dwg", 0, b"AC10", 6, b"\x00\x00"),
    ("image/vnd.microsoft.icon", 0, b"\x00\x00\x01\x00", 5, b"\x00"),
    ("image/x-cursor", 0, b"\x00\x00\x02\x00", 5, b"\x00"),
    ("image/webp", 0, b"RIFF", 8, b"WEBP"),
    ("image/wmf", b"\xd7\xcd\xc6\x9a"),
    ("image/x-xcf", b"gimp xcf "),
    ("application/dicom", 128, b"DICM"),
)

SOUND_AND_FILM: Final = _table(
    ("audio/aac", b"\xff\xf1"),
    ("audio/aac", b"\xff\xf9"),
    ("audio/aiff", 0, b"FORM", 8, b"AIF"),
    ("audio/amr", b"#!AMR\n"),
    ("audio/basic", b".snd\x00\x00"),
    ("audio/flac", b"fLaC"),
    ("audio/midi", b"MThd\x00\x00\x00\x06"),
    ("audio/mpeg", b"ID3"),
    ("audio/mpeg", b"\xff\xfb"),
    ("audio/mpeg", b"\xff\xf3"),
    ("audio/mpeg", b"\xff\xf2"),
    ("audio/ogg", b"OggS\x00"),
    ("audio/wav", 0, b"RIFF", 8, b"WAVE"),
    ("video/mp4", 4, b"ftyp"),
    ("video/mpeg", b"\x00\x00\x01\xba"),
    ("video/mpeg", b"\x00\x00\x01\xb3"),
    ("video/quicktime", 4, b"moov"),
    ("video/quicktime", 4, b"mdat"),
    ("video/x-flv", b"FLV\x01"),
    ("video/x-matroska", b"\x1a\x45\xdf\xa3"),
    ("video/x-ms-asf", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"),
    ("video/x-msvideo", 0, b"RIFF", 8, b"AVI "),
)

FONTS: Final = _table(
    ("font/collection", b"ttcf\x00"),
    ("font/otf", b"OTTO\x00"),
    ("font/ttf", b"\x00\x01\x00\x00\x00"),
    ("font/ttf", b"true\x00"),
    ("font/woff", b"wOFF"),
    ("font/woff2", b"wOF2"),
    ("application/vnd.ms-fontobject", 8, b"\x02\x00\x02\x00", 34, b"LP"),
    ("application/vnd.ms-fontobject", 8, b"\x01\x00\x02\x00", 34, b"LP"),
)

DISKS: Final = _table(
    ("application/x-qemu-disk", b"QFI\xfb"),
    ("application/x-vhd-disk", b"conectix"),
    ("application/x-vhdx-disk", b"vhdxfile"),
    ("application/x-vmdk-disk", b"KDMV"),
)

SIGNATURES: Final = (*COMPRESSED, *ARCHIVES, *DATA, *SECRETS, *PROGRAMS, *IMAGES, *SOUND_AND_FILM, *FONTS, *DISKS)
"""Every signature. Where two match, the first one counts: the more special stands before the more general."""


def _by_first_byte() -> dict[bytes, tuple[Signature, ...]]:
    """For each first byte the signatures that a file beginning with it can have, in their order."""
    firsts = {signature: dict(signature.parts).get(0, b"")[:1] for signature in SIGNATURES}
    return {byte: tuple(signature for signature in SIGNATURES if firsts[signature] in {b"", byte}) for byte in {b"", *firsts.values()}}


_CANDIDATES: Final = _by_first_byte()


def candidates(first: bytes) -> tuple[Signature, ...]:
    """The signatures that a file can have whose first byte is `first`."""
    return _CANDIDATES.get(first, _CANDIDATES[b""])
