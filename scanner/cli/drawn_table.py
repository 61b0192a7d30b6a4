"""Rows of text under titles."""

import io
import sys
from collections.abc import Iterable, Sequence
from typing import Final

from scanner.reports.escape import visible

# Wide enough for every row, where no terminal has to show it.
_PIPE_WIDTH: Final = 1000


def drawn_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows, nothing in which can act on a terminal; on one as wide as that, elsewhere no row is broken.

    The first column is never broken.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for title in titles:
        drawn.add_column(title, no_wrap=title == titles[0], overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(visible(cell)) for cell in row))
    terminal = sys.stdout.isatty()
    out = io.StringIO()
    console = Console(
        file=out, force_terminal=terminal, width=None if terminal else _PIPE_WIDTH, highlight=False, markup=False, emoji=False
    )
    console.print(drawn)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())
