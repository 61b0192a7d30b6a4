"""What is understood of a message."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.sources.event_records import Aside, ObjectEvent, Trouble, events_in, precedes
from tests.sources.event_messages import TEST_EVENT, bridge, by_sns, notification, record

HEX = st.text("0123456789ABCDEF", min_size=1, max_size=20)


def test_notifications_give_keys_decoded() -> None:
    body = notification(
        record("b", "a b+c/ü%41.csv", sequencer="0A"),
        record("b", "k", "ObjectCreated:CompleteMultipartUpload", versionId="v1"),
        record("b", "again", "ObjectRestore:Completed"),
        record("b", "minio", "s3:ObjectCreated:Put"),
    )
    assert list(events_in(body)) == [
        ObjectEvent("b", "a b+c/ü%41.csv", "", "0A"),
        ObjectEvent("b", "k", "v1"),
        ObjectEvent("b", "again"),
        ObjectEvent("b", "minio"),
    ]


def test_keys_of_eventbridge_are_taken_letter_by_letter() -> None:
    members = {"version-id": "v", "sequencer": "1F"}
    assert list(events_in(bridge("b", "a+b%41 c", **members))) == [ObjectEvent("b", "a+b%41 c", "v", "1F")]
    assert list(events_in(bridge("b", "k", "Object Restore Completed"))) == [ObjectEvent("b", "k")]


@pytest.mark.parametrize("message", [notification(record("b", "k")), bridge("b", "k")])
def test_wrapped_messages_are_unwrapped(message: str) -> None:
    lambda_of_queue = json.dumps({"Records": [{"eventSource": "aws:sqs", "body": by_sns(message)}]})
    lambda_of_topic = json.dumps({"Records": [{"EventSource": "aws:sns", "Sns": json.loads(by_sns(message))}]})
    answer_of_queue = json.dumps({"Messages": [{"MessageId": "1", "ReceiptHandle": "r", "Body": message}]})
    for wrapped in (by_sns(message), lambda_of_queue, lambda_of_topic, answer_of_queue, f"[{message}]"):
        assert list(events_in(wrapped)) == [ObjectEvent("b", "k")]


@pytest.mark.parametrize(
    ("message", "aside"),
    [
        (TEST_EVENT, Aside.TEST),
        (by_sns(TEST_EVENT), Aside.TEST),
        (notification(record("b", "k", "ObjectRemoved:DeleteMarkerCreated")), Aside.REMOVED),
        (notification(record("b", "k", "LifecycleExpiration:Delete")), Aside.REMOVED),
        (bridge("b", "k", "Object Deleted"), Aside.REMOVED),
        (bridge("b", "k", "Object Tags Added"), Aside.OTHER),
        (notification(record("b", "k", "ObjectRestore:Post")), Aside.OTHER),
    ],
)
def test_events_after_which_there_is_nothing_to_scan_are_known(message: str, aside: Aside) -> None:
    assert list(events_in(message)) == [aside]


@pytest.mark.parametrize(
    ("message", "trouble"),
    [
        ("{", "it is no JSON"),
        (b"\xff", "it is no JSON"),
        ("3", "it is no event of S3"),
        ("{}", "it is no event of S3"),
        ("[]", "it is no event of S3"),
        ('{"Records": []}', "it holds no event"),
        (by_sns("hello"), "what it wraps is no JSON"),
        ('{"source": "aws.s3", "detail-type": "Object Created", "detail": {}}', "it names no object in a bucket"),
        (bridge("b", "k").replace("aws.s3", "aws.ec2"), "it is no event of S3"),
        (notification(record("..", "k")), "no bucket can have the name that it gives"),
        (bridge("arn:aws:s3:us-east-1:111122223333:accesspoint/x", "k"), "no bucket can have the name that it gives"),
        (bridge("http://169.254.169.254/latest", "k"), "no bucket can have the name that it gives"),
        (bridge("b", "k" * 1025), "no object can have the key that it gives"),
        (bridge("bucket", ""), "no object can have the key that it gives"),
        (notification(record("b", "k")).replace('"k"', '"%FF"'), "its key is not UTF-8"),
        ('{"Records":' * 100_000, "it is no JSON"),
        ("[" * 6 + "{}" + "]" * 6, "it is wrapped too often"),
    ],
)
def test_what_cannot_be_understood_is_said_without_repeating_it(message: str | bytes, trouble: str) -> None:
    assert list(events_in(message)) == [Trouble(trouble)]


def test_one_bad_record_costs_no_other() -> None:
    body = notification(record("b", "k"), {"eventName": "ObjectCreated:Put", "s3": {}}, record("b", "z"))
    assert list(events_in(body)) == [ObjectEvent("b", "k"), Trouble("it names no object in a bucket"), ObjectEvent("b", "z")]


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_json_at_all_gives_something(value: object) -> None:
    assert list(events_in(json.dumps(value)))


@given(st.text(min_size=1, max_size=200).filter(lambda key: len(key.encode("utf-8", "replace")) <= 1024))
def test_every_key_survives_both_encodings(key: str) -> None:
    assert list(events_in(bridge("bkt", key))) == [ObjectEvent("bkt", key)]
    assert list(events_in(notification(record("bkt", key)))) == [ObjectEvent("bkt", key)]


@given(HEX, HEX)
def test_sequencers_order_as_fractions_do(first: str, second: str) -> None:
    assert precedes(first, second) == (int(first, 16) * 16 ** len(second) <= int(second, 16) * 16 ** len(first))
    assert not precedes("", second)
    assert not precedes(first, "")
