"""No other identifier claims a value of an example, unless `cross_talk.toml` says why it may."""

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from itertools import combinations
from typing import Final

from identifiers.model import Identifier
from scanner.acceptance.bench import Bench, is_custom
from scanner.acceptance.failure import Failure
from scanner.acceptance.spans import described
from scanner.acceptance.specimens import examples_of

NAME: Final = "cross-talk"
_TABLE: Final = os.path.join(os.path.dirname(__file__), "cross_talk.toml")


@dataclass(frozen=True, slots=True)
class AllowedGroup:
    """Identifiers that may claim each other's values.

    :param ids: ids, or globs of ids
    :param reason: why nobody could tell them apart, or why both are right
    """

    ids: tuple[str, ...]
    reason: str

    def holds(self, one: str, other: str) -> bool:
        """Whether both ids are of the group; one id alone is not a pair."""
        if len(self.ids) == 1:
            return all(fnmatchcase(name, self.ids[0]) for name in (one, other))
        pairs = combinations(self.ids, 2)
        return any(_fit(pair, (one, other)) or _fit(pair, (other, one)) for pair in pairs)


def check(identifier: Identifier, bench: Bench) -> Iterator[Failure]:
    """A failure for each example of which another identifier is found in a marked span, with all identifiers looked for.

    For users' identifiers it is a warning: both are reported, and nobody else has to be right.
    """
    for number, example in enumerate(examples_of(identifier), start=1):
        for other, spans in claims(identifier, bench, number - 1).items():
            if not any(group.holds(identifier.id, other) for group in allowed_groups()):
                message = f"matches {number}: expected nobody else; {other} claims {described(example.text, spans)}"
                yield Failure(identifier.id, NAME, message, warning=is_custom(identifier))


def claims(identifier: Identifier, bench: Bench, number: int) -> dict[str, list[tuple[int, int]]]:
    """Ids of other identifiers that are found in the marked spans of example `number` (from 0), with where."""
    example = examples_of(identifier)[number]
    found: dict[str, list[tuple[int, int]]] = {}
    for placed in bench.together.find_spans(example.text):
        match = placed.match
        other = match.rule.identifier.id
        if other != identifier.id and any(match.start < end and start < match.end for start, end in example.spans):
            found.setdefault(other, []).append((match.start, match.end))
    return found


@cache
def allowed_groups() -> tuple[AllowedGroup, ...]:
    """The rows of `cross_talk.toml`."""
    with open(_TABLE, "rb") as file:
        rows = tomllib.load(file).get("allowed", [])
    return tuple(AllowedGroup(tuple(row["ids"]), row["reason"]) for row in rows)


def _fit(globs: tuple[str, str], ids: tuple[str, str]) -> bool:
    return fnmatchcase(ids[0], globs[0]) and fnmatchcase(ids[1], globs[1])
