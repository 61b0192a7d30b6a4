"""How fast each kind of document gives its text, beside Word documents: `python -m benchmarks.formats [--paragraphs N] [--runs 3]`.

Each holds the same paragraphs, or the same rows of a table. It is turned into segments, which are thrown away: CPU time of this process,
one thread, best of the runs, in MB of text a second. Nothing is written to disk.
"""

import argparse
import io
import time
from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from benchmarks import columns
from sample_data.binary_workbooks import binary_workbook, old_workbook
from sample_data.old_office import old_document, old_message, old_slides
from sample_data.open_documents import open_document
from sample_data.slides import slide_show
from sample_data.word import Table, word_sample
from sample_data.workbooks import Sheet, workbook_sample
from scanner.model.segment import ColumnSegment, ShortColumns, TextSegment
from scanner.readers.budget import Limits
from scanner.readers.dispatch import read_object

_MB: Final = 1_000_000
_SLIDE: Final = 20
Texts = list[str]
Rows = list[list[str]]


def _open_table(rows: Rows) -> str:
    cells = ("".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row) for row in rows)
    return f'<table:table table:name="S">{"".join(f"<table:table-row>{row}</table:table-row>" for row in cells)}</table:table>'


def _slides(texts: Texts) -> list[Texts]:
    return [texts[at : at + _SLIDE] for at in range(0, len(texts), _SLIDE)]


def _rich(texts: Texts) -> bytes:
    body = "".join(f"\\pard\\plain\\f0\\fs24 {{\\rtlch\\fcs1 {text[:40]}}}{{\\b {text[40:]}}}\\par\n" for text in texts)
    return f"{{\\rtf1\\ansi {body}}}".encode("ascii", "replace")


def _html(rows: Rows) -> bytes:
    head, *others = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    return f"<!doctype html><table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in others)}</table>".encode()


def _markdown(rows: Rows) -> bytes:
    head, *others = ["|".join(row) for row in rows]
    return "\n".join((head, "|".join(["---"] * len(rows[0])), *others)).encode()


def _contacts(rows: Rows) -> bytes:
    return "".join(f"BEGIN:VCARD\r\nFN:{name}\r\nNOTE:{number} {text}\r\nEND:VCARD\r\n" for name, number, text in rows[1:]).encode()


def _directory(rows: Rows) -> bytes:
    return "".join(f"dn: cn={name}\ncn: {name}\nssn: {number}\nremark: {text}\n\n" for name, number, text in rows[1:]).encode()


TEXTS: Final[dict[str, Callable[[Texts], bytes]]] = {
    "docx": lambda texts: word_sample("", "", texts, {}).content,
    "pptx": lambda texts: slide_show([(slide, []) for slide in _slides(texts)], {}, {}),
    "odt": lambda texts: open_document("text", "".join(f"<text:p>{text}</text:p>" for text in texts)),
    "fodt": lambda texts: open_document("text", "".join(f"<text:p>{text}</text:p>" for text in texts), flat=True),
    "rtf": _rich,
    "doc": lambda texts: old_document({"body": "".join(f"{text}\r" for text in texts)}),
    "ppt": lambda texts: old_slides(_slides(texts)),
    "msg": lambda texts: old_message({"1000": "\r\n".join(texts)}),
}
"""What writes paragraphs, by the ending of the file."""
TABLES: Final[dict[str, Callable[[Rows], bytes]]] = {
    "docx": lambda rows: word_sample("", "", [Table(rows)], {}).content,
    "xlsx": lambda rows: workbook_sample("", "", [Sheet("S", rows)]).content,
    "ods": lambda rows: open_document("spreadsheet", _open_table(rows)),
    "xls": lambda rows: old_workbook({"S": rows}),
    "xlsb": lambda rows: binary_workbook({"S": rows}),
    "odt": lambda rows: open_document("text", _open_table(rows)),
    "html": _html,
    "md": _markdown,
    "vcf": _contacts,
    "ldif": _directory,
}
"""What writes rows of a table."""


def measured(content: bytes, ending: str, runs: int) -> tuple[float, float]:
    """Bytes of text, and seconds that it takes to give them."""
    best, given = float("inf"), 0
    for _ in range(runs):
        begin = time.process_time()
        given = sum(_given(content, f"x.{ending}"))
        best = min(best, time.process_time() - begin)
    return given, best


def _given(content: bytes, name: str) -> Iterator[int]:
    for _, item in read_object(io.BytesIO(content), name, len(content), limits=Limits()):
        if isinstance(item, TextSegment):
            yield len(item.text)
        elif isinstance(item, ColumnSegment | ShortColumns):
            yield from (int(column.values.nbytes) for column in (item.columns if isinstance(item, ShortColumns) else (item,)))


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(description="Measure how fast documents give their text.")
    parser.add_argument("--paragraphs", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    rng = np.random.default_rng(20240512)
    texts: Texts = columns.sentences(rng, given.paragraphs, 12).to_pylist()
    made = [column(rng, given.paragraphs).to_pylist() for column in (columns.names, columns.ssns)]
    rows: Rows = [["full name", "ssn", "remark"], *map(list, zip(*made, texts, strict=True))]
    print("| what | format | MB of text | MB a second |\n|---|---|--:|--:|")
    for ending, write_texts in TEXTS.items():
        _print("paragraphs", ending, write_texts(texts), given.runs)
    for ending, write_rows in TABLES.items():
        _print("a table", ending, write_rows(rows), given.runs)


def _print(what: str, ending: str, content: bytes, runs: int) -> None:
    size, seconds = measured(content, ending, runs)
    print(f"| {what} | {ending} | {size / _MB:.1f} | {size / _MB / seconds:.1f} |")


if __name__ == "__main__":
    main()
