"""The manifest of an S3 Inventory: which lists there are, and where; in a bucket or in a folder."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, cast

import orjson

from scanner.config import StoreConfig
from scanner.errors import ConfigError, ReadError, TargetError
from scanner.model.objects import ObjectRef, StoredObject
from scanner.sources.files import open_regular
from scanner.sources.s3_connect import connect, payer
from scanner.sources.s3_read import ObjectReader
from scanner.sources.s3_target import parse_target

_MIB: Final = 1024 * 1024
# A list has up to some millions of keys; 64 MiB of manifest name about 300,000 lists.
_MOST_BYTES: Final = 64 * _MIB
_FORMATS: Final = frozenset({"CSV", "ORC", "PARQUET"})


@dataclass(frozen=True, slots=True)
class Manifest:
    """An inventory.

    :param place: of the manifest
    :param format: `CSV`, `ORC` or `Parquet`
    :param schema: names of the columns
    :param lists: keys of the lists
    """

    place: ObjectRef
    format: str
    schema: str
    lists: tuple[str, ...]


def read_manifest(place: str, store: StoreConfig) -> Manifest:
    """The manifest at `place`, an `s3://` URI or a path. Raises TargetError if it cannot be read, and ConfigError if it is none."""
    if place.lower().startswith("s3://"):
        target = parse_target(place)
        ref = ObjectRef("s3", target.bucket, target.prefix)
    else:
        folder, name = os.path.split(os.path.abspath(place))
        ref = ObjectRef("file", folder, name)
    try:
        with open_beside(ref, store) as stream:
            content = stream.read(_MOST_BYTES)
    except ReadError as error:
        raise TargetError(f"--inventory {place}: {error.detail or error.reason.value}") from None
    return _parsed(place, ref, content)


def open_list(manifest: Manifest, key: str, store: StoreConfig) -> tuple[ObjectRef, BinaryIO | ReadError]:
    """One of its lists, by name, opened: in the manifest's own bucket, or in a folder near the manifest."""
    first: tuple[ObjectRef, BinaryIO | ReadError] | None = None
    for ref in _places(manifest.place, key):
        try:
            return ref, open_beside(ref, store)
        except ReadError as error:
            first = first or (ref, error)
    assert first, "there is always a place to look at"
    return first


def open_beside(ref: ObjectRef, store: StoreConfig) -> BinaryIO:
    """A stream of a local file, or of an object of which nothing is known but its name. Raises ReadError."""
    if ref.store == "file":
        return open_regular(ref, follow=True)
    # Its size is not known: an object without one is asked for in ranges of what the first answer says.
    unseen = StoredObject(ref, _MOST_BYTES)
    return cast("BinaryIO", ObjectReader(connect(store), payer(store)).open(unseen))


def _places(manifest: ObjectRef, key: str) -> Iterator[ObjectRef]:
    """Where a list can lie: as Amazon lays it out, or copied beside the manifest. Only ever its name leads there, no path in it."""
    if manifest.store == "s3":
        yield ObjectRef("s3", manifest.bucket, key)
        return
    name = key.rpartition("/")[2]
    for folder in (os.path.join(os.path.dirname(manifest.bucket), "data"), os.path.join(manifest.bucket, "data"), manifest.bucket):
        yield ObjectRef("file", folder, name)


def _parsed(place: str, ref: ObjectRef, content: bytes) -> Manifest:
    try:
        value = orjson.loads(content)
        format_name, schema = str(value["fileFormat"]), str(value["fileSchema"])
        lists = tuple(str(one["key"]) for one in value["files"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        raise ConfigError(f"--inventory {place}: it is no manifest of S3 Inventory; name its manifest.json") from None
    if format_name.upper() not in _FORMATS:
        raise ConfigError(f"--inventory {place}: its lists are {format_name!a}; CSV, ORC and Parquet can be read")
    if any(not key.rpartition("/")[2] for key in lists):
        raise ConfigError(f"--inventory {place}: it names a list without a name")
    return Manifest(ref, format_name, schema, lists)
