"""PDF files and word-processing documents of ten pages each."""

import os
from collections import Counter
from typing import Final

import numpy as np

from benchmarks import columns
from benchmarks.planted import Planted
from sample_data.pdf import pdf_sample
from sample_data.word import Table, word_sample

_PAGES: Final = 10
_LINES: Final = 42
_SHARE: Final = 100


def write_pdfs(folder: str, files: int) -> Planted:
    """A hundredth of `files` PDFs; each page names one phone number."""
    rng = np.random.default_rng(20240512)
    count = max(1, files // _SHARE)
    for index in range(count):
        pages = [_page(rng) for _ in range(_PAGES)]
        _write(folder, f"{index:05}.pdf", pdf_sample("", pages, "", compressed=True).content)
    return Counter({"PHONE_NUMBER": count * _PAGES})


def write_documents(folder: str, files: int) -> Planted:
    """A hundredth of `files` documents; each has one table of five Social Security numbers, and ten phone numbers in its text."""
    rng = np.random.default_rng(20240512)
    count = max(1, files // _SHARE)
    for index in range(count):
        rows = [
            ["Name", "SSN"],
            *([name, number] for name, number in zip(*(made(rng, 5).to_pylist() for made in (columns.names, columns.ssns)), strict=True)),
        ]
        paragraphs = [line for _ in range(_PAGES) for line in _page(rng)]
        _write(folder, f"{index:05}.docx", word_sample("", "", [*paragraphs, Table(rows)], {}).content)
    return Counter({"PHONE_NUMBER": count * _PAGES, "USA_SOCIAL_SECURITY_NUMBER": count * 5})


def _page(rng: columns.Rng) -> list[str]:
    lines: list[str] = columns.sentences(rng, _LINES - 1, 10).to_pylist()
    return [*lines, f"phone {columns.phones(rng, 1)[0].as_py()}"]


def _write(folder: str, name: str, content: bytes) -> None:
    with open(os.path.join(folder, name), "wb") as file:
        file.write(content)
