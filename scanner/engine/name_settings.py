"""What is missing to look for names as the user asks for it; found out without importing anything."""

import os
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from typing import Final

from identifiers.model import Identifier
from scanner.config import ScanConfig
from scanner.errors import ConfigError
from scanner.model.names_mode import OWN_MODEL, NamesMode

_WANTED: Final = frozenset({"NAME", "ADDRESS"})


def missing_for_names(config: ScanConfig, identifiers: Iterable[Identifier], find: Callable[[str], object] = find_spec) -> str:
    """A line for the user; empty if all is there.

    :param find: gives None for a module that is not installed
    :raises ConfigError: if the user's own pipeline cannot be found
    """
    wanted = sorted(_WANTED & {identifier.id for identifier in identifiers})
    if config.names is not NamesMode.FULL or not wanted:
        return ""
    if config.names_model == OWN_MODEL:
        if find("spacy") is not None:
            return ""
        return (
            f"spaCy is not installed: in prose, names are looked for only behind titles, labels and salutations, and addresses by rules "
            f"({', '.join(wanted)}); install it with `pip install spacy`, or say --names tables"
        )
    if find("spacy") is None:
        raise ConfigError(f"--names-model {config.names_model}: spaCy is not installed; install it with `pip install spacy`")
    if not os.path.isfile(os.path.join(config.names_model, "meta.json")) and not _is_installed(config.names_model):
        raise ConfigError(
            f"--names-model {config.names_model}: no spaCy pipeline is installed under this name, and no such folder holds one"
        )
    return ""


def _is_installed(name: str) -> bool:
    return name.isidentifier() and find_spec(name) is not None
