"""What is made of measured figures: marks, shares, tables."""

import json
import os
import sys
import tomllib
from pathlib import Path

import pytest

from benchmarks import table
from benchmarks.growth import slope
from benchmarks.measure import Amount, Measured
from benchmarks.stand_ins import WANTED, missing, write_stand_ins
from benchmarks.targets import ROWS, Row, Wanted
from benchmarks.timing import Place, Sample, Spent, raw_seconds, spend
from identifiers import load_catalogue
from identifiers.catalogues import load_custom

ROW = Row("rows", "wide.csv", "csv", "MB", Wanted(100, 0.45), Wanted(share=0.7))


def measured(scan: float, raw: float, row: Row = ROW, other: float = 0) -> Measured:
    amount = Amount(100, other)
    return Measured(row, amount, Sample((scan,) * 3), Sample((raw,) * 3), 0.5, {"A": 1}, {"A": (2, 1)}, {"failed:crash": 1})


@pytest.mark.parametrize(("scan", "raw", "mark"), [(0.5, 0.4, "aim"), (0.9, 0.5, "floor"), (0.9, 0.3, "short"), (1.5, 1.0, "short")])
def test_a_row_is_marked_by_its_rate_and_its_share(scan: float, raw: float, mark: str) -> None:
    assert measured(scan, raw).mark(with_startup=True) == mark


def test_start_up_is_counted_or_left_out() -> None:
    row = measured(1.5, 0.5)
    assert (row.rate(with_startup=True), row.rate(with_startup=False)) == (100 / 1.5, 100)
    assert (row.share(with_startup=True), row.share(with_startup=False)) == (0.5 / 1.5, 0.5)


def test_either_of_two_rates_serves() -> None:
    row = Row("files", "small_files", "bytes", "files", Wanted(1000, other_rate=50), Wanted(3000), "MB")
    assert measured(1, 0.1, row, other=60).mark(with_startup=True) == "floor"
    assert measured(1, 0.1, row, other=40).mark(with_startup=True) == "short"


def test_the_table_names_what_was_missed() -> None:
    results = table.Results({"cores": "2"}, "1 MB", 3, 300, 10, Sample((0.5,)), [Spent(0.6, 0.7)], Spent(2, 2), [measured(1, 0.5)], {}, {})
    told = table.markdown(results)
    assert "1 of 2 planted A were found" in told
    assert "failed:crash" in told
    assert json.loads(json.dumps(table.plain(results)))["rows"][0]["missed"] == {"A": [2, 1]}


def test_every_row_has_a_floor_and_an_aim() -> None:
    assert len({row.kind for row in ROWS}) == len(ROWS) == 11
    assert all(row.floor != Wanted() != row.aim for row in ROWS)


def test_the_cost_of_a_command_counts_its_descendants(tmp_path: Path) -> None:
    burn = "import time\nend = time.process_time() + 0.2\nwhile time.process_time() < end: pass"
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"
    place = Place(max(os.sched_getaffinity(0)), str(tmp_path))
    assert spend([sys.executable, "-c", nested], place).cpu_seconds >= 0.2


def test_a_command_that_fails_ends_the_benchmark(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="ended with exit code 7"):
        spend([sys.executable, "-c", "raise SystemExit(7)"], Place(None, str(tmp_path)))


def test_stand_ins_are_identifiers_that_load(tmp_path: Path) -> None:
    write_stand_ins(str(tmp_path / "more.toml"), 20)
    assert len(load_custom(str(tmp_path / "more.toml"))) == 20
    assert missing(len(load_catalogue()) + 5) == 5
    assert missing(1) == 0
    assert missing() == max(0, WANTED - len(load_catalogue()))
    assert len(tomllib.loads((tmp_path / "more.toml").read_text())["identifier"]) == 20


@pytest.mark.parametrize(("way", "content"), [("csv", b"a,b\n1,2\n"), ("jsonl", b'{"a":1}\n'), ("bytes", b"text")])
def test_plain_reading_tells_seconds(tmp_path: Path, way: str, content: bytes) -> None:
    (tmp_path / "input").write_bytes(content)
    assert 0 <= raw_seconds(way, str(tmp_path / "input"), Place(None, str(tmp_path))) < 10


def test_the_slope_tells_linear_from_flat() -> None:
    assert slope([(1, 1), (10, 10)]) == pytest.approx(1)
    assert slope([(1, 5), (10, 5)]) == pytest.approx(0)
