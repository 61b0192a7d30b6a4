"""The filter languages: the command line's, event patterns, Macie's criteria."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.errors import ConfigError
from scanner.findings.conditions import like
from scanner.findings.event_pattern import parse_json_filter
from scanner.findings.query import parse_query

NOW = datetime(2026, 3, 10, tzinfo=UTC)
RECORD: dict[str, Any] = {
    "path": "/srv/data/People/a.csv",
    "severity": {"score": 3, "description": "High"},
    "updatedAt": "2026-03-01T12:00:00.000Z",
    "archived": False,
    "principal": "10.1.2.3",
    "owner": None,
    "detections": [{"identifier": "A", "count": 5, "category": "personal"}, {"identifier": "B", "count": 20, "category": "financial"}],
    "resourcesAffected": {"s3Object": {"key": "People/a.csv", "size": 2_000_000}},
    "life": {"lastSeen": "2026-03-01T12:00:00.000Z"},
}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("severity=high", True),
        ("severity = low, HIGH", True),
        ("severity!=high", False),
        ("severity!=low", True),
        ("nothing!=low", False),
        ("identifier=A", True),
        ("identifier=C", False),
        ("identifier!=A", False),
        ("identifier==B,A", True),
        ("identifier==A", False),
        ("severity==high", True),
        ("severity>=medium", True),
        ("severity>Medium", True),
        ("severity>high", False),
        ("severity<high", False),
        ("severity>=3", True),
        ("count>=20", True),
        ("count>20", False),
        ("count<6", True),
        ("size>1MB", True),
        ("size<=1.9MB", False),
        ("last-seen<7d", True),
        ("last-seen<10d", False),
        ("updatedAt>=2026-03-01", True),
        ("updatedAt>2026-03-02T00:00Z", False),
        ("path^=/srv/", True),
        ("path^=srv", False),
        ("key$=.csv", True),
        ("path~=*/People/*", True),
        ("path~=People", False),
        ("principal@=10.0.0.0/8", True),
        ("principal@=10.2.0.0/16,10.1.2.3/32", True),
        ("path@=10.0.0.0/8", False),
        ("archived=false", True),
        ("severity.score=3", True),
        ("principal", True),
        ("!principal", False),
        ("!owner", True),
        ("!nothing.at.all", True),
    ],
)
def test_the_command_line_s_language(query: str, wanted: bool) -> None:
    assert parse_query([query], NOW)(RECORD) is wanted


def test_all_conditions_must_hold() -> None:
    assert parse_query([], NOW)(RECORD)
    assert parse_query(["severity=high", "identifier=A"], NOW)(RECORD)
    assert not parse_query(["severity=high", "identifier=C"], NOW)(RECORD)


@pytest.mark.parametrize("query", ["", "=x", "severity=", "severity=a,,b", "count>many", "severity>=hgih", "principal@=here", "a b", "!"])
def test_mistakes(query: str) -> None:
    with pytest.raises(ConfigError, match=r"no filter|missing|compared|block"):
        parse_query([query], NOW)


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ({"severity": {"description": ["High", "Low"]}}, True),
        ({"severity": {"description": ["high"]}}, False),
        ({"severity": {"description": [{"equals-ignore-case": "high"}], "score": [3]}}, True),
        ({"severity.score": [{"numeric": [">", 1, "<=", 3]}]}, True),
        ({"severity": {"score": [{"numeric": [">", 3]}]}}, False),
        ({"path": [{"prefix": "/srv"}]}, True),
        ({"path": [{"suffix": ".CSV"}]}, False),
        ({"path": [{"suffix": {"equals-ignore-case": ".CSV"}}]}, True),
        ({"path": [{"wildcard": "*/data/*.csv"}]}, True),
        ({"detections": {"identifier": ["B"]}}, True),
        ({"detections": {"identifier": [{"anything-but": ["C"]}]}}, True),
        ({"detections": {"identifier": [{"anything-but": "B"}]}}, False),
        ({"path": [{"anything-but": {"prefix": "/srv"}}]}, False),
        ({"path": [{"anything-but": {"suffix": [".txt", ".pdf"]}}]}, True),
        ({"principal": [{"cidr": "10.1.0.0/16"}]}, True),
        ({"principal": [{"exists": True}], "other": [{"exists": False}]}, True),
        ({"owner": [None]}, True),
        ({"archived": [False]}, True),
        ({"archived": [True]}, False),
        ({"$or": [{"archived": [True]}, {"severity": {"score": [3]}}]}, True),
        ({"$or": [{"archived": [True]}, {"severity": {"score": [2]}}], "path": [{"exists": True}]}, False),
        ({"updatedAt": [{"numeric": ["<", 1772400000000]}]}, True),
        ({"criterion": {"severity.description": {"eq": ["High"]}}}, True),
        ({"criterion": {"severity.description": {"neq": ["High", "Low"]}}}, False),
        ({"criterion": {"detections.identifier": {"eqExactMatch": ["A", "B"]}}}, True),
        ({"criterion": {"detections.identifier": {"eqExactMatch": ["A"]}}}, False),
        ({"criterion": {"detections.count": {"gte": 6, "lt": 21}, "archived": {"eq": ["false"]}}}, True),
        ({"criterion": {"updatedAt": {"gt": 1772366400000}}}, False),
        ({"criterion": {}}, True),
    ],
)
def test_event_patterns_and_criteria(pattern: object, wanted: bool) -> None:
    assert parse_json_filter(json.dumps(pattern), "p")(RECORD) is wanted


@pytest.mark.parametrize(
    "pattern",
    [
        "no",
        "[]",
        "{}",
        '{"a": "b"}',
        '{"a": []}',
        '{"a": [{"prefix": 1}]}',
        '{"a": [{"numeric": [">"]}]}',
        '{"a": [{"numeric": [">", "b"]}]}',
        '{"a": [{"prefix": "b", "suffix": "c"}]}',
        '{"a": [["b"]]}',
        '{"a": [{"exists": "yes"}]}',
        '{"$or": {}}',
        '{"criterion": []}',
        '{"criterion": {"a": {}}}',
        '{"criterion": {"a": {"eq": "b"}}}',
        '{"criterion": {"a": {"gt": "b"}}}',
        '{"a":' * 40 + "[1]" + "}" * 40,
        "[" * 100_000,
    ],
)
def test_mistakes_in_json_are_named(pattern: str) -> None:
    with pytest.raises(ConfigError, match=r"^p: "):
        parse_json_filter(pattern, "p")


@settings(deadline=None)
@given(st.text("ab*\\", max_size=6))
def test_a_text_is_like_itself(text: str) -> None:
    assert like(text.replace("\\", "\\\\").replace("*", "\\*"))(text)
    assert like("*")(text)
