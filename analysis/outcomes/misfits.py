"""Misfits of the world without policy to the growth it was asked for, with the worst city."""

import pandas as pd

from analysis.documents.numbers import percent

WORTH_SAYING = 0.03
"""Share below which a misfit is not spoken of."""
COLUMNS = {
    "value_added_misfit": "value added relative to the growth asked for",
    "demand_deviation": "final demand relative to that growth",
}
"""City columns of misfits, with what they say."""


def misfits(cities: pd.DataFrame) -> list[str]:
    """Return a line on each misfit that is worth saying: how large, and where it is largest.

    `cities` has the columns `year`, `city` and those of `COLUMNS`, shares.
    """
    lines: list[str] = []
    if cities.empty:
        return lines
    for column, meaning in COLUMNS.items():
        size = cities[column].abs().to_numpy()
        worst = cities.iloc[int(size.argmax())]
        if size.max() > WORTH_SAYING:
            typical = float((size**2).mean() ** 0.5)
            lines.append(
                f"without policy, {meaning}: off by {100 * typical:.0f} % (root mean square), most"
                f" in {worst['city']} ({percent(worst[column], sign=True)} in {worst['year']})"
            )
    return lines
