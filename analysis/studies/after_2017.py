"""The years after 2017 without policy, beside the emissions that were observed.

Growth since 2017 is compared, so that levels of inventories cancel: of the nation, and of provinces
as sums of the cities that have an inventory in 2017 and in the year.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from data.compiled.cache import load_economy
from data.readers.figures import MT, read_national_series
from data.readers.places import provinces
from data.readers.verified import read_table
from model.arrays import ByRegion
from model.labels import Regions
from scenarios.reading import read_scenario
from simulation.laboratory import Laboratory

DOCUMENT = DOCS / "after-2017.md"
SINCE, UNTIL = 2017, 2022
BASES = (2012, 2017)
"""Base years that runs begin from."""
INVENTORIES = {"CEADs": "co2_ceads_total", "Global Carbon Budget": "co2_gcb_territorial"}
"""National series, households included."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """Emissions without policy, from one base year."""

    since: ByRegion
    """In 2017, t CO₂; (r,)."""
    years: dict[int, ByRegion]
    """In each year after 2017, t CO₂; (r,)."""

    def growth(self, year: int, of: np.ndarray | slice = slice(None)) -> float:
        """Return emissions of a year relative to 2017, of some regions or all, 1."""
        return float(self.years[year][of].sum() / self.since[of].sum())


def simulated(base: int) -> Simulated:
    """Return the years without policy of the default world from a base year."""
    settings = {"horizon.base_year": base, "horizon.end": UNTIL}
    laboratory = Laboratory(load_economy(base))
    scenario = read_scenario("baseline", settings)
    prepared, run = laboratory.prepared(scenario), laboratory.baseline(scenario)
    by_year = dict(zip(scenario.horizon.years, (year.D_pba for year in run.years), strict=True))
    since = by_year.get(SINCE, prepared.base.D_pba)
    return Simulated(since, {year: D for year, D in by_year.items() if year > SINCE})


def observed_nation() -> dict[str, dict[int, float]]:
    """Return national emissions relative to 2017 by inventory and year after it, 1."""
    series = {name: read_national_series(word) for name, word in INVENTORIES.items()}
    return {
        name: {year: value / values[SINCE] for year, value in values.items() if year > SINCE}
        for name, values in series.items()
    }


def observed_cities(regions: Regions) -> pd.DataFrame:
    """Return inventories, t CO₂, missing where there is none; a row a year, a column a region."""
    table = read_table("city_co2_series.csv")
    wide = table.pivot_table(index="year", columns="region_code", values="co2_mt") * MT
    return wide.reindex(columns=list(regions.codes)).loc[SINCE:]


def nation(runs: dict[int, Simulated]) -> pd.DataFrame:
    """Return growth of national emissions since 2017, forecast and observed, %; a row a year."""
    observed = observed_nation()
    rows = []
    for year in range(SINCE + 1, UNTIL + 1):
        row: dict[str, object] = {"year": year}
        for base, run in runs.items():
            row[f"from {base}, %"] = 100 * (run.growth(year) - 1)
        for name, values in observed.items():
            row[f"{name}, %"] = 100 * (values[year] - 1) if year in values else np.nan
        for base, run in runs.items():
            known = observed["CEADs"].get(year, np.nan)
            row[f"error from {base}, points"] = 100 * (run.growth(year) - known)
        rows.append(row)
    return pd.DataFrame(rows)


def by_province(runs: dict[int, Simulated], regions: Regions) -> pd.DataFrame:
    """Return growth since 2017, forecast and observed, 1; a row a year and province.

    Of a province the cities count that have an inventory of 2017 and of the year.
    """
    observed = observed_cities(regions)
    names = {code: name for name, code in provinces().items()}
    rows = []
    for year in observed.index[observed.index > SINCE]:
        then, now = observed.loc[SINCE].to_numpy(), observed.loc[year].to_numpy()
        both = ~np.isnan(then + now)
        for p, code in enumerate(regions.province_codes):
            of = both & (regions.province == p)
            if of.any():
                growth = {f"from {base}": run.growth(year, of) for base, run in runs.items()}
                seen = float(now[of].sum() / then[of].sum())
                cities = int(of.sum())
                rows.append(
                    {"year": year, "province": names[code], "cities": cities, "observed": seen}
                    | growth
                )
    return pd.DataFrame(rows)


def skill(table: pd.DataFrame, runs: dict[int, Simulated]) -> pd.DataFrame:
    """Return errors over provinces, a row a year and forecast.

    Mean and root mean square of ln(forecast / observed), and skill: one less the mean square over
    that of a simpler forecast: no change, or the nation's growth for all provinces, as the same
    run forecasts it or as it was observed.
    """
    rows = []
    nations = observed_nation()["CEADs"]
    for year in sorted({int(year) for year in table["year"]}):
        of = table[table["year"] == year]
        seen = np.log(of["observed"].to_numpy())
        no_change = float(np.square(seen).mean())
        in_hindsight = float(np.square(np.log(nations[year]) - seen).mean())
        rows += [
            _row(year, "no change", -seen, {}),
            _row(year, "the nation's observed growth", np.log(nations[year]) - seen, {}),
        ]
        for base, run in runs.items():
            error = np.log(of[f"from {base}"].to_numpy()) - seen
            alike = float(np.square(np.log(run.growth(year)) - seen).mean())
            rivals = {
                "skill against no change": no_change,
                "against its own national growth for all": alike,
                "against the nation's observed growth for all": in_hindsight,
            }
            rows.append(_row(year, f"simulation from {base}", error, rivals))
    return pd.DataFrame(rows)


def _row(year: int, name: str, error: np.ndarray, rivals: dict[str, float]) -> dict[str, object]:
    square = float(np.square(error).mean())
    return {
        "year": year,
        "forecast": name,
        "provinces": error.size,
        "mean, log": float(error.mean()),
        "root mean square, log": square**0.5,
    } | {rival: 1.0 - square / value for rival, value in rivals.items()}


def tables() -> dict[str, str]:
    """Return the document's tables as Markdown, by the name of their markers."""
    runs = {base: simulated(base) for base in BASES}
    found = by_province(runs, load_economy(SINCE).regions)
    shown = found[found["year"] == found["year"].max()].drop(columns="year")
    for name in ("observed", *(f"from {base}" for base in BASES)):
        shown[name] = 100 * (shown[name] - 1)
    for base in BASES:
        shown[f"error from {base}, points"] = shown[f"from {base}"] - shown["observed"]
    shown = shown.rename(
        columns=lambda name: f"{name}, %" if name[:4] in ("obse", "from") else name
    )
    return {
        "nation": markdown(_filled(nation(runs).round(1))),
        "skill": markdown(_filled(skill(found, runs).round(3))),
        "provinces": markdown(shown.round(1)),
    }


def _filled(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype(object).where(table.notna(), "–")


def renew() -> None:
    """Write the tables into the document."""
    renew_tables(DOCUMENT, tables())
