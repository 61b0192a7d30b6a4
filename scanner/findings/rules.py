"""Rules that keep findings from being reported: TOML files that a team keeps with its code, each rule with its reason.

[[suppress]]
id = "old-export"
identifiers = ["USA_SOCIAL_SECURITY_NUMBER"]
paths = ["legacy/**"]
reason = "Test data of 2019, see TICKET-12"
owner = "data platform"
expires = 2027-01-31
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import regex

from scanner.errors import ConfigError
from scanner.findings.path_patterns import PathPatterns

_TEXTS: Final = ("id", "reason", "owner")
_LISTS: Final = ("identifiers", "paths", "fingerprints")
_KEYS: Final = frozenset({*_TEXTS, *_LISTS, "expires"})
_FINGERPRINT: Final = regex.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Rule:
    """What one rule suppresses: what meets all of its lists that are not empty, and one entry of each.

    :param id: names it in messages; unique in its file
    :param identifiers: ids
    :param paths: see `scanner.findings.path_patterns`
    :param fingerprints: of values; only these occurrences are suppressed
    :param expires: the first day on which it does not hold any more
    """

    id: str
    reason: str
    owner: str = ""
    identifiers: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    fingerprints: tuple[str, ...] = ()
    expires: date | None = None

    def holds(self, today: date) -> bool:
        """Whether it has not expired."""
        return self.expires is None or today < self.expires


def load_rules(path: str) -> tuple[Rule, ...]:
    """The rules in a file.

    :raises ConfigError: if it cannot be read, or something in it is wrong; names the rule and the key
    """
    try:
        with open(path, "rb") as file:
            text = file.read().decode()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not in UTF-8") from None
    return parse_rules(text, path)


def parse_rules(text: str, path: str) -> tuple[Rule, ...]:
    """The rules in the text of the file `path`. Raises ConfigError as `load_rules`."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is no TOML: {error}") from None
    entries = document.pop("suppress", [])
    if document or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigError(f"{path}: holds something else than [[suppress]] tables: {', '.join(document) or 'suppress'}")
    rules = tuple(_rule(entry, f"{path}: rule {number}") for number, entry in enumerate(entries, start=1))
    names = [rule.id for rule in rules]
    for name in names:
        if names.count(name) > 1:
            raise ConfigError(f"{path}: two rules are called {name!r}; give each an id of its own")
    return rules


def _rule(entry: Mapping[str, Any], where: str) -> Rule:
    unknown = sorted(entry.keys() - _KEYS)
    if unknown:
        raise ConfigError(f"{where}: there is no key {unknown[0]!r}; there are {', '.join(sorted(_KEYS))}")
    texts = {name: _text(entry, name, where) for name in _TEXTS}
    lists = {name: _list(entry, name, where) for name in _LISTS}
    if not texts["id"] or not texts["reason"]:
        raise ConfigError(f"{where}: needs an id and a reason")
    if not any(lists.values()):
        raise ConfigError(f"{where}: would suppress everything; give it identifiers, paths or fingerprints")
    for fingerprint in lists["fingerprints"]:
        if not _FINGERPRINT.fullmatch(fingerprint):
            raise ConfigError(f"{where}: {fingerprint!r} is no fingerprint: 32 hexadecimal digits in lower case")
    _check_paths(lists["paths"], where)
    return Rule(
        texts["id"], texts["reason"], texts["owner"], lists["identifiers"], lists["paths"], lists["fingerprints"], _day(entry, where)
    )


def _check_paths(paths: Sequence[str], where: str) -> None:
    try:
        PathPatterns(tuple(paths))
    except ConfigError as error:
        raise ConfigError(f"{where}: {error}") from None


def _text(entry: Mapping[str, Any], name: str, where: str) -> str:
    value = entry.get(name, "")
    if not isinstance(value, str):
        raise ConfigError(f"{where}: {name} is a text")
    return value.strip()


def _list(entry: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = entry.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise ConfigError(f"{where}: {name} is a list of texts")
    return tuple(value)


def _day(entry: Mapping[str, Any], where: str) -> date | None:
    value = entry.get("expires")
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise ConfigError(f"{where}: expires is a day, written as 2027-01-31 without quotes")
