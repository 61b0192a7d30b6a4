"""What `dowse posture` looks at: a store, or files that say how buckets are set up."""

import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from scanner.errors import ConfigError
from scanner.posture.clients import StoreOptions
from scanner.posture.live import ONE, Accounts, collect_live

if TYPE_CHECKING:
    from scanner.posture.inventory import Inventory


@dataclass(frozen=True, slots=True)
class PostureInput:
    """Where the settings of which buckets come from.

    :param names: of the buckets; all that there are if there are none
    :param source: path of a file or folder that is read instead of asking a store
    :param accounts: that are asked
    :param project: of Google, for `gs://`
    """

    names: tuple[str, ...]
    source: str | None
    options: StoreOptions
    accounts: Accounts = ONE
    project: str | None = None

    @property
    def store(self) -> str:
        """s3, gs or az, as the names have it before `://`.

        :raises ConfigError: if they are of several stores
        """
        stores = {name.partition("://")[0] if "://" in name else "s3" for name in self.names}
        if len(stores) > 1 or not stores <= {"s3", "gs", "az"}:
            raise ConfigError(f"{' '.join(self.names)}: name buckets of one store: NAME, gs://NAME or az://ACCOUNT/CONTAINER")
        return stores.pop() if stores else "s3"

    @property
    def plain(self) -> tuple[str, ...]:
        """The names without the store; none of `gs://` and `az://`, which mean all."""
        return tuple(filter(None, (name.rpartition("://")[2].strip("/") for name in self.names)))

    @property
    def words(self) -> tuple[str, ...]:
        """What was asked for, for people."""
        return self.names or (self.source or "all buckets",)


def read_input(asked: PostureInput) -> "Inventory":
    """The settings.

    :raises ConfigError: for flags that contradict each other, without credentials, or for a file that is nothing that is known
    """
    from scanner.posture.offline import read_offline

    _check(asked)
    account = asked.options.account
    if asked.source is not None:
        return _with_account(read_offline(asked.source, account), account)
    return _with_account(_ASK[asked.store](asked), account)


def _check(asked: PostureInput) -> None:
    """Raises ConfigError for what does not go together."""
    from scanner.posture.arns import account_number

    options, accounts = asked.options, asked.accounts
    if asked.source is not None and options.only_live:
        raise ConfigError(f"--from reads files, which have no {', no '.join(options.only_live)}; leave out what asks for them")
    wrong = [number for number in accounts.numbers if not account_number(number)]
    if wrong:
        raise ConfigError(f"--accounts {wrong[0]}: give 12 digits")
    amazons = options.only_live or accounts.numbers or accounts.organization or asked.source is not None
    if asked.store != "s3" and amazons:
        raise ConfigError(f"{asked.store}:// has none of what --from, --accounts, --organization and what else is Amazon's ask for")


def missing_in(asked: PostureInput, found: Collection[str]) -> list[str]:
    """Names that were asked for and are not there; of Azure an account's name stands for all of its containers."""
    return sorted(name for name in set(asked.plain) if name not in found and not any(one.startswith(f"{name}/") for one in found))


def listing_calls() -> frozenset[str]:
    """Calls without which it is not known what buckets there are."""
    from scanner.posture import calls
    from scanner.posture import cloud_calls as cloud

    listing = (calls.ASSUME, cloud.GS_BUCKETS, cloud.AZ_SUBSCRIPTIONS, cloud.AZ_ACCOUNTS, cloud.AZ_CONTAINERS)
    return frozenset(call.said for call in listing)


def _google(asked: PostureInput) -> "Inventory":
    from scanner.posture.collect_google import GoogleStore, open_google

    endpoint = asked.options.endpoint
    ask, project = open_google(endpoint, asked.project)
    return GoogleStore(ask, project, endpoint, asked.options.threads).collect(asked.plain)


def _azure(asked: PostureInput) -> "Inventory":
    from scanner.posture.collect_azure import AzureStore, open_azure

    endpoint = asked.options.endpoint
    return AzureStore(open_azure(endpoint), endpoint, asked.options.threads).collect(asked.plain)


def _amazon(asked: PostureInput) -> "Inventory":
    progress = _show_progress if sys.stderr.isatty() else None
    return collect_live(asked.options, asked.plain, asked.accounts, progress)


def _show_progress(done: int, of_all: int) -> None:
    end = "\n" if done == of_all else ""
    sys.stderr.write(f"\rdowse: {done} of {of_all} buckets{end}")


def _with_account(inventory: "Inventory", account: str | None) -> "Inventory":
    """:raises ConfigError: if it is no account number"""
    from scanner.posture.arns import account_number

    if account is None:
        return inventory
    if not account_number(account):
        raise ConfigError(f"--account {account}: give 12 digits")
    return replace(inventory, buckets=tuple(replace(one, account=one.account or account) for one in inventory.buckets))


_ASK: Final[Mapping[str, Callable[[PostureInput], "Inventory"]]] = {"s3": _amazon, "gs": _google, "az": _azure}
