"""Whether a text without a telling extension is a table: strict, since prose, logs and code have commas too."""

import csv
from typing import Final

import regex

DELIMITERS: Final = ("\t", ",", ";", "|")
MIN_ROWS: Final = 3
SNIFFED_ROWS: Final = 200
SNIFFED_CHARACTERS: Final = 32 * 1024
LONG_CELL: Final = 200
HEADING: Final = regex.compile(r"[\w .#/()%'&?:-]{1,60}")
MILLISECONDS: Final = regex.compile(r"\d{3}\b")
RULER: Final = regex.compile(r"[\s:|+=-]*")


def is_table(text: str, *, whole: bool) -> str:
    """The delimiter if every complete row of `text` has the same number of cells, at least two, under a row of headings; else empty.

    :param whole: `text` is all there is, so that its last line is complete
    """
    sample = text[:SNIFFED_CHARACTERS]
    if not whole or len(sample) < len(text):
        sample = sample.rpartition("\n")[0]
    first = sample.split("\n", 1)[0]
    for delimiter in DELIMITERS:
        if delimiter in first and _is_regular(_rows(sample, delimiter), delimiter):
            return delimiter
    return ""


def _rows(sample: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(sample.splitlines(keepends=True), delimiter=delimiter, strict=True):
            if row:
                rows.append(row)
            if len(rows) >= SNIFFED_ROWS:
                break
    except csv.Error:
        return rows[:-1]
    return rows


def _is_regular(rows: list[list[str]], delimiter: str) -> bool:
    if len(rows) < MIN_ROWS or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
        return False
    if any(not HEADING.fullmatch(cell.strip()) for cell in rows[0]) or any(len(cell) > LONG_CELL for row in rows for cell in row):
        return False
    return not (_is_prose(rows, delimiter) or _is_ruled(rows) or _is_clock(rows))


def _is_prose(rows: list[list[str]], delimiter: str) -> bool:
    """Commas with a space behind them, as between words or arguments."""
    behind = [cell for row in rows for cell in row[1:]]
    return delimiter in ",;" and sum(cell.startswith(" ") for cell in behind) > len(behind) * 0.3


def _is_ruled(rows: list[list[str]]) -> bool:
    """Drawn tables (Markdown, psql) and indented text: no cell stands before the first delimiter, or a row is only a rule."""
    return all(not row[0].strip() for row in rows) or any(all(RULER.fullmatch(cell) for cell in row) and any(row) for row in rows[:3])


def _is_clock(rows: list[list[str]]) -> bool:
    """Log lines whose only comma stands between seconds and milliseconds."""
    return len(rows[0]) == 2 and all(MILLISECONDS.match(row[1]) and row[0][-1:].isdigit() for row in rows)
