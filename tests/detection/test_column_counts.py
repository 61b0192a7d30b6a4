"""What a scan says of whole columns: which, how many occurrences, of how many values."""

import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import scanner
from scanner.config import WorkerConfig
from scanner.engine.plan import TaskSizes
from scanner.engine.scan import Scan
from scanner.model.occurrence import Confidence
from scanner.model.result import ColumnCount
from tests.readers.xlsxs import grid, workbook

SSNS = [f"219-{group:02}-{serial}" for group in range(10, 60) for serial in (9921, 9922)]
ROWS = 400
SSN = "USA_SOCIAL_SECURITY_NUMBER"


def columns_of(folder: Path, name: str, content: bytes, part_bytes: int | None = None) -> dict[str, tuple[ColumnCount, ...]]:
    (folder / name).write_bytes(content)
    config = scanner.ScanConfig((str(folder / name),), select=(SSN, "EMAIL_ADDRESS"), workers=WorkerConfig(processes=0))
    sizes = TaskSizes(part_bytes=part_bytes) if part_bytes else None
    (result,) = Scan(config, sizes=sizes)
    return {detection.identifier: detection.columns for detection in result.detections}


def table() -> dict[str, list[str]]:
    """A hundred numbers in one column, one in another that is mostly notes."""
    notes = ["SSN 219-09-9931" if row == 7 else f"note {row % 50}" for row in range(ROWS)]
    return {"id": [str(row) for row in range(ROWS)], "ssn": (SSNS + [""] * 300)[:ROWS], "notes": notes}


def as_csv(header: bool = True) -> bytes:
    columns = table()
    lines = [",".join(columns)] * header + [",".join(row) for row in zip(*columns.values(), strict=True)]
    return ("\n".join(lines) + "\n").encode()


def test_a_table_tells_for_each_column_how_much_of_it(tmp_path: Path) -> None:
    assert columns_of(tmp_path, "a.csv", as_csv())[SSN] == (
        ColumnCount("ssn", 2, 100, ROWS, Confidence.HIGH),
        ColumnCount("notes", 3, 1, ROWS, Confidence.HIGH),
    )


def test_a_table_read_in_parts_tells_the_same(tmp_path: Path) -> None:
    whole, parts = columns_of(tmp_path, "a.csv", as_csv()), columns_of(tmp_path, "b.csv", as_csv(), part_bytes=1_000)
    assert parts == whole


def test_columns_of_a_workbook_are_told_by_sheet(tmp_path: Path) -> None:
    named = grid([["id", "ssn"], *(["7", value] for value in SSNS)])
    bare = grid([["7", f"person{number}@mail.example.org"] for number in range(100)])
    found = columns_of(tmp_path, "a.xlsx", workbook({"Staff": named, "Old": named, "All": bare}))
    assert found["EMAIL_ADDRESS"] == (ColumnCount("All.col1", 2, 100, 100, Confidence.HIGH),)
    assert found[SSN] == (
        ColumnCount("Old.ssn", 2, 100, 100, Confidence.HIGH),
        ColumnCount("Staff.ssn", 2, 100, 100, Confidence.HIGH),
    )


def test_records_are_told_by_path(tmp_path: Path) -> None:
    people = [{"person": {"ssn": value}, "cards": [{"note": "none"}]} for value in SSNS]
    lines = b"".join(json.dumps(one).encode() + b"\n" for one in people)
    expected = (ColumnCount("$.person.ssn", 0, 100, 100, Confidence.HIGH),)
    assert columns_of(tmp_path, "a.jsonl", lines)[SSN] == expected
    assert columns_of(tmp_path, "a.json", json.dumps(people).encode())[SSN] == (
        ColumnCount("$[*].person.ssn", 0, 100, 100, Confidence.HIGH),
    )


def test_parquet_counts_rows_without_a_value_too(tmp_path: Path) -> None:
    held = io.BytesIO()
    pq.write_table(pa.table({"ssn": [*SSNS, *([None] * 300)]}), held, row_group_size=150)
    assert columns_of(tmp_path, "a.parquet", held.getvalue())[SSN] == (ColumnCount("$.ssn", 0, 100, ROWS, Confidence.HIGH),)


def test_text_has_no_columns(tmp_path: Path) -> None:
    assert columns_of(tmp_path, "a.txt", b"My SSN is 219-09-9931.\n") == {SSN: ()}


def test_a_header_that_is_a_value_is_masked(tmp_path: Path) -> None:
    content = "id,ann.roe@mail.example.org\n" + "".join(f"{row},person{row}@mail.example.org\n" for row in range(100))
    (column,) = columns_of(tmp_path, "a.csv", content.encode())["EMAIL_ADDRESS"]
    assert "ann.roe" not in column.name
