"""Limits of growth: what all years emit must be counted in whole tonnes, exactly."""

from scenarios.world import Growth

NATION = 1.2e10
"""Emissions of a large nation, t/yr: what growth is measured from here."""
SINCE = 2017
"""Last year of statistics: growth and intensity are assumed after it, or after a later base
year."""
MOST = 1e15
"""Most tonnes of all years: a ninth of what numbers of 64 bits count exactly."""
LEAST = 1e6
"""Fewest tonnes of a year: 3,000 for each city."""


def require_whole_tonnes(growth: Growth, years: range) -> None:
    """Raise ValueError if growth leads to more tonnes than can be counted, or to next to none."""
    yearly = (1 + growth.long_run) * (1 + growth.intensity_change)
    added = (1 + max((each.change for each in growth.cleaner), default=0.0)) * (
        1 + max((each.growth for each in growth.more_demand), default=0.0)
    )
    since = max(SINCE, years[0] - 1)
    total = sum(
        NATION * yearly ** max(0, year - since) * max(added, 1.0) ** (year - years[0] + 1)
        for year in years
    )
    keys = f"growth.long_run = {growth.long_run:g}, intensity_change = {growth.intensity_change:g}"
    if added > 1:
        keys += ", cleaner, more_demand"
    if total > MOST:
        raise ValueError(
            f"{keys} to horizon.end = {years[-1]}: {total:.0e} t in all, and at most {MOST:.0e} can"
            " be counted in whole tonnes; lower them"
        )
    if NATION * yearly ** max(0, years[-1] - since) < LEAST:
        raise ValueError(
            f"{keys} to horizon.end = {years[-1]}: the nation emits less than {LEAST:.0e} t a year,"
            " too few tonnes to divide among cities; raise them"
        )
