"""Pictures of sensitivity: what decides, at one glance; and a tornado."""

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.sheet import MARGIN, SheetText, save, sheet
from analysis.figures.style import GREY, INK, PALE, RULE_COLOURS, label, words
from analysis.figures.typography import BODY, SMALL, WIDTH, our_typography

KINDS = {"level": "level", "difference": "difference", "rank": "rank"}
COLOURS = dict(zip(KINDS, (RULE_COLOURS[0], RULE_COLOURS[2], RULE_COLOURS[1]), strict=True))
MOST = 14
"""Keys shown."""
ROW, KEYS = 0.23, 2.1
"""Height of a row and width of the names, inches."""
LARGEST = 190.0
"""Area of the mark of a key that decides all, points²."""
ENDS = ("at_low", "at_high")
MEANT = (
    "Level: of the outcome; difference: from the best rule; rank: among rules; each a mean over"
    " rules."
)
ALONE = (
    "Each number from the middle to an end of its range, all others at the middle. Lines: 95 % over"
    " repetitions with other luck."
)
PANELS = 3
"""Arms of a tornado at most."""


def draw_deciding(shares: pd.DataFrame, worlds: int, folder: Path) -> list[Path]:
    """Draw which numbers decide levels, differences and ranks, and return the paths."""
    with our_typography():
        return save(_deciding(shares, worlds), folder, "deciding")


def draw_tornado(indices: pd.DataFrame, outcome: str, unit: str, folder: Path) -> list[Path]:
    """Draw how far each number alone moves an outcome, arm by arm, and return the paths."""
    rows = indices[(indices["outcome"] == outcome) & (indices["kind"] == "level")]
    if rows.empty:
        return []
    with our_typography():
        return save(_tornado(rows, outcome, unit), folder, f"tornado_{outcome}")


def _deciding(shares: pd.DataFrame, worlds: int) -> Figure:
    order = shares.groupby("key")["share"].mean().sort_values(ascending=False)
    keys = [str(key) for key in order.index[:MOST]]
    outcomes = [str(word) for word in dict.fromkeys(shares["outcome"])]
    body = len(keys) * ROW + 0.75
    room = (WIDTH - 2 * MARGIN - KEYS) / len(outcomes)
    known = shares.set_index(["kind", "outcome", "key"])["share"]
    first = " and ".join(keys[:2])
    page = sheet(
        SheetText(
            f"Most is decided by {first}",
            "Share of each uncertain number in what moves an outcome; area in proportion",
            (f"{worlds} worlds. {MEANT}",),
        ),
        body,
    )  # fmt: skip
    ax = page.axes(MARGIN + KEYS, 0.05, WIDTH - 2 * MARGIN - KEYS, body - 0.1)
    ax.set(xlim=(0, len(outcomes) * room), ylim=(0, body - 0.1))
    ax.axis("off")
    for row, key in enumerate(keys):
        y = (len(keys) - row - 0.5) * ROW
        ax.plot([0, len(outcomes) * room], [y, y], color=PALE, lw=0.6, zorder=0)
        ax.text(-0.08, y, key, ha="right", va="center", size=BODY, color=INK)
        for column, outcome in enumerate(outcomes):
            for place, kind in enumerate(KINDS):
                share = float(known.get((kind, outcome, key), np.nan))
                x = column * room + (place + 0.8) * room / 3.6
                if share > 0:
                    ax.scatter(x, y, s=LARGEST * share, color=COLOURS[kind], lw=0)
    for column, outcome in enumerate(outcomes):
        top = len(keys) * ROW
        ax.text((column + 0.47) * room, top + 0.42, words(outcome), ha="center", size=BODY,
                weight="bold")  # fmt: skip
        for place, kind in enumerate(KINDS):
            x = column * room + (place + 0.8) * room / 3.6
            ax.text(x, top + 0.08, KINDS[kind], ha="center", va="bottom", size=SMALL - 1.2,
                    color=COLOURS[kind], rotation=28)  # fmt: skip
    return page.figure


def _tornado(rows: pd.DataFrame, outcome: str, unit: str) -> Figure:
    arms = [str(arm) for arm in dict.fromkeys(rows["arm"])][:PANELS]
    places = {
        (row["arm"], row["index"], row["key"]): (row["value"], row["low"], row["high"])
        for row in rows.to_dict("records")
    }
    size = rows.assign(size=rows["value"].abs()).groupby("key")["size"].max()
    keys = [str(key) for key in size.sort_values(ascending=False).index[:MOST]]
    body = len(keys) * ROW + 0.75
    room = (WIDTH - 2 * MARGIN - KEYS) / len(arms)
    page = sheet(
        SheetText(
            f"{label(outcome)}: {keys[0]} moves it most when it moves alone",
            f"Change from the middle of all ranges, {unit}; blue: low end, red: high end",
            (ALONE,),
        ),
        body,
    )  # fmt: skip
    for column, arm in enumerate(arms):
        ax = page.axes(MARGIN + KEYS + column * room, 0.35, room - 0.15, body - 0.65)
        for row, key in enumerate(keys):
            y = len(keys) - row - 0.5
            for end, colour in zip(ENDS, (RULE_COLOURS[0], RULE_COLOURS[1]), strict=True):
                value, low, high = places[arm, end, key]
                ax.barh(y, value, height=0.6, color=colour, lw=0)
                ax.plot([low, high], [y, y], color=GREY, lw=0.7)
            if column == 0:
                ax.text(-0.03, y, key, ha="right", va="center", size=BODY,
                        transform=ax.get_yaxis_transform())  # fmt: skip
        ax.axvline(0, color=INK, lw=0.6)
        ax.set(ylim=(0, len(keys)), yticks=[])
        ax.set_title(label(arm), size=SMALL)
        ax.spines["left"].set_visible(False)
    return page.figure
