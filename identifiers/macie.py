"""What Amazon Macie looks for unless it is told otherwise: the set behind `--select macie`."""

import os
import tomllib
from functools import cache

_FILE = os.path.join(os.path.dirname(__file__), "catalogue", "macie.toml")


@cache
def macie_recommended() -> frozenset[str]:
    """Ids of Macie's recommended set of managed data identifiers.

    https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-mdis-recommended.html
    """
    with open(_FILE, "rb") as file:
        return frozenset(tomllib.load(file)["recommended"])
