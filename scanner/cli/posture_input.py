"""What `dowse posture` looks at: a store, or files that say how buckets are set up."""

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

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
    """

    names: tuple[str, ...]
    source: str | None
    options: StoreOptions
    accounts: Accounts = ONE

    @property
    def words(self) -> tuple[str, ...]:
        """What was asked for, for people."""
        return self.names or (self.source or "all buckets",)


def read_input(asked: PostureInput) -> "Inventory":
    """The settings.

    :raises ConfigError: for flags that contradict each other, without credentials, or for a file that is nothing that is known
    """
    from scanner.posture.offline import read_offline

    if asked.source is not None and asked.options.only_live:
        raise ConfigError(f"--from reads files, which have no {', no '.join(asked.options.only_live)}; leave out what asks for them")
    account = asked.options.account
    inventory = _asked(asked) if asked.source is None else read_offline(asked.source, account)
    return _with_account(inventory, account)


def _asked(asked: PostureInput) -> "Inventory":
    def show(done: int, of_all: int) -> None:
        sys.stderr.write(f"\rdowse: {done} of {of_all} buckets{chr(10) if done == of_all else ''}")

    progress = show if sys.stderr.isatty() else None
    return collect_live(asked.options, asked.names, asked.accounts, progress)


def _with_account(inventory: "Inventory", account: str | None) -> "Inventory":
    """:raises ConfigError: if it is no account number"""
    from scanner.posture.arns import account_number

    if account is None:
        return inventory
    if not account_number(account):
        raise ConfigError(f"--account {account}: give 12 digits")
    return replace(inventory, buckets=tuple(replace(one, account=one.account or account) for one in inventory.buckets))
