"""Formats are known by their first bytes."""

import gzip
import io
import json
import pickle
import tarfile
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.readers.magic import recognise
from scanner.readers.packages import WORD
from scanner.readers.signatures import SIGNATURES

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"


def zip_of(*names: str, first: bytes = b"x") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, first if name == names[0] else b"x")
    return target.getvalue()


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (gzip.compress(b"text", mtime=0), "application/gzip"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x20ftypisom\0\0\2\0", "video/mp4"),
        (b"\0\0\0\x20ftypavif\0\0\2\0", "image/avif"),
        (b"PAR1\x15\x04\x15\0\x15\0", "application/vnd.apache.parquet"),
        (b"SQLite format 3\0\x10\0", "application/vnd.sqlite3"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "application/x-ole-storage"),
        (b"\x7fELF\2\1\1\0", "application/x-elf"),
        (b"MZ\x90\0\3\0\0\0\4\0", "application/vnd.microsoft.portable-executable"),
        (b"\xca\xfe\xba\xbe\0\0\0\x34\0\x10", "application/java-vm"),
        (b"\xca\xfe\xba\xbe\0\0\0\x02\x01\0\0\7", "application/x-mach-binary"),
        (b"\xfe\xed\xfe\xed\0\0\0\2\0\0\0\1", "application/x-java-keystore"),
        (b"\x30\x82\x0a\x00\x02\x01\x03\x30\x82\x09\xc6", "application/pkcs12"),
        (b"\x30\x82\x04\xbd\x02\x01\x00\x30\x0d\x06\x09", "application/pkcs8"),
        (b"\x30\x82\x03\x00\x30\x82\x01\xe8\xa0\x03\x02", "application/pkix-cert"),
        (b"\xa7\x0d\r\n\0\0\0\0\x12\x34\x56\x78\x9a\xbc\xde\xf0", "application/x-python-bytecode"),
        (pickle.dumps({"a": 1}, protocol=4), "application/x-python-pickle"),
        (pickle.dumps({"a": 1}, protocol=2), "application/x-python-pickle"),
        (b"\x5d\0\0\x80\0" + b"\xff" * 8 + b"\0\x1b\x9f", "application/x-lzma"),
        (b"\x50\x2a\x4d\x18\4\0\0\0abcd\x28\xb5\x2f\xfd", "application/zstd"),
    ],
)
def test_a_format_is_known_by_its_first_bytes(head: bytes, expected: str) -> None:
    assert recognise(head, "no-extension") == expected


def test_every_signature_recognises_its_own_bytes() -> None:
    for signature in SIGNATURES:
        head = bytearray(b"\x00\x02" * 0x4100)
        for offset, expected in signature.parts:
            head[offset : offset + len(expected)] = expected
        assert signature.matches(bytes(head)), signature
    assert len({signature.media_type for signature in SIGNATURES}) >= 100


@pytest.mark.parametrize(
    "text", ["BMI,age\n27,40\n", "MZ is the mark of a program\n", "ORC and GIF89a\n", "PAR1\n", "ID3 tags\n", "Rar! files\n"]
)
def test_text_that_begins_like_a_binary_format_is_text(text: str) -> None:
    assert recognise(text.encode(), "note", len(text)).startswith("text/")


def test_a_csv_that_is_a_pdf_is_a_pdf() -> None:
    assert recognise(PDF, "export.csv") == "application/pdf"


def test_a_pdf_may_begin_after_junk_but_talking_of_pdf_is_text() -> None:
    assert recognise(b"HTTP/1.1 200 OK\r\n\r\n" + PDF, "download") == "application/pdf"
    assert recognise(b'MAGIC = "%PDF-1.4"\nprint(MAGIC)\n', "magic.py") == "text/plain"


def test_tar_is_known_by_its_checksum_even_without_a_magic() -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    block = bytearray(target.getvalue()[:512])
    block[257:265] = bytes(8)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    assert recognise(bytes(block), "old") == "application/x-tar"
    block[0] ^= 1
    assert recognise(bytes(block), "old") != "application/x-tar"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("a.txt",), "application/zip"),
        (("[Content_Types].xml", "_rels/.rels", "word/document.xml"), WORD),
        (("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (("[Content_Types].xml", "ppt/presentation.xml"), "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        (("META-INF/MANIFEST.MF", "A.class"), "application/java-archive"),
        (("AndroidManifest.xml", "classes.dex"), "application/vnd.android.package-archive"),
        (("word/notes.txt", "b.txt"), "application/zip"),
    ],
)
def test_a_zip_file_is_known_by_its_members(names: tuple[str, ...], expected: str) -> None:
    assert recognise(zip_of(*names), "x.zip") == expected


@pytest.mark.parametrize("declared", ["application/epub+zip", "application/vnd.oasis.opendocument.text"])
def test_a_declared_mimetype_member_names_the_format(declared: str) -> None:
    assert recognise(zip_of("mimetype", "content.xml", first=declared.encode()), "x") == declared


def test_the_content_types_decide_even_when_a_sheet_is_embedded_first() -> None:
    sheet = zip_of("[Content_Types].xml", "xl/workbook.xml")
    target = io.BytesIO()
    types = b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr(zipfile.ZipInfo("word/embeddings/1.xlsx"), sheet)
    assert recognise(target.getvalue(), "x") == WORD


def lines(*rows: str) -> bytes:
    return ("\n".join(rows) + "\n").encode()


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.csv", b"name\nAnn\n", "text/csv"),
        ("a.tsv", b"name\tage\nAnn\t3\n", "text/tab-separated-values"),
        ("a.txt", lines('{"a": 1}', '{"a": 2}', '{"a": 3}'), "application/jsonl"),
        ("a.csv", lines('{"a": 1}', '{"a": 2}'), "application/jsonl"),
        ("a.json", lines('{"a": 1}', '{"a": 2}'), "application/jsonl"),
        ("events", lines('{"a": 1}', "oops", *['{"a": 2}'] * 8), "application/jsonl"),
        ("a.jsonl", b'{"a": 1}\n', "application/jsonl"),
        ("a.jsonl", b'{\n "a": 1\n}\n', "application/json"),
        ("a", b'{"a": [1, 2, {"b": null}]}', "application/json"),
        ("a.json", b"{broken", "application/json"),
        ("a.json", b"// a comment\n{}", "application/json"),
        ("a.html", b"<!DOCTYPE html><p>x", "text/html"),
        ("a.csv", b"<html><body>404</body></html>", "text/html"),
        ("a", b'<?xml version="1.0"?><a/>', "text/xml"),
        ("a.dat", lines("name,card,city", "Ann,1234,Rome", "Bob,5678,Oslo"), "text/csv"),
        ("part-00000", lines("id;mail", "1;a@example.org", "2;b@example.org"), "text/csv"),
        ("export.2024-05-01", lines("id\tmail", "1\ta", "2\tb"), "text/tab-separated-values"),
        ("a.txt", lines("name,note", 'Ann,"one, two"', 'Bob,"three\nfour"'), "text/csv"),
    ],
)
def test_text_formats_are_told_apart_by_content_first(name: str, data: bytes, expected: str) -> None:
    assert recognise(data, name, len(data)) == expected


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", lines("Hello, world", "Goodbye, moon", "Farewell, stars")),
        ("a.py", lines("a,b,c", "1,2,3", "4,5,6")),
        ("app.log.1", lines("a,b", "1,2", "3,4")),
        ("trace", lines("2024-01-01 10:00:00,123 INFO start", "2024-01-01 10:00:01,456 INFO stop", "2024-01-01 10:00:02,789 INFO end")),
        ("a.txt", lines("[2020-01-01 12:00:00] start", "[2020-01-01 12:00:01] stop")),
        ("a.txt", lines("| name | age |", "|------|-----|", "| Ann  | 30  |")),
        ("Makefile", lines("all:", "\tcc a.c", "\tcc b.c")),
        ("a.txt", lines("[section]", "key=value")),
        ("a.txt", lines("[1] first", "[2] second")),
        ("style", b"{ color: red }\n"),
        ("a.txt", lines("a,b", "1,2")),
    ],
)
def test_prose_logs_and_code_are_never_taken_for_tables_or_json(name: str, data: bytes) -> None:
    assert recognise(data, name, len(data)) == "text/plain"


def test_a_json_document_that_is_cut_by_the_head_is_still_json() -> None:
    document = json.dumps([{"id": number, "text": "x" * 50} for number in range(2000)]).encode()
    assert recognise(document[: 64 * 1024], "data", len(document)) == "application/json"
    assert recognise(b'{"text": "' + b"y" * 70_000, "data", 200_000) == "application/json"


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-8-sig", "latin-1", "cp1252", "shift_jis"]
)
def test_text_in_any_encoding_is_text(encoding: str) -> None:
    text = "Straße, 12\n" * 50 if encoding != "shift_jis" else "日本語のテキスト\n" * 50
    assert recognise(text.encode(encoding), "note.txt") == "text/plain"


def test_json_in_utf16_is_json() -> None:
    assert recognise('{"a": 1}'.encode("utf-16"), "a") == "application/json"


@pytest.mark.parametrize("data", [bytes(1000), zlib.compress(bytes(range(256)) * 40), b"\xff\xfe" + bytes(range(0xD8, 0xE0)) * 60])
def test_other_bytes_are_of_unknown_type(data: bytes) -> None:
    assert recognise(data, "thing.txt") == "application/octet-stream"


def test_a_log_with_reserved_zeros_behind_it_is_text() -> None:
    assert recognise(b"started\n" * 10 + bytes(5000), "app.log") == "text/plain"


@given(st.binary(max_size=2000), st.text(max_size=20), st.none() | st.integers(0, 5000))
def test_anything_gets_a_media_type(head: bytes, name: str, size: int | None) -> None:
    assert "/" in recognise(head, name, size)


@given(st.sampled_from(SIGNATURES), st.binary(max_size=300))
def test_a_damaged_file_of_a_known_format_gets_a_media_type_too(signature: object, rest: bytes) -> None:
    assert "/" in recognise(signature.parts[0][1] + rest, "x")  # type: ignore[attr-defined]  # sampled_from loses the type
