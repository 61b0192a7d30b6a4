"""What rules and baselines keep from being reported."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scanner.errors import ConfigError
from scanner.findings.baseline import load_baseline
from scanner.findings.rules import Rule
from scanner.findings.screen import BASELINE, open_screen
from scanner.model.life import DetectionLife, Life, ObjectLife
from scanner.model.location import LineLocation
from scanner.model.objects import ObjectRef, StoredObject
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.outcome import SCANNED
from scanner.model.result import Detection, Hidden, ObjectResult

TODAY = date(2026, 3, 1)
FILE = ObjectRef("file", "/srv/data", "legacy/a.txt")
OBJECT = ObjectRef("s3", "bucket", "logs/a.txt")


def occurrence(number: int) -> Occurrence:
    return Occurrence(LineLocation(number, 1, number, 3), Confidence.HIGH, (), "***", f"{number:032x}")


def result(ref: ObjectRef, *detections: Detection) -> ObjectResult:
    return ObjectResult(StoredObject(ref, 1), SCANNED, detections=detections)


def detection(name: str, *numbers: int, count: int | None = None) -> Detection:
    return Detection(name, len(numbers) if count is None else count, Confidence.HIGH, tuple(map(occurrence, numbers)))


@pytest.mark.parametrize(
    ("ref", "pattern", "hides"),
    [
        (FILE, "legacy/", True),
        (FILE, "*.txt", True),
        (FILE, "file:///srv/data/legacy/**", True),
        (FILE, "/srv/data/legacy/**", False),
        (FILE, "/legacy/", True),
        (FILE, "s3://srv/data/**", False),
        (FILE, "data/legacy/**", False),
        (FILE, "legacy/*.csv", False),
        (OBJECT, "logs/**", True),
        (OBJECT, "s3://bucket/logs/**", True),
        (OBJECT, "s3://other/logs/**", False),
        (OBJECT, "s3://*/logs/", True),
        (OBJECT, "/bucket/logs/", False),
    ],
)
def test_paths(ref: ObjectRef, pattern: str, hides: bool) -> None:
    screen = open_screen([Rule("r", "why", paths=(pattern,))], None, TODAY)
    assert bool(screen(result(ref, detection("SSN", 1))).hidden) is hides
    assert screen.used == ({"r"} if hides else set())


def test_identifiers_fingerprints_and_what_is_left() -> None:
    rules = [
        Rule("mail", "why", identifiers=("EMAIL",)),
        Rule("value", "why", identifiers=("SSN",), fingerprints=(f"{2:032x}",)),
        Rule("late", "why", identifiers=("SSN",), expires=TODAY),
        Rule("none", "why", identifiers=("CARD",)),
    ]
    screen = open_screen(rules, None, TODAY)
    shown = screen(result(FILE, detection("EMAIL", 1, 2), detection("SSN", 1, 2, 3, count=7)))
    assert shown.detections == (detection("SSN", 1, 3, count=6),)
    assert shown.hidden == (Hidden("EMAIL", 2, "mail"), Hidden("SSN", 1, "value"))
    assert screen.used == {"mail", "value"}


def test_lives_of_what_is_hidden_are_not_told() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    lives = tuple(DetectionLife(name, life, moment, moment) for name, life in (("A", Life.NEW), ("B", Life.RESOLVED), ("C", Life.NEW)))
    whole = replace(result(FILE, detection("A", 1), detection("C", 2)), life=ObjectLife(detections=lives))
    screen = open_screen([Rule("r", "why", identifiers=("A", "B"))], None, TODAY)
    shown = screen(whole)
    assert shown.life is not None
    assert [one.identifier for one in shown.life.detections] == ["C"]


def written(path: Path, *results: ObjectResult) -> str:
    lines: list[object] = [{"record": "run"}]
    for one in results:
        found = [
            {"identifier": det.identifier, "count": det.count, "occurrences": [{"fingerprint": o.fingerprint} for o in det.occurrences]}
            for det in one.detections
        ]
        lines.append({"record": "finding", "uri": one.object.ref.uri, "detections": found})
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return str(path)


def test_only_what_is_not_in_the_baseline_is_shown(tmp_path: Path) -> None:
    before = result(FILE, detection("A", 1, 2), detection("B", 1, count=9), detection("C", 1, count=9))
    screen = open_screen([], load_baseline(written(tmp_path / "a.jsonl", before)), TODAY)
    now = result(FILE, detection("A", 2, 3), detection("B", 1, count=9), detection("C", 1, count=11), detection("D", 1))
    shown = screen(now)
    assert shown.detections == (detection("A", 3), detection("C", count=2), detection("D", 1))
    assert shown.hidden == (Hidden("A", 1, BASELINE), Hidden("B", 9, BASELINE), Hidden("C", 9, BASELINE))
    elsewhere = result(OBJECT, detection("A", 1))
    assert screen(elsewhere) == elsewhere


@pytest.mark.parametrize("content", [b"", b"{}\n", b"no\n", b'{"record": "finding", "uri": 1}\n', b"\xff\n", b"[" * 100_000])
def test_what_is_no_baseline(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"a\.jsonl"):
        load_baseline(str(path))
