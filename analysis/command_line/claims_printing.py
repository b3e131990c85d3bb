"""Claims as they are printed: each with the share of worlds in which it holds."""

from rich.console import Console

from analysis.findings.claims import Claim
from analysis.uncertainty.shares import in_words


def print_claim(claim: Claim, screen: Console) -> None:
    """Print a claim with the share of worlds in which it holds, and where it fails."""
    share = in_words(claim.share, claim.low, claim.high)
    screen.print(f"holds in {share}: {claim.statement}")
    if claim.fails_where:
        screen.print(f"    {claim.fails_where}")
    if claim.region_surety:
        screen.print(f"    {claim.region_surety}")
