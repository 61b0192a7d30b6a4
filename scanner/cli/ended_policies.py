"""Findings on buckets that a state store knows to be gone, as sinks take them."""

from scanner.reports.policies import BucketFinding, resolved_policy
from scanner.state.postures import Remembered


def ended_policies(remembered: Remembered, kind: str) -> tuple[BucketFinding, ...]:
    """Those that the last comparison found resolved.

    :param kind: of the buckets' store: s3, gs or az
    """
    return tuple(
        resolved_policy({"bucketName": key.bucket, "accountId": told.account, "store": kind}, key.type, key.subject, told.detail)
        for key, told in remembered.ended.items()
    )
