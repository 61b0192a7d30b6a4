"""Documents for Elasticsearch."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.result import ObjectResult
from tests.acceptance.sink_suite import SinkSuite
from tests.reports.build import CARD, RUN, SSN, detection, options, policy, result, stored
from tests.reports.test_jsonl import EVERYTHING, finding


class TestElasticSuite(SinkSuite):
    format = "elastic"


def documents(results: Sequence[ObjectResult], **given: Any) -> list[tuple[str, str, dict[str, Any]]]:
    """Index, id and document of each pair of lines."""
    written = TestElasticSuite().written(results, **given)
    assert written.endswith("\n")
    lines = [json.loads(line) for line in written.splitlines()]
    actions = [line["index"] for line in lines[::2]]
    assert all(set(action) == {"_index", "_id"} for action in actions)
    return [(action["_index"], action["_id"], document) for action, document in zip(actions, lines[1::2], strict=True)]


def test_each_record_goes_into_its_index() -> None:
    failed = result(of=stored("locked"), outcome=Outcome(Status.FAILED, Reason.CRASH))
    made = documents([result(detection(SSN, 1)), failed, result(of=stored("b"))], policies=[policy()])
    assert [index for index, _, _ in made] == ["dowse-findings", "dowse-outcomes", "dowse-policies", "dowse-runs"]
    assert {document["runId"] for _, _, document in made} == {RUN.id}
    assert {document["@timestamp"] for _, _, document in made} == {"2026-03-01T12:00:00.250Z"}


def test_the_document_is_the_native_record() -> None:
    one = result(detection(SSN, 2))
    (_, _, document), _ = documents([one])
    assert {name: item for name, item in document.items() if name not in ("@timestamp", "runId")} == finding(one)


def test_the_same_object_replaces_its_document_and_none_shares_an_id() -> None:
    before, _ = documents([result(detection(SSN, 1))])
    after, _ = documents([result(detection(CARD, 1), of=replace(stored(), etag="later"))], run=replace(RUN, id="another"))
    assert before[1] == after[1]
    ids = [(index, identity) for index, identity, _ in documents([result(detection(SSN, 1), of=stored(f"{n}")) for n in range(9)])]
    assert len(set(ids)) == 10


def test_values_are_not_even_written_when_revealed() -> None:
    written = TestElasticSuite().written(EVERYTHING, options(reveal=True))
    assert '"value"' not in written


def test_all_outcomes_on_request() -> None:
    made = documents([result(), result(of=stored("b"))], sink_options=options(all_outcomes=True))
    assert [index for index, _, _ in made] == ["dowse-outcomes", "dowse-outcomes", "dowse-runs"]
