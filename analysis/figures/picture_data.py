"""Data of pictures: what each is drawn from, a table to a picture, for whoever draws their own."""

import pandas as pd

from analysis.figures import difference_map, fan, ranked_dots, supply_chain
from analysis.figures.courses import courses, national_courses
from analysis.figures.evidence import Evidence
from analysis.verdicts.front import has_trade_off, trade_off_of

NATIONAL = ("emissions", "price", "price_spread", "auction_revenue")
"""Pictures of one column of the national table, named as it is."""
CLASSES = {"classes_scored": "class_rolling", "classes_policy": "class_policy"}


def picture_data(of: Evidence) -> dict[str, pd.DataFrame]:
    """Return tables by the name of the picture; low and high as in the picture."""
    tables = {
        name: national_courses(of.national, name).reset_index()
        for name in NATIONAL
        if name in of.national
    }
    for name, reading in CLASSES.items():
        counts = of.cities.counts(reading, of.cities.arms)
        tables[name] = courses(counts, ["arm", "year", reading]).reset_index()
    if has_trade_off(of.verdicts):
        tables["trade_off"] = trade_off_of(of.verdicts).reset_index()
    if ranked_dots.drawable(of.verdicts):
        tables["ranked_dots"] = ranked_dots.ranked_dots_of(of.verdicts)
    tables["fan"] = fan.fans_of(of.national).reset_index()
    tables["who_pays"] = of.who_pays
    if difference_map.drawable(of.cities, of.arms.reference):
        changed = difference_map.changes_of(of.cities, of.arms.reference)
        tables["map_difference"] = changed.reset_index()
    if of.cuts is not None and supply_chain.drawable(of.cuts):
        tables["supply_chain"] = supply_chain.supply_chain_of(of.cuts)
    return tables
