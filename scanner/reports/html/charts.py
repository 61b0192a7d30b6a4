"""The numbers behind the drawings: where each piece of a bar begins and how wide it is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a bar, in hundredths of what the bar stands for.

    :param kind: the class that colours it
    """

    kind: str
    start: float
    width: float


def pieces(amounts: Mapping[str, int] | Iterable[tuple[str, int]], whole: int) -> Iterator[Piece]:
    """The pieces of a bar from left to right, without empty ones.

    :param amounts: kind -> amount
    :param whole: what a bar of full width stands for
    """
    start = 0.0
    for kind, amount in amounts.items() if isinstance(amounts, Mapping) else amounts:
        width = 100 * amount / whole if whole else 0.0
        if amount:
            yield Piece(kind, start, width)
        start += width


def percent(part: int, whole: int) -> str:
    """`12 %`, `0.4 %`, `under 0.1 %`; never 100 % unless it is all, nor 0 % unless it is nothing."""
    if not whole or not part:
        return "0 %"
    if part == whole:
        return "100 %"
    share = 100 * part / whole
    if share < 0.1:
        return "under 0.1 %"
    return f"{min(share, 99.9):.1f} %" if share < 1 or share >= 99 else f"{share:.0f} %"
