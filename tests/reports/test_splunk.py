"""Events for Splunk."""

import json
from collections.abc import Sequence
from typing import Any

from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.result import ObjectResult
from tests.acceptance.sink_suite import SinkSuite
from tests.reports.build import EMAIL, RUN, SSN, cells, detection, policy, result, stored
from tests.reports.test_jsonl import EVERYTHING


class TestSplunkSuite(SinkSuite):
    format = "splunk"


def events(results: Sequence[ObjectResult], **given: Any) -> list[dict[str, Any]]:
    made = [json.loads(line) for line in TestSplunkSuite().written(results, **given).splitlines()]
    for one in made:
        assert set(one) == {"time", "source", "sourcetype", "event"}
        assert one["event"]["runId"] == RUN.id
        assert one["time"] == 1772366400.25
    return made


def test_each_record_has_its_sourcetype() -> None:
    failed = result(of=stored("locked"), outcome=Outcome(Status.FAILED, Reason.CRASH))
    made = events([result(detection(SSN, 1)), failed, result(of=stored("b"))], policies=[policy()])
    assert [one["sourcetype"] for one in made] == ["dowse:finding", "dowse:outcome", "dowse:policy", "dowse:run"]
    assert made[-1]["event"]["objects"] == 3


def test_a_finding_is_short_and_counts_what_it_leaves_out() -> None:
    event = events([result(detection(SSN, 500, cells(400)))])[0]["event"]
    (found,) = event["detections"]
    assert (found["count"], len(found["occurrences"]), found["occurrencesOmitted"]) == (500, 3, 497)
    assert (event["severity"], event["severityScore"], event["path"]) == ("high", 3, "/srv/data/people/customers.csv")


def test_everything_can_be_sent() -> None:
    made = events(EVERYTHING)
    assert sum(one["sourcetype"] == "dowse:finding" for one in made) == len(EVERYTHING)
    assert all(len(json.dumps(one)) < 10_000 for one in made)


def test_the_severity_is_that_of_the_finding() -> None:
    assert events([result(detection(EMAIL, 1))])[0]["event"]["severity"] == "low"
