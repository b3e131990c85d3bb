"""Fonts, sizes and line widths: what matplotlib is told while a picture is drawn."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

import matplotlib.style

from analysis.figures.style import GREY, INK

WIDTH = 7.2
"""Width of a picture, inches: a double column."""
TITLE, BODY, SMALL, TINY = 9.5, 7.0, 6.2, 5.6
"""Font sizes, points."""
FONT = "DejaVu Sans"
"""Comes with matplotlib, hence the same on every machine."""

PARAMETERS: dict[str, object] = {
    "font.family": "sans-serif",
    "font.sans-serif": [FONT],
    "font.size": BODY,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": GREY,
    "axes.formatter.useoffset": False,
    "axes.labelcolor": INK,
    "axes.labelsize": BODY,
    "axes.linewidth": 0.6,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlepad": 4.0,
    "axes.titlesize": BODY,
    "xtick.color": GREY,
    "xtick.labelcolor": INK,
    "xtick.labelsize": SMALL,
    "xtick.major.size": 2.5,
    "xtick.major.width": 0.6,
    "xtick.minor.size": 1.5,
    "xtick.minor.width": 0.5,
    "ytick.color": GREY,
    "ytick.labelcolor": INK,
    "ytick.labelsize": SMALL,
    "ytick.major.size": 2.5,
    "ytick.major.width": 0.6,
    "lines.linewidth": 1.2,
    "lines.markersize": 3.6,
    "hatch.linewidth": 0.4,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "legend.handlelength": 2.8,
    "savefig.dpi": 150,
    "figure.dpi": 150,
    "svg.fonttype": "none",
    "svg.hashsalt": "quotapolis",
}

_ONE_AT_A_TIME = RLock()


@contextmanager
def our_typography() -> Iterator[None]:
    """Apply these parameters and none of the user's own, until the block ends.

    Matplotlib keeps one set of parameters a process; so one thread draws at a time.
    """
    with _ONE_AT_A_TIME, matplotlib.style.context(["default", PARAMETERS]):
        yield
