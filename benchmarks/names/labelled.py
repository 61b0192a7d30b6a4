"""The labelled columns, and the files that they are written to."""

import csv
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

HERE: Final = os.path.join(os.path.dirname(__file__), "tables")
KINDS: Final = MappingProxyType({"n": "NAME", "a": "ADDRESS", "-": "", ".": "?"})
"""Label -> the identifier that should be found in the column; `?` for columns that are not scored."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One table.

    :param labels: one of `KINDS` for each column
    :param header: empty for a table without one
    """

    id: str
    labels: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_tables(name: str) -> list[Labelled]:
    """The tables of `locked` or `open`."""
    with open(os.path.join(HERE, f"{name}.txt"), encoding="utf-8") as file:
        blocks = file.read().split("\n\n")
    tables = ([line for line in block.strip().split("\n") if not line.startswith("# ")] for block in blocks)
    return [_table(lines) for lines in tables if lines and lines[0]]


def is_as_locked() -> bool:
    """Whether the locked tables are those that were written before anything was scanned."""
    with open(os.path.join(HERE, "locked.txt"), "rb") as file, open(os.path.join(HERE, "locked.sha256"), encoding="ascii") as pinned:
        return hashlib.sha256(file.read()).hexdigest() == pinned.read().split()[0]


def _table(lines: list[str]) -> Labelled:
    labels, header, *rows = (tuple(line.split("|")) for line in lines[1:])
    return Labelled(lines[0].removeprefix("## "), labels, () if header == ("-",) else header, tuple(rows))


def write_csv(table: Labelled, path: str) -> None:
    """As a spreadsheet would export it."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([table.header, *table.rows] if table.header else table.rows)


def write_json_lines(table: Labelled, path: str) -> None:
    """One object a row; what is empty is left out."""
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(
            json.dumps({name: cell for name, cell in zip(table.header, row, strict=True) if cell}, ensure_ascii=False) + "\n"
            for row in table.rows
        )


def write_parquet(table: Labelled, path: str) -> None:
    """What is empty is null."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {name: [row[place] or None for row in table.rows] for place, name in enumerate(table.header)}
    pq.write_table(pa.table(columns), path)


WRITERS: Final[MappingProxyType[str, Callable[[Labelled, str], None]]] = MappingProxyType(
    {"csv": write_csv, "jsonl": write_json_lines, "parquet": write_parquet}
)
"""Extension -> what writes it."""
