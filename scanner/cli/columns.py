"""Plain tables: columns as wide as what is in them, the same on a terminal and in a pipe."""

from collections.abc import Iterator, Sequence


def columns(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> Iterator[str]:
    """The lines of a table; none without rows.

    :param right: numbers of the columns that stand flush right
    """
    if not rows:
        return
    everything = [head, *rows]
    widths = [max(len(row[number]) for row in everything) for number in range(len(head))]
    for row in everything:
        cells = [cell.rjust(widths[number]) if number in right else cell.ljust(widths[number]) for number, cell in enumerate(row)]
        yield "  ".join(cells).rstrip()
