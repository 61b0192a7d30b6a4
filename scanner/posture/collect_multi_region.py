"""Asks for the access points of an account that lead to buckets in several regions."""

from scanner.posture import calls
from scanner.posture.answers import Answer
from scanner.posture.clients import Clients
from scanner.posture.multi_region import ByBucket, points_by_bucket


def multi_region_points(clients: Clients, account: str) -> ByBucket | Answer:
    """Those that lead to each bucket, by its name; the error if they could not be listed."""
    home = calls.MULTI_REGION_HOME

    def policy(name: str) -> Answer:
        return clients.ask("s3control", calls.MULTI_REGION_POLICY, home, AccountId=account, Name=name)

    return points_by_bucket(
        clients.pages("s3control", calls.MULTI_REGION, "AccessPoints", "NextToken", home, AccountId=account), account, policy
    )
