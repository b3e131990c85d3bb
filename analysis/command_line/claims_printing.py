"""Claims as they are printed: each with the share of worlds in which it holds."""

import math
from collections.abc import Hashable, Mapping
from typing import Any

from rich.console import Console

from analysis.figures.style import label, words
from analysis.findings.claims import Claim
from analysis.outcomes.outcomes import OUTCOMES
from analysis.verdicts.surely_held import decided_in


def print_claim(claim: Claim, screen: Console) -> None:
    """Print a claim with the share of worlds in which it holds, and where it fails."""
    if math.isnan(claim.share):
        screen.print(f"no world decides: {claim.statement}")
        return
    share = share_in_words(claim.share, claim.low, claim.high)
    told = ", ".join(filter(None, (share, claim.decided)))
    screen.print(f"holds in {told}: {claim.statement}")
    if claim.fails_where:
        screen.print(f"    {claim.fails_where}")
    if claim.region_surety:
        screen.print(f"    {claim.region_surety}")


def kept_in_words(row: Mapping[Hashable, Any]) -> str:
    """Return in how many worlds a rule keeps within limits, of a row of `satisficing`."""
    arm, worlds, drawn = label(str(row["arm"])), int(row["worlds"]), int(row["drawn"])
    if worlds == 0:
        lacks = [words(one.word) for one in OUTCOMES if math.isnan(row.get(one.word, 0.0))]
        why = f": it has no {', no '.join(lacks)}" if lacks else ""
        return f"{arm}: no world decides whether it keeps within all limits{why}"
    share = share_in_words(row["share"], row["low"], row["high"])
    told = ", ".join(filter(None, (share, decided_in(worlds, drawn))))
    return f"{arm} keeps within all limits in {told}"


def share_in_words(share: float, low: float, high: float) -> str:
    """Return a share of worlds with its interval as it is said: "94 % of worlds (83 to 99)"."""
    return f"{100 * share:.0f} % of worlds ({100 * low:.0f} to {100 * high:.0f})"
