"""What an object is, told by its first bytes. Its name is a hint only: a `.csv` that begins like a PDF is a PDF."""

from collections.abc import Callable
from typing import Final

import regex

from scanner.readers.arrow_messages import is_schema
from scanner.readers.packages import package_type
from scanner.readers.signatures import candidates
from scanner.readers.sniff import text_type
from scanner.readers.tar_header import is_header
from scanner.readers.texts import head_text

UNKNOWN: Final = "application/octet-stream"
PDF_WITHIN: Final = 1024  # ISO 32000-1, implementation note 13: readers accept the header in the first 1024 bytes
PDF_HEADER: Final = regex.compile(rb"%PDF-\d\.\d")
PDF_OBJECT: Final = regex.compile(rb"\d+ \d+ obj\b")
MAIL_FIELD: Final = regex.compile(rb"([!-9;-~]{1,80}):")
MAIL_LINE: Final = regex.compile(rb"[ \t]|[!-9;-~]{1,80}:")
MAIL_MARKS: Final = frozenset({b"delivered-to", b"message-id", b"mime-version", b"received", b"return-path"})
MAIL_FIELDS: Final = MAIL_MARKS | {b"from", b"to", b"subject", b"date", b"content-type", b"content-transfer-encoding"}
JAVA_MAJOR: Final = 45  # the first version of class files, JVM specification 4.1


def recognise(head: bytes, name: str = "", size: int | None = None) -> str:
    """The media type of an object.

    :param head: its first bytes, best 64 KiB
    :param name: its name; the extension settles what the content leaves open
    :param size: in bytes; None if unknown
    :return: `application/octet-stream` for bytes that are neither text nor known
    """
    for special in SPECIAL:
        if kind := special(head):
            return kind
    kind = _by_signature(head)
    if kind == "application/zip":
        return package_type(head, name)
    if kind:
        return kind
    text = head_text(head)
    return UNKNOWN if text is None else text_type(text, name, whole=size is not None and len(head) >= size)


def _by_signature(head: bytes) -> str:
    for signature in candidates(head[:1]):
        if signature.matches(head) and not (signature.printable and head_text(head) is not None):
            return signature.media_type
    return ""


def _pdf(head: bytes) -> str:
    found = PDF_HEADER.search(head[:PDF_WITHIN])
    if not found:
        return ""
    first = not head[: found.start()].strip(b"\xef\xbb\xbf\0\t\n\f\r ")
    return "application/pdf" if first or PDF_OBJECT.search(head, found.end()) else ""


def _rtf(head: bytes) -> str:
    return "application/rtf" if head[:64].lstrip(b"\xef\xbb\xbf\t\n\r ").startswith(b"{\\rtf") else ""


def _tar(head: bytes) -> str:
    return "application/x-tar" if is_header(head[:512]) else ""


def _der(head: bytes) -> str:
    """DER with a long outer sequence, X.690: PKCS #12 (RFC 7292), private keys (RFC 5958, RFC 8017), certificates (RFC 5280)."""
    if not head.startswith((b"\x30\x82", b"\x30\x81")):
        return ""
    body = head[4:] if head[1] == 0x82 else head[3:]
    if body.startswith(b"\x02\x01\x03\x30"):
        return "application/pkcs12"
    if body.startswith((b"\x02\x01\x00\x30", b"\x02\x01\x00\x02", b"\x02\x01\x01\x30")):
        return "application/pkcs8"
    return "application/pkix-cert" if body.startswith((b"\x30\x82", b"\x30\x81")) else ""


def _mail(head: bytes) -> str:
    """A message (RFC 5322), or a mailbox of them (RFC 4155): a head with what heads have, one of it in hardly anything else."""
    is_mailbox = head.startswith(b"From ")
    lines = (head.partition(b"\n")[2] if is_mailbox else head).replace(b"\r\n", b"\n").partition(b"\n\n")[0].split(b"\n")
    # The last one may be cut.
    fields = {found[1].lower() for line in lines if (found := MAIL_FIELD.match(line))}
    if not all(map(MAIL_LINE.match, lines[:-1] or lines)) or len(fields & MAIL_FIELDS) < 2 or not fields & MAIL_MARKS:
        return ""
    return "application/mbox" if is_mailbox else "message/rfc822"


def _python(head: bytes) -> str:
    """Byte code: a version, CR LF, and flags below 4 (PEP 552). Pickles: protocol 2 to 5 with what follows it (pickletools)."""
    if head[2:4] == b"\r\n" and 3000 <= int.from_bytes(head[:2], "little") < 5000 and head[4:5] < b"\x04" and head[5:8] == b"\0\0\0":
        return "application/x-python-bytecode"
    is_pickle = head[:1] == b"\x80" and (
        head[1:3] in {b"\x04\x95", b"\x05\x95"} or (head[1:2] in {b"\x02", b"\x03"} and head[2:3] in b"(]}cX\x8c")
    )
    return "application/x-python-pickle" if is_pickle and len(head) > 3 else ""


def _class_file(head: bytes) -> str:
    """Java byte code and Mach-O for several processors begin alike; what follows is a version or a small count."""
    if not head.startswith(b"\xca\xfe\xba\xbe") or len(head) < 8:
        return ""
    return "application/java-vm" if int.from_bytes(head[6:8], "big") >= JAVA_MAJOR else "application/x-mach-binary"


def _arrow_stream(head: bytes) -> str:
    """Arrow's stream form has no mark: it begins with a schema."""
    return "application/vnd.apache.arrow.stream" if is_schema(head) else ""


def _lzma(head: bytes) -> str:
    """The format before xz: properties, a dictionary size that is a power of two, then the size or all ones."""
    if not head.startswith(b"\x5d\0\0") or len(head) < 14 or head[13] != 0:
        return ""
    dictionary = int.from_bytes(head[1:5], "little")
    size = int.from_bytes(head[5:13], "little")
    return "application/x-lzma" if dictionary.bit_count() <= 2 and (size == 2**64 - 1 or size < 2**40) else ""


SPECIAL: Final[tuple[Callable[[bytes], str], ...]] = (_pdf, _rtf, _tar, _der, _python, _class_file, _lzma, _arrow_stream, _mail)
