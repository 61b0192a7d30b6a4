"""The same thousand rows give the same findings in every format that can hold them."""

import csv
import io
import json
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

import fastavro
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import regex

from sample_data import made_numbers as numbers
from sample_data.binary_workbooks import binary_workbook, old_workbook
from sample_data.places import Place
from sample_data.scanned import Scanned, read_scan
from tests.readers import odfs, xlsxs
from tests.readers.arrows import as_file, as_orc, as_stream
from tests.readers.sqlites import database

Table = dict[str, list[str]]
# Identifier, data row from 0, column, first character, character after the last.
Hit = tuple[str, int, str, int, int]

ROWS = 1000
FORMATS = (
    "plain.csv",
    "tabs.tsv",
    "semicolons.csv",
    "document.json",
    "lines.jsonl",
    "plain.parquet",
    "zstd.parquet",
    "dictionary.parquet",
    "feather.feather",
    "stream.arrows",
    "rows.orc",
    "rows.db",
    "blocks.avro",
    "zipped.zip",
    "packed.tar.gz",
    "workbook.xlsx",
    "sheet.ods",
    "flat.fods",
    "old.xls",
    "binary.xlsb",
    "page.html",
    "page.md",
)


def made_table() -> Table:
    rng = Random("the same table")
    table: Table = {"full_name": [], "ssn": [], "card_number": [], "email": [], "order_id": [], "comment": []}
    for row in range(ROWS):
        table["full_name"].append(f"Customer {chr(65 + row % 26)}{row}")
        table["ssn"].append(numbers.us_ssn(rng))
        table["card_number"].append(numbers.card(rng))
        table["email"].append(f"customer{row:04}@mail.example.org")
        table["order_id"].append(numbers.card(rng) if row % 2 else "4" + numbers.digits(rng, 15))
        table["comment"].append(f"phone {numbers.us_phone(rng)} after six" if row % 10 == 3 else f"delivered, door {row % 90}")
    return table


def expected_hits(table: Table) -> set[Hit]:
    whole = {"ssn": "USA_SOCIAL_SECURITY_NUMBER", "card_number": "CREDIT_CARD_NUMBER", "email": "EMAIL_ADDRESS"}
    hits = {(identifier, row, column, 0, len(table[column][row])) for column, identifier in whole.items() for row in range(ROWS)}
    return hits | {("PHONE_NUMBER", row, "comment", 6, 20) for row in range(3, ROWS, 10)}


def delimited(table: Table, delimiter: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(table)
    writer.writerows(zip(*table.values(), strict=True))
    return text.getvalue().encode()


def records(table: Table) -> list[dict[str, str]]:
    return [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]


def parquet(table: pa.Table, compression: str) -> bytes:
    held = io.BytesIO()
    pq.write_table(table, held, compression=compression, row_group_size=300)
    return held.getvalue()


def sqlite(table: Table) -> bytes:
    rows = list(zip(*table.values(), strict=True))
    filled = f"INSERT INTO people VALUES ({', '.join('?' * len(table))})"  # noqa: S608 - only question marks
    return database(f"CREATE TABLE people ({', '.join(table)})", (filled, rows))


def avro(table: Table) -> bytes:
    held = io.BytesIO()
    fields = [{"name": name, "type": "string"} for name in table]
    fastavro.writer(held, {"type": "record", "name": "People", "fields": fields}, records(table), codec="deflate")
    return held.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return held.getvalue()


def packed(name: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return held.getvalue()


def as_cell(value: str) -> str:
    """Digits as a number, as people type them into a sheet."""
    return xlsxs.number(value) if value.isdecimal() else xlsxs.text(value)


def open_sheet(table: Table) -> str:
    return odfs.table("Table", odfs.row(*table), *(odfs.row(*map(open_cell, cells)) for cells in zip(*table.values(), strict=True)))


def open_cell(value: str) -> str:
    """Digits as a number of which the cell shows a rounded one."""
    return odfs.cell(f"{float(value):.3E}", "float", value) if value.isdecimal() else odfs.cell(value)


def page(table: Table) -> bytes:
    rows = ("".join(f"<td>{cell}</td>" for cell in cells) for cells in zip(*table.values(), strict=True))
    head = "".join(f"<th>{name}</th>" for name in table)
    return f"<!doctype html><table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>".encode()


def markdown(table: Table) -> bytes:
    rows = ("|".join(cells) for cells in zip(*table.values(), strict=True))
    return "\n".join(("|".join(table), "|".join(["---"] * len(table)), *rows)).encode()


def written(table: Table) -> dict[str, bytes]:
    arrow = pa.table(table)
    encoded = pa.table({name: column.dictionary_encode() for name, column in zip(arrow.column_names, arrow.columns, strict=True)})
    contents = (
        delimited(table, ","),
        delimited(table, "\t"),
        delimited(table, ";"),
        json.dumps(records(table), indent=1).encode(),
        b"".join(json.dumps(record).encode() + b"\n" for record in records(table)),
        parquet(arrow, "snappy"),
        parquet(arrow, "zstd"),
        parquet(encoded, "snappy"),
        as_file(arrow, 300, "zstd"),
        as_stream(encoded, 300),
        as_orc(arrow),
        sqlite(table),
        avro(table),
        zipped("inner/table.csv", delimited(table, ",")),
        packed("table.jsonl", b"".join(json.dumps(record).encode() + b"\n" for record in records(table))),
        xlsxs.workbook({"Table": xlsxs.sheet(*(xlsxs.row(*map(as_cell, cells)) for cells in (table, *zip(*table.values(), strict=True))))}),
        odfs.package(odfs.SHEETS, open_sheet(table)),
        odfs.flat(odfs.SHEETS, open_sheet(table)),
        old_workbook({"Table": [list(table), *map(list, zip(*table.values(), strict=True))]}),
        binary_workbook({"Table": [list(table), *map(list, zip(*table.values(), strict=True))]}),
        page(table),
        markdown(table),
    )
    return dict(zip(FORMATS, contents, strict=True))


@pytest.fixture(scope="module")
def table() -> Table:
    return made_table()


@pytest.fixture(scope="module")
def scanned(table: Table, scan_lines: Callable[..., list[bytes]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scanned]:
    folder = tmp_path_factory.mktemp("table")
    for name, content in written(table).items():
        (folder / name).write_bytes(content)
    return read_scan(scan_lines(folder, "--select", "all"), str(folder))


def hits(scanned: Scanned) -> Iterator[Hit]:
    for finding in scanned.findings:
        row, column = cell(finding.place)
        yield finding.identifier, row, column, finding.place.start[1], finding.place.end[1] + 1


def cell(place: Place) -> tuple[int, str]:
    """The data row and the column's name, whatever the format calls them."""
    shapes = (
        (r"(?:Table, |table 1, )?row (\d+), column \d+ (\w+)", 2),
        (r"row (\d+), column \d+ people\.(\w+)", 1),
        (r"record 0 \$\[(\d+)\]\.(\w+)", 0),
        (r"record (\d+) \$\.(\w+)", 0),
    )
    for shape, header_rows in shapes:
        if match := regex.fullmatch(shape, place.anchor):
            return int(match[1]) - header_rows, match[2]
    raise AssertionError(f"no cell of the table: {place}")


@pytest.mark.parametrize("name", FORMATS)
def test_every_value_is_found_in_its_row_and_column_and_nothing_else(table: Table, scanned: dict[str, Scanned], name: str) -> None:
    found, expected = Counter(hits(scanned[name])), expected_hits(table)
    assert sorted(expected - set(found))[:10] == []
    assert sorted(found - Counter(expected))[:10] == []


@pytest.mark.parametrize("name", FORMATS)
def test_counts_are_the_same_in_every_format(scanned: dict[str, Scanned], name: str) -> None:
    assert dict(scanned[name].counts) == {
        "CREDIT_CARD_NUMBER": 1000,
        "EMAIL_ADDRESS": 1000,
        "PHONE_NUMBER": 100,
        "USA_SOCIAL_SECURITY_NUMBER": 1000,
    }


@pytest.mark.parametrize("name", FORMATS)
def test_counts_by_column_are_the_same_in_every_format(scanned: dict[str, Scanned], name: str) -> None:
    by_column = Counter(column for _, _, column, _, _ in hits(scanned[name]))
    assert by_column == {"ssn": 1000, "card_number": 1000, "email": 1000, "comment": 100}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_read_to_its_end(scanned: dict[str, Scanned], name: str) -> None:
    assert scanned[name].outcome == "scanned"
