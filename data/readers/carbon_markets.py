"""Carbon markets of China as they were: the seven pilots and the national market."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from data.errors import InputError, nearest
from data.readers.verified import read_table
from model.labels import GROUPS

TABLE = "carbon_markets.csv"
TOGETHER = "pilots"
"""Word for figures of the seven pilots together, which are no market."""
LISTS = ("city", "covers", "allocation")
"""Variables that a market may have several values of."""
YES_OR_NO = ("fined", "deducted")
FIGURES = {
    "start": "year",
    "covered_share": "percent",
    "cap": "Mt",
    "covered_emissions": "Mt",
    "price_mean": "CNY/t",
    "price_spot": "CNY/t",
    "price_year_end": "CNY/t",
    "turnover": "Mt",
    "turnover_money": "bn CNY",
    "compliance_firms": "percent",
    "compliance_volume": "percent",
    "penalty_multiple": "times mean price",
    "fine_per_firm": "CNY",
    "collar": "CNY/t",
}
"""Variables that are numbers, with their units."""
METHODS = ("grandfathering", "benchmark", "auction")
STATUSES = ("published", "computed", "mapped", "unverified")
Row = dict[Any, Any]
"""Cells of a row by column."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a year, with its range where one was stated; in the unit of `FIGURES`."""

    value: float | None
    """None where a range alone was stated."""
    low: float | None
    high: float | None
    status: str
    """One of `STATUSES`."""
    source: str


@dataclass(frozen=True, slots=True)
class CarbonMarket:
    """One market: where, when and what it covered, its law, and what came of it."""

    name: str
    start: int
    """Year of the first trade."""
    cities: tuple[str, ...] | None
    """Codes of the regions; None where it is the whole nation."""
    covers: dict[int, tuple[str, ...]]
    """Abatement groups covered from a year on, all of them named."""
    allocation: tuple[str, ...]
    """Ways of handing out quota, of `METHODS`."""
    fined: dict[int, bool]
    """Whether missing quota cost money, from a year on."""
    deducted: dict[int, bool]
    """Whether missing quota was taken off a later allocation, from a year on; unknown if empty."""
    figures: dict[str, dict[int, Figure]]
    """Variables of `FIGURES` by year; what is unknown is absent."""


def read_carbon_markets(directory: Path | None = None) -> dict[str, CarbonMarket]:
    """Return every market by name.

    Raises
    ------
    InputError
        If a row makes no sense, or a market lacks its start, its cities or its coverage; and as
        `read_table`.
    """
    table = _table(directory)
    names = [str(name) for name in table["market"].unique() if name != TOGETHER]
    return {name: _market(name, table[table["market"] == name]) for name in names}


def _table(directory: Path | None) -> pd.DataFrame:
    table = read_table(TABLE, directory)
    codes = set(read_table("regions.csv", directory)["region_code"])
    for row in table.to_dict("records"):
        if fault := _fault(row, codes):
            place = " ".join(str(row[cell]) for cell in ("market", "year", "variable"))
            raise InputError(f"{TABLE}: {place}: {fault}; mend it")
    key = ["market", "year", "variable"]
    single = table[~table["variable"].isin(LISTS)]
    listed = table[table["variable"].isin(LISTS)]
    for rows, columns in ((single, key), (listed, [*key, "value"])):
        if (twice := rows[rows.duplicated(columns)]).size:
            first = twice.iloc[0]
            raise InputError(
                f"{TABLE}: {first['market']} {first['year']} {first['variable']}: is there twice;"
                " keep one"
            )
    return table


def _fault(row: Row, codes: set[str]) -> str | None:
    known = (*LISTS, *YES_OR_NO, *FIGURES)
    if row["variable"] not in known:
        return f"no such variable; {nearest(row['variable'], known)}"
    if row["status"] not in STATUSES:
        return f"status {row['status']!r} is none of {', '.join(STATUSES)}"
    if pd.isna(row["source"]):
        return "has no source"
    allowed = {
        "city": {*codes, "all"},
        "covers": {*GROUPS},
        "allocation": {*METHODS},
        **{word: {"yes", "no"} for word in YES_OR_NO},
    }
    if row["variable"] in allowed:
        known_here = row["value"] in allowed[row["variable"]]
        return None if known_here else f"{row['value']!r} is no value of it"
    return _fault_of_figure(row)


def _fault_of_figure(row: Row) -> str | None:
    if row["unit"] != FIGURES[row["variable"]]:
        return f"unit {row['unit']!r} must be {FIGURES[row['variable']]!r}"
    try:
        low, value, high = (_number(cell) for cell in (row["low"], row["value"], row["high"]))
    except ValueError:
        return f"{row['value']!r} is no number"
    if value is None and (low is None or high is None):
        return "has neither a value nor a range"
    said = [number for number in (low, value, high) if number is not None]
    if said != sorted(said) or said[0] < 0:
        return f"low, value and high must rise from zero on, not {said}"
    return None


def _number(cell: Any) -> float | None:
    return None if pd.isna(cell) else float(cell)


def _market(name: str, rows: pd.DataFrame) -> CarbonMarket:
    figures = _figures(rows)
    lists = {word: rows[rows["variable"] == word] for word in LISTS}
    for word in ("start", "city", "covers"):
        if word not in figures and lists.get(word, rows.iloc[:0]).empty:
            raise InputError(f"{TABLE}: {name} has no row {word!r}; add one")
    cities = tuple(lists["city"]["value"])
    return CarbonMarket(
        name=name,
        start=next(iter(figures["start"])),
        cities=None if cities == ("all",) else cities,
        covers=dict(_covered(lists["covers"])),
        allocation=tuple(lists["allocation"]["value"]),
        fined=_yes_or_no(rows, "fined"),
        deducted=_yes_or_no(rows, "deducted"),
        figures={word: years for word, years in figures.items() if word != "start"},
    )


def _covered(rows: pd.DataFrame) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each year of change; what joins in it joins what was covered before."""
    for year in sorted({int(y) for y in rows["year"]}):
        joined = set(rows[rows["year"] <= year]["value"])
        yield year, tuple(group for group in GROUPS if group in joined)


def _yes_or_no(rows: pd.DataFrame, word: str) -> dict[int, bool]:
    said = rows[rows["variable"] == word]
    return {int(y): v == "yes" for y, v in zip(said["year"], said["value"], strict=True)}


def _figures(rows: pd.DataFrame) -> dict[str, dict[int, Figure]]:
    found: dict[str, dict[int, Figure]] = {}
    for row in rows[rows["variable"].isin(FIGURES)].to_dict("records"):
        value, low, high = (_number(row[cell]) for cell in ("value", "low", "high"))
        figure = Figure(value, low, high, row["status"], row["source"])
        found.setdefault(str(row["variable"]), {})[int(row["year"])] = figure
    return found
