"""Groups objects that are likely to be alike: by bucket, folder, type, storage class and age."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import regex

from scanner.model.objects import StoredObject

_FOLDERS: Final = 2
_MOST_PREFIXES: Final = 500
"""Of a bucket, by two folders; those that come later go by one, and then all together."""
_OTHERS: Final = "*"
# Numbers, dates and identifiers: what differs from folder to folder of one kind.
_VARYING: Final = regex.compile(r"[0-9a-f]{8,}(?:-[0-9a-f]{4,})*|\d+", regex.IGNORECASE)
_LONGEST_TYPE: Final = 12
_PACKED: Final = ("gz", "zst", "bz2", "xz")
_AGES: Final = ((timedelta(days=7), "week"), (timedelta(days=30), "month"), (timedelta(days=365), "year"))


@dataclass(frozen=True, slots=True, order=True)
class Cluster:
    """What objects of a cluster have in common.

    :param prefix: of the key, up to two folders, numbers written as #; `*` for all that found no place
    :param type: ending of the name, in small letters
    :param age: `week`, `month`, `year` or `older`
    """

    store: str
    bucket: str
    prefix: str
    type: str
    storage_class: str
    age: str


class Clusters:
    """Finds the cluster of each object.

    :param now: what ages count from
    """

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._prefixes: defaultdict[tuple[str, str], set[str]] = defaultdict(set)

    def of(self, stored: StoredObject) -> Cluster:
        """The cluster of the object."""
        ref = stored.ref
        folder, _, name = ref.key.rpartition("/")
        prefix = self._prefix((ref.store, ref.bucket), folder)
        return Cluster(ref.store, ref.bucket, prefix, _type_of(name), stored.storage_class, self._age(stored.modified))

    def _prefix(self, bucket: tuple[str, str], folder: str) -> str:
        """Buckets with a folder for each customer have no bounds; the number of clusters has."""
        known = self._prefixes[bucket]
        parts = [_VARYING.sub("#", part) for part in folder.split("/")[:_FOLDERS]] if folder else []
        for depth, most in ((_FOLDERS, _MOST_PREFIXES), (1, 2 * _MOST_PREFIXES)):
            prefix = "/".join(parts[:depth])
            if prefix in known or len(known) < most:
                known.add(prefix)
                return prefix
        return _OTHERS

    def _age(self, modified: datetime | None) -> str:
        age = self._now - (modified or datetime.min.replace(tzinfo=UTC))
        return next((word for limit, word in _AGES if age < limit), "older")


def _type_of(name: str) -> str:
    parts = name.lower().lstrip(".").split(".")
    if len(parts) < 2:
        return ""
    kind = ".".join(parts[-2:]) if parts[-1] in _PACKED and len(parts) > 2 else parts[-1]
    return kind if len(kind) <= _LONGEST_TYPE and kind.isprintable() else ""
