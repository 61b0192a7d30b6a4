"""Draws results as SVG files, which stay readable in a diff and sharp on paper."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from benchmarks.measure import Measured

_COLOURS: Final = {"aim": "#2a7f3f", "floor": "#7fae3f", "short": "#c0392b"}
# The same file for the same figures.
_SETTINGS: Final[dict[Any, Any]] = {"svg.hashsalt": "dowse", "svg.fonttype": "none"}


def draw_rows(rows: Sequence[Measured], path: str) -> None:
    """A bar for each row: its rate without start-up as a share of its floor; the line at 1 is the floor."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=(9, 0.45 * len(rows) + 1.2), layout="constrained")
        axes = figure.add_subplot()
        titles = [row.row.title for row in rows]
        shares = [row.rate(with_startup=False) / row.row.floor.rate for row in rows if row.row.floor.rate]
        axes.barh(titles, shares, color=[_COLOURS[row.mark(with_startup=False)] for row in rows])
        axes.axvline(1, color="black", linewidth=1)
        axes.invert_yaxis()
        axes.set_xlabel("rate, as a multiple of the floor (line); green: at the floor or the aim, red: falls short")
        figure.savefig(path, metadata={"Date": None})


def draw_curves(curves: Mapping[str, Sequence[tuple[float, float]]], labels: tuple[str, str], path: str, *, logarithmic: bool) -> None:
    """One line for each curve of (x, y) points."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=(7, 4.5), layout="constrained")
        axes = figure.add_subplot()
        for name, points in curves.items():
            axes.plot(*zip(*points, strict=True), marker="o", label=name)
        if logarithmic:
            axes.set_xscale("log")
            axes.set_yscale("log")
        else:
            axes.set_ylim(bottom=0)
        axes.set_xlabel(labels[0])
        axes.set_ylabel(labels[1])
        axes.grid(visible=True, alpha=0.3)
        axes.legend()
        figure.savefig(path, metadata={"Date": None})
