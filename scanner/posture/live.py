"""The buckets of one account, or of several by a role in each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scanner.posture import calls
from scanner.posture.answers import Answer, BucketAnswers, Unknown, content
from scanner.posture.clients import Clients, StoreOptions, assumed, open_session
from scanner.posture.collect import Progress, collect
from scanner.posture.collect_keys import with_keys
from scanner.posture.collect_object_lists import with_object_lists
from scanner.posture.collect_origins import with_origins
from scanner.posture.collect_roles import with_roles
from scanner.posture.inventory import Inventory
from scanner.posture.organization import Organization, ask_organization
from scanner.posture.read_answers import read_answers
from scanner.posture.verdicts import unknowns_of


@dataclass(frozen=True, slots=True)
class Accounts:
    """Which accounts are asked.

    :param numbers: of the accounts; none asks that of the credentials alone
    :param role: name, or ARN, of the role to assume in each
    :param organization: all accounts of the organisation besides
    """

    numbers: tuple[str, ...] = ()
    role: str = ""
    organization: bool = False


ONE = Accounts()


def collect_live(options: StoreOptions, names: Sequence[str] = (), accounts: Accounts = ONE, progress: Progress | None = None) -> Inventory:
    """The settings of the buckets that a store has.

    :raises ConfigError: if there are no credentials
    :raises MissingExtraError: if boto3 is not installed
    """
    session = open_session(options)
    if not accounts.numbers and not accounts.organization:
        return _collected(session, options, names, progress)
    clients = Clients(session, options)
    own = (clients.ask(calls.IDENTITY).response or {}).get("Account")
    found = ask_organization(clients) if accounts.organization else Organization("", (), ())
    parts = [Inventory((), found.unknowns)]
    for number in dict.fromkeys((*accounts.numbers, *found.accounts)):
        # In the account that the credentials are of the role need not exist.
        stays = number == own and number not in accounts.numbers
        other = session if stays else assumed(session, number, accounts.role, options)
        parts.append(of_account(other, replace(options, account=number), names, progress))
    ours = frozenset((*found.accounts, *([found.id] if found.id else [])))
    return replace(_joined(parts), ours=ours)


def of_account(session: object, options: StoreOptions, names: Sequence[str], progress: Progress | None) -> Inventory:
    """The buckets of one account.

    :param session: a boto3 session, or why there is none
    """
    if isinstance(session, Answer):
        why = content(calls.ASSUME, session)
        reason = why.reason if isinstance(why, Unknown) else "no answer"
        return Inventory((), (Unknown(calls.ASSUME.said, f"account {options.account}: {reason}", calls.ASSUME.action),))
    return _collected(session, options, names, progress)


def _collected(session: object, options: StoreOptions, names: Sequence[str], progress: Progress | None) -> Inventory:
    clients = Clients(session, options)
    inventory = collect(clients, names, progress)
    if options.object_lists:
        inventory = with_object_lists(clients, inventory, options.object_lists)
    if options.cloudfront:
        inventory = with_origins(clients, inventory)
    if options.keys:
        inventory = with_keys(clients, inventory)
    if options.roles:
        account = next((one.account for one in inventory.buckets if one.account), clients.account)
        inventory = with_roles(clients, inventory, account)
    return inventory


def _joined(parts: Sequence[Inventory]) -> Inventory:
    buckets = tuple(_each_once(parts))
    own = {bucket.name for bucket in buckets}
    origins = [part.origins for part in parts if part.origins is not None]
    keys = [part.keys for part in parts if part.keys is not None]
    roles = [part.roles for part in parts if part.roles is not None]
    return Inventory(
        buckets,
        tuple(unknown for part in parts for unknown in part.unknowns),
        tuple(origin for some in origins for origin in some) if origins else None,
        tuple(origin for part in parts for origin in part.dangling if origin.bucket not in own),
        frozenset[str]().union(*(part.listed for part in parts)),
        {bucket: key for some in keys for bucket, key in some.items()} if keys else None,
        tuple(role for some in roles for role in some) if roles else None,
    )


def _each_once(parts: Sequence[Inventory]) -> Iterator[BucketAnswers]:
    """A bucket that is asked for by name is met in every account; where most of it is known it is at home."""
    met: dict[str, list[BucketAnswers]] = {}
    for part in parts:
        for bucket in part.buckets:
            met.setdefault(bucket.name, []).append(bucket)
    for _, found in sorted(met.items()):
        yield found[0] if len(found) == 1 else min(found, key=_gaps)


def _gaps(bucket: BucketAnswers) -> int:
    return sum(1 for _ in unknowns_of(read_answers(bucket)))
