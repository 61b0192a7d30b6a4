"""The built-in catalogue, and the identifier files of users."""

import os
from functools import cache
from itertools import chain

from identifiers.errors import IdentifierError
from identifiers.form import BUILT_IN, CUSTOM
from identifiers.loader import load_file
from identifiers.model import Identifier

_CATALOGUE = os.path.join(os.path.dirname(__file__), "catalogue")


@cache
def load_catalogue() -> tuple[Identifier, ...]:
    """Every built-in identifier, sorted by id."""
    files = [load_file(catalogue_path(name), BUILT_IN, shown_as=name) for name in catalogue_files()]
    return tuple(sorted(chain.from_iterable(files), key=lambda identifier: identifier.id))


def catalogue_files() -> list[str]:
    """The files of the built-in catalogue, relative to it, sorted."""
    folders = sorted(entry.name for entry in os.scandir(_CATALOGUE) if entry.is_dir())
    names = [f"{folder}/{name}" for folder in folders for name in os.listdir(os.path.join(_CATALOGUE, folder))]
    return sorted(name for name in names if name.endswith(".toml"))


def catalogue_path(name: str) -> str:
    """Where a file of the built-in catalogue lies."""
    return os.path.join(_CATALOGUE, name)


def load_custom(path: str) -> tuple[Identifier, ...]:
    """The identifiers of a user's file, sorted by id, checked in full. Macie's limits for custom data identifiers hold.

    :raises IdentifierError: if the file cannot be used; file, identifier and key are named
    """
    from identifiers.check import check_identifier

    found = load_file(path, CUSTOM)
    for identifier in found:
        check_identifier(identifier, path)
    taken = {identifier.id for identifier in load_catalogue()}
    for identifier in found:
        if identifier.id in taken:
            where = f"{path}: {identifier.id}: id"
            raise IdentifierError("is taken, by a built-in identifier or one above it; choose another", where=where)
        taken.add(identifier.id)
    return tuple(sorted(found, key=lambda identifier: identifier.id))
