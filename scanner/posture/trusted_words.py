"""Trusted parties from the words of a command line."""

from collections.abc import Iterable

import regex

from scanner.errors import ConfigError
from scanner.posture.arns import account_number
from scanner.posture.parties import Trusted

_HEX = frozenset("0123456789abcdef")
_NAME = regex.compile(r"projects/[a-z0-9-]+|[a-z0-9-]+(\.[a-z0-9-]+)+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def trusted_from(words: Iterable[str]) -> Trusted:
    """Each word by its form: account number, organisation, VPC or VPC endpoint, canonical id.

    :raises ConfigError: for a word of no such form
    """
    kinds: dict[str, set[str]] = {"account": set(), "organization": set(), "network": set(), "canonical": set(), "name": set()}
    for word in words:
        kinds[_kind(word)].add(word.lower())
    return Trusted(*(frozenset(kinds[name]) for name in ("account", "organization", "canonical", "network", "name")))


def _kind(word: str) -> str:
    if account_number(word):
        return "account"
    if word.startswith("o-"):
        return "organization"
    if word.startswith(("vpc-", "vpce-")):
        return "network"
    if len(word) == 64 and _HEX.issuperset(word.lower()):
        return "canonical"
    if _NAME.fullmatch(word.lower()):
        return "name"
    raise ConfigError(
        f"--trust {word}: give an account of 12 digits, an organisation o-..., a vpc-... or vpce-..., a canonical id, "
        "a domain, projects/ID of Google, or the id of a subscription of Azure"
    )
