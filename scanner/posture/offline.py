"""Tells what kind of input a path is, and reads it."""

import os

from scanner.errors import TargetError
from scanner.posture.inventory import Inventory


def read_offline(path: str) -> Inventory:
    """The buckets that a folder of dumps describes.

    :raises ConfigError: if there is no such path, or it is nothing that is known
    """
    from scanner.posture.dumps import read_dumps

    if os.path.isdir(path):
        return read_dumps(path)
    raise TargetError(f"{path}: no such folder")
