"""The first pass: one sweep over all bytes that says where something *could* be. It yields candidates, never findings.

A shape is reported at an end inside of every match that there is, and perhaps elsewhere. A keyword is reported with both
its ends; whether it is a whole word is asked afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from identifiers.extent import LEAST_TOKEN
from identifiers.facts import facts_of
from scanner.detection.rules import Rule

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Hits:
    """Candidates in one buffer; offsets in bytes or characters, as the finder says. Keywords that count in names only are left out.

    :param shapes: rule index -> places inside of candidates, or at their ends; ascending
    :param keywords: (keyword index, start, a place behind or inside it); the start may be that of the character before
    """

    shapes: dict[int, list[int]] = field(default_factory=dict)
    keywords: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Present:
    """What may be anywhere in a buffer.

    :param shapes: indices of rules
    :param keywords: indices of keywords, whole words or not; of those only that `quiet_keywords` names
    :param digits: a few digits close together
    :param tokens: a stretch as long as a token
    """

    shapes: frozenset[int]
    keywords: frozenset[int]
    digits: bool
    tokens: bool


class Prefilter(Protocol):
    """Finds candidates in UTF-8."""

    @property
    def unfiltered(self) -> frozenset[int]:
        """Rules that it cannot look for; they must be tried everywhere."""

    def scan(self, data: memoryview) -> Hits:
        """Candidates in `data`, which is valid UTF-8; offsets in bytes."""

    def present(self, data: memoryview) -> Present:
        """What occurs in `data`, which is valid UTF-8. What stands around it does not count: `data` may be texts without gaps."""

    def words(self, data: memoryview) -> list[tuple[int, int, int]]:
        """The keywords in `data`, as `scan` gives them."""

    def shapes(self, data: memoryview) -> dict[int, list[int]]:
        """The shapes in `data`, as `scan` gives them."""

    def near(self, data: memoryview) -> frozenset[int]:
        """The rules that are reported only with a keyword, whose shape may occur in `data`, which is valid UTF-8."""

    def serialise(self) -> bytes:
        """What `load` of the same kind needs to come up at once."""


def shape_rules(rules: tuple[Rule, ...]) -> list[Rule]:
    """The rules to look for everywhere; the others are looked for near their keywords only."""
    return [rule for rule in rules if rule.alone is not None]


FEW_DIGITS: Final = 4


def is_loud(rule: Rule) -> bool:
    """Whether matches stand out by their digits or their length, so that these are looked for first and keywords afterwards."""
    facts = facts_of(rule.pattern.regex)
    return facts.digits >= FEW_DIGITS or facts.token >= LEAST_TOKEN


def quiet_keywords(rules: tuple[Rule, ...], keywords: tuple[str, ...]) -> list[int]:
    """Indices of the keywords of rules that need one and are not loud."""
    quiet = (rule for rule in rules if rule.alone is None and not rule.named_only and not is_loud(rule))
    words = {word.lower() for rule in quiet for word in rule.identifier.keywords}
    return [number for number, keyword in enumerate(keywords) if keyword in words]


def silent_keywords(rules: tuple[Rule, ...], keywords: tuple[str, ...]) -> frozenset[int]:
    """Indices of the keywords that count in names only."""
    words = {word.lower() for rule in rules if not rule.named_only for word in rule.identifier.keywords}
    return frozenset(number for number, keyword in enumerate(keywords) if keyword not in words)


def in_characters(hits: Hits, text: str) -> Hits:
    """`hits` in the UTF-8 of `text`, with offsets in characters instead of bytes."""
    if text.isascii():
        return hits
    import numpy as np

    data = np.frombuffer(text.encode("utf-8", "replace"), dtype=np.uint8)
    # Continuation bytes are 10xxxxxx; a byte's character is the number of other bytes before it.
    continued = np.flatnonzero((data & 0xC0) == 0x80)
    shapes = {rule: _characters(ends, continued) for rule, ends in hits.shapes.items()}
    starts, ends = (_characters([hit[side] for hit in hits.keywords], continued) for side in (1, 2))
    return Hits(shapes, [(hit[0], start, end) for hit, start, end in zip(hits.keywords, starts, ends, strict=True)])


def _characters(places: "Sequence[int]", continued: "npt.NDArray[np.int64]") -> list[int]:
    import numpy as np

    bytes_at = np.asarray(places, dtype=np.int64)
    characters: list[int] = (bytes_at - continued.searchsorted(bytes_at, "left")).tolist()
    return characters
