"""Every place in the truth is read back with independent libraries: the value must stand there, character for character."""

import csv
import gzip
import io
import json
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
    match place.anchor.split(" ")[0]:
        case "":
            return between(text(name, content), place)
        case "page":
            return between(pages(content)[int(place.anchor.split(" ")[1]) - 1], place)
        case "row":
            return cell(name, content, place.anchor)[place.start[1] : place.end[1] + 1]
        case "record":
            return leaf(name, content, place.anchor)[place.start[1] : place.end[1] + 1]
        case _:
            return paragraph(content, place.anchor)[place.start[1] : place.end[1] + 1]


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
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return member(inner, archive.read(inner), rest)


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
    rows = table(name, content)
    column = int(match[2]) - 1
    assert match[3] is None or rows[0][column] == match[3]
    return rows[int(match[1]) - 1][column]


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
