"""Zheng et al. 2023, section 4: what five cities emitted after 2012."""

import pandas as pd

from analysis.reproduce.chapter import Chapter
from data.readers.verified import read_table

BASE = 2012
CITIES = {
    "tangshan": ("Tangshan", "130200"),
    "wenzhou": ("Wenzhou", "330300"),
    "xuzhou": ("Xuzhou", "320300"),
    "xuancheng": ("Xuancheng", "341800"),
}
"""Cities whose emissions are quoted for 2012 and a later year, with their codes."""
SHANGHAI = "310000"
SAME = "the paper and this series rest on the same inventories (CEADs)"


def rows(chapter: Chapter) -> None:
    """Add the emissions of the five cities from the series of city inventories.

    The later year is the last of a city's series, since the paper does not name it. Where the
    base year is missing, the nearest year stands for it and `why` says so.
    """
    table = read_table("city_co2_series.csv")
    series = {
        str(code): own.set_index("year")["co2_mt"].sort_index()
        for code, own in table.groupby("region_code")
    }
    _change(chapter, series[SHANGHAI])
    for word, (name, code) in CITIES.items():
        own = series[code]
        first, last = _nearest(own), int(own.index[-1])
        chapter.add(
            f"{word}_co2_{BASE}",
            f"emissions of {name}, {first}",
            float(own.loc[first]),
            why=SAME if first == BASE else f"no inventory of {BASE}: {first} is the nearest",
        )
        chapter.add(
            f"{word}_co2_later",
            f"emissions of {name}, {last}",
            float(own.loc[last]),
            why=f"last year of the series; {_course(own)}",
        )


def _change(chapter: Chapter, own: "pd.Series[float]") -> None:
    first, last = _nearest(own), int(own.index[-1])
    chapter.add(
        "shanghai_change_2012_2019",
        f"change of emissions of Shanghai, {first} to {last}",
        100 * float(own.loc[last] / own.loc[first] - 1.0),
        why=f"{_course(own)}; printed without decimals",
    )


def _nearest(own: "pd.Series[float]") -> int:
    """Return the base year, or the nearest with an inventory, the earlier of two."""
    return min((int(year) for year in own.index), key=lambda year: (abs(year - BASE), year))


def _course(own: "pd.Series[float]") -> str:
    """Return the last three years in words."""
    last = own.iloc[-3:]
    return ", ".join(f"{amount:.1f} Mt in {year}" for year, amount in last.items())
