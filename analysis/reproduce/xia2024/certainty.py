"""Xia et al. 2024: how surely a city belongs to its class, over draws of uncertain figures."""

from concurrent.futures import Executor, Future, as_completed

import numpy as np
import pandas as pd

from analysis.economy.drawn_pairs import drawn_mitigation
from analysis.economy.pair import EARLIER, Pair
from analysis.figures.class_map import SURE
from analysis.reproduce.chapter import Chapter
from analysis.reproduce.xia2024.classes import classes_of
from data.readers.inputs import read_figures
from model.arrays import Whole
from model.classes.beneficiaries import Beneficiary, by_intensity
from model.compile.balancing import Unbalanced
from model.compile.compile import Progress


def certainty(draws: int, seed: int, executor: Executor, progress: Progress) -> pd.DataFrame:
    """Return the class of every city in every draw: columns draw, region_code and kind (a code).

    A draw takes most errors alike for both years, since a statistic that errs upwards in one year
    mostly does so in the other, and draws those of one year alone, of city and provincial CO₂,
    anew for each (`data/tables/uncertainty.csv`). A draw that makes no balanced economy is left
    out.

    Raises
    ------
    model.compile.balancing.Unbalanced
        If no draw makes a balanced economy.
    """
    futures: list[Future[Whole]] = [executor.submit(one_draw, seed, n) for n in range(draws)]
    try:
        for done, _ in enumerate(as_completed(futures), start=1):
            progress("classes drawn", done, draws)
    finally:
        for future in futures:
            future.cancel()
    kept = {
        n: future.result()
        for n, future in enumerate(futures)
        if not isinstance(future.exception(), Unbalanced)
    }
    if not kept:
        raise Unbalanced(f"none of {draws} draws makes a balanced economy in both years")
    regions = read_figures(EARLIER).regions
    codes = [code for code, city in zip(regions.codes, regions.is_city, strict=True) if city]
    parts = [pd.DataFrame({"draw": n, "region_code": codes, "kind": k}) for n, k in kept.items()]
    return pd.concat(parts, ignore_index=True)


def one_draw(seed: int, draw: int) -> Whole:
    """Return the class of each city under the default reading in one draw of both years; (c,).

    Raises
    ------
    model.compile.balancing.Unbalanced
        If the draw makes no balanced economy in either year.
    """
    found = drawn_mitigation(seed, draw)
    return by_intensity(found.local, found.outsourced)


def counts_by_draw(drawn: pd.DataFrame) -> pd.DataFrame:
    """Return how many cities are of each class, a row a draw and a column a code of the class."""
    counts = pd.crosstab(drawn["draw"], drawn["kind"])
    return counts.reindex(columns=[int(kind) for kind in Beneficiary], fill_value=0)


def by_city(pair: Pair, drawn: pd.DataFrame) -> pd.DataFrame:
    """Return each city's class as compiled and the share of draws in each class, 1."""
    regions = pair.earlier.regions
    shares = pd.crosstab(drawn["region_code"].astype(str), drawn["kind"], normalize="index")
    codes = [regions.codes[s] for s in pair.cities]
    shares = shares.reindex(index=codes, columns=[int(k) for k in Beneficiary], fill_value=0.0)
    kinds = classes_of(pair)
    table = pd.DataFrame(
        {
            "region_code": codes,
            "city": [regions.names[s] for s in pair.cities],
            "class": [Beneficiary(kind).label for kind in kinds],
            "kept": shares.to_numpy()[np.arange(len(codes)), kinds],
        }
    )
    for kind in Beneficiary:
        table[kind.name.lower()] = shares[int(kind)].to_numpy()
    return table


def with_certainty(cities: pd.DataFrame, sure: pd.DataFrame) -> pd.DataFrame:
    """Return the table of cities by class with the probability of each class, from `by_city`."""
    chances = sure.set_index("region_code")[["kept", *(kind.name.lower() for kind in Beneficiary)]]
    chances.columns = pd.Index(["kept", *(f"probability_{name}" for name in chances.columns[1:])])
    return cities.join(chances, on="region_code")


def add_certainty(chapter: Chapter, pair: Pair, drawn: pd.DataFrame) -> None:
    """Add how many cities keep their class, by city and by class."""
    table, counts = by_city(pair, drawn), counts_by_draw(drawn)
    kinds = classes_of(pair)
    chapter.tables["Share of draws in each class, by city"] = table
    chapter.tables["Counts of classes over draws"] = pd.DataFrame(
        [
            {
                "class": kind.label,
                "as_compiled": int((kinds == kind).sum()),
                "sure": int((table["kept"][kinds == kind] >= SURE).sum()),
                "mean": float(counts[int(kind)].mean()),
                "p5": float(counts[int(kind)].quantile(0.05)),
                "p95": float(counts[int(kind)].quantile(0.95)),
            }
            for kind in Beneficiary
        ]
    )
    chapter.add(
        "n_cities_sure_of_their_class",
        f"cities that keep their class in {SURE:.0%} of {len(counts)} draws",
        int((table["kept"] >= SURE).sum()),
        "cities",
        why="the class of every other city depends on errors that the figures are known to have",
    )
