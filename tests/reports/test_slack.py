"""A message of what a run came to."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from scanner.model.result import ObjectResult
from scanner.reports.slack import escaped
from tests.acceptance.sink_suite import SinkSuite
from tests.reports.build import CARD, EMAIL, SSN, SUMMARY, detection, policy, result


class TestSlackSuite(SinkSuite):
    format = "slack"


def text(results: Sequence[ObjectResult], **given: Any) -> str:
    document = json.loads(TestSlackSuite().written(results, **given))
    assert set(document) == {"text"}
    return str(document["text"])


def test_it_says_what_the_run_came_to() -> None:
    assert text([result(detection(CARD, 2), detection(SSN, 1)), result(detection(EMAIL, 1))]).split("\n") == [
        "*2 objects with sensitive data*: 1 high, 1 low in `/srv/data`",
        "3 objects, 2.0 kB; everything was read",
        "• `CREDIT_CARD_NUMBER`: 1 object, high",
        "• `USA_SOCIAL_SECURITY_NUMBER`: 1 object, high",
        "• `EMAIL_ADDRESS`: 1 object, low",
        "Worst: `people/customers.csv`, `people/customers.csv`",
    ]


def test_masks_are_not_in_it() -> None:
    assert "***-**-9999" not in text([result(detection(SSN, 1))])


def test_what_was_not_read_is_said() -> None:
    assert "*not everything was read*" in text([], summary=replace(SUMMARY, complete=False))
    assert "*the run was interrupted*" in text([], summary=replace(SUMMARY, complete=False, interrupted=True))


def test_findings_on_buckets_alone() -> None:
    nothing = replace(SUMMARY, objects=0, outcomes={})
    found = [policy(severity="low"), policy(severity="critical"), policy(severity="low")]
    assert text([], policies=found, summary=nothing) == "*Findings on buckets*: 1 critical, 2 low"


@pytest.mark.parametrize("words", ["<!channel>", "<https://example.com|click>", "<@U1>", "&lt;", "`x` *b*"])
def test_names_make_neither_links_nor_mentions(words: str) -> None:
    shown = escaped(words)
    assert "<" not in shown
    assert shown.count("`") == 2
