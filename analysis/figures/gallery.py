"""All pictures of an experiment, drawn into one folder."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from analysis.city_summary import CitySummary
from analysis.figures import class_map, classes, emissions, mitigation, price
from analysis.figures.sheet import save
from analysis.figures.typography import our_typography


def pictures(
    cities: CitySummary, national: pd.DataFrame, reference: str
) -> dict[str, Callable[[], Figure]]:
    """Return the pictures of an experiment by name, each drawn when called."""
    drawn = {
        "emissions": lambda: emissions.picture(national, reference),
        "price": lambda: price.picture(national, reference),
        "classes_scored": lambda: classes.picture(cities, reference, "class_scored"),
        "classes_policy": lambda: classes.picture(cities, reference, "class_policy"),
        "mitigation_scored": lambda: mitigation.picture(cities, reference, "scored"),
        "mitigation_additional": lambda: mitigation.picture(cities, reference, "additional"),
    }
    if class_map.drawable(cities.codes):
        drawn["map_classes"] = lambda: class_map.picture(cities, reference)
    return drawn


def draw_gallery(
    cities: CitySummary, national: pd.DataFrame, reference: str, folder: Path
) -> list[Path]:
    """Draw all pictures into a folder as PNG and SVG, and return the paths."""
    with our_typography():
        return [
            path
            for name, draw in pictures(cities, national, reference).items()
            for path in save(draw(), folder, name)
        ]
