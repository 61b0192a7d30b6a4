"""Datasets: objects that are one table to whoever works with them, however many files it is kept in."""

from dataclasses import dataclass
from typing import Final

import regex

from scanner.model.objects import ObjectRef

# `year=2026`, as Hive and all after it name the folders of a partition.
_PARTITION: Final = regex.compile(r"(?P<name>[^=/]+)=[^/]*")
# Files that programs write a table into: Spark's and Hadoop's `part-00000-...`, Hive's `000000_0`, numbered shards.
_PART: Final = regex.compile(r"part[-_.]?\d+.*|\d{6}_\d+.*|.+-\d{5}-of-\d{5}.*", regex.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Dataset:
    """One table.

    :param store: `file`, `s3` or `stdin`
    :param bucket: the bucket; empty for local files
    :param path: of the folder or file, without `/` at its end; absolute for local files; empty for a whole bucket
    :param member: path of the member of a container that it is, outermost first
    :param partitions: names of the columns that folders stand for, outermost first
    """

    store: str
    bucket: str
    path: str
    member: tuple[str, ...] = ()
    partitions: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The dataset for people: `lake/sales`, `/srv/data/people.csv`, `lake/exports.zip!people.csv`."""
        return "!".join((f"{self.bucket}/{self.path}".removesuffix("/") if self.bucket else self.path or "/", *self.member))

    @property
    def table(self) -> str:
        """Its last name: `sales`, `people.csv`."""
        return "!".join((self.path.rpartition("/")[2] or self.bucket, *self.member))


def dataset_of(ref: ObjectRef, member: tuple[str, ...] = ()) -> Dataset:
    """The dataset that a table in an object belongs to.

    What lies under folders of partitions (`sales/year=2026/month=11/`), and numbered parts in a folder, are one dataset. Any other
    object is one by itself, and so is each member of a container.
    """
    local = ref.store != "s3"
    whole = f"{ref.bucket}/{ref.key}" if ref.store == "file" else ref.key
    folders, name = whole.split("/")[:-1], whole.rpartition("/")[2]
    first = next((place for place, folder in enumerate(folders) if _PARTITION.fullmatch(folder)), None)
    path, partitions = whole, tuple[str, ...]()
    if not member and first is not None:
        found = map(_PARTITION.fullmatch, folders[first:])
        path, partitions = "/".join(folders[:first]), tuple(one["name"] for one in found if one)
    elif not member and _PART.fullmatch(name):
        path = "/".join(folders)
    return Dataset(ref.store, "" if local else ref.bucket, path, member, partitions)
