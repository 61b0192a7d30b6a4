"""Which objects the path patterns of a rule mean."""

import os

from scanner.model.objects import ObjectRef
from scanner.sources.globs import Globs

WITH_BUCKETS = ("file", "s3", "gs", "az", "http", "https")
"""Stores whose objects a pattern can name together with what they lie in."""

_WHOLE = tuple(f"{store}://" for store in WITH_BUCKETS)


class PathPatterns:
    """Gitignore patterns; those that one of a kind takes back concern only that kind.

    `legacy/**` is held against an object's key below its target, whatever the target is. `file:///srv/data/legacy/**` is held
    against the whole path of a file, `s3://BUCKET/logs/` against a bucket's name and an object's key; so it is with `gs://BUCKET/...`,
    `az://ACCOUNT/CONTAINER/...` and `https://HOST/...`.

    :raises ConfigError: for a pattern that is none
    """

    def __init__(self, patterns: tuple[str, ...]) -> None:
        kinds: dict[str, list[str]] = {"": [], **{store: [] for store in WITH_BUCKETS}}
        for pattern in patterns:
            bare = pattern.removeprefix("!")
            scheme = next((one for one in _WHOLE if bare.startswith(one)), "")
            rest = bare.removeprefix(scheme)
            anchored = "/" + rest.lstrip("/") if scheme else rest
            kinds[scheme.removesuffix("://")].append(("!" if bare != pattern else "") + anchored)
        self._kinds = {kind: Globs(tuple(own), role="path") for kind, own in kinds.items() if own}

    def match(self, ref: ObjectRef) -> bool:
        """Whether the object is meant."""
        by_key, by_path = self._kinds.get(""), self._kinds.get(ref.store)
        return bool(by_key and by_key.match(ref.key)) or bool(by_path and by_path.match(_whole(ref)))


def _whole(ref: ObjectRef) -> str:
    return os.path.join(ref.bucket, ref.key).lstrip("/") if ref.store == "file" else f"{ref.bucket}/{ref.key}"
