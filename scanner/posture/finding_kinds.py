"""What a finding on how a bucket is set up is."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from scanner.posture.actions import Access

MACIE: Final = "Policy:IAMUser/"
"""How the types begin that Macie has."""

OWN: Final = "Policy:Dowse/"
"""How ours begin."""


class PolicySeverity(IntEnum):
    """How bad a finding on a bucket's set-up is. Macie has LOW, MEDIUM and HIGH."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4


@dataclass(frozen=True, slots=True)
class PolicyFinding:
    """One thing that is wrong, or worth knowing, in a bucket's set-up.

    :param type: Macie's where it has one; ours begin with `Policy:Dowse/`
    :param detail: what was seen
    :param remedy: what to change
    :param subject: what in the bucket it is about, where there can be several of its type: a way in, a statement, a distribution
    :param alone: its severity before what is inside the bucket raised it; None if nothing did
    """

    bucket: str
    type: str
    severity: PolicySeverity
    title: str
    detail: str
    remedy: str
    subject: str = ""
    alone: PolicySeverity | None = None


Found = tuple[str, PolicySeverity, str, str, str] | tuple[str, PolicySeverity, str, str, str, str]
"""What a check gives: type, severity, title, detail, remedy and, where there can be several of the type, subject."""


def listed_access(access: frozenset[Access]) -> str:
    """What somebody may do, in words."""
    words = {Access.READ: "read", Access.WRITE: "write", Access.LIST: "list", Access.PERMISSIONS: "change permissions"}
    return ", ".join(words[one] for one in Access if one in access) or "use it"
