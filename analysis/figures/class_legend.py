"""One legend of classes below a picture."""

from collections.abc import Iterable, Sequence

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.figures.sheet import Sheet
from analysis.figures.style import CLASSES, GREY, PALE, PAPER

WHOLE = "Whole province: part of the economy, no player"


def legend_of_areas(page: Sheet, kinds: Iterable[int], *, whole: bool) -> None:
    """Write the classes as areas of a map, with the whole provinces if they are drawn."""
    handles = [
        Patch(facecolor=CLASSES[kind].colour, hatch=CLASSES[kind].hatch, edgecolor=GREY,
              linewidth=0.3, label=CLASSES[kind].label)
        for kind in kinds
    ]  # fmt: skip
    if whole:
        handles.append(Patch(facecolor=PALE, edgecolor=GREY, linewidth=0.3, label=WHOLE))
    below(page, handles)


def legend_of_marks(page: Sheet, kinds: Iterable[int]) -> None:
    """Write the classes as marks of a scatter plot."""
    below(page, [
        Line2D([], [], color=CLASSES[kind].colour, linestyle="none", marker=CLASSES[kind].marker,
               markersize=5, markeredgecolor=PAPER, markeredgewidth=0.4, label=CLASSES[kind].label)
        for kind in kinds
    ])  # fmt: skip


def below(page: Sheet, handles: Sequence[Patch | Line2D]) -> None:
    """Write handles in one line at the foot of the body."""
    page.figure.legend(
        handles=handles, loc="lower center", bbox_to_anchor=(0.5, page.share(0, 0)[1]),
        ncols=len(handles), borderaxespad=0,
    )  # fmt: skip
