"""The risk of a bucket: how far it can be reached, times how bad that is given what is inside.

    risk = reach x (1 + sensitivity)

    reach        8 public, 4 shared or replicated outside, 3 unknown, 2 a public grant is dormant, 1 otherwise
    sensitivity  0 nothing found, 1 low, 2 medium, 3 high; 1 more with credentials

From 1 to 40. Only a public bucket with credentials of high severity reaches 40.
"""

from typing import Final

from scanner.posture.exposure import Permission
from scanner.posture.sensitive import NOTHING_FOUND, Sensitive
from scanner.posture.sharing import SharedAccess
from scanner.posture.verdicts import BucketVerdicts

_SENSITIVITY: Final = {"": 0, "low": 1, "medium": 2, "high": 3}


def risk(verdicts: BucketVerdicts, sensitive: Sensitive = NOTHING_FOUND) -> int:
    """From 1 to 40; see the module."""
    return risk_of(reach(verdicts), sensitive)


def risk_of(reached: int, sensitive: Sensitive | None) -> int:
    """The formula itself.

    :param reached: as `reach` gives it
    :param sensitive: None where nobody has looked
    """
    return reached * (1 + sensitivity(sensitive or NOTHING_FOUND))


def sensitivity(sensitive: Sensitive) -> int:
    """How bad it is that somebody has what is inside, from 0 to 4."""
    return _SENSITIVITY[sensitive.worst] + (1 if sensitive.credentials else 0)


def reach(verdicts: BucketVerdicts) -> int:
    """How far the bucket can be reached, from 1 to 8."""
    permission, shared = verdicts.exposure.permission, verdicts.sharing.shared
    if permission is Permission.PUBLIC:
        return 8
    if shared is SharedAccess.EXTERNAL or verdicts.replication.externally:
        return 4
    if permission is Permission.UNKNOWN or shared is SharedAccess.UNKNOWN or verdicts.replication.replicated is None:
        return 3
    return 2 if verdicts.exposure.dormant else 1
