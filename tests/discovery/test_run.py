"""Discovery from end to end: on a folder day by day, and on buckets."""

import json
import os
import shutil
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from scanner.cli.main import app
from scanner.config import ScanConfig, StoreConfig, WorkerConfig
from scanner.discovery.report import DayReport
from scanner.discovery.run import Discovery, DiscoverySurroundings, expanded
from scanner.discovery.settings import DiscoverySettings, fixed_scores, ignored_identifiers
from scanner.engine.interrupt import Interrupt
from scanner.errors import ConfigError, StateError, TargetError
from scanner.state.store import open_store
from tests.sources.conftest import credentials, moto, moto_url
from tests.sources.test_s3 import client

__all__ = ["credentials", "moto", "moto_url"]

LEAK = "name,ssn\nAnn,219-22-9999\n"
SSN = ("USA_SOCIAL_SECURITY_NUMBER",)
NOON = datetime(2026, 3, 8, 12, tzinfo=UTC)


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (1_700_000_000, 1_700_000_000))


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    for number in range(40):
        put(tmp_path / "lake" / "hr" / f"{number}.csv", LEAK)
        for day in range(4):
            put(tmp_path / "lake" / "logs" / f"2026-03-0{day}" / f"{number}.log", "started\n")
    return tmp_path / "lake"


class Days:
    """Discovery, day after day, of one lake."""

    def __init__(self, lake: Path, **settings: Any) -> None:
        self._state = lake.parent / "state.db"
        self._environment = {"XDG_STATE_HOME": str(lake.parent), "XDG_CACHE_HOME": str(lake.parent), "HOME": str(lake.parent)}
        self._settings = {"scan": ScanConfig((str(lake),), select=SSN, workers=WorkerConfig(processes=0)), **settings}

    def day(self, days: float = 0, *, reading: bool = True, **changed: Any) -> DayReport:
        settings, now = DiscoverySettings(**{**self._settings, **changed}), NOON + timedelta(days=days)
        environment = self._environment | {"SOURCE_DATE_EPOCH": str(int(now.timestamp()))}
        with open_store(str(self._state), write=True) as store:
            around = DiscoverySurroundings(now, Interrupt(), environment=environment)
            discovery = Discovery(settings, store, around)
            assert sum(1 for _ in discovery.results(reading=reading)) >= discovery.report().summary["readObjects"]
            return discovery.report()


def of_one(report: DayReport) -> dict[str, Any]:
    [record] = report.buckets
    return dict(record)


def coverage(report: DayReport) -> tuple[int, int]:
    found = of_one(report)["coverage"]
    return found["analysedObjects"], found["objects"]


def test_the_budget_is_for_the_day_and_nothing_is_read_twice(lake: Path) -> None:
    days = Days(lake, day_objects=50)

    first, again, more, next_day = days.day(), days.day(), days.day(day_objects=60), days.day(1)

    assert [one.summary["readObjects"] for one in (first, again, more, next_day)] == [50, 0, 10, 50]
    assert [coverage(one) for one in (first, again, more, next_day)] == [(50, 200), (50, 200), (60, 200), (110, 200)]
    assert next_day.summary["leftOfTheDay"]["objects"] == 0


def test_the_day_ends_at_midnight_of_its_zone(lake: Path) -> None:
    days = Days(lake, day_objects=50, timezone="Pacific/Auckland")

    # Noon of UTC is one in the morning there; half a day later it is the same day, and half a day after that the next.
    reports = [days.day(part) for part in (0, 0.5, 1)]

    assert [one.summary["readObjects"] for one in reports] == [50, 0, 50]


def test_bytes_have_a_budget_too(lake: Path) -> None:
    report = Days(lake, day_bytes=10 * len(LEAK)).day()

    assert 10 <= report.summary["readObjects"] < 40
    assert 0 <= report.summary["leftOfTheDay"]["bytes"] < len("started\n")


def test_it_reads_most_where_it_finds_most_and_is_not_deceived_by_that(lake: Path) -> None:
    record = of_one(Days(lake, day_objects=100).day())

    statistics = record["statistics"]
    assert statistics["totalItemsSensitive"] > 30
    # A fifth of all objects, and about a third of those that were read.
    assert record["estimatedSensitiveShare"] == 0.2
    assert 81 <= record["sensitivityScore"] <= 83
    assert [one["identifier"] for one in record["detections"]] == list(SSN)


def test_in_the_end_everything_is_read_and_then_nothing_more(lake: Path) -> None:
    days = Days(lake)

    assert coverage(days.day()) == (200, 200)
    assert days.day(1).summary["readObjects"] == 0


def test_what_changed_is_read_again_and_what_is_gone_counts_no_more(lake: Path) -> None:
    days = Days(lake)
    before = of_one(days.day())
    for number in range(40):
        (lake / "hr" / f"{number}.csv").unlink()
    put(lake / "logs" / "2026-03-00" / "0.log", "restarted\n")

    report = days.day(1)

    assert (report.summary["readObjects"], report.summary["vanished"]) == (1, 40)
    assert before["sensitivityScore"] > 50
    assert of_one(report)["sensitivityScore"] == 1
    assert days.day(2).summary["vanished"] == 0


def test_other_identifiers_make_it_read_again_what_it_knows_after_what_it_does_not(lake: Path) -> None:
    days = Days(lake, day_objects=120)
    days.day()
    scan = ScanConfig((str(lake),), select=(*SSN, "CREDIT_CARD_NUMBER"), workers=WorkerConfig(processes=0))

    second, third, fourth = (days.day(number, scan=scan) for number in (1, 2, 3))

    assert [one.summary["readObjects"] for one in (second, third, fourth)] == [120, 80, 0]
    # The 80 that nobody had read came first.
    assert [coverage(one) for one in (second, third)] == [(200, 200), (200, 200)]
    assert of_one(third)["statistics"] == of_one(fourth)["statistics"]


def test_an_interrupt_while_listing_reads_nothing_and_takes_nothing_for_gone(lake: Path) -> None:
    days = Days(lake, day_objects=50)
    before = days.day()
    with open_store(str(lake.parent / "state.db"), write=True) as store:
        settings = DiscoverySettings(ScanConfig((str(lake),), select=SSN, workers=WorkerConfig(processes=0)))
        around = DiscoverySurroundings(NOON, Interrupt(signal=2), environment={"HOME": str(lake.parent)})
        discovery = Discovery(settings, store, around)
        assert list(discovery.results()) == []
        report = discovery.report()

    assert not discovery.surveyed
    assert (report.summary["complete"], report.summary["readObjects"], report.summary["vanished"]) == (False, 0, 0)
    assert of_one(days.day(reading=False))["statistics"] == of_one(before)["statistics"]


def test_a_survey_reads_nothing(lake: Path) -> None:
    record = of_one(Days(lake).day(reading=False))

    assert (record["sensitivityScore"], record["band"], record["coverage"]["clusters"]) == (50, "not yet analyzed", 2)


@pytest.mark.parametrize(
    ("settings", "score"), [({"fixed": {"LAKE": 100}}, 100), ({"fixed": {"other": 100}}, 81), ({"ignored": {"LAKE": frozenset(SSN)}}, 1)]
)
def test_scores_by_hand_and_identifiers_that_do_not_count(lake: Path, settings: Mapping[str, Mapping[str, Any]], score: int) -> None:
    named = {key: {str(lake) if name == "LAKE" else name: value for name, value in table.items()} for key, table in settings.items()}

    assert of_one(Days(lake, **named).day())["sensitivityScore"] == score


def test_types_that_are_not_read_are_found_out_and_large_objects_are_told_of(tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    for number in range(5):
        put(lake / f"{number}.txt", "plain text\n")
        (lake / f"{number}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    put(lake / "large.txt", "plain text\n" * 1000)
    put(lake / "empty.txt", "")

    record = of_one(Days(lake, day_bytes=5000).day())

    found = record["coverage"]
    assert (found["objects"], found["analysedObjects"], found["unsupported"], found["tooLarge"], found["leftOut"]) == (6, 5, 5, 1, 1)
    assert record["band"] == "not sensitive"


def test_what_cannot_be_read_is_an_error_and_no_clean_bucket(tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    put(lake / "a.pdf", "%PDF-1.7\nbroken")
    shutil.copy(lake / "a.pdf", lake / "b.pdf")

    record = of_one(Days(lake).day())

    assert record["coverage"]["analysedObjects"] + record["coverage"]["failed"] == 2
    assert record["sensitivityScore"] != 50


def discover(folder: Path, *words: str) -> Result:
    environment = {"XDG_STATE_HOME": str(folder / "state"), "XDG_CACHE_HOME": str(folder / "cache")}
    return CliRunner().invoke(app, ["discover", *words, "--workers", "0", "--select", SSN[0]], env=environment)


def test_buckets_by_pattern_with_one_left_out_and_one_that_is_denied(tmp_path: Path, moto: StoreConfig) -> None:
    s3, mark = client(moto), uuid.uuid4().hex[:8]
    for word, content in (("hr", LEAK.encode()), ("web", b"<p>hello</p>"), ("skip", LEAK.encode()), ("empty", None)):
        s3.create_bucket(Bucket=f"{mark}-{word}")
        for number in range(3 if content else 0):
            s3.put_object(Bucket=f"{mark}-{word}", Key=f"a/{number}.html" if word == "web" else f"a/{number}.csv", Body=content)
    words = ("--endpoint-url", str(moto.endpoint_url), "--exclude-bucket", f"{mark}-s*")

    first = discover(tmp_path, f"s3://{mark}-*", f"s3://{mark}-gone/", *words)
    second = discover(tmp_path, f"s3://{mark}-*", *words, "--fail-on-score", "80")

    *buckets, summary = map(json.loads, first.stdout.splitlines())
    assert {one["bucketName"].partition("-")[2]: (one["sensitivityScore"], one["readNow"]) for one in buckets} == {
        "hr": (88, 3),
        "web": (1, 3),
        "empty": (1, 0),
        "gone": (50, 0),
    }
    assert (first.exit_code, summary["complete"], summary["readObjects"]) == (3, False, 6)
    assert (second.exit_code, json.loads(second.stdout.splitlines()[-1])["readObjects"]) == (1, 0)


def test_the_last_scores_are_shown_without_listing(tmp_path: Path) -> None:
    missing = discover(tmp_path, "--last")
    assert isinstance(missing.exception, StateError)
    put(tmp_path / "lake" / "a.csv", LEAK)
    now = discover(tmp_path, str(tmp_path / "lake"), "--format", "table")
    shutil.rmtree(tmp_path / "lake")

    shown = discover(tmp_path, "--last", "--format", "table")

    assert shown.stdout == now.stdout
    assert (shown.exit_code, discover(tmp_path, "--last", "--fail-on-score", "51").exit_code) == (0, 1)
    assert f"{tmp_path / 'lake'}" in shown.stdout
    assert "219-22-9999" not in discover(tmp_path, "--last", "--format", "json").stdout


@pytest.mark.usefixtures("credentials")
def test_when_every_bucket_is_left_out_nothing_is_left_to_do() -> None:
    with pytest.raises(TargetError, match="not left out"):
        expanded(("s3://a", "s3://b/x"), ("a", "[bc]"), StoreConfig())
    assert expanded(("s3://a", "s3://b/x"), ("a",), StoreConfig()) == ("s3://b/x",)


def test_flags_that_are_wrong_are_told() -> None:
    assert fixed_scores(("a=b=100", "c=1")) == {"a=b": 100, "c": 1}
    assert ignored_identifiers(("a=X", "a=Y", "b=X"), frozenset("XY")) == {"a": frozenset("XY"), "b": frozenset("X")}
    for word in ("a", "a=50", "a=0", "a=101", "=5", "a=x"):
        with pytest.raises(ConfigError, match="--set-score"):
            fixed_scores((word,))
    for word in ("a", "=X", "a=Z"):
        with pytest.raises(ConfigError, match="--ignore"):
            ignored_identifiers((word,), frozenset("XY"))
