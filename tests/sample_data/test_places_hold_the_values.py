"""Every place in the truth is read back with independent libraries: the value must stand there, character for character."""

import csv
import datetime as dt
import email
import email.policy
import gzip
import io
import json
import sqlite3
import tarfile
import zipfile
import zlib
from functools import cache
from typing import Any

import pyarrow.parquet as pq
import pypdfium2 as pdfium
import pytest
import regex
from lxml import etree

from sample_data.generate import all_samples
from sample_data.places import Place
from sample_data.sample import Finding, Sample, Trap
from tests.sample_data.reading_back import PARTS, arrow_records, cell_at, database_column, paragraph_at

SAMPLES = {sample.name: sample for sample in all_samples()}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ENCODINGS = {
    "visit_note.txt": "cp1252",
    "lettre.txt": "latin-1",
    "notice_shift_jis.txt": "shift_jis",
    "utf16_without_bom.log": "utf-16-le",
    "utf16_big_end_without_bom.log": "utf-16-be",
    "utf16_bom.txt": "utf-16",
    "utf32_bom.txt": "utf-32",
    "unicode_text.txt": "utf-16",
    "gehälter 2024.csv": "cp1252",
}
DELIMITERS = {".tsv": "\t", ".psv": "|", "unicode_text.txt": "\t", "gehälter 2024.csv": ";"}


@pytest.mark.parametrize("name", sorted(name for name, sample in SAMPLES.items() if sample.truth.findings or sample.truth.traps))
def test_values_stand_where_the_truth_says(name: str) -> None:
    sample = SAMPLES[name]
    marks: list[Finding | Trap] = [*sample.truth.findings, *sample.truth.traps]
    assert [standing_at(sample, mark.place) for mark in marks] == [mark.value for mark in marks]


def standing_at(sample: Sample, place: Place) -> str:
    name, content = member(sample.name, sample.content, place.member)
    kind = place.anchor.split(" ")[0]
    if kind in {"", "page"}:
        whole = pages(content)[int(place.anchor.split(" ")[1]) - 1] if kind else text(name, content)
        found = between(whole, place)
        return found.replace("\n ", "") if name.endswith((".vcf", ".ics", ".ldif")) else found  # lines of theirs are folded
    return value_at(name, content, place.anchor)[place.start[1] : place.end[1] + 1]


def value_at(name: str, content: bytes, anchor: str) -> str:
    match anchor.split(" ", maxsplit=1)[0]:
        case "row":
            return cell(name, content, anchor)
        case "record":
            return leaf(name, content, anchor)
        case _ if name.endswith(".xlsx"):
            return sheet_text(content, anchor)
        case _ if ", paragraph " not in anchor:
            return cell_at(name, content, anchor)
        case _ if name.rpartition(".")[2] in PARTS:
            return paragraph_at(name, content, anchor)
        case _:
            return paragraph(content, anchor)


def member(name: str, content: bytes, path: str) -> tuple[str, bytes]:
    """Opens containers along a member path; compressed files are no step of it."""
    if name.endswith((".gz", ".bz2", ".xz", ".zst")):
        return member(name.rpartition(".")[0], expanded(name, content), path)
    if not path:
        return name, content
    inner, _, rest = path.partition("!")
    if name.endswith(".tar"):
        with tarfile.open(fileobj=io.BytesIO(content)) as tape:
            file = tape.extractfile(inner)
            assert file
            return member(inner, file.read(), rest)
    if name.endswith(".eml"):
        return member(inner, part(content, inner), rest)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return member(inner, archive.read(inner), rest)


def part(content: bytes, name: str) -> bytes:
    """A part of an e-mail, by its file name or, if it has none, its number, the whole being the first."""
    found = email.message_from_bytes(content, policy=email.policy.default)
    for number, one in enumerate(found.walk(), 1):
        if name in (one.get_filename(), f"part {number}.txt"):
            payload = one.get_payload(decode=True)
            assert isinstance(payload, bytes)
            return payload
    raise AssertionError(name)


def expanded(name: str, content: bytes) -> bytes:
    if "truncated" in name:
        return zlib.decompressobj(wbits=31).decompress(content)
    if name.endswith(".gz"):
        return gzip.decompress(content)
    if name.endswith(".zst"):
        import zstandard

        return zstandard.decompress(content)
    import bz2
    import lzma

    return bz2.decompress(content) if name.endswith(".bz2") else lzma.decompress(content)


def base(name: str) -> str:
    return name.rpartition("/")[2]


def text(name: str, content: bytes) -> str:
    return content.decode(ENCODINGS.get(base(name), "utf-8-sig"))


def between(whole: str, place: Place) -> str:
    lines = regex.split(r"\r\n|\r|\n", whole)[place.start[0] - 1 : place.end[0]]
    lines[-1] = lines[-1][: place.end[1]]
    lines[0] = lines[0][place.start[1] - 1 :]
    return "\n".join(lines)


@cache
def pages(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(content)]


def cell(name: str, content: bytes, anchor: str) -> str:
    match = regex.fullmatch(r"row (\d+), column (\d+)(?: (.*))?", anchor)
    assert match
    column = int(match[2]) - 1
    if name.endswith(".db"):
        return database_column(content, match[3])[int(match[1]) - 1]
    if name.endswith(".sql"):
        return dumped(content.decode(), match[3])[int(match[1]) - 1]
    rows = table(name, content)
    assert match[3] is None or rows[0][column] == match[3]
    return rows[int(match[1]) - 1][column]


def dumped(dump: str, name: str) -> list[str]:
    """The values of `table.column`, as another program reads them."""
    of, _, column = name.partition(".")
    copied = regex.search(rf"(?s)^COPY public\.{of} \((.*?)\) FROM stdin;\n(.*?)\n\\\.$", dump, regex.MULTILINE)
    if copied:
        place = copied[1].split(", ").index(column)
        return [line.split("\t")[place] for line in copied[2].split("\n")]
    plainer = regex.sub(r" AUTO_INCREMENT|,\s+KEY [^\n]*|(?<=\)) ENGINE=\w+", "", dump)
    statements = regex.findall(r"(?ms)^(?:CREATE TABLE|INSERT INTO) .*?;$", plainer)
    with sqlite3.connect(":memory:") as database:
        for statement in statements:
            database.execute(statement)
        found = [str(row[0]) for row in database.execute(f"SELECT {column} FROM {of}")]  # noqa: S608 - names of the sample
    database.close()
    return found


@cache
def table(name: str, content: bytes) -> list[list[str]]:
    delimiter = DELIMITERS.get(base(name)) or DELIMITERS.get(name[-4:], ",")
    rows = csv.reader(io.StringIO(text(name, content), newline=""), delimiter=delimiter)
    return [row for row in rows if row]


def leaf(name: str, content: bytes, anchor: str) -> str:
    match = regex.fullmatch(r"record (\d+) \$(.*)", anchor)
    assert match
    value = records(name, content)[int(match[1])]
    for quoted, index, bare in regex.findall(r"\['([^']*)'\]|\[(\d+)\]|\.(\w+)", match[2]):
        value = value[int(index) if index else quoted or bare]
    return value.decode() if isinstance(value, bytes) else str(value)


@cache
def records(name: str, content: bytes) -> Any:
    if name.endswith((".arrows", ".avro", ".feather", ".orc")):
        return arrow_records(name, content)
    if name.endswith(".parquet"):
        return pq.read_table(io.BytesIO(content)).to_pylist()
    if name.endswith(".jsonl") or "events_as" in name:
        return [json.loads(line) if line.endswith("}") else None for line in content.decode().splitlines()]
    return [whole_objects(content) if "truncated" in name else json.loads(content)]


def whole_objects(content: bytes) -> Any:
    """The objects of a cut-off array that are whole."""
    held = content.decode()
    return json.loads(held[: held.rindex("\n  },") + 4] + "]")


def paragraph(content: bytes, anchor: str) -> str:
    part, _, number = anchor.partition(", ")
    story, _, kind = part.partition("/")
    file = {"body": "document"}.get(story, story)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = etree.fromstring(package.read(f"word/{file}.xml"))
    separators = [note for note in root if note.get(f"{W}type") == "separator"]
    for left_out in [*root.iter("{*}Fallback"), *separators]:
        parent = left_out.getparent()
        assert parent is not None
        parent.remove(left_out)
    all_paragraphs = [
        found for found in root.iter(f"{W}p") if any(True for _ in found.iterancestors(f"{W}txbxContent")) == (kind == "textbox")
    ]
    chosen = all_paragraphs[int(number.rpartition("paragraph ")[2]) - 1]
    assert ("table 1" in number) == any(True for _ in chosen.iterancestors(f"{W}tbl"))
    texts = (f"{W}t", f"{W}delText") if kind == "deleted" else (f"{W}t",)
    own = [piece for piece in chosen.iter(*texts) if next(piece.iterancestors(f"{W}p")) is chosen]
    return "".join(piece.text or "" for piece in own)


def sheet_text(content: bytes, anchor: str) -> str:
    """What a cell of a workbook shows, or a comment on it."""
    match = regex.fullmatch(r"(\w+), row (\d+), column (\d+)(?: (.*))?", anchor)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: etree.fromstring(package.read(name)) for name in package.namelist()}
    if match is None:
        commented = regex.fullmatch(r"comments(\d+), \w+!([A-Z]\d+), paragraph (\d+)", anchor)
        assert commented
        comment = list(parts[f"xl/comments{commented[1]}.xml"].iter("{*}comment"))[int(commented[3]) - 1]
        assert comment.get("ref") == commented[2]
        return "".join(str(text) for text in comment.itertext())
    names = [element.get("name") for element in parts["xl/workbook.xml"].iter("{*}sheet")]
    root = parts[f"xl/worksheets/sheet{names.index(match[1]) + 1}.xml"]
    column = chr(64 + int(match[3]))
    shown = {str(element.get("r")): shown_by(element, parts["xl/sharedStrings.xml"]) for element in root.iter("{*}c")}
    assert match[4] is None or match[4] in [text for reference, text in shown.items() if reference[0] == column]
    return shown[f"{column}{match[2]}"]


def shown_by(element: Any, shared: Any) -> str:
    value = element.findtext("{*}v")
    if element.get("t") == "s":
        return str(shared[int(value)].findtext("{*}t"))
    match element.get("s"):
        case "1":
            return str(dt.date(1899, 12, 30) + dt.timedelta(days=int(value)))
        case "2":
            return f"{value:0>9}"[:3] + "-" + f"{value:0>9}"[3:5] + "-" + f"{value:0>9}"[5:]
        case _:
            return str(value)
