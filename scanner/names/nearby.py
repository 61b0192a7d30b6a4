"""What of a text the model reads: words near a place where something could stand, since words farther off say nothing to it."""

from collections.abc import Iterator, Sequence
from typing import Final

from scanner.names.features import Features
from scanner.names.refine import is_program_text

AROUND: Final = 20
"""Tokens on each side that are read. The network sees four; an address may begin or end that far from what gave it away."""

AROUND_IN_PROGRAM: Final = 8
"""The same in a program, whose addresses are left to the rules."""


def around_in(text: str) -> int:
    """How many tokens on each side of a place are read in `text`."""
    return AROUND_IN_PROGRAM if is_program_text(text) else AROUND


def near(told: Features, places: Sequence[int], around: int) -> Iterator[Features]:
    """Parts of a text, by place, that hold all tokens near `places`, and near what the rules found.

    :param places: in characters, ascending
    :param around: tokens on each side
    """
    spots = [(place, place) for place in places]
    spots += [*told.addresses, *(span[:2] for span in told.labelled)]
    first = behind = 0
    for start, end in sorted(spots):
        low, high = max(0, told.tokens.at(start) - around), told.tokens.at(end) + around
        if low > behind and behind:
            yield told.part(first, behind)
            first = low
        elif not behind:
            first = low
        behind = max(behind, high)
    if behind:
        yield told.part(first, behind)
