"""Claims as they are printed: each with the share of worlds in which it holds."""

import math

from rich.console import Console

from analysis.findings.claims import Claim


def print_claim(claim: Claim, screen: Console) -> None:
    """Print a claim with the share of worlds in which it holds, and where it fails."""
    screen.print(f"holds in {_in_words(claim)}: {claim.statement}")
    if claim.fails_where:
        screen.print(f"    {claim.fails_where}")


def _in_words(claim: Claim) -> str:
    """Return its share as it is said: "94 % of worlds (83 to 99)"."""
    if math.isnan(claim.share):
        return "no world decides it"
    return f"{100 * claim.share:.0f} % of worlds ({100 * claim.low:.0f} to {100 * claim.high:.0f})"
