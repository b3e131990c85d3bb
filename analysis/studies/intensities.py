"""Trends and departures of intensities: the tables of docs/intensities.md."""

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.documents.numbers import fixed
from analysis.economy.intensity_evidence import (
    Spread,
    departures,
    persistence_of_emissions,
    spread_of_cities,
    spread_of_group,
)
from analysis.economy.pair import EARLIER, LATER
from data.compiled.cache import load_economy
from data.compiled.uncertainty import read_ranges
from data.readers.verified import read_table
from model.labels import GROUPS

DOCUMENT = DOCS / "intensities.md"
SPANS = (1, 2, 3, 5, 8, 12)


def error_of_a_year() -> float:
    """Return the error of one year's inventory, log units, from the table of uncertainty."""
    return next(
        float(row.spread)
        for row in read_ranges()
        if row.quantity == "city_co2_of_a_year" and row.status == "inventory of the year"
    )


def tables() -> dict[str, str]:
    """Return the page's tables as Markdown, by the name of their markers."""
    earlier, later = load_economy(EARLIER), load_economy(LATER)
    found = departures(earlier, later)
    reported = ~(earlier.co2_estimated | later.co2_estimated)[earlier.players]
    years = LATER - EARLIER
    prospects = earlier.prospects.intensity_change
    trends = pd.DataFrame(
        [
            (name, fixed(100 * (prospects[g] ** (1 / years) - 1), 1, sign=True),
             fixed(100 * (np.exp(found.trend[g] / years) - 1), 1, sign=True))
            for g, name in enumerate(GROUPS)
        ],
        columns=["group", "nation's statistics, % a year", "compiled tables, % a year"],
    )  # fmt: skip
    rows = [_row("all groups of a city", spread_of_cities(found, reported, error_of_a_year()))]
    rows += [
        _row(f"{name}, beyond its city", spread_of_group(found, reported, g))
        for g, name in enumerate(GROUPS)
    ]
    series = read_table("city_co2_series.csv")
    wide = series.pivot_table(index="year", columns="region_code", values="co2_mt")
    lasting = persistence_of_emissions(wide.to_numpy(dtype=np.float64))
    spans = pd.DataFrame(
        [[f"{lasting.by_span[k - 1]:.3f}" for k in SPANS]], columns=[f"{k} years" for k in SPANS]
    )
    fitted = pd.DataFrame(
        [(f"{lasting.phi:.2f}", f"{lasting.step:.2f}", f"{lasting.error:.2f}")],
        columns=["φ, a year", "step of one year, log", "error of one year, log"],
    )
    return {
        "trends": markdown(trends),
        "spread": markdown(pd.DataFrame(rows)),
        "spans": markdown(spans),
        "fitted": markdown(fitted),
    }


def _row(what: str, found: Spread) -> dict[str, object]:
    return {
        "departure": what,
        "cities": found.cities,
        "observed, log": f"{found.observed:.2f}",
        "noise, log": f"{found.noise:.2f}" if found.noise else "",
        "signal, log": f"{found.signal:.2f}" if found.noise else "",
        "kept, 1": f"{found.kept:.2f}" if found.noise else "",
    }


def renew() -> None:
    """Write the tables into the page."""
    renew_tables(DOCUMENT, tables())
