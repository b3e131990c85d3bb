"""Claims as they are printed: each with the share of worlds in which it holds."""

import math

from rich.console import Console

from analysis.findings.claims import Claim


def print_claim(claim: Claim, screen: Console) -> None:
    """Print a claim with the share of worlds in which it holds, and where it fails."""
    share = share_in_words(claim.share, claim.low, claim.high)
    screen.print(f"holds in {share}: {claim.statement}")
    if claim.fails_where:
        screen.print(f"    {claim.fails_where}")
    if claim.region_surety:
        screen.print(f"    {claim.region_surety}")


def share_in_words(share: float, low: float, high: float) -> str:
    """Return a share of worlds with its interval as it is said: "94 % of worlds (83 to 99)"."""
    if math.isnan(share):
        return "no world decides it"
    return f"{100 * share:.0f} % of worlds ({100 * low:.0f} to {100 * high:.0f})"
