"""Tables for data frames."""

import io
import json
from collections.abc import Sequence
from typing import Any

import pyarrow.parquet as pq
import pytest

from scanner.model.location import CellLocation, LineLocation, PageLocation, ParagraphLocation, RecordLocation
from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.result import ObjectResult
from scanner.reports import parquet
from scanner.reports.registry import open_sink
from tests.acceptance.sink_suite import SinkSuite, write_all
from tests.reports.build import CARD, SSN, cells, detection, occurrence, options, policy, result, stored
from tests.reports.test_jsonl import EVERYTHING


class TestParquetSuite(SinkSuite):
    format = "parquet"

    def shown(self, data: bytes) -> str:
        rows = pq.read_table(io.BytesIO(data)).to_pylist()
        return "\n".join(json.dumps(row, ensure_ascii=False, default=str).replace("\\\\", "\\") for row in rows)


def rows(results: Sequence[ObjectResult], **given: Any) -> list[dict[str, Any]]:
    return [json.loads(line.replace("\\", "\\\\")) for line in TestParquetSuite().written(results, **given).splitlines()]


def test_each_identifier_of_an_object_is_a_row_with_its_occurrences() -> None:
    found = rows([result(detection(CARD, 3), detection(SSN, 200, cells(20)))])
    assert [(row["record"], row["type"], row["count"], len(row["occurrences"])) for row in found] == [
        ("finding", "CREDIT_CARD_NUMBER", 3, 3),
        ("finding", "USA_SOCIAL_SECURITY_NUMBER", 200, 20),
    ]
    assert found[0]["modified"] == "2026-01-01 08:30:00+00:00"


def test_every_kind_of_place_has_its_columns() -> None:
    places = (
        CellLocation(2, 1, "ssn", "", 0, 11),
        LineLocation(4, 5, 4, 15),
        PageLocation(3, 2, 1, 11),
        ParagraphLocation("body", 4),
        RecordLocation(7, "$.ssn", 0, 11),
    )
    (row,) = rows([result(detection(SSN, 5, [occurrence(place, member=("a.zip", "b")) for place in places]))])
    names = ("kind", "row", "line", "page", "column", "json_path")
    assert [tuple(one[name] for name in names) for one in row["occurrences"]] == [
        ("cell", 2, None, None, "ssn", None),
        ("line", None, 4, None, None, None),
        ("page", None, 2, 3, None, None),
        ("paragraph", None, None, None, None, None),
        ("record", 7, None, None, None, "$.ssn"),
    ]
    assert row["occurrences"][0]["member"] == "a.zip!b"


def test_outcomes_and_findings_on_buckets_have_rows() -> None:
    failed = result(of=stored("locked"), outcome=Outcome(Status.FAILED, Reason.CRASH))
    told = rows([failed, result()], policies=[policy()])
    assert [(row["record"], row["status"], row["severity"]) for row in told] == [("outcome", "failed", ""), ("policy", "", "high")]


def test_a_table_without_rows_has_its_columns() -> None:
    out = io.BytesIO()
    write_all(open_sink("parquet", out, options()), [])
    assert pq.read_schema(out).equals(parquet.schema())


def test_row_groups_are_bounded_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_OCCURRENCES", 10)
    monkeypatch.setattr(parquet, "_ROWS", 7)
    out = io.BytesIO()
    write_all(open_sink("parquet", out, options()), EVERYTHING)
    file = pq.ParquetFile(out)
    assert file.num_row_groups > 2
    assert file.metadata.num_rows == len(rows(EVERYTHING))
