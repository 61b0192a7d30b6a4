"""The data for benchmarks are what they say: same on each run, as large as asked, with as many values as noted."""

import csv
import json
import os
from argparse import ArgumentTypeError
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
import regex
from stdnum import iban, luhn
from stdnum.us import ssn

from benchmarks import columns
from benchmarks.make_data import STREAMED, main, parse_size, write_kind, write_stream
from benchmarks.parquet_data import write_dense, write_wide


@pytest.mark.parametrize(("text", "size"), [("200MB", 200_000_000), ("2GiB", 2 * 2**30), ("1.5 kb", 1500), ("77", 77)])
def test_sizes_are_read(text: str, size: int) -> None:
    assert parse_size(text) == size


def test_what_is_no_size_is_refused() -> None:
    with pytest.raises(ArgumentTypeError, match="'much' is no size; write 200MB or 2GiB"):
        parse_size("much")


def test_made_numbers_pass_their_checks() -> None:
    rng = np.random.default_rng(1)
    assert all(luhn.is_valid(number) for number in columns.cards(rng, 500).to_pylist())
    assert all(iban.is_valid(number) for number in columns.ibans(rng, 500).to_pylist())
    assert all(ssn.is_valid(number) for number in columns.ssns(rng, 500).to_pylist())


@pytest.mark.parametrize("kind", STREAMED)
def test_a_stream_is_large_enough_and_the_same_on_each_run(tmp_path: Path, kind: str) -> None:
    write_stream(str(tmp_path / "one"), STREAMED[kind], 100)
    write_stream(str(tmp_path / "two"), STREAMED[kind], 100)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "one").stat().st_size >= 100


def test_the_wide_table_has_forty_columns_and_the_noted_values(tmp_path: Path) -> None:
    planted = write_stream(str(tmp_path / "wide.csv"), STREAMED["wide.csv"], 1)
    with (tmp_path / "wide.csv").open(newline="") as file:
        header, *rows = list(csv.reader(file))
    assert (len(header), {len(row) for row in rows}) == (40, {40})
    assert planted == {
        "PHONE_NUMBER": sum(" phone (" in row[header.index("notes")] for row in rows),
        "EMAIL_ADDRESS": sum("@" in row[header.index(name)] for row in rows for name in ("comments", "contact")),
    }
    assert 0.01 < planted.total() / len(rows) / len(header) < 0.02


def test_events_are_json_lines_with_the_noted_values(tmp_path: Path) -> None:
    planted = write_stream(str(tmp_path / "events"), STREAMED["events.jsonl"], 1)
    events = [json.loads(line) for line in (tmp_path / "events").read_bytes().splitlines()]
    cards = [event["payment"]["cardNumber"] for event in events if event["payment"]]
    assert planted == {"EMAIL_ADDRESS": sum("email" in event["user"] for event in events), "CREDIT_CARD_NUMBER": len(cards)}
    assert all(luhn.is_valid(card) for card in cards)


def test_logs_hold_the_noted_values(tmp_path: Path) -> None:
    planted = write_stream(str(tmp_path / "log"), STREAMED["service.log"], 1)
    text = (tmp_path / "log").read_text()
    assert planted == {
        "USA_SOCIAL_SECURITY_NUMBER": len(regex.findall(r" ssn=\d", text)),
        "IPV4_ADDRESS": len(regex.findall(r" from \d|^\d+\.", text, regex.MULTILINE)),
    }


def test_parquet_holds_the_noted_values(tmp_path: Path) -> None:
    dense = write_dense(str(tmp_path / "dense.parquet"), 1, rows=2000)
    assert pq.ParquetFile(tmp_path / "dense.parquet").metadata.row_group(0).column(0).compression == "ZSTD"
    assert dense["USA_SOCIAL_SECURITY_NUMBER"] == dense["GERMANY_BANK_ACCOUNT_NUMBER"] == 2000
    planted = write_wide(str(tmp_path / "wide.parquet"), 1, rows=2000)
    table = pq.read_table(tmp_path / "wide.parquet")
    assert (table.num_columns, table.num_rows) == (40, 2000)
    assert planted["PHONE_NUMBER"] == sum(" phone (" in note for note in table["notes"].to_pylist())


def test_small_files_are_as_many_as_asked(tmp_path: Path) -> None:
    write_kind(str(tmp_path), "small_files", 0, 24)
    written = sorted(path.name for path in (tmp_path / "small_files").rglob("*.*"))
    assert len(written) == 24
    assert {name.partition(".")[2] for name in written} == {"csv", "jsonl", "json", "html", "log", "txt", "py", "log.gz", "parquet"}


def test_documents_are_a_hundredth_of_the_files(tmp_path: Path) -> None:
    pdfs = write_kind(str(tmp_path), "pdfs", 0, 200)
    documents = write_kind(str(tmp_path), "documents", 0, 200)
    assert sorted(os.listdir(tmp_path / "pdfs")) == ["00000.pdf", "00001.pdf"]
    assert sorted(os.listdir(tmp_path / "documents")) == ["00000.docx", "00001.docx"]
    assert (pdfs["PHONE_NUMBER"], documents["PHONE_NUMBER"], documents["USA_SOCIAL_SECURITY_NUMBER"]) == (20, 20, 10)


def test_the_command_line_writes_and_notes_what_it_planted(tmp_path: Path) -> None:
    for kind in ("prose.txt", "source.txt"):
        main([str(tmp_path), kind, "--size", "1KB"])
    assert list(json.loads((tmp_path / "planted.json").read_text())) == ["prose.txt", "source.txt"]
    assert sorted(os.listdir(tmp_path)) == ["planted.json", "prose.txt", "source.txt"]


def test_an_unknown_kind_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path), "videos"])
    assert "no such kind: videos; choose from wide.csv, dense.csv" in capsys.readouterr().err
