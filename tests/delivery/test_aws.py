"""Security Hub, EventBridge and buckets, as moto plays them."""

import gzip
import json
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from scanner.delivery.destinations import open_delivery
from scanner.delivery.eventbridge import EventBridge
from scanner.delivery.securityhub import SecurityHub
from scanner.errors import ConfigError, DeliveryError
from scanner.reports.registry import open_sink
from tests.acceptance.sink_suite import write_all
from tests.reports.build import SSN, detection, options, policy, result, stored

RESULTS = [result(detection(SSN, 1), of=stored(f"{number}", store="s3", bucket="photos")) for number in range(120)]


def deliver(format_name: str, destination: str, results: Any = RESULTS, policies: Any = ()) -> None:
    with open_delivery(format_name, destination) as out:
        write_all(open_sink(format_name, out, options()), results, policies=policies)


def test_findings_reach_security_hub_for_the_account_that_sends_them(aws: str) -> None:
    deliver("asff", "securityhub:", policies=[policy()])
    found = boto3.client("securityhub", endpoint_url=aws).get_paginator("get_findings").paginate().build_full_result()["Findings"]
    assert len(found) == 121
    assert {(one["AwsAccountId"], one["Region"]) for one in found} == {("123456789012", "eu-west-1")}
    assert {one["ProductArn"] for one in found} == {"arn:aws:securityhub:eu-west-1:123456789012:product/123456789012/default"}


@pytest.mark.usefixtures("aws")
def test_findings_that_security_hub_refuses_are_told_of() -> None:
    hub = SecurityHub("")
    refused = {"FailedCount": 1, "SuccessCount": 1, "FailedFindings": [{"Id": "x", "ErrorCode": "InvalidInput", "ErrorMessage": "no"}]}
    with Stubber(hub._client) as stub:
        stub.add_response("batch_import_findings", refused)
        with pytest.raises(DeliveryError, match="refused 1 findings, the first because of InvalidInput: no"), hub:
            write_all(open_sink("asff", hub, options()), RESULTS[:2])  # type: ignore[arg-type]  # what a sink needs of a stream


@pytest.mark.usefixtures("aws")
def test_a_service_that_refuses_is_told_of_with_its_words() -> None:
    hub = SecurityHub("us-east-2")
    with Stubber(hub._client) as stub:
        stub.add_client_error("batch_import_findings", "AccessDeniedException", "not allowed")
        with pytest.raises(DeliveryError, match="securityhub: not delivered: AccessDeniedException: not allowed"), hub:
            write_all(open_sink("asff", hub, options()), RESULTS[:1])  # type: ignore[arg-type]  # what a sink needs of a stream


def test_events_reach_the_bus(aws: str) -> None:
    client = boto3.client("events", endpoint_url=aws)
    client.create_event_bus(Name="findings")
    archive = client.create_archive(ArchiveName="all", EventSourceArn="arn:aws:events:eu-west-1:123456789012:event-bus/findings")
    deliver("macie-events", "eventbridge:findings")
    assert archive["State"] == "ENABLED"
    assert client.describe_archive(ArchiveName="all")["EventCount"] == 120


def entries(bus: EventBridge, answers: list[dict[str, Any]]) -> list[Any]:
    """What was put, each time."""
    asked: list[Any] = []
    bus._client.meta.events.register("provide-client-params.events.PutEvents", lambda params, **_: asked.append(params["Entries"]))
    with Stubber(bus._client) as stub, bus:
        for answer in answers:
            stub.add_response("put_events", answer)
        for number in range(2):
            bus.write(json.dumps(EVENT | {"detail": {"id": number}}).encode() + b"\n")
    return asked


EVENT = {"detail-type": "Macie Finding", "time": "2026-03-01T12:00:00Z", "detail": {}}
TAKEN: dict[str, Any] = {"FailedEntryCount": 0, "Entries": [{"EventId": "1"}]}
REFUSED: dict[str, Any] = {"FailedEntryCount": 1, "Entries": [{"EventId": "1"}, {"ErrorCode": "ThrottlingException"}]}


@pytest.mark.usefixtures("aws")
def test_events_that_were_refused_are_put_again() -> None:
    first, second = entries(EventBridge("", pause=lambda _: None), [REFUSED, TAKEN])
    assert [json.loads(one["Detail"])["id"] for one in first] == [0, 1]
    assert [json.loads(one["Detail"])["id"] for one in second] == [1]
    assert (first[0]["Source"], first[0]["DetailType"], first[0]["EventBusName"]) == ("dowse", "Macie Finding", "default")
    assert first[0]["Time"] == datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.usefixtures("aws")
def test_events_that_are_refused_for_good_are_told_of() -> None:
    still = {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "ThrottlingException"}]}
    with pytest.raises(DeliveryError, match="1 events refused because of ThrottlingException"):
        entries(EventBridge("", pause=lambda _: None), [REFUSED, still, still, still, still])


@pytest.mark.parametrize("name", ["report.csv", "report.csv.gz"])
def test_a_report_becomes_an_object(aws: str, name: str) -> None:
    client = boto3.client("s3", endpoint_url=aws)
    bucket = f"reports-{len(name)}"
    client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    deliver("csv", f"s3://{bucket}/today/{name}")
    body = client.get_object(Bucket=bucket, Key=f"today/{name}")["Body"].read()
    text = gzip.decompress(body) if name.endswith(".gz") else body
    assert text.count(b"\n") == 121


@pytest.mark.usefixtures("aws")
def test_a_run_that_breaks_leaves_no_object() -> None:
    def broken() -> None:
        with open_delivery("csv", "s3://nowhere/report.csv") as out:
            out.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()


@pytest.mark.usefixtures("aws")
def test_a_bucket_that_is_not_there_is_told_of() -> None:
    with pytest.raises(DeliveryError, match="s3://no-such-bucket-here/a: not delivered"):
        deliver("csv", "s3://no-such-bucket-here/a")


@pytest.mark.parametrize("destination", ["s3://", "s3://b", "s3://b/", "s3://b/folder/"])
def test_an_object_must_be_named(destination: str) -> None:
    with pytest.raises(ConfigError, match="name the object too"):
        deliver("csv", destination)


SERVICES = {"csv": "s3://b/k", "asff": "securityhub:eu-west-1", "macie-events": "eventbridge:"}


@pytest.mark.parametrize(("name", "destination"), SERVICES.items())
def test_without_credentials_nothing_is_begun(monkeypatch: pytest.MonkeyPatch, name: str, destination: str) -> None:
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(variable, raising=False)
    for variable in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(variable, "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(DeliveryError, match="no credentials"), open_delivery(name, destination):
        pass
