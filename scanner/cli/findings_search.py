"""Finds what a command of `dowse findings` is about."""

import itertools
import sys
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from identifiers.fields import suggestion
from scanner.cli.state_store import rules_beside
from scanner.errors import ConfigError
from scanner.findings.conditions import Filter, all_of
from scanner.findings.event_pattern import parse_json_filter
from scanner.findings.query import ALIASES, fields_in, parse_query
from scanner.findings.rule_files import rules_in
from scanner.findings.rules import load_rules
from scanner.findings.stored import Findings, StoredFinding
from scanner.findings.values import values_at
from scanner.state.store import Store, open_store

# An object may have a few ids that begin alike; no need to name all of them.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Search:
    """Which findings of which store.

    :param path: of the store
    :param heeded: paths of rules that hold besides
    :param suppressions: path of the rules, which is also written to; None for those beside the store
    :param filters: of `scanner.findings.query`; all must hold
    :param pattern: JSON of `scanner.findings.event_pattern`, or `@` and a path to it
    :param status: of `scanner.findings.stored.Status`, or `all`
    """

    path: str
    heeded: tuple[str, ...]
    suppressions: str | None
    filters: tuple[str, ...] = ()
    pattern: str | None = None
    status: str = "all"

    @property
    def rules_path(self) -> str:
        """Of the rules."""
        return self.suppressions or rules_beside(self.path)

    @contextmanager
    def opened(self) -> Iterator[tuple[Store, Findings]]:
        """The store and all its findings. Raises StateError and ConfigError."""
        rules = (*rules_in(self.rules_path), *(rule for path in self.heeded if path != self.rules_path for rule in load_rules(path)))
        with open_store(self.path) as store:
            yield store, Findings(store, rules, datetime.now(UTC).date())

    def wanted(self, findings: Findings) -> Iterator[StoredFinding]:
        """Those that are meant. Raises ConfigError for a filter that is none, before the first is looked at."""
        return self._wanted(findings, self._filter())

    def _wanted(self, findings: Findings, chosen: Filter) -> Iterator[StoredFinding]:
        """Tells of fields that no finding has, when all were looked at: whoever misspells one should not think that there is nothing."""
        missing, names = fields_in(self.filters), set(ALIASES)
        for one in findings:
            names |= one.record.keys()
            for field, path in tuple(missing.items()):
                if any(True for _ in values_at(one.record, path)):
                    del missing[field]
            if self.status in {"all", one.status.value} and chosen(one.record):
                yield one
        if len(names) > len(ALIASES):
            warn_of_fields(missing, names)

    def _filter(self) -> Filter:
        filters = [parse_query(self.filters, datetime.now(UTC))]
        if self.pattern is not None:
            filters.append(parse_json_filter(*_pattern_text(self.pattern)))
        return all_of(filters)


def warn_of_fields(missing: Iterable[str], names: AbstractSet[str]) -> None:
    """Says on standard error that no finding has these fields.

    :param names: that there are
    """
    for field in missing:
        sys.stderr.write(f"dowse: warning: no finding has a field {field!r}; {suggestion(field, names)}\n")


def the_one(findings: Findings, name: str) -> StoredFinding:
    """The finding whose id, or the id of whose record, begins with `name`, or whose object has this path or URI.

    Raises ConfigError if it is not exactly one.
    """
    found = list(itertools.islice(findings.named(name), _NAMED + 1))
    exact = [one for one in found if name in {one.id, one.result.object.ref.uri, one.result.object.ref.path}]
    if not found:
        # A report has another id for each state of a finding, which only its record tells.
        found = [one for one in findings if name and str(one.record["id"]).startswith(name)]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        named = ", ".join(one.id for one in found[:_NAMED])
        more = " and others" if len(found) > _NAMED else ""
        raise ConfigError(f"{name}: several findings have such an id: {named}{more}; give more of it")
    raise ConfigError(f"{name}: there is no such finding; `dowse findings list --status all` shows the ids")


def _pattern_text(pattern: str) -> tuple[str, str]:
    """The JSON, and how messages call it."""
    if not pattern.startswith("@"):
        return pattern, "--pattern"
    path = pattern[1:]
    try:
        with open(path, encoding="utf-8") as file:
            return file.read(), path
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; check the path and its permissions") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is no text in UTF-8; save it so") from None
