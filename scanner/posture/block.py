"""Block Public Access: the settings of several levels, of which the strictest holds."""

from dataclasses import dataclass
from typing import Literal

from scanner.posture.answers import Unknown
from scanner.posture.settings import Maybe, PublicAccessBlock
from scanner.posture.three_values import Truth, every, some, truth

Setting = Literal["block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets"]
SETTINGS: tuple[Setting, ...] = ("block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets")


@dataclass(frozen=True, slots=True)
class Effective:
    """The two settings that act on what already exists, over all levels; None where unknown."""

    ignore_public_acls: Truth
    restrict_public_buckets: Truth


def effective(*levels: Maybe[PublicAccessBlock]) -> Effective:
    """The strictest of all levels, setting by setting."""
    return Effective(
        some(setting_of(level, "ignore_public_acls") for level in levels),
        some(setting_of(level, "restrict_public_buckets") for level in levels),
    )


def setting_of(level: Maybe[PublicAccessBlock], name: Setting) -> Truth:
    """One setting of one level."""
    return None if isinstance(level, Unknown) else truth(getattr(level, name))


def all_on(level: Maybe[PublicAccessBlock]) -> Truth:
    """Whether all four settings of a level are on."""
    return every(setting_of(level, name) for name in SETTINGS)


def all_off(level: Maybe[PublicAccessBlock]) -> Truth:
    """Whether none of a level's settings is on."""
    on = some(setting_of(level, name) for name in SETTINGS)
    return None if on is None else not on
