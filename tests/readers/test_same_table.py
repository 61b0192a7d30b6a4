"""One table in many formats: the same values under the same names in the same rows."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from decimal import Decimal

import fastavro
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scanner.model.location import CellLocation, Location, RecordLocation
from scanner.readers import arrow, avro, delimited, json_document, json_lines, orc, parquet, sqlite, xlsx
from tests.readers.arrows import as_file, as_orc, as_stream
from tests.readers.reading import Read, Value, items, values
from tests.readers.sqlites import database
from tests.readers.xlsxs import number, row, shared, sheet, strings, styles, workbook

ROWS = 1000
DAY = dt.date(1950, 1, 1)
TABLE: dict[str, list[object]] = {
    "name": [f'Smith, "Anna" {number}' for number in range(ROWS)],
    "social security": [f"219-{number % 90 + 10:02d}-{number:04d}" for number in range(ROWS)],
    "card": [4_000_000_000_000_000 + number * 7919 for number in range(ROWS)],
    "amount": [Decimal(number * 10) / Decimal(100) + Decimal("0.00") for number in range(ROWS)],
    "born": [DAY + dt.timedelta(days=number * 17) for number in range(ROWS)],
    "empty": [""] * ROWS,
    "städte": [("Zürich", "Kraków", "東京", "São Paulo 😀")[number % 4] for number in range(ROWS)],
}
EXPECTED = {(name, row, str(value)) for name, column in TABLE.items() for row, value in enumerate(column) if value != ""}


def as_csv(delimiter: str, encoding: str = "utf-8", ending: str = "\r\n") -> bytes:
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=delimiter, lineterminator=ending)
    writer.writerow(TABLE)
    writer.writerows(zip(*TABLE.values(), strict=True))
    return sink.getvalue().encode(encoding)


def as_records() -> list[str]:
    """Each row as JSON, decimals with all their digits."""
    rows = zip(*TABLE.values(), strict=True)
    fields = [
        [str(value) if isinstance(value, Decimal | int) else json.dumps(str(value), ensure_ascii=False) for value in row] for row in rows
    ]
    names = [json.dumps(name) for name in TABLE]
    return ["{" + ", ".join(f"{name}: {text}" for name, text in zip(names, row, strict=True)) + "}" for row in fields]


def as_array() -> bytes:
    return ("[" + ",\n".join(as_records()) + "]").encode()


def as_arrow() -> pa.Table:
    types = {"card": pa.int64(), "amount": pa.decimal128(12, 2), "born": pa.date32()}
    return pa.table({name: pa.array(column, types.get(name, pa.string())) for name, column in TABLE.items()})


def as_parquet(compression: str, *, dictionary: bool) -> bytes:
    sink = io.BytesIO()
    pq.write_table(as_arrow(), sink, compression=compression, use_dictionary=dictionary, row_group_size=300)
    return sink.getvalue()


def as_sqlite() -> bytes:
    names = ", ".join(f'"{name}"' for name in TABLE)
    rows = [[value if isinstance(value, int) else str(value) for value in row] for row in zip(*TABLE.values(), strict=True)]
    return database(f"CREATE TABLE people ({names})", (f"INSERT INTO people VALUES ({', '.join('?' * len(TABLE))})", rows))  # noqa: S608


def as_avro() -> bytes:
    kinds: dict[str, object] = {"card": "long", "amount": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}}
    kinds["born"] = {"type": "int", "logicalType": "date"}
    # Names in Avro are words.
    fields = [{"name": f"f{number}", "type": kinds.get(name, "string")} for number, name in enumerate(TABLE)]
    rows = [{f"f{number}": value for number, value in enumerate(row)} for row in zip(*TABLE.values(), strict=True)]
    sink = io.BytesIO()
    fastavro.writer(sink, {"type": "record", "name": "People", "fields": fields}, rows, codec="deflate")
    return sink.getvalue()


def as_workbook() -> bytes:
    """Texts as shared strings, numbers as numbers, days as the days since the epoch of spreadsheets."""
    held: dict[str, int] = {}
    rows = [row(*(shared(held.setdefault(name, len(held))) for name in TABLE))]
    rows += [row(*(workbook_cell(value, held) for value in values)) for values in zip(*TABLE.values(), strict=True)]
    return workbook({"Table": sheet(*rows)}, {"xl/sharedStrings.xml": strings(*held), "xl/styles.xml": styles(0, 14, 2)})


def workbook_cell(value: object, held: dict[str, int]) -> str:
    match value:
        case dt.date():
            return number((value - dt.date(1899, 12, 30)).days, 1)
        case int() | Decimal():
            return number(value.normalize() if isinstance(value, Decimal) else value, 2 if isinstance(value, Decimal) else None)
        case _:
            return shared(held.setdefault(str(value), len(held))) if value else "<c/>"


def row_of(location: Location) -> int:
    if isinstance(location, CellLocation):
        return location.row - (1 if location.column_name.startswith("people.") else 2)
    assert isinstance(location, RecordLocation)
    in_array = location.json_path.startswith("$[") and location.json_path[2].isdigit()
    return int(location.json_path[2:].split("]")[0]) if in_array else location.record_index


def name_of(value: Value) -> str:
    number = value.names[-1].removeprefix("f")
    return list(TABLE)[int(number)] if number.isdigit() else value.names[-1]


FORMATS: dict[str, tuple[Read, Callable[[], bytes]]] = {
    "csv": (delimited.read, lambda: as_csv(",")),
    "csv_utf_16": (delimited.read, lambda: as_csv(",", "utf-16", "\n")),
    "tsv": (delimited.read, lambda: as_csv("\t")),
    "semicolons": (delimited.read, lambda: as_csv(";", "utf-8-sig", "\n")),
    "pipes": (delimited.read, lambda: as_csv("|", ending="\r")),
    "json": (json_document.read, as_array),
    "json_lines": (json_lines.read, lambda: "\n".join(as_records()).encode()),
    "json_lines_utf_16": (json_lines.read, lambda: "\n".join(as_records()).encode("utf-16")),
    "parquet_snappy": (parquet.read, lambda: as_parquet("snappy", dictionary=False)),
    "parquet_zstd": (parquet.read, lambda: as_parquet("zstd", dictionary=False)),
    "parquet_dictionary": (parquet.read, lambda: as_parquet("none", dictionary=True)),
    "workbook": (xlsx.read, as_workbook),
    "arrow_file": (arrow.read, lambda: as_file(as_arrow(), 300)),
    "arrow_stream_zstd": (arrow.read, lambda: as_stream(as_arrow(), 300, "zstd")),
    "orc": (orc.read, lambda: as_orc(as_arrow(), compression="zstd")),
    "avro": (avro.read, as_avro),
    "sqlite": (sqlite.read, as_sqlite),
}


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_table_gives_the_same_values_in_every_format(name: str) -> None:
    read, written = FORMATS[name]
    told = [value for value in values(items(read, written())) if value.text and value.names[0] != "sqlite_master"]
    found = [(name_of(value), row_of(value.location), value.text) for value in told]

    assert len(found) == len(EXPECTED)
    assert set(found) == EXPECTED
