"""The measured figures as pictures: bars of time by block, curves of growth."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from analysis.benchmarks.growth import Grown
from analysis.benchmarks.tables import Result
from analysis.benchmarks.words import against, duration, tick
from analysis.figures.style import GREY, RULE_COLOURS, RULE_MARKERS
from analysis.figures.typography import BODY, SMALL, TITLE, WIDTH, our_typography

THEIRS, OURS = GREY, RULE_COLOURS[0]
OF_OTHERS = ("pymrio", "numpy", "scipy", "plain Mesa", "Chebyshev", "Neumann", "limit")
"""First words of what is not of this project."""
DRAWN = ("today", "solving", "agents")
"""Blocks in the picture: those with others in them."""
DECADES = 100.0
"""Span of times up to which an axis has marks between powers of ten."""
AIR = 0.1
"""Room around panels, inches: words beside them reach the edge."""


def bars(ax: Axes, data: Result) -> Axes:
    """Draw the lines of a block: time on a log scale, against the first line beside it."""
    times = [line.seconds for line in data.lines]
    beside = ax.get_yaxis_transform()
    for row, line in enumerate(data.lines):
        colour = THEIRS if line.name.startswith(OF_OTHERS) else OURS
        ax.plot(line.seconds, row, marker="o", color=colour, zorder=3)
        words = (duration(line.seconds), against(line.seconds, times[0]))
        for place, word in zip((1.02, 1.14), words, strict=True):
            ax.text(place, row, word, transform=beside, va="center", fontsize=SMALL)
    ax.set_xscale("log")
    ax.set_yticks(range(len(data.lines)), [line.name for line in data.lines])
    ax.set_ylim(len(data.lines) - 0.5, -0.5)
    ax.xaxis.set_major_locator(LogLocator(numticks=9))
    ax.xaxis.set_major_formatter(FuncFormatter(tick))
    ax.xaxis.set_minor_formatter(NullFormatter())
    ax.set_xlim(min(times) / 2, max(times) * 2)
    ax.grid(axis="y", color=GREY, alpha=0.25, linewidth=0.5)
    ax.tick_params(axis="y", length=0)
    ax.set_title(data.block.title, fontsize=BODY)
    return ax


def slopes(ax: Axes, data: Sequence[Grown]) -> Axes:
    """Draw time against one size, both on log scales; the exponent stands in the legend."""
    for n, each in enumerate(data):
        ax.plot(
            each.curve.sizes,
            [point.seconds for point in each.points],
            marker=RULE_MARKERS[n],
            color=RULE_COLOURS[n],
            label=f"{each.curve.what}: {each.exponent:.1f}",
        )
    ax.set_xscale("log")
    ax.set_yscale("log")
    sizes = data[0].curve.sizes
    ax.set_xticks(sizes, [str(size) for size in sizes])
    ax.minorticks_off()
    ax.set_xlabel(data[0].curve.axis)
    low, high = ax.get_ylim()
    ax.set_ylim(low, high * (high / low) ** (0.12 * len(data) + 0.08))
    subs = (1.0,) if high / low > DECADES else (1.0, 2.0, 5.0)
    ax.yaxis.set_major_locator(LogLocator(subs=subs, numticks=9))
    ax.yaxis.set_major_formatter(FuncFormatter(tick))
    ax.legend(loc="upper left", handlelength=1.5, borderaxespad=0.1)
    return ax


def draw_measured(results: Sequence[Result], file: Path) -> None:
    """Draw the blocks in which others are measured beside ours."""
    drawn = [result for result in results if result.block.word in DRAWN]
    heights = [len(result.lines) + 2.0 for result in drawn]
    with our_typography():
        figure = Figure(figsize=(WIDTH, 0.235 * sum(heights)))
        figure.set_layout_engine("constrained", w_pad=AIR)
        panels = figure.subplots(len(drawn), 1, height_ratios=heights, squeeze=False)[:, 0]
        for ax, result in zip(panels, drawn, strict=True):
            bars(ax, result)
        panels[-1].set_xlabel("time, log scale; blue: this project, grey: other programs and ways")
        FigureCanvasAgg(figure).print_figure(file)


def draw_growth(found: Sequence[Grown], file: Path) -> None:
    """Draw one panel for each size that grows."""
    axes = list(dict.fromkeys(each.curve.axis for each in found))
    with our_typography():
        figure = Figure(figsize=(WIDTH, 4.6), layout="constrained")
        title = "Processor time against size, and its exponent; each point in a process of its own"
        figure.suptitle(title, fontsize=TITLE)
        panels = figure.subplots(2, 3).ravel()
        for ax, axis in zip(panels, axes, strict=False):
            slopes(ax, [each for each in found if each.curve.axis == axis])
        for ax in panels[len(axes) :]:
            ax.set_axis_off()
        FigureCanvasAgg(figure).print_figure(file)
