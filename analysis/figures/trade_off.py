"""Emissions against abatement cost: which arms no other beats on both, and who bears the cost."""

from collections.abc import Mapping
from math import ceil, log10

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.documents.numbers import fixed
from analysis.figures.names_beside import write_names
from analysis.figures.quantities import listing
from analysis.figures.scales import WARM
from analysis.figures.sheet import MARGIN, Sheet, SheetText, sheet
from analysis.figures.style import INK, PALE, label
from analysis.figures.typography import SMALL, TINY, WIDTH
from analysis.verdicts.front import ACROSS, SHADE, UP, trade_off_of
from analysis.verdicts.short_names import unit_of
from analysis.verdicts.verdict import Verdict

LEFT, BELOW, HEIGHT, KEY = 0.55, 0.4, 3.2, 0.42
NEAR = 0.05
"""Share of a panel within which arms crowd, 1."""
CROWD = 3
"""Arms close together from which they are drawn once more, enlarged."""


def picture(verdicts: Mapping[str, Verdict]) -> list[Figure]:
    """Return the finished picture; arms that crowd are drawn once more, enlarged."""
    table = trade_off_of(verdicts)
    crowded = crowd(table)
    shade = verdicts.get(SHADE)
    known = table[SHADE] if shade is not None else pd.Series(0.0, index=table.index)
    scale = Normalize(float(known.min()), float(known.max()))
    note = (
        "Dots are means, lines 95 % intervals of the mean. Ringed: on the front – no"
        " other arm is better on one axis, surely and by what matters, without being so much worse"
        " on the other."
    )
    page = sheet(SheetText(headline(table), _about(verdicts), (note,)), HEIGHT + BELOW + KEY)
    room = (WIDTH - 2 * MARGIN) / (2 if crowded else 1)
    named = [arm for arm in table.index if arm not in crowded]
    for place, arms in enumerate([list(table.index), crowded] if crowded else [named]):
        ax = page.axes(LEFT + place * room, BELOW + KEY, room - LEFT, HEIGHT - 0.25)
        _points(ax, table.loc[arms], verdicts, known, scale)
        rows = table.loc[arms]
        names = _places(table.loc[crowded if place else named])
        if crowded and not place:
            middle = _all(table.loc[crowded]).mean(axis=0)
            names[f"{len(crowded)} arms, enlarged beside"] = float(middle[0]), float(middle[1])
        rows = table.loc[arms]
        write_names(ax, names, _all(rows), _bars(rows), opacity=0.85)
        if crowded:
            ax.set_title("Enlarged" if place else "All arms with a policy", fontsize=SMALL,
                         fontweight="bold")  # fmt: skip
    if shade is not None:
        _key(page, scale, shade)
    return [page.figure]


def crowd(table: pd.DataFrame) -> list[str]:
    """Return the arms of the densest place, if they are many and not all there are."""
    points = table[[ACROSS, UP]].to_numpy(dtype=np.float64)
    extent = np.ptp(points, axis=0)
    apart = np.abs(points[:, None] - points[None]) / np.where(extent > 0, extent, 1.0)
    together = (apart < NEAR).all(axis=2)
    densest = together[int(together.sum(axis=1).argmax())]
    return list(table.index[densest]) if CROWD <= densest.sum() < len(table) else []


def headline(table: pd.DataFrame) -> str:
    """Return what the picture says."""
    unbeaten = [label(arm) for arm in table.index[table["front"]]]
    if len(unbeaten) == len(table):
        return "No arm beats another on both emissions and abatement cost"
    if len(unbeaten) == 1:
        return f"{unbeaten[0]} beats every other arm on emissions and abatement cost together"
    beaten = [label(arm) for arm in table.index[~table["front"]]]
    number = f"{len(unbeaten)} of {len(table)} arms are on the front of emissions and cost"
    if len(beaten) < len(unbeaten):
        return f"{number}, all but {listing(beaten, 3)}"
    return f"{number}: {listing(unbeaten, 3)}"


def _about(verdicts: Mapping[str, Verdict]) -> str:
    text = f"{label(verdicts[ACROSS].head)} against abatement cost over all years"
    return f"{text}; colour: {verdicts[SHADE].head}" if SHADE in verdicts else text


def _points(
    ax: Axes,
    rows: pd.DataFrame,
    verdicts: Mapping[str, Verdict],
    shades: pd.Series,
    scale: Normalize,
) -> None:
    x, y = (rows[word].to_numpy(dtype=np.float64) for word in (ACROSS, UP))
    reach = {word: np.nan_to_num(rows[f"{word}_half"].to_numpy()) for word in (ACROSS, UP)}
    ax.errorbar(
        x, y, reach[UP], reach[ACROSS], linestyle="", color="#9A9A9A", linewidth=0.7, zorder=2
    )
    edges = [INK if on else "#B5B5B5" for on in rows["front"]]
    widths = [1.1 if on else 0.5 for on in rows["front"]]
    colours = mpl.colormaps[WARM](0.08 + 0.85 * scale(shades[rows.index].to_numpy()))
    ax.scatter(x, y, s=34, c=colours, edgecolors=edges, linewidths=widths, zorder=3)
    for word, axis in ((ACROSS, ax.xaxis), (UP, ax.yaxis)):
        shown = verdicts[word]
        axis.set_label_text(f"{label(shown.head)}, {unit_of(shown.outcome)}")
    ax.margins(0.14)
    places = MaxNLocator(5, steps=[1, 2, 5, 10])  # so that few digits tell each apart
    for axis in (ax.xaxis, ax.yaxis):
        low, high = axis.get_view_interval()
        ticks = [tick for tick in places.tick_values(low, high) if low <= tick <= high]
        digits = max(0, ceil(-log10(ticks[1] - ticks[0]) - 1e-9)) if len(ticks) > 1 else 3
        axis.set_ticks(ticks, [fixed(tick, digits) for tick in ticks])
    ax.grid(color=PALE, linewidth=0.5)
    ax.set_axisbelow(True)


def _places(rows: pd.DataFrame) -> dict[str, tuple[float, float]]:
    ordered = rows.sort_values(by="front", ascending=False, kind="stable")
    points = zip(ordered.index, ordered[ACROSS], ordered[UP], strict=True)
    return {label(arm): (float(x), float(y)) for arm, x, y in points}


def _all(rows: pd.DataFrame) -> np.ndarray:
    return rows[[ACROSS, UP]].to_numpy(dtype=np.float64)


def _bars(rows: pd.DataFrame) -> np.ndarray:
    """Return points along the intervals, which names keep clear of; (n, 2)."""
    along = np.linspace(-1.0, 1.0, 41)[:, None]
    x, y = (rows[word].to_numpy(dtype=np.float64) for word in (ACROSS, UP))
    dx, dy = (np.nan_to_num(rows[f"{word}_half"].to_numpy()) for word in (ACROSS, UP))
    level, upright = (
        np.stack([x + along * dx, y + 0 * along]),
        np.stack([x + 0 * along, y + along * dy]),
    )
    return np.concatenate([level.reshape(2, -1).T, upright.reshape(2, -1).T])


def _key(page: Sheet, scale: Normalize, shade: Verdict) -> None:
    ax = page.axes(LEFT, 0.17, 1.6, 0.09)
    ax.imshow(
        mpl.colormaps[WARM](0.08 + 0.85 * np.linspace(0, 1, 64))[None], aspect="auto",
        extent=(0, 1, 0, 1),
    )  # fmt: skip
    ax.set_yticks([])
    ends = [shade.number(value) for value in (scale.vmin or 0.0, scale.vmax or 0.0)]
    ax.set_xticks([0, 1], ends, fontsize=TINY)
    words = f"{label(shade.head)}, {unit_of(shade.outcome)}"
    ax.text(1.12, 0.5, words, va="center", fontsize=TINY, color=INK, transform=ax.transAxes)
    ax.spines[:].set_visible(False)
