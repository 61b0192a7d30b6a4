"""The buckets of one account, or of several by a role in each."""

from collections.abc import Sequence
from dataclasses import replace

from scanner.posture import calls
from scanner.posture.answers import Answer, Unknown, content
from scanner.posture.clients import Clients, StoreOptions, assumed, open_session
from scanner.posture.collect import Progress, collect
from scanner.posture.collect_origins import with_origins
from scanner.posture.inventory import Inventory


def collect_live(
    options: StoreOptions, names: Sequence[str] = (), *, accounts: Sequence[str] = (), role: str = "", progress: Progress | None = None
) -> Inventory:
    """The settings of the buckets that a store has.

    :param accounts: numbers; their buckets are asked for by assuming `role` in each
    :raises ConfigError: if there are no credentials
    :raises MissingExtraError: if boto3 is not installed
    """
    session = open_session(options)
    if not accounts:
        return _collected(session, options, names, progress)
    parts = [
        _of_account(assumed(session, account, role, options), replace(options, account=account), names, progress) for account in accounts
    ]
    return _joined(parts)


def _of_account(session: object, options: StoreOptions, names: Sequence[str], progress: Progress | None) -> Inventory:
    if isinstance(session, Answer):
        why = content(calls.ASSUME, session)
        reason = why.reason if isinstance(why, Unknown) else "no answer"
        return Inventory((), (Unknown(calls.ASSUME.said, f"account {options.account}: {reason}", calls.ASSUME.action),))
    return _collected(session, options, names, progress)


def _collected(session: object, options: StoreOptions, names: Sequence[str], progress: Progress | None) -> Inventory:
    clients = Clients(session, options)
    inventory = collect(clients, names, progress)
    return with_origins(clients, inventory) if options.cloudfront else inventory


def _joined(parts: Sequence[Inventory]) -> Inventory:
    asked = [part.origins for part in parts if part.origins is not None]
    own = {bucket.name for part in parts for bucket in part.buckets}
    return Inventory(
        tuple(bucket for part in parts for bucket in part.buckets),
        tuple(unknown for part in parts for unknown in part.unknowns),
        tuple(origin for origins in asked for origin in origins) if asked else None,
        tuple(origin for part in parts for origin in part.dangling if origin.bucket not in own),
        frozenset[str]().union(*(part.listed for part in parts)),
    )
