"""Plain tables: columns as wide as what is in them, the same on a terminal and in a pipe."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

PAGE: Final = 1000
"""Rows that are held at once."""


def columns(head: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> Iterator[str]:
    """The lines of a table; none without rows.

    However many rows there are, PAGE of them are held at once: behind so many a column may become wider, never narrower.

    :param right: numbers of the columns that stand flush right
    """
    coming = iter(rows)
    widths = [len(title) for title in head]
    titled = False
    while page := list(itertools.islice(coming, PAGE)):
        widths = [max(width, *(len(row[number]) for row in page)) for number, width in enumerate(widths)]
        if not titled:
            yield _line(head, widths, right)
            titled = True
        yield from (_line(row, widths, right) for row in page)


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    cells = [cell.rjust(widths[number]) if number in right else cell.ljust(widths[number]) for number, cell in enumerate(row)]
    return "  ".join(cells).rstrip()
