"""Asks KMS for the keys that buckets are encrypted with: each key once, however many buckets it serves."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from scanner.posture import calls
from scanner.posture.answers import Unknown
from scanner.posture.clients import Clients
from scanner.posture.inventory import Inventory
from scanner.posture.keys import KeyAnswers
from scanner.posture.read_answers import read_answers

# What is asked, and where.
_Place = tuple[str, str]


def with_keys(clients: Clients, inventory: Inventory) -> Inventory:
    """The inventory with the keys of all buckets that name one; a refused call is unknown."""
    places = dict(_places(inventory))
    wanted = sorted(set(places.values()))
    with ThreadPoolExecutor(max_workers=clients.threads) as pool:
        found = dict(zip(wanted, pool.map(lambda place: _asked(clients, *place), wanted), strict=True))
    return replace(inventory, keys={bucket: found[place] for bucket, place in places.items()})


def _places(inventory: Inventory) -> Iterator[tuple[str, _Place]]:
    for answers in inventory.buckets:
        settings = read_answers(answers)
        encryption, region = settings.encryption, settings.region
        if not isinstance(encryption, Unknown) and encryption and encryption.key:
            # A key is asked for where it is; an id or alias is meant in the bucket's region.
            own = encryption.key.split(":")[3] if encryption.key.startswith("arn:") and encryption.key.count(":") >= 5 else ""
            yield answers.name, (encryption.key, own or (region if isinstance(region, str) else ""))


def _asked(clients: Clients, key: str, region: str) -> KeyAnswers:
    policy = clients.ask(calls.KEY_POLICY, region, KeyId=key, PolicyName="default")
    # Grants and policies are asked for by the key itself; only details know what an alias means.
    details = clients.ask(calls.KEY, region, KeyId=key)
    known = str(((details.response or {}).get("KeyMetadata") or {}).get("Arn") or key)
    if policy.response is None and known != key:
        policy = clients.ask(calls.KEY_POLICY, region, KeyId=known, PolicyName="default")
    return KeyAnswers(key, details, policy, tuple(clients.pages(calls.KEY_GRANTS, region, KeyId=known)))
