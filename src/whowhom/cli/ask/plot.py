"""Counts by period drawn into a file: stacked bars by quad class, the mean score as a line above them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from whowhom.errors import InputError, MissingExtraError
from whowhom.store.rows import QUADS, Period

_COLOURS = {1: "#56b4e9", 2: "#009e73", 3: "#e69f00", 4: "#d55e00"}
"""The palette of Okabe and Ito, which people with any colour vision can tell apart."""
_TICKS = 16


def draw(periods: Sequence[Period], title: str, file: Path) -> None:
    """Draw the counts into a .png or .svg file.

    Raises:
        InputError: the file's name ends otherwise, or it cannot be written.
        MissingExtraError: matplotlib is not installed.
    """
    if file.suffix.lower() not in (".png", ".svg"):
        raise InputError(f"{str(file)!r} ends neither in .png nor in .svg: name a file that does")
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("matplotlib is not installed: pip install 'whowhom[plot]'") from error
    names = sorted({one.period for one in periods})
    figure = Figure(figsize=(10, 5), layout="constrained")
    (FigureCanvasSVG if file.suffix.lower() == ".svg" else FigureCanvasAgg)(figure)
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(1, 3))
    base = [0] * len(names)
    for quad, label in QUADS.items():
        counted = {one.period: one.events for one in periods if one.quad == quad}
        heights = [counted.get(name, 0) for name in names]
        lower.bar(names, heights, bottom=base, color=_COLOURS[quad], label=label, width=0.9)
        base = [a + b for a, b in zip(base, heights, strict=True)]
    upper.plot(names, _scores(periods, names), color="#333333", marker="o", markersize=3, linewidth=1)
    upper.axhline(0, color="#999999", linewidth=0.5)
    upper.set_ylabel("mean score")
    upper.set_title(title)
    lower.set_ylabel("events")
    lower.legend(frameon=False, fontsize="small")
    step = max(1, len(names) // _TICKS)
    lower.set_xticks(range(0, len(names), step), names[::step], rotation=45, ha="right")
    try:
        figure.savefig(file, dpi=150)
    except OSError as error:
        raise InputError(f"{str(file)!r} cannot be written ({error.strerror or error}): name another file") from error


def _scores(periods: Sequence[Period], names: Sequence[str]) -> list[float]:
    """The mean score of each period over all its events."""
    out = []
    for name in names:
        there = [one for one in periods if one.period == name]
        out.append(sum(one.score * one.events for one in there) / sum(one.events for one in there))
    return out
