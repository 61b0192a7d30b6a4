"""What discovery is asked to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from scanner.config import ScanConfig
from scanner.discovery.score import HIGHEST, UNKNOWN
from scanner.errors import ConfigError

JOB: Final = "discover"
"""The job that its runs belong to in the state store, unless they are those of a job file."""

GB: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class DiscoverySettings:
    """What is looked at, and how much of it in a day.

    :param scan: targets, identifiers, and how stores are reached
    :param day_bytes: of objects, as they are stored
    :param day_objects: how many
    :param timezone: whose midnight ends the day
    :param left_out: buckets that are not looked at: names, or patterns with `*`, `?` and `[...]`
    :param fixed: bucket -> its score, set by hand
    :param ignored: bucket -> identifiers that do not count in it
    :param job: whose runs they are in the state store; each has a budget of its own
    """

    scan: ScanConfig
    day_bytes: int = 10 * GB
    day_objects: int = 10_000
    timezone: str = "UTC"
    left_out: tuple[str, ...] = ()
    fixed: Mapping[str, int] = field(default_factory=dict)
    ignored: Mapping[str, frozenset[str]] = field(default_factory=dict)
    job: str = JOB


def fixed_scores(words: tuple[str, ...]) -> dict[str, int]:
    """Scores set by hand: `BUCKET=SCORE` each. Raises ConfigError for what is none of 1 to 49, 51 to 100."""
    scores = {}
    for word in words:
        bucket, equals, text = word.rpartition("=")
        score = int(text) if text.isascii() and text.isdigit() else 0
        if not equals or not bucket or not 1 <= score <= HIGHEST or score == UNKNOWN:
            raise ConfigError(f"--set-score {word}: write BUCKET=SCORE, from 1 to 49 or from 51 to 100")
        scores[bucket] = score
    return scores


def ignored_identifiers(words: tuple[str, ...], known: frozenset[str]) -> dict[str, frozenset[str]]:
    """What does not count: `BUCKET=IDENTIFIER` each. Raises ConfigError for an identifier that is not `known`."""
    ignored: dict[str, frozenset[str]] = {}
    for word in words:
        bucket, equals, identifier = word.rpartition("=")
        if not equals or not bucket:
            raise ConfigError(f"--ignore {word}: write BUCKET=IDENTIFIER")
        if identifier not in known:
            raise ConfigError(f"--ignore {word}: {identifier} is none of the identifiers that are looked for; see dowse identifiers list")
        ignored[bucket] = ignored.get(bucket, frozenset()) | {identifier}
    return ignored
