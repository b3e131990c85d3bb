"""Ranked dots: arms from the best by outcome, each with its paired difference from the best."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.figures.lines_of_text import text_width
from analysis.figures.pages import numbered
from analysis.figures.quantities import listing
from analysis.figures.sheet import MARGIN, SheetText, sheet
from analysis.figures.style import GREY, INK, PALE, RULE_COLOURS, label
from analysis.figures.typography import SMALL, TINY, WIDTH
from analysis.verdicts.material import MATTERS
from analysis.verdicts.short_names import unit_of
from analysis.verdicts.verdict import Verdict

LINE, TITLE_ROOM, BELOW = 0.145, 0.28, 0.3
"""Height of an arm, and room above and below a panel, inches."""
TALLEST = 8.6
"""Body of a page, inches."""
BEST, OTHER = RULE_COLOURS[0], "#9A9A9A"
"""Colours of arms that share a letter with the best, and of the others."""
NOTE = (
    "Dots: mean difference from the best arm, paired by replication; lines: intervals that hold"
    " for all pairs of an outcome together (95 %, Bonferroni). Arms of one letter are not told"
    f" apart, or closer than what matters ({MATTERS}); letters (Holm's test) are the sharper, so"
    " that the line of an arm told apart may still reach zero. Dark: of one letter with the best."
)


def drawable(verdicts: Mapping[str, Verdict]) -> bool:
    """Return whether two arms with a policy differ in any outcome, and it has an interval."""
    return bool(_shown(verdicts))


def ranked_dots_of(verdicts: Mapping[str, Verdict]) -> pd.DataFrame:
    """Return a row an outcome and arm, best first: difference from the best, groups, alike."""
    rows = []
    for one in _shown(verdicts):
        best, *others = one.groups.order
        gaps = {frozenset((pair.lower, pair.higher)): pair for pair in one.pairs}
        rows.append((one.outcome.word, best, 0.0, 0.0, 0.0, one.groups.letters(best), True))
        for arm in others:
            pair = gaps.get(frozenset((best, arm)))
            if pair is None:
                continue
            sign = 1.0 if pair.higher == arm else -1.0
            mean, low, high = (sign * end for end in (pair.gap.mean, pair.gap.low, pair.gap.high))
            ends = (low, high) if sign > 0 else (high, low)
            letters = one.groups.letters(arm)
            rows.append((one.outcome.word, arm, mean, *ends, letters, not pair.apart))
    return pd.DataFrame(
        rows, columns=["outcome", "arm", "difference", "low", "high", "groups", "like_best"]
    )


def picture(verdicts: Mapping[str, Verdict]) -> list[Figure]:
    """Return the finished picture, page by page: a panel an outcome, two in a row."""
    shown, table = _shown(verdicts), ranked_dots_of(verdicts)
    words = SheetText(
        headline(shown),
        "Difference of each arm from the best, by outcome; where none is better, from the lowest",
        (NOTE,),
    )
    most = max(len(one.groups.order) for one in shown)
    height = most * LINE + TITLE_ROOM + BELOW
    size = 2 * max(1, int(TALLEST / height))
    parts = [shown[start : start + size] for start in range(0, len(shown), size)]
    return [
        _page(numbered(words, number, len(parts)), part, table, height)
        for number, part in enumerate(parts)
    ]


def headline(shown: list[Verdict]) -> str:
    """Return what the picture says: who is best in cost, or in the first outcome."""
    one = next((v for v in shown if v.outcome.word == "abatement_cost"), shown[0])
    best = [label(arm) for arm in one.groups.members[0]]
    end = "lowest" if one.outcome.direction != "higher" else "highest"
    if len(best) == len(one.groups.order):
        return f"No difference in {one.head} is both sure and large enough to matter"
    rest = ", of one group" if len(best) > 1 else ""
    return f"{end.capitalize()} {one.head}: {listing(best, 3)}{rest}"


def _shown(verdicts: Mapping[str, Verdict]) -> list[Verdict]:
    """Return the outcomes in which any two arms differ, and that have an interval."""
    return [
        one
        for one in verdicts.values()
        if one.replications > 1 and any(pair.gap.mean > 0 for pair in one.pairs)
    ]


def _page(words: SheetText, shown: list[Verdict], table: pd.DataFrame, height: float) -> Figure:
    columns = min(2, len(shown))
    rows = -(-len(shown) // columns)
    page = sheet(words, rows * height)
    names = [label(arm) for arm in dict.fromkeys(table["arm"])]
    room = (WIDTH - 2 * MARGIN) / columns
    left = min(max(text_width(name, TINY) for name in names) + 0.15, room / 2)
    for number, one in enumerate(shown):
        row, column = divmod(number, columns)
        lines = table[table["outcome"] == one.outcome.word]
        tall = len(lines) * LINE
        top = (rows - row) * height - TITLE_ROOM
        ax = page.axes(MARGIN + column * room + left, top - tall, room - left - 0.35, tall)
        dots(ax, lines, one)
    return page.figure


def dots(ax: Axes, lines: pd.DataFrame, one: Verdict) -> Axes:
    """Draw one outcome: a line an arm, the best on top."""
    heights = np.arange(len(lines))[::-1]
    colours = [BEST if alike else OTHER for alike in lines["like_best"]]
    ax.axvline(0, color=INK, linewidth=0.6)
    ax.hlines(heights, 0, 1, color=PALE, linewidth=0.4, zorder=0,
              transform=ax.get_yaxis_transform())  # fmt: skip
    ax.hlines(heights, lines["low"], lines["high"], color=colours, linewidth=1.1)
    ax.scatter(lines["difference"], heights, s=14, color=colours, zorder=3)
    ax.set_yticks(heights, [label(arm) for arm in lines["arm"]], fontsize=TINY)
    for height, letters in zip(heights, lines["groups"], strict=True):
        ax.text(1.02, height, letters, transform=ax.get_yaxis_transform(), va="center",
                fontsize=TINY, color=GREY)  # fmt: skip
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_ylim(-0.6, len(lines) - 0.4)
    ax.xaxis.set_major_locator(MaxNLocator(4))
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,g}".replace("-", "−"))
    unit = f", {unit_of(one.outcome)}" if unit_of(one.outcome) else ""
    ax.set_title(f"{label(one.head)}{unit}", fontsize=SMALL, fontweight="bold")
    return ax
