"""All pictures of an experiment, drawn into one folder."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from matplotlib.figure import Figure

from analysis.figures import (
    alluvial,
    auction_revenue,
    class_map,
    classes,
    difference_map,
    emissions,
    fan,
    mitigation,
    price,
    price_spread,
    ranked_dots,
    supply_chain,
    trade_off,
    who_pays,
)
from analysis.figures.evidence import Evidence
from analysis.figures.picture_data import picture_data
from analysis.figures.sheet import save
from analysis.figures.typography import our_typography
from analysis.verdicts.front import has_trade_off
from data.atomic import atomic


def pictures(of: Evidence) -> dict[str, Callable[[], list[Figure]]]:
    """Return the pictures of an experiment by name, each drawn when called, page by page."""
    cities, national, changes, arms, shapes = (
        of.cities, of.national, of.changes, of.arms, of.shapes
    )  # fmt: skip
    reference = arms.reference
    drawn = {
        "classes_scored": lambda: classes.picture(cities, arms, "class_rolling"),
        "emissions": lambda: emissions.picture(national, arms),
        "price": lambda: price.picture(national, arms),
        "classes_policy": lambda: classes.picture(cities, arms, "class_policy"),
        "mitigation_scored": lambda: mitigation.picture(cities, reference, "scored"),
        "mitigation_additional": lambda: mitigation.picture(cities, reference, "additional"),
    }
    if has_trade_off(of.verdicts):
        drawn["trade_off"] = lambda: trade_off.picture(of.verdicts)
    if ranked_dots.drawable(of.verdicts):
        drawn["ranked_dots"] = lambda: ranked_dots.picture(of.verdicts)
    if fan.drawable(national, reference):
        drawn["fan"] = lambda: fan.picture(national, reference)
    if who_pays.drawable(of.who_pays, reference):
        drawn["who_pays"] = lambda: who_pays.picture(of.who_pays, reference)
    if alluvial.drawable(changes):
        for name, reading in (("scored", "class_rolling"), ("policy", "class_policy_recent")):
            drawn[f"moves_{name}"] = partial(alluvial.picture, changes, cities, reference, reading)
    if price_spread.drawable(national):
        drawn["price_spread"] = lambda: price_spread.picture(national, arms)
    if auction_revenue.drawable(national):
        drawn["auction_revenue"] = lambda: auction_revenue.picture(national, arms)
    if class_map.drawable(cities.codes, shapes):
        drawn["map_classes"] = lambda: class_map.picture(cities, reference, shapes)
        if difference_map.drawable(cities, reference):
            drawn["map_difference"] = lambda: difference_map.picture(cities, reference, shapes)
    if of.cuts is not None and supply_chain.drawable(of.cuts):
        drawn["supply_chain"] = partial(supply_chain.picture, of.cuts, shapes)
    return drawn


def draw_gallery(evidence: Evidence, folder: Path) -> list[Path]:
    """Draw all pictures into a folder as PNG and SVG; return the paths of all that was written.

    The first page of a picture has its name, further ones end in their number. Beside a picture
    stand the numbers it shows, as CSV, where they are a table.
    """
    drawn = pictures(evidence)
    with our_typography():
        paths = [
            path
            for name, draw in drawn.items()
            for number, page in enumerate(draw(), start=1)
            for path in save(page, folder, name if number == 1 else f"{name}_{number}")
        ]
    for name, table in picture_data(evidence).items():
        if name in drawn:
            path = folder / f"{name}.csv"
            with atomic(path) as draft:
                table.to_csv(draft, index=False, encoding="utf-8")
            paths.append(path)
    return paths
