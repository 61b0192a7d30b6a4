"""`--data-catalogue` and the formats for data catalogues, on a small lake."""

import json
from pathlib import Path

import pytest
import regex
import yaml

from identifiers.catalogues import load_catalogue
from scanner.reports.catalogue_settings import load_catalogue_settings
from tests.cli.test_scan_command import ROOT, dowse

PAGE = (ROOT / "docs" / "data-catalogues.md").read_text("utf-8")


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    rows = "".join(f"{number},219-{number}-9921,person{number}@mail.example.org\n" for number in range(10, 60))
    for month in (10, 11):
        folder = tmp_path / "lake" / "sales" / "year=2026" / f"month={month}"
        folder.mkdir(parents=True)
        (folder / "part-0.csv").write_text("id,ssn,email\n" + rows)
    return tmp_path / "lake"


def test_one_run_fills_several_catalogues(lake: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[levels.identifier]\nEMAIL_ADDRESS = "public"\n[glue]\ndatabase = "raw"\n')
    outputs = ["--output", f"glue={tmp_path / 'lf'}", "--output", f"dbt={tmp_path / 'dbt'}"]

    done = dowse("scan", lake, "--quiet", "--data-catalogue", tmp_path / "mine.toml", *outputs)

    assert done.returncode == 0, done.stderr
    requests = [json.loads(line)["input"] for line in (tmp_path / "lf").read_text().splitlines()]
    tagged = {one["Resource"]["TableWithColumns"]["ColumnNames"][0]: one for one in requests if "Resource" in one}
    assert tagged.keys() == {"ssn", "email"}
    table = tagged["email"]["Resource"]["TableWithColumns"]
    assert (table["DatabaseName"], table["Name"]) == ("raw", "sales")
    assert tagged["email"]["LFTags"][0] == {"TagKey": "sensitivity", "TagValues": ["public"]}
    (only,) = yaml.safe_load((tmp_path / "dbt").read_text())["sources"][0]["tables"]
    shares = [one["config"]["meta"]["dowse"]["identifiers"][0]["share"] for one in only["columns"]]
    assert shares == [1.0, 1.0]


def test_a_wrong_file_ends_the_run_before_it_begins(lake: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[levels.severity]\nhigh = "secret"\n')

    done = dowse("scan", lake, "--format", "glue", "--data-catalogue", tmp_path / "mine.toml")

    assert (done.returncode, done.stdout) == (2, b"")
    assert b"mine.toml: levels: severity.high: 'secret' is no level; there are public, internal, confidential, restricted" in done.stderr


def test_the_file_in_the_documents_is_one_that_can_be_used(tmp_path: Path) -> None:
    (example,) = regex.findall(r"```toml\n(.*?)```", PAGE, regex.DOTALL)
    (tmp_path / "mine.toml").write_text(example)
    settings = load_catalogue_settings(str(tmp_path / "mine.toml"), {one.id for one in load_catalogue()})
    assert (settings.min_share, settings.glue.database, settings.datahub.platform_instance) == (0.01, "lake", "eu")
