"""All pictures of an experiment, drawn into one folder."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures import (
    alluvial,
    auction_revenue,
    class_map,
    classes,
    emissions,
    mitigation,
    price,
    price_spread,
)
from analysis.figures.outlines import Outlines
from analysis.figures.sheet import save
from analysis.figures.typography import our_typography
from analysis.outcomes.arms import Arms
from analysis.outcomes.city_summary import CitySummary
from analysis.outcomes.class_changes import ClassChanges


def pictures(
    cities: CitySummary,
    national: pd.DataFrame,
    changes: ClassChanges,
    arms: Arms,
    shapes: Outlines | None = None,
) -> dict[str, Callable[[], list[Figure]]]:
    """Return the pictures of an experiment by name, each drawn when called, page by page."""
    reference = arms.reference
    drawn = {
        "classes_scored": lambda: classes.picture(cities, arms, "class_rolling"),
        "emissions": lambda: emissions.picture(national, arms),
        "price": lambda: price.picture(national, arms),
        "classes_policy": lambda: classes.picture(cities, arms, "class_policy"),
        "mitigation_scored": lambda: mitigation.picture(cities, reference, "scored"),
        "mitigation_additional": lambda: mitigation.picture(cities, reference, "additional"),
    }
    if alluvial.drawable(changes):
        for name, reading in (("scored", "class_rolling"), ("policy", "class_policy_recent")):
            drawn[f"moves_{name}"] = partial(alluvial.picture, changes, cities, reference, reading)
    if price_spread.drawable(national):
        drawn["price_spread"] = lambda: price_spread.picture(national, arms)
    if auction_revenue.drawable(national):
        drawn["auction_revenue"] = lambda: auction_revenue.picture(national, arms)
    if class_map.drawable(cities.codes, shapes):
        drawn["map_classes"] = lambda: class_map.picture(cities, reference, shapes)
    return drawn


def draw_gallery(
    cities: CitySummary,
    national: pd.DataFrame,
    changes: ClassChanges,
    arms: Arms,
    folder: Path,
    shapes: Outlines | None = None,
) -> list[Path]:
    """Draw all pictures into a folder as PNG and SVG, and return the paths.

    The first page of a picture has its name, further ones end in their number.
    """
    with our_typography():
        return [
            path
            for name, draw in pictures(cities, national, changes, arms, shapes).items()
            for number, page in enumerate(draw(), start=1)
            for path in save(page, folder, name if number == 1 else f"{name}_{number}")
        ]
