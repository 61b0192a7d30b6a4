"""What `dowse posture` looks at: a store, or files that say how buckets are set up."""

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scanner.errors import ConfigError
from scanner.posture.clients import StoreOptions

if TYPE_CHECKING:
    from scanner.posture.inventory import Inventory
    from scanner.posture.judged import PostureReport
    from scanner.posture.parties import Trusted


@dataclass(frozen=True, slots=True)
class PostureInput:
    """Where the settings of which buckets come from.

    :param names: of the buckets; all that there are if there are none
    :param source: path of a file or folder that is read instead of asking a store
    :param accounts: numbers; they are asked as `role`
    :param roles: IAM roles are looked at, too
    """

    names: tuple[str, ...]
    source: str | None
    options: StoreOptions
    accounts: tuple[str, ...] = ()
    role: str = ""
    roles: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """What was asked for, for people."""
        return self.names or (self.source or "all buckets",)


def read_input(asked: PostureInput) -> "Inventory":
    """The settings.

    :raises ConfigError: for flags that contradict each other, without credentials, or for a file that is nothing that is known
    """
    from scanner.posture.offline import read_offline

    if asked.roles and (asked.source is not None or asked.accounts):
        raise ConfigError("--roles asks one account; leave out --from and --accounts")
    account = asked.options.account
    inventory = _asked(asked) if asked.source is None else read_offline(asked.source, account)
    return _with_account(inventory, account)


def with_roles(asked: PostureInput, report: "PostureReport", trusted: "Trusted") -> "PostureReport":
    """The report with the roles of outsiders, if they are asked for."""
    from scanner.posture import collect_roles
    from scanner.posture.clients import Clients, open_session

    if not asked.roles:
        return report
    return collect_roles.with_roles(Clients(open_session(asked.options), asked.options), report, trusted)


def _asked(asked: PostureInput) -> "Inventory":
    from scanner.posture.live import collect_live

    def show(done: int, of_all: int) -> None:
        sys.stderr.write(f"\rdowse: {done} of {of_all} buckets{chr(10) if done == of_all else ''}")

    progress = show if sys.stderr.isatty() else None
    return collect_live(asked.options, asked.names, accounts=asked.accounts, role=asked.role, progress=progress)


def _with_account(inventory: "Inventory", account: str | None) -> "Inventory":
    """:raises ConfigError: if it is no account number"""
    from scanner.posture.arns import account_number

    if account is None:
        return inventory
    if not account_number(account):
        raise ConfigError(f"--account {account}: give 12 digits")
    return replace(inventory, buckets=tuple(replace(one, account=one.account or account) for one in inventory.buckets))
