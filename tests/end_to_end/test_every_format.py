"""All findings in the sample data, and findings on buckets, in every format: valid there, harmless, and without a single value."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

import botocore.session
import jsonschema
import pyarrow.parquet as pq
import pytest
from botocore.validate import ParamValidator
from lxml import etree
from lxml import html as lxml_html

from sample_data.generate import all_samples
from scanner.posture.judged import judge_inventory
from scanner.posture.offline import read_offline
from scanner.posture.parties import Trusted
from scanner.reports.options import SinkOptions
from scanner.reports.policies import PolicySink
from scanner.reports.registry import SINKS, open_sink
from scanner.reports.replay import Learned, Replay, open_input
from tests.reports import test_asff, test_jsonl, test_junit, test_ocsf, test_sarif
from tests.reports.test_macie import wrong_words

TEMPLATE = {
    "Resources": {
        name: {
            "Type": "AWS::S3::Bucket",
            "Properties": {"BucketName": name.lower(), "PublicAccessBlockConfiguration": {"BlockPublicAcls": False}},
        }
        for name in ("Photos", "Logs")
    }
}
# What is shorter may stand anywhere by chance.
SHORTEST = 9

Write = Callable[[str], bytes]


@pytest.fixture(scope="session")
def posture_lines(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("posture") / "template.json"
    path.write_text(json.dumps(TEMPLATE))
    report = judge_inventory(read_offline(str(path), None), Trusted())
    return b"".join(json.dumps(record).encode() + b"\n" for record in (*(one.record for one in report.buckets), report.summary))


@pytest.fixture(scope="session")
def write(all_found: list[bytes], posture_lines: bytes) -> Write:
    """A function that gives the whole file of a format."""
    lines = b"".join(line + b"\n" for line in all_found)

    @cache
    def written(name: str) -> bytes:
        learned, out = Learned({}), io.BytesIO()
        sink = open_sink(name, out, SinkOptions(learned.known, all_outcomes=name == "jsonl"))
        streams = [lines, posture_lines] if isinstance(sink, PolicySink) else [lines]
        Replay([open_input(name, io.BytesIO(stream)) for stream in streams], learned).into(sink, datetime(2026, 3, 1, tzinfo=UTC))
        return out.getvalue()

    return written


def json_lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


def check_jsonl(data: bytes) -> int:
    validator = jsonschema.Draft202012Validator(json.loads(test_jsonl.SCHEMA.read_text()))
    for record in json_lines(data):
        validator.validate(record)
    return sum(record["record"] in ("finding", "policy") for record in json_lines(data))


def check_asff(data: bytes) -> int:
    for request in json_lines(data):
        assert list(test_asff.wrong(request)) == []
    return sum(len(request["Findings"]) for request in json_lines(data))


def check_ocsf(data: bytes) -> int:
    for event in json_lines(data):
        test_ocsf.check(event)
    return len(json_lines(data))


def check_sarif(data: bytes) -> int:
    log = json.loads(data)
    jsonschema.validate(log, test_sarif.SCHEMA, cls=jsonschema.Draft4Validator)
    objects = {json.dumps(one["locations"][0]["physicalLocation"]["artifactLocation"]) for one in log["runs"][0]["results"]}
    policies = [one for one in log["runs"][0]["results"] if one["ruleId"].startswith("Policy:")]
    return len(objects) - len({json.dumps(one["locations"][0]["physicalLocation"]["artifactLocation"]) for one in policies}) + len(policies)


def check_macie(findings: list[dict[str, Any]]) -> None:
    shape = botocore.session.Session().get_service_model("macie2").shape_for("Finding")
    for one in findings:
        report = ParamValidator().validate(one, shape)
        assert not report.has_errors(), report.generate_report()
        assert list(wrong_words(one, shape)) == []


def check_macie_lines(data: bytes) -> int:
    check_macie(json_lines(data))
    return len(json_lines(data))


def check_macie_response(data: bytes) -> int:
    findings = json.loads(data)["findings"]
    check_macie(findings)
    return len(findings)


def check_csv(data: bytes) -> int:
    rows = list(csv.DictReader(io.StringIO(data.decode()), strict=True))
    assert all(None not in row and None not in row.values() for row in rows)
    policies = sum(1 for row in rows if row["record"] == "policy")
    return len({row["id"] for row in rows if row["record"] == "finding"}) + policies


def check_parquet(data: bytes) -> int:
    rows = pq.read_table(io.BytesIO(data), columns=["record", "id"]).to_pylist()
    return len({row["id"] for row in rows if row["record"] == "finding"}) + sum(1 for row in rows if row["record"] == "policy")


def check_junit(data: bytes) -> int:
    root: Any = etree.fromstring(data)
    test_junit.SCHEMA.assertValid(root)
    return len(root.findall(".//failure"))


def check_elastic(data: bytes) -> int:
    lines = json_lines(data)
    assert all(set(action) == {"index"} for action in lines[::2])
    return sum(action["index"]["_index"] in ("dowse-findings", "dowse-policies") for action in lines[::2])


def check_splunk(data: bytes) -> int:
    assert all(set(line) == {"time", "source", "sourcetype", "event"} for line in json_lines(data))
    return sum(line["sourcetype"] in ("dowse:finding", "dowse:policy") for line in json_lines(data))


CHECKS: dict[str, Callable[[bytes], int]] = {
    "asff": check_asff,
    "csv": check_csv,
    "elastic": check_elastic,
    "jsonl": check_jsonl,
    "junit": check_junit,
    "ocsf": check_ocsf,
    "parquet": check_parquet,
    "sarif": check_sarif,
    "splunk": check_splunk,
}


@pytest.fixture(scope="session")
def found(write: Write) -> int:
    """How many findings there are, on objects and on buckets."""
    return sum(record["record"] in ("finding", "policy") for record in json_lines(write("jsonl")))


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_every_finding_is_there_and_valid(write: Write, found: int, name: str) -> None:
    assert CHECKS[name](write(name)) == found


def test_every_finding_that_macie_could_have_is_valid_there(write: Write) -> None:
    wanted = check_macie_lines(write("macie"))
    assert check_macie_response(write("macie-response")) == wanted
    assert [event["detail-type"] for event in json_lines(write("macie-events"))] == ["Macie Finding"] * wanted


def test_every_object_is_in_the_results_of_macie(write: Write) -> None:
    keys = {line["resourcesAffected"]["s3Object"]["key"] for line in json_lines(write("macie-results"))}
    assert len(keys) == len({record["uri"] for record in json_lines(write("jsonl")) if record["record"] == "outcome"})


@pytest.mark.parametrize("name", ["markdown", "slack", "table", "html"])
def test_those_for_people_can_be_read(write: Write, name: str) -> None:
    data = write(name)
    if name == "html":
        assert lxml_html.document_fromstring(data.decode()) is not None
    assert b"USA_SOCIAL_SECURITY_NUMBER" in data


@pytest.fixture(scope="session")
def values() -> list[bytes]:
    """Every value that the sample data has to offer, unless a name of a file or column shows it anyway."""
    samples = list(all_samples())
    names = "\n".join(sample.name for sample in samples)
    held = {finding.value for sample in samples for finding in sample.truth.findings if len(finding.value) >= SHORTEST}
    return sorted(value.encode() for value in held if value not in names)


@pytest.mark.parametrize("name", sorted(SINKS))
def test_no_value_is_in_any_format(write: Write, values: list[bytes], name: str) -> None:
    data = write(name)
    if name == "parquet":
        data = json.dumps(pq.read_table(io.BytesIO(data)).to_pylist(), default=str, ensure_ascii=False).encode()
    assert len(values) > 500
    assert [value for value in values if value in data] == []
