"""Which objects of a target the user wants, and how the target is walked."""

from dataclasses import dataclass, field, fields
from datetime import datetime

from scanner.config import SourceConfig, StoreConfig


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """The user's word on what is read. What it leaves out becomes `skipped(excluded)`, so coverage stays honest.

    :param include: gitignore patterns; if there are any, only objects that one of them matches are read
    :param exclude: gitignore patterns; wins over `include`. A folder that matches is not entered.
    :param min_size: in bytes, itself included; None for no bound
    :param max_size: in bytes, itself included; None for no bound
    :param modified_since: earliest time of the last change, itself included; with time zone
    :param modified_before: times from here on are left out; with time zone
    :param extensions: endings of names with or without the leading dot, in any case: `csv`, `.tar.gz`; empty for all
    :param follow_symlinks: also read what symbolic links lead to, outside the target's folder too
    :param all_versions: of a versioned bucket also read what is no longer the latest
    :param version_id: read this version of the one object that is the target
    :param storage_classes: of object stores read only these, `STANDARD` for one; empty for all
    :param exclude_storage_classes: never these; wins
    :param tags: `KEY=VALUE` or `KEY`; if there are any, only objects of buckets that have one of them are read
    :param exclude_tags: never objects with one of these; wins
    :param bucket_tags: as `tags`, of the buckets themselves
    :param folder_depth: most slashes in a key; for a folder those below it, for a bucket all
    :param sample: share of the objects that are wanted otherwise, 0 to 1; None for all. Chosen by key: the same in every run.
    :param sample_seed: another one chooses other objects
    :param store: how object stores are reached
    :param name: what bytes from standard input are called; its extension is a hint for the reader
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    min_size: int | None = None
    max_size: int | None = None
    modified_since: datetime | None = None
    modified_before: datetime | None = None
    extensions: tuple[str, ...] = ()
    follow_symlinks: bool = False
    name: str = "stdin"
    all_versions: bool = False
    version_id: str | None = None
    storage_classes: tuple[str, ...] = ()
    exclude_storage_classes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    exclude_tags: tuple[str, ...] = ()
    bucket_tags: tuple[str, ...] = ()
    folder_depth: int | None = None
    sample: float | None = None
    sample_seed: int = 0
    store: StoreConfig = field(default_factory=StoreConfig)


def options_of(config: SourceConfig) -> SourceOptions:
    """The options that `config` asks for."""
    return SourceOptions(**{one.name: getattr(config, one.name) for one in fields(config)})
