"""What identifies an object in the store.

A file is the same file whichever folder the user named it by, so that scanning `/srv` and `/srv/data` makes no two findings of
it. It is known by its path, and the folder is kept beside it.
"""

import os
from dataclasses import dataclass

from scanner.model.objects import ObjectRef


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """What identifies an object.

    :param bucket: empty for files
    :param key: bytes of the key; of a file, of its absolute path
    """

    store: str
    bucket: str
    key: bytes
    version: str = ""


def name_of(ref: ObjectRef) -> Name:
    """The name of the object."""
    if ref.store == "file":
        return Name("file", "", path_of(ref.bucket, ref.key), ref.version)
    return Name(ref.store, ref.bucket, os.fsencode(ref.key), ref.version)


def ref_of(name: Name, root: str) -> ObjectRef:
    """The reference that has this name, where the user named it by the folder or bucket `root`."""
    if name.store != "file":
        return ObjectRef(name.store, root, os.fsdecode(name.key), name.version)
    below = name.key[len(path_of(root, "")) :]
    return ObjectRef("file", root, os.fsdecode(below), name.version)


def path_of(folder: str, key: str) -> bytes:
    """The bytes of the path; of the folder with its slash when `key` is empty."""
    return os.fsencode(os.path.join(folder, key))
