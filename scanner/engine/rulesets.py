"""Which identifiers a run looks for."""

from collections.abc import Sequence
from dataclasses import replace

from identifiers.catalogues import load_catalogue, load_custom
from identifiers.model import Identifier
from identifiers.selection import select
from scanner.errors import ConfigError
from scanner.model.names_mode import NamesMode


def choose_identifiers(
    selected: Sequence[str],
    deselected: Sequence[str],
    files: Sequence[str],
    *,
    ignore_examples: bool = True,
    names: NamesMode = NamesMode.FULL,
) -> tuple[Identifier, ...]:
    """The built-in identifiers and those of the user's `files` that are selected, by id.

    :param ignore_examples: False also finds the documented examples of the built-in ones (test cards, specimen numbers)
    :param names: OFF leaves out names of people and addresses
    :raises IdentifierError: for a file that cannot be used and a word that names nothing
    :raises ConfigError: if nothing is left, or two files declare the same id
    """
    known = {one.id: one if ignore_examples else replace(one, ignore_values=frozenset()) for one in load_catalogue()}
    for path in dict.fromkeys(files):
        for identifier in load_custom(path):
            if identifier.id in known:
                raise ConfigError(f"{path}: {identifier.id} is declared in another identifier file, too; rename one of the two")
            known[identifier.id] = identifier
    chosen = select(known.values(), selected, deselected)
    if names is NamesMode.OFF:
        chosen = tuple(identifier for identifier in chosen if not identifier.judged)
    if not chosen:
        raise ConfigError("no identifier is selected, so nothing could be found; add --select recommended or name some")
    return chosen
