"""Delimited tables of marked cells."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sample_data.marking import Mark, plain, read_marks
from sample_data.places import Place
from sample_data.sample import Sample, encoded, truth_of

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Form:
    """How a table is written.

    :param header: the first row holds the names of the columns
    :param encoding: as for `sample.encoded`
    """

    delimiter: str = ","
    header: bool = True
    encoding: str = "utf-8"
    line_end: str = "\n"


def table_sample(name: str, rows: Rows, about: str, form: Form | None = None) -> Sample:
    """A delimited file; rows count from 1, the header row included, blank lines not."""
    form = form or Form()
    text = io.StringIO()
    writer = csv.writer(text, delimiter=form.delimiter, lineterminator=form.line_end)
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return Sample(name, encoded(text.getvalue(), form.encoding), truth_of(about, table_places(rows, header=form.header)))


def table_places(rows: Rows, *, header: bool = True) -> Iterator[tuple[Mark, Place]]:
    """Every mark in the cells, row by row, with its cell."""
    names = [plain(cell) for cell in rows[0]] if header else []
    for row_number, row in enumerate(filter(None, rows), start=1):
        for column, cell in enumerate(row, start=1):
            anchor = f"row {row_number}, column {column}"
            if column <= len(names) and names[column - 1]:
                anchor += f" {names[column - 1]}"
            for mark in read_marks(cell)[1]:
                yield mark, Place.of_slice(anchor, mark.start, mark.end)
