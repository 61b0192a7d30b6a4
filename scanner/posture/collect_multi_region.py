"""Asks for the access points of an account that lead to buckets in several regions."""

from scanner.posture import calls
from scanner.posture.answers import Answer
from scanner.posture.clients import Clients
from scanner.posture.multi_region import ByBucket, points_by_bucket
from scanner.posture.other_stores import NO_ACCOUNT, UNNAMED, has_no_access_points


def multi_region_points(clients: Clients, account: str | None) -> ByBucket | Answer:
    """Those that lead to each bucket, by its name; the error if they could not be listed. A store that has none leads to no bucket.

    :param account: number of the account; None if it is not known
    """
    if account is None and clients.at_amazon:
        return UNNAMED
    number = account or NO_ACCOUNT
    # Other stores may refuse what is signed for a region that is not theirs.
    home = calls.MULTI_REGION_HOME if clients.at_amazon else ""

    def policy(name: str) -> Answer:
        return clients.ask(calls.MULTI_REGION_POLICY, home, AccountId=number, Name=name)

    pages = clients.pages(calls.MULTI_REGION, home, AccountId=number)
    found = points_by_bucket(pages, number, policy)
    if isinstance(found, Answer) and not clients.at_amazon and has_no_access_points(found):
        return {}
    return found if account else UNNAMED
