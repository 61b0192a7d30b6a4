"""Messages as S3, EventBridge, SNS and Lambda make them."""

import json
from typing import Any
from urllib.parse import quote_plus


def record(bucket: str, key: str, name: str = "ObjectCreated:Put", **members: str) -> dict[str, Any]:
    """One record of a notification; the key is encoded as S3 does it."""
    stored = {"key": quote_plus(key), "size": 9, "eTag": "0123456789abcdef", **members}
    told = {"s3SchemaVersion": "1.0", "bucket": {"name": bucket, "arn": f"arn:aws:s3:::{bucket}"}, "object": stored}
    return {"eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "us-east-1", "eventName": name, "s3": told}


def notification(*records: dict[str, Any]) -> str:
    return json.dumps({"Records": list(records)})


def bridge(bucket: str, key: str, kind: str = "Object Created", **members: str) -> str:
    detail = {"version": "0", "bucket": {"name": bucket}, "object": {"key": key, "size": 9, **members}, "reason": "PutObject"}
    return json.dumps({"version": "0", "detail-type": kind, "source": "aws.s3", "region": "us-east-1", "detail": detail})


def by_sns(message: str) -> str:
    topic = "arn:aws:sns:us-east-1:111122223333:written"
    return json.dumps({"Type": "Notification", "MessageId": "m", "TopicArn": topic, "Message": message, "UnsubscribeURL": "http://x"})


TEST_EVENT = json.dumps({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "b", "RequestId": "r", "HostId": "h"})
