"""Asks a store for the settings of its buckets. Nothing is judged here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from scanner.posture import calls
from scanner.posture.answers import AccessPointAnswers, Answer, BucketAnswers, Unknown, content
from scanner.posture.calls import Call
from scanner.posture.clients import Clients
from scanner.posture.collect_multi_region import multi_region_points
from scanner.posture.inventory import Inventory
from scanner.posture.other_stores import NO_ACCOUNT, UNNAMED, has_no_access_points, without_account_block, without_ownership

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Account:
    """Whose buckets are asked for, the account's own block, and its access points over several regions by bucket."""

    number: str | None
    block: Answer
    multi_region: Mapping[str, tuple[AccessPointAnswers, ...]] | Answer


def collect(clients: Clients, names: Sequence[str] = (), progress: Progress | None = None) -> Inventory:
    """The settings of all buckets that the credentials can list, or of those named.

    One refused call makes one setting UNKNOWN and nothing else. A bucket that vanishes meanwhile is left out with a note.

    :param progress: called with the number of buckets done and of all
    :raises ConfigError: if there are no credentials
    """
    account = _account(clients)
    listed, unknowns = ([{"Name": name} for name in names], []) if names else _listed(clients)
    buckets: list[BucketAnswers] = []
    with ThreadPoolExecutor(max_workers=clients.threads) as pool:
        for done, found in enumerate(pool.map(lambda one: _bucket(clients, account, one), listed), start=1):
            if isinstance(found, Unknown):
                unknowns.append(found)
            else:
                buckets.append(found)
            if progress:
                progress(done, len(listed))
    # A bucket that vanished meanwhile is none; whatever else is not known of the list leaves it open what is missing in it.
    whole = not names and account.number is not None and all(one.call == calls.LOCATION.said for one in unknowns)
    listed_whole = frozenset([account.number]) if whole and account.number else frozenset[str]()
    return Inventory(tuple(sorted(buckets, key=lambda one: one.name)), tuple(unknowns), listed=listed_whole)


def _account(clients: Clients) -> _Account:
    answer = clients.ask(calls.IDENTITY)
    found = (answer.response or {}).get("Account", clients.account)
    number = found if isinstance(found, str) else None
    return _Account(number, _account_block(clients, number), multi_region_points(clients, number))


def _account_block(clients: Clients, number: str | None) -> Answer:
    if clients.at_amazon:
        return clients.ask(calls.ACCOUNT_BLOCK, AccountId=number) if number else UNNAMED
    block = without_account_block(clients.ask(calls.ACCOUNT_BLOCK, AccountId=number or NO_ACCOUNT))
    return block if number or block.error in calls.ACCOUNT_BLOCK.unset else UNNAMED


def _listed(clients: Clients) -> tuple[list[Mapping[str, Any]], list[Unknown]]:
    buckets: list[Mapping[str, Any]] = []
    for answer in clients.pages(calls.BUCKETS, MaxBuckets=1000):
        found = content(calls.BUCKETS, answer)
        if isinstance(found, Unknown):
            return buckets, [found]
        buckets.extend((found or {}).get("Buckets") or ())
    return buckets, []


def _bucket(clients: Clients, account: _Account, listed: Mapping[str, Any]) -> BucketAnswers | Unknown:
    name = str(listed["Name"])
    location = clients.ask(calls.LOCATION, Bucket=name)
    if location.error == "NoSuchBucket":
        return Unknown(calls.LOCATION.said, f"there is no bucket {name} any more")
    region = str(listed.get("BucketRegion") or "") or _region(location)
    answers = {calls.LOCATION.name: location}
    for call in calls.BUCKET_CALLS:
        if call is not calls.LOCATION:
            answers[call.name] = _known(call, answers) or _asked(clients, call, name, region)
    if not clients.at_amazon:
        answers[calls.OWNERSHIP.name] = without_ownership(answers[calls.OWNERSHIP.name])
    created = listed.get("CreationDate")
    return BucketAnswers(
        name,
        answers,
        account.number,
        account.block,
        _points(clients, account, name, region),
        created.isoformat() if created else "",
        source="store",
        multi_region=account.multi_region if isinstance(account.multi_region, Answer) else account.multi_region.get(name, ()),
    )


def _known(call: Call, answers: Mapping[str, Answer]) -> Answer | None:
    """What need not be asked: of a policy that does not exist there is no status."""
    policy = answers.get(calls.POLICY.name)
    return policy if call is calls.POLICY_STATUS and policy and policy.error in calls.POLICY.unset else None


def _region(location: Answer) -> str:
    where = (location.response or {}).get("LocationConstraint")
    return {"EU": "eu-west-1"}.get(where, where) if isinstance(where, str) else ""


def _asked(clients: Clients, call: Call, bucket: str, region: str) -> Answer:
    if call is not calls.INVENTORY:
        return clients.ask(call, region, Bucket=bucket)
    return _joined(list(clients.pages(call, region, Bucket=bucket)), call.listed)


def _joined(pages: Sequence[Answer], member: str) -> Answer:
    """Pages as one answer; one that failed makes the whole list unknown."""
    failed = [page for page in pages if page.response is None]
    if failed or not pages:
        return failed[0] if failed else Answer({})
    return Answer({member: [item for page in pages for item in (page.response or {}).get(member) or ()]})


def _points(clients: Clients, account: _Account, bucket: str, region: str) -> tuple[AccessPointAnswers, ...] | Answer:
    if account.number is None and clients.at_amazon:
        return UNNAMED
    asked = {"AccountId": account.number or NO_ACCOUNT, "Bucket": bucket}
    pages = list(clients.pages(calls.ACCESS_POINTS, region, **asked))
    bad = next((page for page in pages if isinstance(content(calls.ACCESS_POINTS, page), Unknown)), None)
    if bad and not clients.at_amazon and has_no_access_points(bad):
        return ()
    if account.number is None:
        return UNNAMED
    if bad:
        return bad
    number = account.number
    return tuple(_point(clients, number, region, one) for one in _items(pages))


def _items(pages: Sequence[Answer]) -> Iterator[Mapping[str, Any]]:
    for page in pages:
        yield from (page.response or {}).get("AccessPointList") or ()


def _point(clients: Clients, number: str, region: str, listed: Mapping[str, Any]) -> AccessPointAnswers:
    asked = {"AccountId": number, "Name": listed["Name"]}
    details = clients.ask(calls.ACCESS_POINT, region, **asked)
    return AccessPointAnswers(listed, details, clients.ask(calls.ACCESS_POINT_POLICY, region, **asked))
