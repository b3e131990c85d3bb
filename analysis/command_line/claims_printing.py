"""Claims as they are printed: each with the share of worlds in which it holds."""

import pandas as pd
from rich.console import Console

from analysis.uncertainty.shares import in_words


def print_claims(claims: pd.DataFrame, screen: Console) -> None:
    """Print claims by the share of worlds in which they hold, and where they fail."""
    for row in claims.to_dict("records"):
        share = in_words(row["share"], row["low"], row["high"])
        screen.print(f"holds in {share}: {row['statement']}")
        if row["fails_where"]:
            screen.print(f"    {row['fails_where']}")
