"""Where names of people and addresses are looked for."""

from enum import StrEnum
from typing import Final

NAMES_CAP: Final = 1000
"""Names, and addresses, of one object that are listed. Macie's own: https://docs.aws.amazon.com/macie/latest/user/mdis-reference-pii.html"""

OWN_MODEL: Final = "own"
"""What judges names in texts: the model that comes with the program."""


class NamesMode(StrEnum):
    """OFF: nowhere. TABLES: in columns, by headers and word lists. FULL: in texts, too."""

    OFF = "off"
    TABLES = "tables"
    FULL = "full"
