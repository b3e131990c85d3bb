"""The class of each city at the end of the run, by majority over replications."""

import pandas as pd

TIES = "ties go to the class named first in the legend"


def final_classes(cities: pd.DataFrame, column: str) -> pd.Series:
    """Return the class code in the last year by arm and region code.

    It is the one most replications agree on; of classes with equally many, the lowest code.
    """
    last = cities[cities["year"] == cities["year"].max()]
    votes = last.groupby(["arm", "region_code", column], observed=True).size()
    return votes.unstack(column, fill_value=0).sort_index(axis="columns").idxmax(axis="columns")
