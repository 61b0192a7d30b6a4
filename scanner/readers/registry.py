"""Which reader reads which media type. Readers are imported on first use, so that a run pays only for the formats that it meets."""

import functools
import importlib
import importlib.util
from dataclasses import dataclass
from typing import Final, cast

from scanner.errors import MissingExtraError, ReadError
from scanner.model.outcome import Reason
from scanner.readers.base import Reader
from scanner.readers.packages import BINARY_SHEET, SHEET, SLIDES, WORD


@dataclass(frozen=True, slots=True)
class Row:
    """How one media type is read.

    :param reader: `module:function` below `scanner.readers`
    :param needs: packages that must be installed
    :param structured: when it turns out not to be in that format after all, it is read as plain text
    :param names_member: False where the one member is the object itself in another coding, so that it adds no step to the member path
    """

    reader: str
    needs: tuple[str, ...] = ()
    structured: bool = False
    names_member: bool = True


TEXT: Final = "text/plain"
READERS: Final = {
    "application/epub+zip": Row("zip_archive:read"),
    "application/gzip": Row("compressed:read_gzip", names_member=False),
    "application/java-archive": Row("zip_archive:read"),
    "application/json": Row("json_document:read", structured=True),
    "application/jsonl": Row("json_lines:read", structured=True),
    "application/mbox": Row("mail:read"),
    "application/pdf": Row("pdf:read", needs=("pypdfium2",)),
    "application/rtf": Row("rtf:read"),
    "application/sql": Row("sql:read"),
    "application/vnd.android.package-archive": Row("zip_archive:read"),
    "application/vnd.apache.arrow.file": Row("arrow:read", needs=("pyarrow",)),
    "application/vnd.apache.arrow.stream": Row("arrow:read", needs=("pyarrow",)),
    "application/vnd.apache.avro": Row("avro:read", needs=("fastavro",)),
    "application/vnd.apache.orc": Row("orc:read", needs=("pyarrow",)),
    "application/vnd.apache.parquet": Row("parquet:read", needs=("pyarrow",)),
    BINARY_SHEET: Row("xlsb:read", needs=("lxml",)),
    "application/vnd.oasis.opendocument.base": Row("zip_archive:read"),
    "application/vnd.oasis.opendocument.chart": Row("odf:read"),
    "application/vnd.oasis.opendocument.flat": Row("odf:read_flat"),
    "application/vnd.oasis.opendocument.formula": Row("odf:read"),
    "application/vnd.oasis.opendocument.graphics": Row("odf:read"),
    "application/vnd.oasis.opendocument.graphics-template": Row("odf:read"),
    "application/vnd.oasis.opendocument.presentation": Row("odf:read"),
    "application/vnd.oasis.opendocument.presentation-template": Row("odf:read"),
    "application/vnd.oasis.opendocument.spreadsheet": Row("odf:read"),
    "application/vnd.oasis.opendocument.spreadsheet-template": Row("odf:read"),
    "application/vnd.oasis.opendocument.text": Row("odf:read"),
    "application/vnd.oasis.opendocument.text-master": Row("odf:read"),
    "application/vnd.oasis.opendocument.text-template": Row("odf:read"),
    "application/vnd.oasis.opendocument.text-web": Row("odf:read"),
    SLIDES: Row("pptx:read", needs=("lxml",)),
    SHEET: Row("xlsx:read", needs=("lxml",)),
    WORD: Row("docx:read", needs=("lxml",)),
    "application/vnd.sqlite3": Row("sqlite:read"),
    "application/x-bzip2": Row("compressed:read_bz2", names_member=False),
    "application/x-ipynb+json": Row("notebook:read", structured=True),
    "application/x-lzma": Row("compressed:read_xz", names_member=False),
    "application/x-ole-storage": Row("ole:read"),
    "application/x-tar": Row("tar_archive:read"),
    "application/x-xz": Row("compressed:read_xz", names_member=False),
    "application/zip": Row("zip_archive:read"),
    "application/zstd": Row("compressed:read_zstd", needs=("zstandard",), names_member=False),
    "message/rfc822": Row("mail:read"),
    "text/calendar": Row("cards:read"),
    "text/csv": Row("delimited:read", structured=True),
    "text/html": Row("markup:read_html"),
    "text/markdown": Row("markdown:read"),
    "text/plain": Row("text:read"),
    "text/tab-separated-values": Row("delimited:read", structured=True),
    "text/vcard": Row("cards:read"),
    "text/x-ldif": Row("ldif:read"),
    "text/xml": Row("markup:read"),
}

ENCRYPTED: Final = frozenset(
    {
        "application/pkcs12",
        "application/x-age-encrypted",
        "application/x-java-keystore",
        "application/x-keepass",
        "application/x-luks",
        "application/x-openssl-encrypted",
    }
)
"""Media types that are encrypted by their nature."""


def row(media_type: str) -> Row:
    """How `media_type` is read; raises ReadError (ENCRYPTED, UNSUPPORTED_TYPE) where it is not."""
    if media_type in ENCRYPTED:
        raise ReadError(Reason.ENCRYPTED, media_type)
    try:
        return READERS[media_type]
    except KeyError:
        raise ReadError(Reason.UNSUPPORTED_TYPE, media_type) from None


@functools.cache
def load(media_type: str) -> Reader:
    """The reader for `media_type`.

    Raises ReadError as `row` does, and MissingExtraError where a package that it needs is not installed.
    """
    return imported(row(media_type))


def imported(found: Row) -> Reader:
    """The reader that `found` names; raises MissingExtraError where a package that it needs is not installed."""
    for package in found.needs:
        if importlib.util.find_spec(package) is None:
            raise MissingExtraError(f"it cannot be read without the package {package}; install it with `pip install {package}`")
    module, _, function = found.reader.partition(":")
    return cast("Reader", getattr(importlib.import_module(f"scanner.readers.{module}"), function))
