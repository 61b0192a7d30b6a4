"""Asks for the settings of the buckets among a scan's targets, before anything is read."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from scanner.cli.exports import exported
from scanner.cli.scan_posture import ScanPosture
from scanner.cli.scanned_store import ScannedStore
from scanner.config import ScanConfig, StoreConfig
from scanner.errors import ConfigError
from scanner.model.objects import ObjectRef
from scanner.posture import calls
from scanner.posture.answers import Answer
from scanner.posture.clients import Clients
from scanner.posture.inventory import Inventory
from scanner.posture.read_answers import read_answers
from scanner.posture.store_clients import clients_of
from scanner.posture.trusted_words import trusted_from
from scanner.sources.s3_target import S3Target, parse_target


def open_posture(config: ScanConfig, trust: Sequence[str]) -> ScanPosture:
    """How the targets are set up; folders and files are looked at when something is found in them.

    :param trust: words for what counts as ours
    :raises ConfigError: if a word is none, if the store cannot be asked, or if the targets are not known before the scan
    :raises MissingExtraError: without the store's library
    """
    if config.events is not None or config.inventory is not None:
        raise ConfigError("--posture is for targets; leave out --events and --inventory, or ask dowse posture")
    trusted, store = trusted_from(trust), config.sources.store
    stores = {}
    for kind, targets in _by_store(config.targets, store):
        inventory = _ASK[kind](targets, store)
        ask = list_asker(clients_of(store), inventory) if kind == "s3" else None
        stores[kind] = ScannedStore(kind, inventory, trusted, store.endpoint_url or "", ask)
    return ScanPosture(stores, exported())


def list_asker(clients: Clients, inventory: Inventory) -> Callable[[ObjectRef], Answer]:
    """What asks for the access control lists of single objects, in the region of each bucket."""
    regions = {one.name: region for one in inventory.buckets if isinstance(region := read_answers(one).region, str)}
    return partial(_object_acl, clients, regions)


def _object_acl(clients: Clients, regions: Mapping[str, str], ref: ObjectRef) -> Answer:
    version = {"VersionId": ref.version} if ref.version else {}
    return clients.ask(calls.OBJECT_ACL, regions.get(ref.bucket, ""), Bucket=ref.bucket, Key=ref.key, **version)


def _by_store(targets: Sequence[str], store: StoreConfig) -> Iterator[tuple[str, list[S3Target]]]:
    """Kinds of stores with the targets in them; says which targets are of none that can be asked."""
    found: dict[str, list[S3Target]] = {}
    for target in targets:
        scheme, slashes, rest = target.partition("://")
        kind = scheme.lower()
        if slashes and (kind not in _ASK or (kind == "az" and store.endpoint_url)):
            sys.stderr.write(f"dowse: warning: {target}: how it is set up is not looked at\n")
        elif slashes:
            found.setdefault(kind, []).append(_container(rest) if kind == "az" else parse_target(f"s3://{rest}"))
    yield from found.items()


def _container(rest: str) -> S3Target:
    """`ACCOUNT/CONTAINER/PREFIX`; without a container all of the account's."""
    account, _, inner = rest.partition("/")
    return S3Target(f"{account}/{inner.partition('/')[0] or '*'}")


def _amazon(targets: list[S3Target], store: StoreConfig) -> Inventory:
    from scanner.posture.collect import collect

    found = collect(clients_of(store), _names(targets))
    meant = tuple(one for one in found.buckets if _means(targets, one.name))
    return _listed(replace(found, buckets=meant), whole=len(meant) == len(found.buckets))


def _google(targets: list[S3Target], store: StoreConfig) -> Inventory:
    from scanner.posture.collect_google import GoogleStore, open_google

    ask, project = open_google(store.endpoint_url, os.environ.get("GOOGLE_CLOUD_PROJECT"))
    found = GoogleStore(ask, project, store.endpoint_url).collect(_names(targets))
    meant = tuple(one for one in found.google if _means(targets, one.name))
    return _listed(replace(found, google=meant), whole=len(meant) == len(found.google))


def _azure(targets: list[S3Target], _store: StoreConfig) -> Inventory:
    from scanner.posture.collect_azure import AzureStore, open_azure

    found = AzureStore(open_azure(None)).collect(sorted({target.bucket.partition("/")[0] for target in targets}))
    return _listed(replace(found, azure=tuple(one for one in found.azure if _means(targets, one.name))), whole=False)


def _names(targets: list[S3Target]) -> list[str]:
    """What is asked for by name; nothing if all must be listed to tell what a pattern means."""
    return [] if any(target.is_pattern for target in targets) else sorted({target.bucket for target in targets})


def _means(targets: list[S3Target], name: str) -> bool:
    return any(target.means(name) for target in targets)


def _listed(inventory: Inventory, *, whole: bool) -> Inventory:
    """All buckets of an account were met only if all of them are meant."""
    return inventory if whole else replace(inventory, listed=frozenset())


_ASK: Final[Mapping[str, Callable[[list[S3Target], StoreConfig], Inventory]]] = {"s3": _amazon, "gs": _google, "az": _azure}
