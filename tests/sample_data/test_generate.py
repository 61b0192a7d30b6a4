"""The stored files and truth.toml are what the generator writes."""

import bz2
import functools
import gzip
import io
import lzma
import os
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pypdfium2 as pdfium
import pytest
import zstandard
from docx import Document

from sample_data.generate import HERE, all_samples, write_files
from sample_data.sample import Sample
from sample_data.truth import read_truth, write_truth
from tests.sample_data.reading_back import arrow_records

SAMPLES = {sample.name: sample for sample in all_samples()}
STORED = sorted(name for name in SAMPLES if not name.startswith("generated/"))


def stored(name: str) -> bytes:
    with open(os.path.join(HERE, "files", name), "rb") as file:
        return file.read()


def meaning(name: str, content: bytes) -> Any:
    """What a file says, where a library decides on its bytes; else the bytes themselves."""
    kind = name.rpartition(".")[2]
    as_they_are = "locked" in name or "truncated" in name or (kind == "zip" and not zipfile.is_zipfile(io.BytesIO(content)))
    return content if as_they_are else READ.get(kind, bytes)(content)


def parquet_meaning(content: bytes) -> Any:
    table = pq.read_table(io.BytesIO(content))
    return table.schema, table.to_pylist()


def pdf_meaning(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(content)]


def docx_meaning(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]


def zip_meaning(content: bytes) -> list[tuple[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(name, meaning(name, archive.read(name))) for name in archive.namelist()]


def database_meaning(content: bytes) -> list[str]:
    with sqlite3.connect(":memory:") as database:
        database.deserialize(content)
        dump = list(database.iterdump())
    database.close()
    return dump


READ: dict[str, Callable[[bytes], Any]] = {
    "parquet": parquet_meaning,
    "pdf": pdf_meaning,
    "docx": docx_meaning,
    **dict.fromkeys(("epub", "odp", "ods", "odt", "pptx", "xlsb", "xlsx"), zip_meaning),
    **{kind: functools.partial(arrow_records, f"x.{kind}") for kind in ("arrows", "avro", "feather", "orc")},
    "db": database_meaning,
    "zip": zip_meaning,
    "gz": gzip.decompress,
    "bz2": bz2.decompress,
    "xz": lzma.decompress,
    "zst": zstandard.decompress,
}


@pytest.mark.parametrize("name", [name for name in STORED if name not in ("archives/truncated.log.gz", "pdf/really_a_pdf.csv")])
def test_a_stored_file_says_what_the_generator_writes(name: str) -> None:
    assert meaning(name, stored(name)) == meaning(name, SAMPLES[name].content)


def test_the_table_that_is_a_pdf_says_what_the_generator_writes() -> None:
    assert meaning("x.pdf", stored("pdf/really_a_pdf.csv")) == meaning("x.pdf", SAMPLES["pdf/really_a_pdf.csv"].content)


def test_the_truncated_file_begins_as_the_generator_writes_it() -> None:
    # How much comes out before the cut depends on the compressor.
    old, new = (zlib_head(content) for content in (stored("archives/truncated.log.gz"), SAMPLES["archives/truncated.log.gz"].content))
    assert old == new
    assert len(old) == 4096


def zlib_head(content: bytes) -> bytes:
    with gzip.open(io.BytesIO(content)) as file:
        return file.read(4096)


def test_nothing_is_stored_that_the_generator_does_not_write() -> None:
    folder = Path(HERE, "files")
    assert (
        sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and "generated" not in path.parts)
        == STORED
    )


def test_the_stored_truth_is_what_the_generator_writes() -> None:
    with open(os.path.join(HERE, "truth.toml"), encoding="utf-8") as file:
        assert file.read() == write_truth(SAMPLES.values())


def test_the_truth_reads_back_as_it_was_written() -> None:
    read = read_truth(write_truth(SAMPLES.values()))
    assert {name: content(read[name]) for name in read} == {sample.name: content(sample.truth) for sample in SAMPLES.values()}


def content(truth: Any) -> Any:
    findings = sorted((finding.identifier, finding.place) for finding in truth.findings)
    return truth.about, truth.outcome, findings, sorted((trap.place, trap.identifiers, trap.why) for trap in truth.traps)


def test_each_run_writes_the_same_bytes(tmp_path: Path) -> None:
    count = write_files(str(tmp_path))
    again: list[Sample] = list(all_samples())
    assert count == len(again)
    assert all((tmp_path / sample.name).read_bytes() == sample.content for sample in again)


def test_credentials_are_written_alone_beside_the_stored_files(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("x")
    write_files(str(tmp_path), only_credentials=True)
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {"kept.txt"} | {name for name in SAMPLES if name.startswith("generated/")}


@pytest.mark.parametrize("name", STORED)
def test_no_mark_is_left_in_a_file(name: str) -> None:
    said = repr(meaning(name, SAMPLES[name].content))
    assert not [mark for mark in (r"\ue000", r"\ue001", r"\ue002", "\ue000", r"\xee\x80\x80") if mark in said]


def test_all_files_together_are_small() -> None:
    assert sum(len(sample.content) for sample in SAMPLES.values()) < 1_500_000


def test_there_are_enough_files_and_traps() -> None:
    assert len(SAMPLES) >= 90
    assert sum(len(sample.truth.traps) for sample in SAMPLES.values()) >= 400
