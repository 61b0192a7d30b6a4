"""`[identifiers]` and `[allow]` of a job file."""

import os
from enum import StrEnum
from typing import Final, NamedTuple

from identifiers.fields import Fields
from scanner.model.names_mode import NAMES_CAP, OWN_MODEL, NamesMode
from scanner.model.occurrence import Confidence

# Macie's: https://docs.aws.amazon.com/macie/latest/user/macie-quotas.html
_MOST_FILES: Final = 1000


class Recognition(NamedTuple):
    """How sure a match must be, whether documented examples count, and where names of people are looked for."""

    ignore_examples: bool
    min_confidence: Confidence
    names: NamesMode
    names_model: str
    names_cap: int | None


class _Managed(StrEnum):
    """Macie's managedDataIdentifierSelector."""

    ALL = "ALL"
    EXCLUDE = "EXCLUDE"
    INCLUDE = "INCLUDE"
    NONE = "NONE"
    RECOMMENDED = "RECOMMENDED"


class _Level(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


def read_identifiers(fields: Fields, folder: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], Recognition]:
    """Words that select, words that deselect, files of custom identifiers, and how things are recognised.

    :raises IdentifierError: names the key
    """
    table = fields.table("identifiers")
    select, deselect = _by_macie(table) if table.has("managed") else _by_words(table)
    files = _paths(table, "files", folder)
    if select == ("none",) and not files:
        table.fail("files", "must name a file, since no built-in identifier is selected and nothing could be found")
    examples = table.flag("ignore_examples")
    level = table.choice("min_confidence", _Level.MEDIUM)
    names, model = table.choice("names", NamesMode.FULL), table.text("names_model", OWN_MODEL)
    cap = None if table.flag("no_cap") else NAMES_CAP
    table.finish()
    return select, deselect, files, Recognition(examples is not False, Confidence[level.name], names, model, cap)


def read_allowed(fields: Fields, folder: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Files of allowed values, expressions for them, and whether remarks in texts count. Raises IdentifierError."""
    table = fields.table("allow")
    lists, regexes, inline = _paths(table, "lists", folder), table.texts("regexes"), table.flag("inline")
    table.finish()
    return lists, regexes, inline is not False


def _by_words(table: Fields) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if table.has("managed_ids"):
        table.fail("managed_ids", 'goes with managed = "INCLUDE" or "EXCLUDE"; without it use select and deselect')
    return table.texts("select") or ("recommended",), table.texts("deselect")


def _by_macie(table: Fields) -> tuple[tuple[str, ...], tuple[str, ...]]:
    managed, ids = table.choice("managed", _Managed.RECOMMENDED), table.texts("managed_ids")
    for key in ("select", "deselect"):
        if table.has(key):
            table.fail(key, "says the same as managed; remove one of them")
    if bool(ids) != (managed in (_Managed.INCLUDE, _Managed.EXCLUDE)):
        table.fail("managed_ids", f"is {'not ' if ids else ''}needed with managed = {managed.value!r}")
    if managed is _Managed.INCLUDE:
        return ids, ()
    return ("all" if managed is _Managed.EXCLUDE else managed.value.lower(),), ids


def _paths(table: Fields, key: str, folder: str) -> tuple[str, ...]:
    paths = table.texts(key)
    if len(paths) > _MOST_FILES:
        table.fail(key, f"names {len(paths)} files; at most {_MOST_FILES} are allowed")
    return tuple(os.path.normpath(os.path.join(folder, path)) for path in paths)
