"""What decides cities, as it is printed: the numbers, how many cities each, and the foremost."""

import pandas as pd
from rich.console import Console

from analysis.figures.style import words
from analysis.outcomes.city_evidence import CORRELATION, Evidence
from analysis.uncertainty.city_decisions import LABELS, decided

MOST = 3
"""Numbers told of each question."""


def print_cities(table: pd.DataFrame, screen: Console, by: Evidence = CORRELATION) -> None:
    """Print for each question, under the arm where most cities are decided, what decides them."""
    if table.empty:
        return
    counted = decided(table, by)
    total = table["region_code"].nunique()
    for outcome in dict.fromkeys(table["outcome"]):
        own = counted[counted["outcome"] == outcome]
        if own.empty:
            screen.print(f"{LABELS[outcome]}: no number stands out in any of {total} cities")
            continue
        arm = str(own.groupby("arm")["cities"].sum().idxmax())
        told = [
            f"{row['key']} decides {row['cities']} ({row['strongest']})"
            for row in own[own["arm"] == arm].head(MOST).to_dict("records")
        ]
        screen.print(f"{LABELS[outcome]} ({words(arm)}), {total} cities: {'; '.join(told)}")
