"""Asks for the access control lists of a few objects of each bucket in which such lists count."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from scanner.posture import calls
from scanner.posture.answers import Answer, BucketAnswers, Unknown, content
from scanner.posture.block import effective
from scanner.posture.clients import Clients
from scanner.posture.inventory import Inventory
from scanner.posture.read_answers import read_answers

# Of these, the first that the store lists, the sample is taken.
_LISTED = 1000


def with_object_lists(clients: Clients, inventory: Inventory, most: int) -> Inventory:
    """The inventory with the lists of up to `most` objects of each bucket, spread evenly over the first thousand."""
    with ThreadPoolExecutor(max_workers=clients.threads) as pool:
        return replace(inventory, buckets=tuple(pool.map(lambda one: _with_lists(clients, one, most), inventory.buckets)))


def _with_lists(clients: Clients, bucket: BucketAnswers, most: int) -> BucketAnswers:
    settings = read_answers(bucket)
    enforced = settings.ownership == "BucketOwnerEnforced"
    if enforced or effective(settings.account_block, settings.block).ignore_public_acls:
        # Whatever they grant to everybody is not heeded.
        return replace(bucket, object_lists=())
    region = settings.region if isinstance(settings.region, str) else ""
    listed = clients.ask(calls.OBJECTS, region, Bucket=bucket.name, MaxKeys=_LISTED)
    found = content(calls.OBJECTS, listed)
    if isinstance(found, Unknown):
        return replace(bucket, object_lists=listed)
    keys = [str(one["Key"]) for one in (found or {}).get("Contents") or ()]
    asked = ((key, clients.ask(calls.OBJECT_ACL, region, Bucket=bucket.name, Key=key)) for key in spread(keys, most))
    return replace(bucket, object_lists=tuple(_still_there(asked)))


def spread(keys: Sequence[str], most: int) -> list[str]:
    """Up to `most` of them, at even distances, the first among them.

    >>> spread("abcdefg", 3)
    ['a', 'c', 'e']
    """
    return [keys[number * len(keys) // most] for number in range(min(most, len(keys)))] if len(keys) > most else list(keys)


def _still_there(asked: Iterator[tuple[str, Answer]]) -> Iterator[tuple[str, Answer]]:
    """Without objects that were deleted meanwhile."""
    return (one for one in asked if one[1].error != "NoSuchKey")
