"""All pictures of an experiment, drawn into one folder."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures import class_map, classes, emissions, mitigation, price
from analysis.figures.sheet import save
from analysis.figures.typography import our_typography

CityColumns = Callable[[list[str]], pd.DataFrame]
"""Reads columns of the tidy table of cities: a picture holds no more of it than it draws."""


def pictures(
    cities: CityColumns, national: pd.DataFrame, reference: str
) -> dict[str, Callable[[], Figure]]:
    """Return the pictures of an experiment by name, each drawn when called."""

    def of_classes(reading: str) -> Figure:
        return classes.picture(cities(classes.reads(reading)), reference, reading)

    def of_mitigation(reading: str) -> Figure:
        return mitigation.picture(cities(mitigation.reads(reading)), reference, reading)

    drawn = {
        "emissions": lambda: emissions.picture(national, reference),
        "price": lambda: price.picture(national, reference),
        "classes_scored": lambda: of_classes("class_scored"),
        "classes_policy": lambda: of_classes("class_policy"),
        "mitigation_scored": lambda: of_mitigation("scored"),
        "mitigation_additional": lambda: of_mitigation("additional"),
    }
    if class_map.drawable(cities(["region_code"])):
        drawn["map_classes"] = lambda: class_map.picture(cities(class_map.READS), reference)
    return drawn


def draw_gallery(
    cities: CityColumns, national: pd.DataFrame, reference: str, folder: Path
) -> list[Path]:
    """Draw all pictures into a folder as PNG and SVG, and return the paths."""
    with our_typography():
        return [
            path
            for name, draw in pictures(cities, national, reference).items()
            for path in save(draw(), folder, name)
        ]
