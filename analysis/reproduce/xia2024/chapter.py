"""Xia et al. 2024: how much mitigation cities outsource, and who benefits from others' efforts."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.economy.pair import Pair
from analysis.reproduce.chapter import Chapter
from analysis.reproduce.xia2024.certainty import add_certainty, by_city, with_certainty
from analysis.reproduce.xia2024.claims import add_claims
from analysis.reproduce.xia2024.classes import (
    MT,
    cities_by_class,
    counts_by_reading,
    structure_by_class,
)
from analysis.reproduce.xia2024.counts import DEFAULT_PRICES, add_counts, groups_by_draw
from analysis.reproduce.xia2024.figures import counts as xia2024_counts
from analysis.reproduce.xia2024.figures import effects as xia2024_effects
from analysis.reproduce.xia2024.figures import links as xia2024_links
from analysis.reproduce.xia2024.figures import overview as xia2024
from analysis.reproduce.xia2024.links import add_links
from data.readers.published import read_published
from model.footprints.accounts import Accounts


def chapter(
    pair: Pair, other_prices: Mapping[str, Pair], certainty: pd.DataFrame | None = None
) -> Chapter:
    """Return what the reproduction found.

    Parameters
    ----------
    pair
        2012 and 2017, with the later year at producer prices by sector.
    other_prices
        The same pair under other deflators, by their word.
    certainty
        The draws of `xia2024_certainty.certainty`, if they were made.
    """
    chapter = Chapter(
        paper="xia2024",
        title="Xia et al. 2024: mitigation outsourced to other cities",
        published=read_published(),
    )
    prices = {DEFAULT_PRICES: pair, **other_prices}
    readings = counts_by_reading(prices)
    cities = cities_by_class(pair)
    if certainty is not None:
        cities = with_certainty(cities, by_city(pair, certainty))
    _outsourced(chapter, pair)
    add_counts(chapter, pair, readings, certainty)
    _effects(chapter, pair)
    chapter.tables["Counts of classes by deflator and reading"] = readings
    chapter.tables["Cities by class"] = cities
    chapter.tables["Value added by class of city"] = structure_by_class(pair)
    add_claims(chapter, prices)
    links = add_links(chapter, pair)
    if certainty is not None:
        add_certainty(chapter, pair, certainty)
    years = (pair.earlier.year, pair.later.year)
    if xia2024.drawable(cities):
        chapter.pictures["xia2024_classes"] = lambda: xia2024.map_picture(cities)
    published = {name: chapter.published[name].number for name in xia2024_counts.GROUPS}
    chapter.pictures |= {
        "xia2024_counts": lambda: xia2024_counts.picture(
            readings, published, None if certainty is None else groups_by_draw(certainty)
        ),
        "xia2024_mitigation": lambda: xia2024.scatter_picture(cities),
        "xia2024_effects": lambda: xia2024_effects.picture(cities),
        "xia2024_links": lambda: xia2024_links.picture(links.largest, links.origins, years),
    }
    return chapter


def _outsourced(chapter: Chapter, pair: Pair) -> None:
    for tables, accounts, obtained, why in (
        (pair.earlier, pair.accounts[0], "calibrated", "the home weight is calibrated to it"),
        (pair.later, pair.accounts[1], "free", "the home weight of the earlier year is kept"),
    ):
        chapter.add(
            f"outsourced_share_{tables.year}",
            f"share of footprints emitted outside the city, {tables.year}",
            100 * outsourced_share(accounts, pair.cities),
            "percent",
            obtained=obtained,
            why=why,
        )


def outsourced_share(accounts: Accounts, cities: np.ndarray) -> float:
    """Return the share of the cities' footprints that is emitted elsewhere, 1."""
    return float(1.0 - np.diag(accounts.C)[cities].sum() / accounts.D_cba[cities].sum())


def _effects(chapter: Chapter, pair: Pair) -> None:
    cities, effect = pair.cities, pair.change.effect
    change = pair.accounts[1].D_cba - pair.accounts[0].D_cba
    for quantity, what, tonnes in (
        ("footprint_change", "change of the cities' footprints", change),
        ("effect_of_intensity", "of this by emission intensity, dE", effect.dE.sum(axis=0)),
        ("effect_of_structure", "by production structure, dL", effect.dL.sum(axis=0)),
        ("effect_of_demand", "by final demand, dF", effect.dF.sum(axis=0)),
        ("local_mitigation", "local mitigation: −dE at home", effect.local_mitigation),
        (
            "outsourced_mitigation",
            "outsourced mitigation: −dE in other regions",
            effect.outsourced_mitigation,
        ),
    ):
        chapter.add(quantity, what, float(tonnes[cities].sum()) / MT, "Mt")
